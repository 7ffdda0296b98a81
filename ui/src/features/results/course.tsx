/// One figure over the runs: a line for each band or origin, so that a tail that leaves the head is seen to leave it.
import { Charted } from "@/components/charted";
import { Segmented } from "@/components/segmented";
import { useWidth } from "@/components/use_width";
import type { RunFigures } from "@/ipc";
import { usePlaceState } from "@/lib/place";
import { linear, path, spread } from "@/lib/scale";
import { type FigureKind, type Figured, groupWords, KINDS, tickWords } from "./figure_of";
import { useOpenGroup } from "./open_group";
import css from "./results.module.css";

const HEIGHT = 236;
const LEFT = 52;
const RIGHT = 96;
const TOP = 12;
const BOTTOM = 44;
const BY = [{ value: "band", label: "Bands" }, { value: "origin", label: "Origins" }] as const;

const INK: Record<string, string> = { head: "var(--chart-reference)", middle: "var(--chart-bar)", tail: "var(--chart-ink)", human: "var(--origin-human)", mixed: "var(--origin-mixed)", machine: "var(--origin-machine)", unknown: "var(--origin-unknown)" };
const TEXT: Record<string, string> = { human: "var(--text-human)", mixed: "var(--text-mixed)", machine: "var(--text-machine)", unknown: "var(--text-unknown)" };
const DASH: Record<string, string> = { head: "5 3", unknown: "3 3", middle: "1.5 2.5" };

export interface Line {
  value: string;
  /** In the order of the runs. */
  points: (Figured | null)[];
  filters: (string | null)[];
}

/** A line for each group that some run has the figure of. */
export function linesOf(runs: readonly RunFigures[], by: string, kind: FigureKind): Line[] {
  const values = [...new Set(runs.flatMap((run) => run.groups.filter((group) => group.by === by && group.value !== "none").map((group) => group.value)))];
  return values.map((value) => {
    const groups = runs.map((run) => run.groups.find((group) => group.by === by && group.value === value));
    return { value, points: groups.map((group) => (group ? KINDS[kind].of(group) : null)), filters: groups.map((group) => group?.filter ?? null) };
  }).filter((line) => line.points.some((point) => point !== null));
}

export function Course({ runs, kind }: { runs: readonly RunFigures[]; kind: FigureKind }) {
  const [wanted, choose] = usePlaceState("course");
  const by = wanted === "origin" ? "origin" : "band";
  const lines = linesOf(runs, by, kind);
  const { words, gloss, label } = KINDS[kind];
  return (
    <Charted
      title="From run to run" gloss={gloss}
      columns={[{ head: by === "band" ? "band" : "origin" }, ...runs.map((run) => ({ head: run.info.run, numeric: true, format: words }))]}
      rows={lines.map((line) => [groupWords(by, line.value), ...line.points.map((point) => point?.value ?? null)])}
      numbers={{ heads: [by, "run", label, "low", "high", "n"], rows: lines.flatMap((line) => runs.map((run, index) => [line.value, run.info.run, line.points[index]?.value ?? null, line.points[index]?.interval[0] ?? null, line.points[index]?.interval[1] ?? null, line.points[index]?.n ?? null])) }}
      controls={<Segmented label="Lines" size="small" value={by} options={BY} onChange={choose} />}
    >
      {runs.length < 2 ? <p className="small t2">One run so far. Bring a second one, of another checkpoint or generation, to see what moves.</p>
        : lines.length === 0 ? <p className="small t2">No run has this figure.</p>
        : <Drawn runs={runs} lines={lines} by={by} kind={kind} />}
    </Charted>
  );
}

/** A point that leads to the samples behind it, by pointer and by key. */
function Point({ cx, cy, ink, words, onOpen }: { cx: number; cy: number; ink: string; words: string; onOpen(): void }) {
  return (
    <g role="button" tabIndex={0} aria-label={words} className={css.point} onClick={onOpen} onKeyDown={(event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onOpen();
    }}>
      <title>{words}</title>
      <rect x={cx - 12} y={cy - 12} width="24" height="24" fill="transparent" />
      <circle cx={cx} cy={cy} r="3" fill={ink} />
    </g>
  );
}

function Drawn({ runs, lines, by, kind }: { runs: readonly RunFigures[]; lines: readonly Line[]; by: string; kind: FigureKind }) {
  const [ref, width] = useWidth<HTMLDivElement>(460);
  const open = useOpenGroup();
  const { words } = KINDS[kind];
  const known = lines.flatMap((line) => line.points.flatMap((point) => (point ? [...point.interval] : [])));
  const y = linear(Math.min(...known), Math.max(...known), HEIGHT - BOTTOM, TOP, 4);
  const step = (width - LEFT - RIGHT) / Math.max(1, runs.length - 1);
  const x = (index: number) => LEFT + index * step;
  const ends = lines.map((line) => y.at(line.points.findLast((point) => point !== null)?.value ?? 0));
  const labels = spread(ends, 15, TOP, HEIGHT - BOTTOM);
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} role="group" aria-label={lines.map((line) => `${groupWords(by, line.value)}: ${line.points.map((point) => (point ? words(point.value) : "none")).join(", ")}`).join("; ")}>
        {y.ticks.map((tick) => (
          <g key={tick}><path d={`M${LEFT} ${y.at(tick)}H${width - RIGHT}`} stroke="var(--chart-grid)" /><text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{tickWords(kind, tick)}</text></g>
        ))}
        {runs.map((run, index) => <text key={run.info.run} x={x(index)} y={HEIGHT - BOTTOM + 18} textAnchor={index === 0 ? "start" : index === runs.length - 1 ? "end" : "middle"} className={css.axis}><title>{run.info.run}</title>{run.info.run.length > 16 ? `${run.info.run.slice(0, 15)}…` : run.info.run}</text>)}
        {lines.map((line, at) => {
          const ink = INK[line.value] ?? "var(--chart-ink)";
          const points = line.points.flatMap((point, index) => (point ? [{ point, index }] : []));
          return (
            <g key={line.value}>
              {points.map(({ point, index }) => <path key={index} d={`M${x(index)} ${y.at(point.interval[0])}V${y.at(point.interval[1])}`} stroke={ink} strokeWidth="1" />)}
              <path d={path(points.map(({ point, index }) => [x(index), y.at(point.value)]))} fill="none" stroke={ink} strokeWidth={line.value === "tail" ? 2.2 : 1.6} strokeDasharray={DASH[line.value]} />
              {points.map(({ point, index }) => {
                const filter = line.filters[index] ?? null;
                const [run, at] = [runs[index]!.info.run, { cx: x(index), cy: y.at(point.value) }];
                const said = `${groupWords(by, line.value)}, ${run}: ${words(point.value)}, 95\u202f% ${words(point.interval[0])} to ${words(point.interval[1])}`;
                return filter === null ? <circle key={index} {...at} r="3" fill={ink}><title>{said}</title></circle> : <Point key={index} {...at} ink={ink} words={`${said}: open the samples`} onOpen={() => open(run, filter)} />;
              })}
              <text x={width - RIGHT + 10} y={(labels[at] ?? 0) + 4} fontSize="12" fontWeight={line.value === "tail" ? 600 : 400} fill={TEXT[line.value] ?? "var(--text)"}>{groupWords(by, line.value)}</text>
            </g>
          );
        })}
      </svg>
      <ul className={css.ends} aria-label="The last run, group by group">
        {lines.map((line) => {
          const last = runs.length - 1;
          const [point, filter] = [line.points[last], line.filters[last]];
          if (!point) return null;
          const said = `${groupWords(by, line.value)} ${words(point.value)}`;
          return <li key={line.value}>{filter === null || filter === undefined ? said : <button type="button" className="link" aria-label={`${said} in ${runs[last]!.info.run}: open the samples`} onClick={() => open(runs[last]!.info.run, filter, kind)}>{said}</button>}</li>;
        })}
      </ul>
    </div>
  );
}
