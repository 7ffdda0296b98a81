/// A line across a chart that reads its curves where it stands: moved by arrow keys or by the pointer.
import type { KeyboardEvent, PointerEvent } from "react";
import css from "./reading_line.module.css";

export interface ReadingLineProps {
  label: string;
  /** Where the line stands, in pixels of the chart. */
  x: number;
  top: number;
  bottom: number;
  /** Where it may stand, in pixels. */
  from: number;
  to: number;
  /** What is read there, in words. */
  words: string;
  /** One step to the left (-1) or right, or ten where Shift is held. */
  onStep(by: number): void;
  /** To the first or last place. */
  onEnd(last: boolean): void;
  onMove(x: number): void;
}

export function ReadingLine({ label, x, top, bottom, from, to, words, onStep, onEnd, onMove }: ReadingLineProps) {
  const keydown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) onStep(event.shiftKey ? step * 10 : step);
    else if (event.key === "Home" || event.key === "End") onEnd(event.key === "End");
    else return;
    event.preventDefault();
  };
  const place = (event: PointerEvent<SVGGElement>) => {
    const chart = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (chart) onMove(Math.min(to, Math.max(from, event.clientX - chart.left)));
  };
  return (
    <g
      className={css.line} role="slider" tabIndex={0} aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round((100 * (x - from)) / Math.max(1, to - from))} aria-valuetext={words}
      onKeyDown={keydown}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture?.(event.pointerId); place(event); }}
      onPointerMove={(event) => event.buttons === 1 && place(event)}
    >
      <rect className={css.room} x={from} y={top} width={Math.max(0, to - from)} height={bottom - top} fill="transparent" />
      <path d={`M${x} ${top}V${bottom}`} stroke="var(--chart-reference)" strokeWidth="1.2" />
      <path className={css.grip} d={`M${x - 4} ${bottom + 1}h8l-4 -6z`} fill="var(--chart-reference)" />
    </g>
  );
}
