/// One figure on the groups of one kind, run by run: a dot with its interval on a shared axis.
import { Fragment } from "react";
import { Charted } from "@/components/charted";
import { OriginGlyph } from "@/components/origin_glyph";
import { useWidth } from "@/components/use_width";
import { Verbatim } from "@/components/verbatim";
import type { GroupFigures, Origin, RunFigures } from "@/ipc";
import { count } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import { linear, type Scale } from "@/lib/scale";
import { type FigureKind, type Figured, groupWords, KINDS, tickWords } from "./figure_of";
import { useOpenGroup } from "./open_group";
import css from "./results.module.css";

const HEIGHT = 22;
const EDGE = 18;
/** Groups drawn; the table has them all. */
const DRAWN = 24;

interface Row {
  run: string;
  group: GroupFigures;
  figure: Figured;
}

/** The rows of a chart by group, groups in the report's order. */
export function rowsOf(runs: readonly RunFigures[], by: string, kind: FigureKind): { value: string; rows: Row[] }[] {
  const values = [...new Set(runs.flatMap((run) => run.groups.filter((group) => group.by === by).map((group) => group.value)))];
  return values.map((value) => ({
    value,
    rows: runs.flatMap((run) => {
      const group = run.groups.find((each) => each.by === by && each.value === value);
      const figure = group && KINDS[kind].of(group);
      return group && figure ? [{ run: run.info.run, group, figure }] : [];
    }),
  })).filter(({ rows }) => rows.length > 0);
}

const isOrigin = (value: string): value is Origin => (ORIGINS as readonly string[]).includes(value);

function Dot({ figure, scale, width, origin, words }: { figure: Figured; scale: Scale; width: number; origin: Origin | null; words: string }) {
  const ink = origin ? `var(--origin-${origin})` : "var(--chart-ink)";
  const [low, high] = figure.interval.map((end) => scale.at(end)) as [number, number];
  const at = scale.at(figure.value);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={words}>
      {scale.ticks.map((tick) => <path key={tick} d={`M${scale.at(tick)} 0V${HEIGHT}`} stroke="var(--chart-grid)" />)}
      <path d={`M${low} ${HEIGHT / 2}H${high}`} stroke={ink} strokeWidth="2" />
      <path d={`M${low} ${HEIGHT / 2 - 3}v6M${high} ${HEIGHT / 2 - 3}v6`} stroke={ink} strokeWidth="1.2" />
      {origin === "machine" ? <rect x={at - 4.2} y={HEIGHT / 2 - 4.2} width="8.4" height="8.4" fill={ink} />
        : <circle cx={at} cy={HEIGHT / 2} r="4.4" fill={origin === "unknown" ? "var(--surface)" : ink} stroke={ink} strokeWidth="1.6" />}
    </svg>
  );
}

export interface DotsProps {
  title: string;
  by: string;
  runs: readonly RunFigures[];
  kind: FigureKind;
  /** What stands where no group has the figure. */
  none: string;
  gloss?: string;
}

export function Dots({ title, by, runs, kind, none, gloss }: DotsProps) {
  const [ref, width] = useWidth<HTMLTableCellElement>(280);
  const open = useOpenGroup();
  const groups = rowsOf(runs, by, kind);
  const { words, gloss: unit } = KINDS[kind];
  const all = groups.flatMap(({ rows }) => rows);
  const ends = all.flatMap(({ figure }) => [...figure.interval, figure.value]);
  const scale = linear(Math.min(...ends), Math.max(...ends), EDGE, Math.max(60, width) - EDGE, 4);
  const shown = groups.slice(0, DRAWN);
  return (
    <Charted
      title={title} gloss={gloss ?? unit}
      columns={[{ head: "group" }, { head: "run" }, { head: "texts with a result", numeric: true }, { head: "texts", numeric: true }, { head: KINDS[kind].label, numeric: true, format: words }, { head: "low", numeric: true, format: words }, { head: "high", numeric: true, format: words }]}
      rows={all.map(({ run, group, figure }) => [groupWords(by, group.value), run, figure.n, group.texts, figure.value, figure.interval[0], figure.interval[1]])}
    >
      {all.length === 0 ? <p className="small t2">{none}</p> : (
        <table className={css.dots} aria-label={title}>
          <thead>
            <tr>
              <th scope="col" className={css.groupHead}>group</th><th scope="col" className={css.runHead}>run</th><th scope="col" className={`num ${css.nHead}`}>n</th>
              <th scope="col" ref={ref} className={css.dotHead}><span className="unseen">with its 95{"\u202f"}% interval</span><svg width={width} height="16" aria-hidden="true">{scale.ticks.map((tick) => <text key={tick} x={scale.at(tick)} y="12" textAnchor="middle" fontSize="11" fill="var(--text-2)">{tickWords(kind, tick)}</text>)}</svg></th>
              <th scope="col" className={`num ${css.valueHead}`}>{KINDS[kind].label.toLowerCase()}</th>
            </tr>
          </thead>
          {shown.map(({ value, rows }) => (
            <tbody key={value}>
              {rows.map(({ run, group, figure }, index) => {
                const name = groupWords(by, value);
                const said = `${name}, ${run}: ${words(figure.value)}, 95\u202f% ${words(figure.interval[0])} to ${words(figure.interval[1])}`;
                const origin = by === "origin" && isOrigin(value) ? value : null;
                return (
                  <tr key={run}>
                    {index === 0 ? <th scope="rowgroup" rowSpan={rows.length}>{origin && <OriginGlyph origin={origin} />}<Verbatim>{name}</Verbatim></th> : <Fragment />}
                    <td className={css.run}><Verbatim>{run}</Verbatim></td>
                    <td className="num t2">{count(figure.n)}</td>
                    <td className={css.dot}><Dot figure={figure} scale={scale} width={Math.max(60, width)} origin={origin} words={said} /></td>
                    <td className="num">{group.filter === null ? words(figure.value) : <button type="button" className="link" aria-label={`${said}: open the samples`} onClick={() => open(run, group.filter!, kind)}>{words(figure.value)}</button>}</td>
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
      )}
      {groups.length > shown.length && <p className="small t2">and {count(groups.length - shown.length)} more, in the table</p>}
    </Charted>
  );
}
