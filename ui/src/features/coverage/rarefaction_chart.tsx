/// Classes at equal coverage: solid to what was observed, dashed beyond, compared where all were observed.
import { useState } from "react";
import { Charted } from "@/components/charted";
import { ReadingLine } from "@/components/reading_line";
import { useWidth } from "@/components/use_width";
import { count } from "@/lib/format";
import { linear, path, spread } from "@/lib/scale";
import css from "./coverage.module.css";
import { classesAt, commonCoverage, type Line, LINE_STROKE, LINE_TEXT } from "./lines";

const HEIGHT = 268;
const LEFT = 52;
const BOTTOM = 40;
const RIGHT = 104;
/** How far one arrow key moves the line that reads the curves. */
const STEP = 0.005;

const whole = (value: number) => count(Math.round(value));

export function RarefactionChart({ lines }: { lines: readonly Line[] }) {
  const common = commonCoverage(lines);
  return (
    <Charted
      title="Classes at equal coverage" gloss={common === null ? "solid to n, dashed to 2n" : `solid to n, dashed to 2n; compared at ${common.toFixed(3)}`}
      columns={[{ head: "part" }, { head: "observations", numeric: true }, { head: "coverage", numeric: true, format: (value) => value.toFixed(4) }, { head: "classes", numeric: true, format: whole }, { head: common === null ? "at equal coverage" : `at ${common.toFixed(3)}`, numeric: true, format: whole }]}
      rows={lines.map((line) => {
        const end = line.curve.filter((point) => !point.extrapolated).at(-1);
        const at = common === null ? null : classesAt([line], common)[0]?.classes;
        return [line.name, line.observations, end?.coverage ?? null, end?.classes ?? null, at ?? null];
      })}
      numbers={{ heads: ["part", "observations", "coverage", "classes", "extrapolated"], rows: lines.flatMap((line) => line.curve.map((point) => [line.name, point.observations, point.coverage, point.classes, point.extrapolated ? "yes" : "no"])) }}
    >
      <Drawn lines={lines} common={common} />
    </Charted>
  );
}

function Drawn({ lines, common }: { lines: readonly Line[]; common: number | null }) {
  const [ref, width] = useWidth<HTMLDivElement>(600);
  const [asked, setAsked] = useState<number | null>(null);
  const drawn = lines.filter((line) => line.curve.length > 1);
  if (drawn.length === 0) return <p className="t2">Too few observations for a curve.</p>;
  const all = drawn.flatMap((line) => line.curve);
  const low = Math.max(0, Math.floor(Math.max(Math.min(...all.map((point) => point.coverage)), (common ?? 1) - 0.4) * 20) / 20);
  const x = linear(low, 1, LEFT, width - RIGHT, 6);
  const y = linear(0, Math.max(1, ...all.map((point) => point.classes)), HEIGHT - BOTTOM, 12, 5);
  const inside = (line: Line) => line.curve.filter((point) => point.coverage >= low);
  const ends = drawn.map((line) => y.at(line.curve.at(-1)?.classes ?? 0));
  const labels = spread(ends, 15, 16, HEIGHT - BOTTOM);
  // Read where all were observed, until the line is moved.
  const read = asked ?? common;
  const expected = read === null ? [] : classesAt(drawn, read);
  const ask = (coverage: number) => setAsked(Math.min(1, Math.max(low, coverage)));
  const words = expectedWords(expected);
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={css.chart} role="group" aria-label={`Classes expected at equal sample coverage. ${words}`}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y.at(tick)}H${width - RIGHT}`} stroke={tick === 0 ? "var(--chart-axis)" : "var(--chart-grid)"} />
            <text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{count(tick)}</text>
          </g>
        ))}
        {x.ticks.map((tick) => <text key={tick} x={x.at(tick)} y={HEIGHT - BOTTOM + 17} textAnchor="middle" className={css.axis}>{tick.toFixed(2)}</text>)}
        <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end" className={css.axis}>sample coverage (Chao–Jost)</text>
        {read !== null && (
          <ReadingLine
            label="Sample coverage to compare at" words={`at ${read.toFixed(3)}: ${words}`} x={x.at(read)} top={12} bottom={HEIGHT - BOTTOM} from={LEFT} to={width - RIGHT}
            onStep={(by) => ask(read + by * STEP)} onEnd={(last) => ask(last ? 1 : low)} onMove={(at) => ask(low + ((at - LEFT) / (width - RIGHT - LEFT)) * (1 - low))}
          />
        )}
        {drawn.map((line, index) => {
          const observed = inside(line).filter((point) => !point.extrapolated).map((point) => [x.at(point.coverage), y.at(point.classes)] as const);
          const beyond = inside(line).filter((point) => point.extrapolated).map((point) => [x.at(point.coverage), y.at(point.classes)] as const);
          const end = observed.at(-1);
          const stroke = LINE_STROKE[line.of];
          return (
            <g key={line.of}>
              <path d={path(observed)} fill="none" stroke={stroke} strokeWidth={line.of === "whole" ? 2 : 1.6} />
              {end && beyond.length > 0 && <path d={path([end, ...beyond])} fill="none" stroke={stroke} strokeWidth="1.6" strokeDasharray="2 3" />}
              {end && <circle cx={end[0]} cy={end[1]} r="3" fill={stroke} />}
              <text x={width - RIGHT + 10} y={(labels[index] ?? 0) + 4} fontSize="12" fontWeight={line.of === "whole" ? 600 : 400} className={css[line.of]} fill={LINE_TEXT[line.of]}>{line.name}</text>
            </g>
          );
        })}
        {read !== null && <Expected expected={expected} at={x.at(read)} y={y.at} coverage={read} />}
      </svg>
    </div>
  );
}

function expectedWords(expected: ReturnType<typeof classesAt>): string {
  return expected.map((each) => `${each.line.name}: ${each.classes === null ? "not reached" : count(Math.round(each.classes))}`).join("; ");
}

function Expected({ expected, at, y, coverage }: { expected: ReturnType<typeof classesAt>; at: number; y(value: number): number; coverage: number }) {
  const known = expected.filter((each) => each.classes !== null).sort((a, b) => b.classes! - a.classes!);
  return (
    <g className={css.untouched}>
      {known.map(({ line, classes }) => <circle key={line.of} cx={at} cy={y(classes!)} r="3.6" fill="var(--surface)" stroke={LINE_STROKE[line.of]} strokeWidth="1.6" />)}
      <text x={LEFT + 12} y="24" className={css.axis}>classes at {coverage.toFixed(3)}</text>
      {known.map(({ line, classes }, index) => (
        <g key={line.of}>
          <path d={`M${LEFT + 12} ${40 + index * 18}h16`} stroke={LINE_STROKE[line.of]} strokeWidth="2" />
          <text x={LEFT + 36} y={44 + index * 18} fontSize="12" className={css[line.of]} fill={LINE_TEXT[line.of]}>{line.name}</text>
          <text x={LEFT + 168} y={44 + index * 18} textAnchor="end" fontSize="12" fontWeight="600">{count(Math.round(classes!))}</text>
        </g>
      ))}
    </g>
  );
}

