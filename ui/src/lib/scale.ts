/** Where on a chart does a value stand? Straight and logarithmic axes, their ticks, and lines through points. */

export interface Scale {
  /** From value to pixels. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

/** A straight axis; the domain grows to whole ticks at its upper end. */
export function linear(low: number, high: number, from: number, to: number, count = 5): Scale {
  const step = niceStep((high - low) / Math.max(1, count));
  const top = step === 0 ? low + 1 : Math.ceil(high / step - 1e-9) * step;
  const span = top - low || 1;
  const ticks: number[] = [];
  for (let index = Math.ceil(low / (step || 1) - 1e-9); index * (step || 1) <= top + 1e-9; index += 1) ticks.push(round(index * (step || 1)));
  return { at: (value) => from + ((value - low) / span) * (to - from), ticks };
}

/** A logarithmic axis over whole decades. Values below the lowest decade stand at its edge. */
export function logarithmic(low: number, high: number, from: number, to: number): Scale {
  const bottom = Math.floor(Math.log10(Math.max(low, Number.MIN_VALUE)) + 1e-9);
  const top = Math.max(bottom + 1, Math.ceil(Math.log10(Math.max(high, Number.MIN_VALUE)) - 1e-9));
  const ticks = Array.from({ length: top - bottom + 1 }, (_, index) => 10 ** (bottom + index));
  const at = (value: number) => {
    const exponent = Math.max(bottom, Math.log10(Math.max(value, Number.MIN_VALUE)));
    return from + ((exponent - bottom) / (top - bottom)) * (to - from);
  };
  return { at, ticks };
}

/** An SVG path through points, in pixels. */
export function path(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${fixed(x)} ${fixed(y)}`).join('');
}

/** The same as stairs: level until the next point. */
export function stairs(points: readonly (readonly [number, number])[]): string {
  let drawn = '';
  points.forEach(([x, y], index) => {
    drawn += index === 0 ? `M${fixed(x)} ${fixed(y)}` : `H${fixed(x)}V${fixed(y)}`;
  });
  return drawn;
}

/** Moves labels apart so that none comes closer than `gap`, keeping their order and staying inside. */
export function spread(wanted: readonly number[], gap: number, from: number, to: number): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let last = from - gap;
  for (const index of order) {
    last = Math.max(last + gap, placed[index] ?? from);
    placed[index] = last;
  }
  let next = to + gap;
  for (const index of order.reverse()) {
    next = Math.min(next - gap, placed[index] ?? to);
    placed[index] = next;
  }
  return placed;
}

/** Interpolates `y` where the points, ascending in `x`, cross it; `null` outside. */
export function valueAt(points: readonly (readonly [number, number])[], x: number): number | null {
  for (let index = 1; index < points.length; index += 1) {
    const before = points[index - 1];
    const after = points[index];
    if (!before || !after || x < before[0] || x > after[0]) continue;
    const span = after[0] - before[0];
    return span === 0 ? after[1] : before[1] + ((x - before[0]) / span) * (after[1] - before[1]);
  }
  return null;
}

function niceStep(raw: number): number {
  if (!(raw > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(raw) + 1e-12);
  const factor = [1, 2, 5, 10].find((each) => each * power >= raw * (1 - 1e-9)) ?? 10;
  return factor * power;
}

const fixed = (value: number) => String(Math.round(value * 10) / 10);
const round = (value: number) => Number(value.toPrecision(12));
