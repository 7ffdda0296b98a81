/// Which source moved a share: what each adds to it now, less what it added before. The parts sum to the whole change.
import { Charted } from "@/components/charted";
import { Segmented } from "@/components/segmented";
import { useWidth } from "@/components/use_width";
import { Verbatim } from "@/components/verbatim";
import type { SharesMoved } from "@/ipc";
import { ofOriginIn } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { count, counted, points, sentence, short } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import css from "./compare.module.css";
import { useOpenSide } from "./open_side";
import type { Side } from "./sides";

const SHOWN = 6;
const HEIGHT = 11;

type OriginName = (typeof ORIGINS)[number];

export interface MovedRow {
  /** `null` for the others together. */
  name: string | null;
  points: number;
  tokens: [a: number, b: number] | null;
}

/** The sources that moved an origin's share most, and the others summed; nothing is left out of the sum. */
export function movedRows({ groups, others, others_points: rest }: SharesMoved, origin: OriginName, shown = SHOWN): { rows: MovedRow[]; others: number; whole: number } {
  const at = ORIGINS.indexOf(origin);
  const ordered = groups.toSorted((one, other) => Math.abs(other.points[at]!) - Math.abs(one.points[at]!)).filter((group) => group.a[at]! + group.b[at]! > 0 || group.points[at] !== 0);
  const first = ordered.slice(0, ordered.length === shown + 1 && others === 0 ? shown + 1 : shown);
  const left = ordered.slice(first.length);
  const rows: MovedRow[] = first.map((group) => ({ name: group.name, points: group.points[at]!, tokens: [group.a[at]!, group.b[at]!] }));
  const summed = left.reduce((sum, group) => sum + group.points[at]!, 0) + rest[at]!;
  const many = left.length + others;
  if (many > 0) rows.push({ name: null, points: summed, tokens: null });
  return { rows, others: many, whole: groups.reduce((sum, group) => sum + group.points[at]!, 0) + rest[at]! };
}

/** A change too small for two decimals is still one: its bar stands beside it. */
const tooSmall = (change: number) => (change === 0 ? "0 pt" : `${change < 0 ? "−" : "+"}<0.01 pt`);
const words = (change: number) => points(change) ?? points(change, 2) ?? tooSmall(change);

function Bar({ value, most }: { value: number; most: number }) {
  const [ref, width] = useWidth<HTMLDivElement>(120);
  const middle = width * 0.36;
  const room = value < 0 ? middle - 2 : width - middle - 2;
  const length = Math.max(value === 0 ? 0 : 1, (Math.abs(value) / most) * room);
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT + 6} aria-hidden="true">
        <path d={`M${middle} 0V${HEIGHT + 6}`} stroke="var(--chart-axis)" />
        <rect x={value < 0 ? middle - length : middle} y="3" width={length} height={HEIGHT} fill={value < 0 ? "var(--chart-bar)" : "var(--chart-ink)"} />
      </svg>
    </div>
  );
}

export function Moved({ moved, a, b, origin, onOrigin }: { moved: SharesMoved; a: Side; b: Side; origin: OriginName; onOrigin(origin: OriginName): void }) {
  const open = useOpenSide();
  const { rows, others, whole } = movedRows(moved, origin);
  const most = Math.max(1e-9, ...rows.map((row) => Math.abs(row.points)));
  const nameOf = (row: MovedRow) => (row.name === null ? `${count(others)} other ${moved.by}s` : row.name || `no ${moved.by}`);
  // What a source brought is seen where it has some: in the second snapshot, or in the first where it is gone.
  const show = (row: MovedRow) => open(row.tokens![1] > 0 ? b : a, { view: "samples", state: { filter: both(equals(moved.by, row.name!), ofOriginIn("tokens", origin)) } });
  return (
    <div className={css.region}>
      <Charted
        title={`What moved ${origin} share`}
        columns={[{ head: moved.by }, { head: `${origin} tokens in the first`, numeric: true }, { head: "in the second", numeric: true }, { head: "points", numeric: true, format: words }]}
        rows={rows.map((row) => [nameOf(row), row.tokens?.[0] ?? null, row.tokens?.[1] ?? null, row.points])}
        numbers={{ heads: [moved.by, ...ORIGINS.flatMap((one) => [`${one} tokens, first`, `${one} tokens, second`, `${one} points`])], rows: moved.groups.map((group) => [group.name, ...ORIGINS.flatMap((_, at) => [group.a[at]!, group.b[at]!, group.points[at]!])]) }}
      >
        <div className={css.which}><Segmented label="Share" size="small" value={origin} options={ORIGINS.map((one) => ({ value: one, label: one }))} onChange={onOrigin} /><span className="small t2">points, by {moved.by}</span></div>
        <table className={css.moved} aria-label={`What moved ${origin} share`}>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name ?? "\u0000"}>
                <th scope="row" title={nameOf(row)}>{row.tokens ? <button type="button" className="link" aria-label={`${nameOf(row)}: ${counted(row.tokens[1], "token")}, ${words(row.points)}; open its ${origin} samples`} onClick={() => show(row)}><Verbatim>{nameOf(row)}</Verbatim></button> : <Verbatim>{nameOf(row)}</Verbatim>}</th>
                <td className={css.movedBar} title={row.tokens ? `${short(row.tokens[0])} to ${short(row.tokens[1])} tokens` : undefined}><Bar value={row.points} most={most} /></td>
                <td className="num strong">{words(row.points)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row">{sentence(origin)} share, all</th><td /><td className="num strong">{words(whole)}</td></tr></tfoot>
        </table>
      </Charted>
    </div>
  );
}
