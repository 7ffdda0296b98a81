/// Figures as dots with their intervals on one axis, each with its numbers; where there is no figure, why.
import type { ReactNode } from "react";
import { useWidth } from "@/components/use_width";
import { linear, type Scale } from "@/lib/scale";
import css from "./agreement.module.css";

const HEIGHT = 22;
const EDGE = 16;

export interface DotRow {
  readonly key: string;
  readonly name: ReactNode;
  /** Said below the name. */
  readonly gloss?: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The figure, or why there is none. */
  readonly words: string;
  /** What it rests on: `618 ratings`. */
  readonly of?: string;
}

/** From 0 to 1, further down where a figure or its interval is below chance. */
export function axisOf(rows: readonly DotRow[], width: number): Scale {
  const lowest = Math.min(0, ...rows.flatMap(({ value, low }) => [value ?? 0, low ?? 0]));
  return linear(Math.floor(lowest * 5) / 5, 1, EDGE, Math.max(80, width) - EDGE, 6);
}

export function DotRows({ title, rows, axis }: { title: string; rows: readonly DotRow[]; axis: string }) {
  const [ref, measured] = useWidth<HTMLTableCellElement>(260);
  const width = Math.max(80, measured);
  const scale = axisOf(rows, width);
  return (
    <table className={css.dots} aria-label={title}>
      <thead>
        <tr>
          <th scope="col" className={css.name}><span className="unseen">what</span></th>
          <th scope="col" ref={ref} className={css.axis}>
            <span className="unseen">{axis}, with its 95{"\u202f"}% interval</span>
            <svg width={width} height="16" aria-hidden="true">{scale.ticks.map((tick) => <text key={tick} x={scale.at(tick)} y="12" textAnchor="middle" fontSize="11" fill="var(--text-2)">{tick.toFixed(1).replace("-", "−")}</text>)}</svg>
          </th>
          <th scope="col" className={`num ${css.figure}`}>{axis}</th>
        </tr>
      </thead>
      <tbody>{rows.map((row) => <Row key={row.key} row={row} scale={scale} width={width} />)}</tbody>
    </table>
  );
}

function Row({ row, scale, width }: { row: DotRow; scale: Scale; width: number }) {
  return (
    <tr>
      <th scope="row">{row.name}{row.gloss && <small>{row.gloss}</small>}</th>
      {row.value === null ? <td colSpan={2} className={css.none}>{row.words}</td> : (
        <>
          <td className={css.axis}><Dot value={row.value} low={row.low} high={row.high} scale={scale} width={width} words={row.words} /></td>
          <td className={`num ${css.figure}`}>{row.words}{row.of && <small>{row.of}</small>}</td>
        </>
      )}
    </tr>
  );
}

function Dot({ value, low, high, scale, width, words }: { value: number; low: number | null; high: number | null; scale: Scale; width: number; words: string }) {
  const middle = HEIGHT / 2;
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={words}>
      {scale.ticks.map((tick) => <path key={tick} d={`M${scale.at(tick)} 0V${HEIGHT}`} stroke={tick === 0 ? "var(--chart-axis)" : "var(--chart-grid)"} />)}
      {low !== null && high !== null && <path d={`M${scale.at(low)} ${middle - 3}v6m0 -3H${scale.at(high)}m0 -3v6`} fill="none" stroke="var(--chart-ink)" strokeWidth="1.6" />}
      <circle cx={scale.at(value)} cy={middle} r="4.4" fill="var(--chart-ink)" />
    </svg>
  );
}
