/// How rare the rare ones are: rank against share of observations, both logarithmic.
import { useState } from "react";
import { Charted } from "@/components/charted";
import { ReadingLine } from "@/components/reading_line";
import { useWidth } from "@/components/use_width";
import { count } from "@/lib/format";
import { logarithmic, spread, stairs } from "@/lib/scale";
import css from "./coverage.module.css";
import { type Line, LINE_STROKE, LINE_TEXT } from "./lines";

const HEIGHT = 268;
const LEFT = 52;
const BOTTOM = 40;
const RIGHT = 104;

function shareWords(share: number): string {
  return `${Number((share * 100).toPrecision(2))}\u202f%`;
}

export function RankChart({ lines }: { lines: readonly Line[] }) {
  return (
    <Charted
      title="How rare the rare ones are" gloss="rank and share of observations, both log"
      columns={[{ head: "rank" }, ...lines.map((line) => ({ head: `${line.name}, share`, numeric: true, format: shareWords }))]}
      rows={tableRows(lines)}
      numbers={{ heads: ["part", "rank", "share"], rows: lines.flatMap((line) => line.ranks.map(([rank, share]) => [line.name, rank, share])) }}
    >
      <Drawn lines={lines} />
    </Charted>
  );
}

/** One row for each decade and half decade of rank: the share of the class that stands there. */
function tableRows(lines: readonly Line[]): (string | number | null)[][] {
  const last = Math.max(1, ...lines.map((line) => line.ranks.at(-1)?.[0] ?? 0));
  const ranks: number[] = [];
  for (let decade = 1; decade <= last; decade *= 10) ranks.push(...[1, 2, 5].map((step) => step * decade).filter((rank) => rank <= last));
  return ranks.map((rank) => [
    count(rank),
    ...lines.map((line) => shareAt(line, rank)),
  ]);
}

/** The share of the class that stands at a rank; `null` where a line does not reach it. */
export function shareAt(line: Line, rank: number): number | null {
  if ((line.ranks.at(-1)?.[0] ?? 0) < rank) return null;
  return line.ranks.filter(([each]) => each <= rank).at(-1)?.[1] ?? null;
}

/** On a logarithmic axis a step is a twentieth of a decade, and at least one rank. */
export function stepRank(rank: number, by: number): number {
  const next = rank * 10 ** (by / 20);
  return by > 0 ? Math.max(rank + 1, Math.round(next)) : Math.min(rank - 1, Math.round(next));
}

function Shares({ shares, rank, right }: { shares: { line: Line; share: number | null }[]; rank: number; right: number }) {
  return (
    <g className={css.untouched}>
      <text x={right} y="24" textAnchor="end" className={css.axis}>share at rank {count(rank)}</text>
      {shares.map(({ line, share }, index) => (
        <g key={line.of}>
          <text x={right - 62} y={42 + index * 17} textAnchor="end" fontSize="12" fill={LINE_TEXT[line.of]} className={css[line.of]}>{line.name}</text>
          <text x={right} y={42 + index * 17} textAnchor="end" fontSize="12" fontWeight="600">{share === null ? "none" : shareWords(share)}</text>
        </g>
      ))}
    </g>
  );
}

function Drawn({ lines }: { lines: readonly Line[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(600);
  const [rank, setRank] = useState(1);
  const points = lines.flatMap((line) => line.ranks.filter(([, share]) => share > 0));
  if (points.length === 0) return <p className="t2">Nothing to rank.</p>;
  const x = logarithmic(1, Math.max(2, ...points.map(([rank]) => rank)), LEFT, width - RIGHT);
  const y = logarithmic(Math.min(...points.map(([, share]) => share)), Math.max(...points.map(([, share]) => share)), HEIGHT - BOTTOM, 10);
  const highest = Math.max(1, ...points.map(([each]) => each));
  const read = Math.min(rank, highest);
  const shares = lines.map((line) => ({ line, share: shareAt(line, read) }));
  const ask = (next: number) => setRank(Math.min(highest, Math.max(1, Math.round(next))));
  const ends = lines.map((line) => line.ranks.at(-1)).map((end) => (end ? y.at(end[1]) : HEIGHT - BOTTOM));
  const labels = spread(ends, 15, 14, HEIGHT - BOTTOM);
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={css.chart} role="group" aria-label={`Rank and frequency of the classes. ${lines.map((line) => `${line.name}: ${count(line.ranks.at(-1)?.[0] ?? 0)} classes, the commonest ${shareWords(line.ranks[0]?.[1] ?? 0)}`).join("; ")}`}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y.at(tick)}H${width - RIGHT}`} stroke="var(--chart-grid)" />
            <text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{shareWords(tick)}</text>
          </g>
        ))}
        <path d={`M${LEFT} ${HEIGHT - BOTTOM}H${width - RIGHT}`} stroke="var(--chart-axis)" />
        {x.ticks.map((tick) => <text key={tick} x={x.at(tick)} y={HEIGHT - BOTTOM + 17} textAnchor="middle" className={css.axis}>{count(tick)}</text>)}
        <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end" className={css.axis}>rank of the class</text>
        <ReadingLine
          label="Rank to read at" words={`rank ${count(read)}: ${shares.map(({ line, share }) => `${line.name} ${share === null ? "none" : shareWords(share)}`).join("; ")}`}
          x={x.at(read)} top={10} bottom={HEIGHT - BOTTOM} from={LEFT} to={width - RIGHT}
          onStep={(by) => ask(stepRank(read, by))} onEnd={(last) => ask(last ? highest : 1)} onMove={(at) => ask(10 ** (((at - LEFT) / (width - RIGHT - LEFT)) * Math.log10(x.ticks.at(-1) ?? 10)))}
        />
        {read > 1 && <Shares shares={shares} rank={read} right={width - RIGHT - 12} />}
        {lines.map((line, index) => {
          const end = line.ranks.at(-1);
          if (!end) return null;
          return (
            <g key={line.of}>
              <path d={stairs(line.ranks.map(([rank, share]) => [x.at(rank), y.at(share)]))} fill="none" stroke={LINE_STROKE[line.of]} strokeWidth={line.of === "whole" ? 2 : 1.6} strokeDasharray={line.of === "unknown" ? "3 3" : line.of === "reference" ? "5 3" : undefined} />
              <circle cx={x.at(end[0])} cy={y.at(end[1])} r="3" fill={LINE_STROKE[line.of]} />
              <path d={`M${x.at(end[0]) + 5} ${y.at(end[1])}L${width - RIGHT + 6} ${(labels[index] ?? 0) - 4}`} stroke="var(--chart-axis)" strokeWidth=".7" fill="none" />
              <text x={width - RIGHT + 10} y={labels[index]} fontSize="12" fontWeight={line.of === "whole" ? 600 : 400} fill={LINE_TEXT[line.of]} className={css[line.of]}>{line.name}</text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}
