/// How often would a slice pass, if a given share of it were defective? The hypergeometric chance that no more are drawn than the rule allows.
import { atMost } from "@/lib/hypergeometric";

export interface ChancePoint {
  /** True share that is defective: a whole number of samples of the slice. */
  readonly share: number;
  readonly chance: number;
}

/** Points of the curve from none defective to `highest`, at most `steps` of them and never two for the same number. */
export function chanceCurve(population: number, drawn: number, highest: number, allowed = 0, steps = 80): ChancePoint[] {
  const most = Math.min(population, Math.max(1, Math.ceil(highest * population)));
  const counts = new Set(Array.from({ length: steps + 1 }, (_, at) => Math.round((at / steps) * most)));
  return [...counts].map((defective) => ({ share: defective / population, chance: atMost(population, defective, drawn, allowed) }));
}

/** The number of defective samples nearest to a share. */
export function nearestCount(population: number, share: number): number {
  return Math.min(population, Math.max(0, Math.round(share * population)));
}
