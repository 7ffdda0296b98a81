/// The five causes of a dispute, in the order of their keys.
import type { DisputeCause, SettledDispute } from "@/ipc";

export interface CauseWords {
  readonly cause: DisputeCause;
  readonly name: string;
  readonly gloss: string;
}

export const CAUSES: readonly CauseWords[] = [
  { cause: "ambiguous_text", name: "Ambiguous text", gloss: "it can be read both ways" },
  { cause: "guideline_gap", name: "Gap in the guideline", gloss: "the rubric does not settle it" },
  { cause: "slip", name: "Slip", gloss: "one of them misread or mistyped" },
  { cause: "edge_case", name: "Edge case", gloss: "the rubric did not foresee it" },
  { cause: "true_difference", name: "True difference", gloss: "experts differ; both stay on record" },
];

export function causeName(cause: DisputeCause): string {
  return CAUSES.find((each) => each.cause === cause)!.name;
}

/** How many were settled for each cause, the most frequent first; causes that did not occur are left out. */
export function settledByCause(settled: readonly SettledDispute[]): { cause: DisputeCause; name: string; count: number }[] {
  return CAUSES.map(({ cause, name }) => ({ cause, name, count: settled.filter((each) => each.cause === cause).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
