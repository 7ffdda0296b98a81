/// Clusters by size, on doubling bins: what each bin is called, and how large its bars are.
import type { SizeBin } from "@/ipc";

export function binName(bin: SizeBin): string {
  if (bin.from === bin.to) return String(bin.from);
  return bin.to > 1_000_000 ? `${bin.from}+` : bin.from >= 64 ? `to ${bin.to}` : `${bin.from}–${bin.to}`;
}

/** Height of a bar on a logarithmic scale: one stands as high as `least`, the largest fills `height`, none is none. */
export function barHeight(value: number, largest: number, height: number, least = 6): number {
  if (value <= 0) return 0;
  if (largest <= 1) return height;
  return least + ((height - least) * Math.log(value)) / Math.log(largest);
}

/** Share of clustered samples that the largest clusters hold: those in the last bins that make up at least `share` of clusters. */
export function heldByLargest(bins: readonly SizeBin[], share: number): { clusters: number; held: number } | null {
  const clusters = bins.reduce((sum, bin) => sum + bin.clusters, 0);
  const samples = bins.reduce((sum, bin) => sum + bin.samples, 0);
  if (clusters === 0 || samples === 0) return null;
  let counted = 0;
  let held = 0;
  for (const bin of bins.toReversed()) {
    if (counted >= clusters * share) break;
    counted += bin.clusters;
    held += bin.samples;
  }
  return { clusters: counted / clusters, held: held / samples };
}
