/// How rare the rare ones are: rank against share of observations, both logarithmic.
import { Charted } from "@/components/charted";
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
      columns={[{ head: "rank" }, ...lines.map((line) => ({ head: `${line.name}, share`, numeric: true }))]}
      rows={tableRows(lines)}
    >
      <Drawn lines={lines} />
    </Charted>
  );
}

/** One row for each decade and half decade of rank: the share of the class that stands there. */
function tableRows(lines: readonly Line[]): string[][] {
  const last = Math.max(1, ...lines.map((line) => line.ranks.at(-1)?.[0] ?? 0));
  const ranks: number[] = [];
  for (let decade = 1; decade <= last; decade *= 10) ranks.push(...[1, 2, 5].map((step) => step * decade).filter((rank) => rank <= last));
  return ranks.map((rank) => [
    count(rank),
    ...lines.map((line) => {
      const at = line.ranks.filter(([each]) => each <= rank).at(-1);
      return at && (line.ranks.at(-1)?.[0] ?? 0) >= rank ? shareWords(at[1]) : "none";
    }),
  ]);
}

function Drawn({ lines }: { lines: readonly Line[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(600);
  const points = lines.flatMap((line) => line.ranks.filter(([, share]) => share > 0));
  if (points.length === 0) return <p className="t2">Nothing to rank.</p>;
  const x = logarithmic(1, Math.max(2, ...points.map(([rank]) => rank)), LEFT, width - RIGHT);
  const y = logarithmic(Math.min(...points.map(([, share]) => share)), Math.max(...points.map(([, share]) => share)), HEIGHT - BOTTOM, 10);
  const ends = lines.map((line) => line.ranks.at(-1)).map((end) => (end ? y.at(end[1]) : HEIGHT - BOTTOM));
  const labels = spread(ends, 15, 14, HEIGHT - BOTTOM);
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={css.chart} role="img" aria-label={`Rank and frequency of the classes. ${lines.map((line) => `${line.name}: ${count(line.ranks.at(-1)?.[0] ?? 0)} classes, the commonest ${shareWords(line.ranks[0]?.[1] ?? 0)}`).join("; ")}`}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y.at(tick)}H${width - RIGHT}`} stroke="var(--chart-grid)" />
            <text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{shareWords(tick)}</text>
          </g>
        ))}
        <path d={`M${LEFT} ${HEIGHT - BOTTOM}H${width - RIGHT}`} stroke="var(--chart-axis)" />
        {x.ticks.map((tick) => <text key={tick} x={x.at(tick)} y={HEIGHT - BOTTOM + 17} textAnchor="middle" className={css.axis}>{count(tick)}</text>)}
        <text x={width - RIGHT} y={HEIGHT - 5} textAnchor="end" className={css.axis}>rank of the class</text>
        {lines.map((line, index) => {
          const end = line.ranks.at(-1);
          if (!end) return null;
          return (
            <g key={line.of}>
              <path d={stairs(line.ranks.map(([rank, share]) => [x.at(rank), y.at(share)]))} fill="none" stroke={LINE_STROKE[line.of]} strokeWidth={line.of === "whole" ? 2 : 1.6} strokeDasharray={line.of === "unknown" ? "3 3" : undefined} />
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
