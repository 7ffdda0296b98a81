/// Which samples are selected: none, some picked one by one, or all that match but those left out. By digest, for copies are one sample.
import type { BulkSelection, QueueCreateRequest } from "@/ipc";
import { count, counted } from "@/lib/format";

export type Selection = { kind: "picked"; digests: ReadonlySet<string> } | { kind: "all"; leftOut: ReadonlySet<string> };

export const NOTHING: Selection = { kind: "picked", digests: new Set() };
export const EVERYTHING: Selection = { kind: "all", leftOut: new Set() };

/** Samples that hands may pick or leave out; more is a filter's work. */
export const MOST_BY_HAND = 2_000;

export function isNothing(selection: Selection): boolean {
  return selection.kind === "picked" && selection.digests.size === 0;
}

export function holds(selection: Selection, digest: string): boolean {
  return selection.kind === "picked" ? selection.digests.has(digest) : !selection.leftOut.has(digest);
}

function named(selection: Selection): ReadonlySet<string> {
  return selection.kind === "picked" ? selection.digests : selection.leftOut;
}

function withNames(selection: Selection, names: ReadonlySet<string>): Selection {
  return selection.kind === "picked" ? { kind: "picked", digests: names } : { kind: "all", leftOut: names };
}

/** Takes one sample in or out. */
export function toggled(selection: Selection, digest: string): Selection {
  return ranged(selection, [digest], !holds(selection, digest));
}

/** Takes samples in, or out. */
export function ranged(selection: Selection, digests: readonly string[], into: boolean): Selection {
  const names = new Set(named(selection));
  const add = into === (selection.kind === "picked");
  for (const digest of digests) {
    if (add) names.add(digest);
    else names.delete(digest);
  }
  return withNames(selection, names);
}

/** Why the selection cannot be acted on; `undefined` when it can. */
export function problem(selection: Selection, find: string): string | undefined {
  if (isNothing(selection)) return "nothing is selected";
  if (named(selection).size > MOST_BY_HAND) return `more than ${count(MOST_BY_HAND)} by hand; narrow the filter instead`;
  if (selection.kind === "all" && find !== "") return "all that match goes by a filter, not by found words; pick rows";
  return undefined;
}

/** `1,204 selected, 3 left out`. */
export function selectionWords(selection: Selection, rows: number): string {
  if (selection.kind === "picked") return `${counted(selection.digests.size, "sample")} selected`;
  const left = selection.leftOut.size;
  return left === 0 ? `All ${counted(rows, "row")} selected` : `All ${counted(rows, "row")} selected, ${counted(left, "sample")} left out`;
}

export function bulkSelection(selection: Selection, at: { dataset: string; snapshot: number }, filter: string): BulkSelection {
  return {
    ...at, filter,
    picked: selection.kind === "picked" ? [...selection.digests].sort() : null,
    left_out: selection.kind === "all" ? [...selection.leftOut].sort() : [],
  };
}

/** What a queue over the selection is asked for beside its filter. */
export function handsOf(selection: Selection): Pick<QueueCreateRequest, "picked" | "left_out"> {
  if (selection.kind === "picked") return { picked: [...selection.digests].sort() };
  return selection.leftOut.size > 0 ? { left_out: [...selection.leftOut].sort() } : {};
}
