/// The drawing of the chance that it passes: one curve for each plan, read at one share.
import { useState } from "react";
import { ReadingLine } from "@/components/reading_line";
import { useWidth } from "@/components/use_width";
import { percent } from "@/lib/format";
import { atMost } from "@/lib/hypergeometric";
import { linear, path } from "@/lib/scale";
import { chanceCurve, nearestCount } from "./chance";
import { type Plan, planWords } from "./chance_chart";
import css from "./queue.module.css";

const LEFT = 46;
const RIGHT = 20;
const TOP = 12;
const HEIGHT = 176;
const BOTTOM = 36;
/** The risk the statement accepts: a slice at its limit passes at most this often. */
const RISK = 0.05;
const DASHES = [undefined, "5 3", "1.5 3"];

export interface ChanceCurvesProps {
  population: number;
  plans: readonly [Plan, ...Plan[]];
  limit: number;
  highest: number;
}

export function ChanceCurves({ population, plans, limit, highest }: ChanceCurvesProps) {
  const [ref, width] = useWidth<HTMLDivElement>(520);
  const [asked, setAsked] = useState<number | null>(null);
  const right = width - RIGHT;
  const floor = HEIGHT - BOTTOM;
  const x = linear(0, highest, LEFT, right, 5);
  const last = x.ticks.at(-1) ?? highest;
  const y = linear(0, 1, floor, TOP, 2);
  const [mine] = plans;
  // A tenth of the limit: a good slice, which one would want to pass.
  const read = asked ?? nearestCount(population, limit / 10);
  const chance = atMost(population, read, mine.drawn, mine.allowed);
  const share = read / population;
  const ask = (defective: number) => setAsked(Math.min(Math.round(last * population), Math.max(0, Math.round(defective))));
  const points = (plan: Plan) => path(chanceCurve(population, plan.drawn, last, plan.allowed).map((point) => [x.at(point.share), y.at(point.chance)] as const));
  const words = `with ${percent(share, 2)} truly defective it passes ${percent(chance, 0)} of the time`;
  const beside = x.at(share) > right - 220;
  return (
    <div ref={ref}>
      <svg width={width} height={HEIGHT} className={css.curve} role="group" aria-label={`Chance that the rule holds; ${words}`}>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y.at(tick)}H${right}`} stroke={tick === 0 ? "var(--chart-axis)" : "var(--chart-grid)"} />
            <text x={LEFT - 8} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{percent(tick, 0)}</text>
          </g>
        ))}
        {x.ticks.map((tick) => <text key={tick} x={x.at(tick)} y={floor + 17} textAnchor="middle" className={css.axis}>{percent(tick, last < 0.04 ? 1 : 0)}</text>)}
        <text x={right} y={HEIGHT - 3} textAnchor="end" className={css.axis}>true share defective</text>
        <path d={`M${LEFT} ${y.at(RISK)}H${right}`} stroke="var(--chart-reference)" strokeDasharray="3 3" />
        <ReadingLine
          label="True share defective" words={words} x={x.at(share)} top={TOP} bottom={floor} from={LEFT} to={right}
          onStep={(by) => ask(read + by * Math.max(1, Math.round((last * population) / 200)))} onEnd={(end) => ask(end ? last * population : 0)} onMove={(at) => ask(((at - LEFT) / (right - LEFT)) * last * population)}
        />
        <g className={css.untouched}>
          {plans.slice(1).map((plan, at) => <path key={plan.allowed} d={points(plan)} fill="none" stroke="var(--chart-reference)" strokeWidth="1.4" strokeDasharray={DASHES[at + 1]} />)}
          <path d={points(mine)} fill="none" stroke="var(--chart-ink)" strokeWidth="2" />
          {plans.length > 1 && plans.map((plan, at) => (
            <g key={plan.allowed} transform={`translate(${right - 172} ${TOP + 8 + 17 * at})`}>
              <path d="M0 -4H22" stroke={at === 0 ? "var(--chart-ink)" : "var(--chart-reference)"} strokeWidth={at === 0 ? 2 : 1.4} strokeDasharray={DASHES[at]} />
              <text x="30" fontSize="12" fontWeight={at === 0 ? 600 : 400}>{planWords(plan)}</text>
            </g>
          ))}
          <text x={right} y={y.at(RISK) - 5} textAnchor="end" className={`${css.axis} ${css.halo}`}>5{"\u00a0"}%: the risk that is accepted</text>
          <circle cx={x.at(share)} cy={y.at(chance)} r="4" fill="var(--surface)" stroke="var(--chart-ink)" strokeWidth="1.6" />
          <text x={x.at(share) + (beside ? -9 : 9)} y={Math.max(TOP + 10, y.at(chance) - 6)} textAnchor={beside ? "end" : "start"} fontSize="12" className={css.halo}><tspan fontWeight="600">{percent(chance, 0)}</tspan> pass with {percent(share, 2)} defective</text>
        </g>
      </svg>
    </div>
  );
}
