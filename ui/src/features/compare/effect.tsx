/// How large an effect is and which way: a dot on an axis whose right side is worse, with its interval where one is known.
import type { FigureChange } from "@/ipc";
import { type Bounds, EFFECT_ENDS, effectIntervalWords, effectPlace, effectReach } from "@/lib/changes";

export const EFFECT_WIDTH = 214;
const HEIGHT = 34;
const ZERO = 52;
const EDGE = 6;
const TICK = 4;

function x(place: number): number {
  return ZERO + place * (place < 0 ? ZERO - EDGE : EFFECT_WIDTH - ZERO - EDGE);
}

const MARKS = EFFECT_ENDS.slice(0, 3);
const NAMES = ["small", "medium", "large"];

export function EffectMark({ change, bounds }: { change: FigureChange; bounds: Bounds }) {
  const at = x(effectPlace(change, bounds));
  const reach = effectReach(change, bounds)?.map(x);
  const bad = change.direction === "worse" && change.size !== "none";
  const interval = effectIntervalWords(change);
  const words = change.effect === null ? "no effect size" : `effect ${change.effect.toFixed(3)}, ${interval ? `95 % interval ${interval}` : change.interval_kind === "exact" ? "a count, exact" : "no interval known"}, ${change.size === "none" ? "no effect" : change.size}${change.direction ? `, ${change.direction}` : ""}`;
  const middle = HEIGHT / 2;
  return (
    <svg width={EFFECT_WIDTH} height={HEIGHT} role="img" aria-label={words}>
      <title>{words}</title>
      {MARKS.flatMap((mark) => [mark, -mark]).map((mark) => <path key={mark} d={`M${x(mark)} 2V${HEIGHT - 2}`} stroke="var(--chart-grid)" />)}
      <path d={`M${ZERO} 2V${HEIGHT - 2}`} stroke="var(--chart-axis)" />
      {change.effect !== null && <path d={`M${ZERO} ${middle}H${at}`} stroke="var(--chart-axis)" strokeDasharray="1.5 2.5" />}
      {reach && <path d={`M${reach[0]} ${middle - TICK}v${2 * TICK}M${reach[0]} ${middle}H${reach[1]}M${reach[1]} ${middle - TICK}v${2 * TICK}`} stroke="var(--chart-ink)" strokeWidth="1.3" fill="none" />}
      {change.effect !== null && <circle cx={at} cy={middle} r="4.4" fill={bad ? "var(--chart-ink)" : "var(--surface)"} stroke="var(--chart-ink)" strokeWidth="1.3" />}
    </svg>
  );
}

/** Which side is which, and where an effect is called small, medium and large. */
export function EffectHead() {
  return (
    <svg width={EFFECT_WIDTH} height="32" aria-hidden="true">
      <text x={ZERO - 8} y="11" textAnchor="end" fontSize="11" fill="var(--text-2)">better</text>
      <text x={ZERO + 8} y="11" fontSize="11" fill="var(--text-2)">worse</text>
      {NAMES.map((name, i) => <text key={name} x={(x(EFFECT_ENDS[i]!) + x(EFFECT_ENDS[i + 1]!)) / 2} y="28" textAnchor="middle" fontSize="11" fill="var(--text-3)">{name}</text>)}
    </svg>
  );
}
