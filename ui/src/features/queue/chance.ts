/// How often would a slice pass, if a given share of it were defective? The hypergeometric chance that none is drawn.

/** C(N − D, n) / C(N, n): the chance that `drawn` of `population` hold none of the `defective`. */
export function noneFound(population: number, defective: number, drawn: number): number {
  if (defective + drawn > population) return 0;
  const [few, many] = [Math.min(defective, drawn), Math.max(defective, drawn)];
  let chance = 1;
  for (let taken = 0; taken < few && chance > 1e-9; taken += 1) chance *= 1 - many / (population - taken);
  return chance;
}

export interface ChancePoint {
  /** True share that is defective: a whole number of samples of the slice. */
  readonly share: number;
  readonly chance: number;
}

/** Points of the curve from none defective to `highest`, at most `steps` of them and never two for the same number. */
export function chanceCurve(population: number, drawn: number, highest: number, steps = 80): ChancePoint[] {
  const most = Math.min(population, Math.max(1, Math.ceil(highest * population)));
  const counts = new Set(Array.from({ length: steps + 1 }, (_, at) => Math.round((at / steps) * most)));
  return [...counts].map((defective) => ({ share: defective / population, chance: noneFound(population, defective, drawn) }));
}

/** The number of defective samples nearest to a share. */
export function nearestCount(population: number, share: number): number {
  return Math.min(population, Math.max(0, Math.round(share * population)));
}
