/// One sign over the snapshots: its line, the band of its interval where one is known, and a table of the same.
import { Charted } from "@/components/charted";
import { useWidth } from "@/components/use_width";
import { Verbatim } from "@/components/verbatim";
import type { TrendSign, Trends } from "@/ipc";
import { behindMeasure, figureWords, measureGloss, measureName, sureness } from "@/lib/changes";
import { date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { linear, path } from "@/lib/scale";
import { useSession } from "@/lib/session";
import css from "./trends.module.css";

const HEIGHT = 300;
const TOP = 16;
const BOTTOM = 262;
const LEFT = 62;
const RIGHT = 74;

type Point = { at: number; value: number; low: number | null; high: number | null };

/** The runs of points between snapshots in which the sign was not defined. */
export function runsOf({ values, intervals }: Pick<TrendSign, "values" | "intervals">): Point[][] {
  const runs: Point[][] = [];
  let open = false;
  values.forEach((value, at) => {
    if (value === null) {
      open = false;
      return;
    }
    const interval = intervals[at] ?? null;
    const point = { at, value, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
    if (open) runs.at(-1)!.push(point);
    else runs.push([point]);
    open = true;
  });
  return runs;
}

/** The outline of the band over a run: along the upper ends and back along the lower ones; nothing where any is unknown. */
export function band(run: readonly Point[], x: (at: number) => number, y: (value: number) => number): string | null {
  if (run.some((point) => point.low === null)) return null;
  const above = run.map((point): [number, number] => [x(point.at), y(point.high!)]);
  const below = run.map((point): [number, number] => [x(point.at), y(point.low!)]).reverse();
  return `${path([...above, ...below])}Z`;
}

function Chart({ trends, sign, onOpen }: { trends: Trends; sign: TrendSign; onOpen(at: number): void }) {
  const [ref, width] = useWidth<HTMLDivElement>(640);
  const runs = runsOf(sign);
  const all = runs.flat().flatMap((point) => [point.value, point.low ?? point.value, point.high ?? point.value]);
  if (all.length === 0) return <p className="small t2">This sign is not defined in any snapshot.</p>;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const pad = (most - least || Math.abs(most) * 0.1 || 1) * 0.12;
  const scale = linear(Math.max(least < 0 ? least - pad : 0, least - pad), most + pad, BOTTOM, TOP, 4);
  const count = trends.snapshots.length;
  const x = (at: number) => (count === 1 ? (LEFT + width - RIGHT) / 2 : LEFT + (at / (count - 1)) * (width - LEFT - RIGHT));
  const last = runs.at(-1)?.at(-1);
  const every = Math.ceil(count / Math.max(1, Math.floor((width - LEFT - RIGHT) / 56)));
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={css.chart} role="group" aria-label={`${measureName(sign)} over ${count} snapshots`}>
        {scale.ticks.filter((tick) => scale.at(tick) >= TOP - 1 && scale.at(tick) <= BOTTOM + 1).map((tick) => (
          <g key={tick}><path d={`M${LEFT - 8} ${scale.at(tick)}H${width - RIGHT + 8}`} stroke="var(--chart-grid)" /><text x={LEFT - 14} y={scale.at(tick) + 4} textAnchor="end">{figureWords(sign.measure, tick)}</text></g>
        ))}
        {trends.snapshots.map((point, at) => (at % every === 0 || at === count - 1) && <text key={point.snapshot} x={x(at)} y={BOTTOM + 20} textAnchor="middle">{point.snapshot}</text>)}
        <text x={LEFT} y={HEIGHT - 2} fill="var(--text-3)">snapshot</text>
        {runs.map((run) => {
          const outline = band(run, x, scale.at);
          return (
            <g key={run[0]!.at}>
              {outline && run.length > 1 && <path d={outline} fill="var(--chart-grid)" stroke="none" />}
              {!outline && run.filter((point) => point.low !== null).map((point) => <path key={point.at} d={`M${x(point.at)} ${scale.at(point.low!)}V${scale.at(point.high!)}`} stroke="var(--chart-axis)" strokeWidth="3" />)}
              {outline && run.length === 1 && <path d={`M${x(run[0]!.at)} ${scale.at(run[0]!.low!)}V${scale.at(run[0]!.high!)}`} stroke="var(--chart-axis)" strokeWidth="3" />}
              <path d={path(run.map((point) => [x(point.at), scale.at(point.value)]))} fill="none" stroke="var(--chart-ink)" strokeWidth="1.6" />
            </g>
          );
        })}
        {runs.flat().map((point) => {
          const { snapshot, created } = trends.snapshots[point.at]!;
          const words = `Snapshot ${snapshot}, ${date(created)}: ${figureWords(sign.measure, point.value)}, ${sureness(sign.measure, point.low === null ? null : [point.low, point.high!], sign.interval_kind)}; open what is behind it`;
          return (
            <g key={point.at} role="button" tabIndex={0} aria-label={words} className={css.point} onClick={() => onOpen(point.at)} onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onOpen(point.at);
            }}>
              <title>{words}</title>
              <rect x={x(point.at) - 12} y={scale.at(point.value) - 12} width="24" height="24" fill="transparent" />
              <circle cx={x(point.at)} cy={scale.at(point.value)} r={point === last ? 4.4 : 3} fill="var(--chart-ink)" />
            </g>
          );
        })}
        {last && <text x={x(last.at) + 12} y={scale.at(last.value) + 4} className={css.last}>{figureWords(sign.measure, last.value)}</text>}
      </svg>
    </div>
  );
}

export function SignChart({ dataset, trends, sign }: { dataset: string; trends: Trends; sign: TrendSign }) {
  const { choose } = useSession();
  const { go } = useNavigation();
  const behind = behindMeasure(sign.measure, sign.about);
  const open = (at: number) => {
    choose(dataset, trends.snapshots[at]!.snapshot);
    // What is of the whole is seen in the overview of its snapshot.
    if (behind) go(behind.view, behind.state);
    else go("overview", { aside: "diversity" });
  };
  const known = sign.intervals.some((interval) => interval !== null);
  const gloss = [measureGloss(sign), known ? "the band is the 95 % interval" : sign.interval_kind === "exact" ? "counted, exact" : "no interval is known"].filter(Boolean).join("; ");
  const rows = trends.snapshots.map((point, at) => [String(point.snapshot), date(point.created), figureWords(sign.measure, sign.values[at] ?? null), sign.values[at] === null || sign.values[at] === undefined ? null : sureness(sign.measure, sign.intervals[at] ?? null, sign.interval_kind)]);
  return (
    <Charted
      title={measureName(sign)} gloss={<Verbatim>{gloss}</Verbatim>}
      columns={[{ head: "snapshot", numeric: true }, { head: "of" }, { head: "figure", numeric: true }, { head: "95 % interval", numeric: true }]}
      rows={rows}
      numbers={{ heads: ["snapshot", "created", "measure", "about", "value", "low", "high", "interval_kind"], rows: trends.snapshots.map((point, at) => [point.snapshot, point.created, sign.measure, sign.about, sign.values[at] ?? null, sign.intervals[at]?.[0] ?? null, sign.intervals[at]?.[1] ?? null, sign.interval_kind]) }}
    >
      <Chart trends={trends} sign={sign} onOpen={open} />
    </Charted>
  );
}
