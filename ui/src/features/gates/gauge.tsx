/// One gate on one axis: the limit always at the same place, inside to its left, outside to its right.
import type { GateRow } from "@/ipc";
import { fails, gaugePlace } from "@/lib/gates";

export const GAUGE_WIDTH = 124;
const HEIGHT = 18;
const MIDDLE = HEIGHT / 2;
const LIMIT = 70;
const LEFT = 4;
const RIGHT = GAUGE_WIDTH - 5;

/** Pixels of a place from -1 to 1; the limit lies nearer to the right, for more is drawn inside. */
export function gaugeX(place: number): number {
  return place <= 0 ? LIMIT + place * (LIMIT - LEFT) : LIMIT + place * (RIGHT - LIMIT);
}

export function Gauge({ gate, words }: { gate: GateRow; words: string }) {
  const x = gate.measured === null ? null : gaugeX(gaugePlace(gate.measured, gate));
  const color = fails(gate) ? "var(--fail)" : "var(--chart-bar)";
  const ends = gate.interval?.map((end) => gaugeX(gaugePlace(end, gate)));
  return (
    <svg width={GAUGE_WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <path d={`M${LEFT} ${MIDDLE}H${RIGHT}`} stroke="var(--line)" {...(x === null ? { strokeDasharray: "3 3" } : {})} />
      <path d={`M${LIMIT} 1V${HEIGHT - 1}`} stroke="var(--chart-ink)" strokeWidth="1.6" />
      {ends && <path d={`M${ends[0]} ${MIDDLE}H${ends[1]}M${ends[0]} ${MIDDLE - 3.5}v7M${ends[1]} ${MIDDLE - 3.5}v7`} stroke={color} strokeWidth="1.4" />}
      {x !== null && x > LIMIT && <path d={`M${LIMIT} ${MIDDLE}H${x}`} stroke={color} strokeWidth="3" />}
      {x !== null && <circle cx={x} cy={MIDDLE} r="3.8" fill={color} />}
    </svg>
  );
}

/** Which side of the limit is which, over the gauges. */
export function GaugeHead() {
  return (
    <svg width={GAUGE_WIDTH} height="16" aria-hidden="true">
      <text x={LIMIT - 8} y="12" textAnchor="end" fontSize="11" fill="var(--text-2)">inside</text>
      <text x={LIMIT + 8} y="12" fontSize="11" fill="var(--text-2)">outside</text>
    </svg>
  );
}
