/// How dark is a cell of a matrix, and how many pairs does it hold?
import type { Origin, OriginPairs } from "@/ipc";

/** Pairs of two origins, whichever was named first. */
export function pairsOf(pairs: readonly OriginPairs[], a: Origin, b: Origin): number {
  return pairs.filter((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a)).reduce((sum, each) => sum + each.pairs, 0);
}

/** Grey step of a cell: none is 0, the smallest 1, the largest 6, by their logarithms between. */
export function greyStep(value: number, smallest: number, largest: number): number {
  if (value <= 0) return 0;
  return largest <= smallest ? 6 : 1 + Math.round((5 * Math.log(value / smallest)) / Math.log(largest / smallest));
}
