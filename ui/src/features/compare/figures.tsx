/// Every figure on both sides: worse first by the size of the effect, its course over the snapshots, and how large it is.
import { Charted } from "@/components/charted";
import { Sparkline } from "@/components/sparkline";
import { Verbatim } from "@/components/verbatim";
import type { FigureChange, Trends } from "@/ipc";
import { type Bounds, behindMeasure, byMeaning, changeWords, effectIntervalWords, figureWords, measureGloss, measureName, sureness } from "@/lib/changes";
import { count } from "@/lib/format";
import { usePlaceState } from "@/lib/place";
import css from "./compare.module.css";
import { EffectHead, EffectMark } from "./effect";
import { Fold } from "./fold";
import { useOpenSide } from "./open_side";
import { type Side, sideName } from "./sides";

const keyOf = ({ measure, about }: Pick<FigureChange, "measure" | "about">) => `${measure}|${about}`;

/** What the course of a figure says, for whoever does not see the line. */
export function courseWords(change: FigureChange, values: readonly (number | null)[], trends: Trends): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [trends.snapshots[0]!.snapshot, trends.snapshots.at(-1)!.snapshot];
  return `${measureName(change)}, snapshots ${first} to ${last}: ${figureWords(change.measure, known[0] ?? null)} to ${figureWords(change.measure, known.at(-1) ?? null)}`;
}

function Value({ change, side, value, strong = false }: { change: FigureChange; side: Side; value: number | null; strong?: boolean }) {
  const open = useOpenSide();
  const target = value === null ? null : behindMeasure(change.measure, change.about);
  const words = figureWords(change.measure, value);
  const shown = strong ? <b>{words}</b> : words;
  if (!target) return shown;
  return <button type="button" className="link" aria-label={`${measureName(change)} ${words} in ${sideName(side, true)}: open what is behind it`} onClick={() => open(side, target)}>{shown}</button>;
}

function Row({ change, trends, a, b, bounds }: { change: FigureChange; trends: Trends | undefined; a: Side; b: Side; bounds: Bounds }) {
  const values = trends?.signs.find((sign) => keyOf(sign) === keyOf(change))?.values;
  const gloss = measureGloss(change);
  return (
    <tr>
      <th scope="row" title={[measureName(change), gloss].filter(Boolean).join(", ")}><span>{measureName(change)}</span><small><Verbatim>{gloss}</Verbatim></small></th>
      <td className={css.course}>{values && trends && values.length > 1 && <Sparkline values={values} width={104} height={26} dots label={courseWords(change, values, trends)} />}</td>
      <td className="num t2"><Value change={change} side={a} value={change.a} /></td>
      <td className="num"><Value change={change} side={b} value={change.b} strong />{change.b !== null && <small title={change.b_interval ? "95 % interval" : change.interval_kind === "exact" ? "a count: nothing is estimated" : "the figure is exact; no interval is known for how it varies with the samples drawn"}>{sureness(change.measure, change.b_interval, change.interval_kind)}</small>}</td>
      <td className="num"><b className={change.direction === "worse" && change.size !== "none" ? css.changed : css.quiet}>{changeWords(change)}</b><small>{change.size === "none" ? "no effect" : (change.size ?? "")}</small></td>
      <td className={css.effect}><EffectMark change={change} bounds={bounds} /></td>
    </tr>
  );
}

interface Group {
  name: string;
  rows: readonly FigureChange[];
}

/** The figures by what became of them: those that moved in the open, those that are as before to be folded, the ones that differ at all first. */
export function grouped(changes: readonly FigureChange[]): { moved: Group[]; before: FigureChange[] } {
  const { worse, better, other } = byMeaning(changes);
  const before = other.filter((change) => change.size === "none");
  const neither = other.filter((change) => change.size !== "none");
  const moved = [{ name: "Worse", rows: worse }, { name: "Better", rows: better }, { name: "Neither worse nor better", rows: neither }].filter((group) => group.rows.length > 0);
  return { moved, before: before.toSorted((one, other) => Number(one.change === 0) - Number(other.change === 0)) };
}

/** What is behind the fold, before it is opened. */
export function foldWords(before: readonly FigureChange[]): string {
  const differing = before.filter((change) => change.change !== 0).length;
  if (differing === 0) return "none differs";
  return `${differing === before.length && differing > 1 ? "all differ" : differing === 1 ? "1 differs" : `${count(differing)} differ`} by less than an effect`;
}

export interface FiguresProps {
  changes: readonly FigureChange[];
  trends: Trends | undefined;
  a: Side;
  b: Side;
  across: boolean;
  shown: "signs" | "all";
  /** Below these effects are none, small and medium. */
  bounds: Bounds;
}

export function Figures({ changes, trends, a, b, across, shown, bounds }: FiguresProps) {
  const signs = shown === "signs" ? changes.filter((change) => change.warning_sign) : changes;
  const { moved, before } = grouped(signs);
  const [unfolded, unfold] = usePlaceState("before");
  // Where nothing moved, what is as before is all there is to see.
  const open = unfolded === undefined ? moved.length === 0 : unfolded === "shown";
  // Trends are of the second one's dataset: beside another dataset's figures they would mislead.
  const course = !across && trends && trends.snapshots.length > 1 ? trends : undefined;
  const span = course ? `${course.snapshots[0]!.snapshot} to ${course.snapshots.at(-1)!.snapshot}, own scale` : "";
  const listed = [...moved.flatMap((group) => group.rows), ...before];
  const courseOf = (change: FigureChange) => (course ? (course.signs.find((sign) => keyOf(sign) === keyOf(change))?.values ?? course.snapshots.map(() => null)) : []);
  const [left, right] = [sideName(a, across), sideName(b, across)];
  const rowOf = (change: FigureChange) => <Row key={keyOf(change)} change={change} trends={course} a={a} b={b} bounds={bounds} />;
  // Heads tell columns apart, also where a snapshot is held against itself.
  const sides = [left, right === left ? `${right} again` : right, "change", "effect"];
  return (
    <Charted
      title={shown === "signs" ? "Warning signs" : "All figures"} gloss={<span title="Shares by Cohen’s h, other figures by the logarithm of the ratio. Intervals say how far the effect could be due to which samples happened to come in.">largest effect first, with 95{"\u202f"}% intervals</span>}
      columns={[{ head: "figure" }, { head: "about" }, ...sides.map((head) => ({ head, numeric: true })), { head: "95 % interval" }, { head: "size" }, { head: "direction" }, ...(course?.snapshots ?? []).map((point) => ({ head: `in ${point.snapshot}`, numeric: true }))]}
      rows={listed.map((change) => [measureName(change), measureGloss(change), figureWords(change.measure, change.a), figureWords(change.measure, change.b), changeWords(change), change.effect === null ? null : change.effect.toFixed(3).replace("-", "−"), effectIntervalWords(change) ?? (change.interval_kind === "exact" ? "exact" : "not known"), change.size, change.direction, ...courseOf(change).map((value) => figureWords(change.measure, value))])}
      numbers={{ heads: ["measure", "about", left, right, "change", "effect", "effect_low", "effect_high", "effect_kind", "size", "direction", "low, first", "high, first", "low, second", "high, second", "interval_kind", ...(course?.snapshots ?? []).map((point) => `course, snapshot ${point.snapshot}`)], rows: listed.map((change) => [change.measure, change.about, change.a, change.b, change.change, change.effect, change.effect_interval?.[0] ?? null, change.effect_interval?.[1] ?? null, change.effect_kind, change.size, change.direction, change.a_interval?.[0] ?? null, change.a_interval?.[1] ?? null, change.b_interval?.[0] ?? null, change.b_interval?.[1] ?? null, change.interval_kind, ...courseOf(change)]) }}
    >
      <table className={across ? `${css.figures} ${css.across}` : css.figures} aria-label="Figures of both snapshots">
        <thead><tr><th scope="col">figure</th>{span ? <th scope="col" className={css.courseHead}>{span}</th> : <td className={css.courseHead} />}<th scope="col" className={`num ${css.valueHead}`} title={left}>{left}</th><th scope="col" className={`num ${css.valueHead}`} title={right}>{right}</th><th scope="col" className={`num ${css.changeHead}`}>change</th><th scope="col" className={css.effectHead}><span className="unseen">effect</span><EffectHead /></th></tr></thead>
        {moved.map((group) => (
          <tbody key={group.name}>
            <tr className={css.group}><th scope="rowgroup"><b>{group.name}</b> <span>{count(group.rows.length)}</span></th></tr>
            {group.rows.map(rowOf)}
          </tbody>
        ))}
        {before.length > 0 && <Fold title={`${count(before.length)} as before`} note={foldWords(before)} open={open} onToggle={() => unfold(open ? "folded" : "shown")}>{before.map(rowOf)}</Fold>}
      </table>
    </Charted>
  );
}
