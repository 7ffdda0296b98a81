/// Tail coverage: how many classes a sample of the data would find, whole, human part, machine part.
import { Charted } from "@/components/charted";
import { SectionHead } from "@/components/section_head";
import { useWidth } from "@/components/use_width";
import { Verbatim } from "@/components/verbatim";
import type { Coverage, RarefactionPoint, Report } from "@/ipc";
import { classesSeen } from "@/lib/behind";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { linear, path, spread } from "@/lib/scale";
import css from "./overview.module.css";

interface Line {
  name: string;
  color: string;
  textColor: string;
  points: readonly RarefactionPoint[];
}

/** The dimension worth showing first: the one with the longest tail that is not words. */
export function chosenCoverage(coverage: readonly Coverage[]): Coverage | undefined {
  const dimensions = coverage.filter((one) => one.unit !== "word" && one.unit !== "bigram" && one.topics === null && one.classes > 1);
  return [...dimensions].sort((a, b) => b.singletons + b.doubletons - (a.singletons + a.doubletons) || b.classes - a.classes)[0] ?? coverage[0];
}

function linesOf(coverage: Coverage): Line[] {
  const of = (origin: string) => coverage.by_origin.find((one) => one.origin === origin)?.rarefaction ?? [];
  const lines: Line[] = [
    { name: "whole", color: "var(--chart-ink)", textColor: "var(--text)", points: coverage.rarefaction },
    { name: "human part", color: "var(--origin-human)", textColor: "var(--text-human)", points: of("human") },
    { name: "machine part", color: "var(--origin-machine)", textColor: "var(--text-machine)", points: of("machine") },
  ];
  return lines.filter((line) => line.points.length > 1);
}

function Chart({ lines }: { lines: readonly Line[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(330);
  if (lines.length === 0) return null;
  const all = lines.flatMap((line) => line.points);
  const low = Math.min(0.9, Math.max(0, Math.min(...lines.map((line) => line.points[Math.floor(line.points.length / 3)]!.coverage))));
  const right = width - 84;
  const x = (value: number) => ((value - low) / (1 - low)) * right;
  const y = linear(0, Math.max(...all.map((point) => point.classes)), 108, 6, 3);
  const ends = lines.map((line) => line.points.at(-1)!);
  const labels = spread(ends.map((end) => y.at(end.classes)), 14, 8, 106);
  return (
    <div ref={ref}>
      <svg width={width} height="132" className={css.lines} role="img" aria-label={`Classes found by coverage: ${lines.map((line, i) => `${line.name} ${Math.round(ends[i]!.classes)}`).join(", ")}`}>
        <path d={`M0 108.5H${right}`} stroke="var(--chart-axis)" />
        <text x="0" y="12">classes found</text>
        {[low, (low + 1) / 2, 1].map((tick) => <text key={tick} x={x(tick)} y="124" textAnchor={tick === low ? "start" : "middle"}>{tick.toFixed(2)}</text>)}
        <text x={right + 16} y="124">coverage</text>
        {lines.map((line, i) => {
          const inside = line.points.filter((point) => point.coverage >= low);
          const seen = inside.filter((point) => !point.extrapolated);
          const beyond = inside.filter((point) => point.extrapolated);
          const at = (point: RarefactionPoint): [number, number] => [x(point.coverage), y.at(point.classes)];
          const last = seen.at(-1);
          return (
            <g key={line.name} fill="none" stroke={line.color} strokeWidth="1.6">
              <path d={path(seen.map(at))} />
              {last && beyond.length > 0 && <path d={path([last, ...beyond].map(at))} strokeDasharray="3 3" />}
              {last && <circle cx={at(last)[0]} cy={at(last)[1]} r="3" fill={line.color} stroke="none" />}
              <text x={right + 8} y={labels[i]! + 4} fill={line.textColor} stroke="none" className={i === 0 ? css.first : undefined}>{line.name}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

export function TailCoverage({ report }: { report: Report }) {
  const { go } = useNavigation();
  const coverage = chosenCoverage(report.coverage);
  if (!coverage) return <><SectionHead title="Tail coverage" /><p className="small t2">No dimension with classes is mapped.</p></>;
  const rare = coverage.singletons + coverage.doubletons;
  const lines = linesOf(coverage);
  // What was counted in some texts only, no filter counts again.
  const opens = coverage.sampled === null && rare > 0;
  const open = () => go("samples", { filter: classesSeen(coverage.unit, { from: 1, to: 2 }) });
  const figure = coverage.chao_jost?.toFixed(3);
  return (
    <Charted
      title="Tail coverage" gloss={<Verbatim>{coverage.unit}</Verbatim>}
      columns={[{ head: "part" }, { head: "observations", numeric: true }, { head: "coverage", numeric: true, format: (value) => value.toFixed(4) }, { head: "classes", numeric: true, format: (value) => count(Math.round(value)) }]}
      rows={lines.flatMap((line) => { const end = line.points.filter((point) => !point.extrapolated).at(-1); return end ? [[line.name, end.observations, end.coverage, end.classes]] : []; })}
      numbers={{ heads: ["part", "observations", "coverage", "classes", "extrapolated"], rows: lines.flatMap((line) => line.points.map((point) => [line.name, point.observations, point.coverage, point.classes, point.extrapolated ? "yes" : "no"])) }}
    >
      <p className="small">
        {coverage.chao_jost === null ? <span className="t2">Sample coverage is undefined for so few observations.</span> : (
          <><b className={css.figure}>{opens ? <button type="button" className="link" aria-label={`Coverage ${figure}: open the samples of the classes it rests on`} onClick={open}>{figure}</button> : figure}</b> <span className="t2" title="Sample coverage after Chao and Jost: the share of the whole whose classes are here">coverage; {!opens ? count(rare) : <button type="button" className="link" aria-label={`${counted(rare, "class", "classes")} seen once or twice: open the samples that have them`} onClick={open}>{count(rare)}</button>} of <button type="button" className="link" onClick={() => go("coverage", { unit: coverage.unit })}>{counted(coverage.classes, "class", "classes")}</button> seen once or twice</span></>
        )}
      </p>
      <Chart lines={lines} />
    </Charted>
  );
}
