/// Which two snapshots are compared: every measured one by its name, and a sensible pair to begin with.
import type { DatasetInfo, SnapshotInfo } from "@/ipc";

export interface Side {
  /** `NAME@N`, as the comparison is asked for. */
  name: string;
  dataset: string;
  snapshot: SnapshotInfo;
}

/** Every measured snapshot, the latest of each dataset first. */
export function sidesOf(datasets: readonly DatasetInfo[]): Side[] {
  return datasets.flatMap((dataset) => dataset.snapshots.filter((one) => one.measured).toSorted((a, b) => b.number - a.number).map((snapshot) => ({ name: `${dataset.name}@${snapshot.number}`, dataset: dataset.name, snapshot })));
}

/** The pair that was asked for, or the current snapshot with the one before it, or with another dataset. */
export function pairOf(sides: readonly Side[], asked: { a?: string | undefined; b?: string | undefined }, dataset: string, snapshot: number): [a: Side, b: Side] | null {
  const named = (name: string | undefined) => sides.find((side) => side.name === name);
  const b = named(asked.b) ?? named(`${dataset}@${snapshot}`) ?? sides[0];
  if (!b) return null;
  const same = sides.filter((side) => side.dataset === b.dataset && side !== b);
  const before = same.find((side) => side.snapshot.number < b.snapshot.number);
  const a = named(asked.a) ?? before ?? same.at(-1) ?? sides.find((side) => side !== b);
  return a ? [a, b] : null;
}

/** `snapshot 6`, with its dataset where the two are of different ones. */
export function sideName(side: Side, across: boolean): string {
  return across ? `${side.dataset} / ${side.snapshot.number}` : `snapshot ${side.snapshot.number}`;
}
