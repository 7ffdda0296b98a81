/// What was done in bulk in the mock: kept until the page is left.
import type { BulkKind, BulkState } from "../types";

interface Act {
  id: string;
  kind: BulkKind;
  word: string;
  digests: ReadonlySet<string>;
  withdrawn: boolean;
}

export const acts: Act[] = [];

/** What stands on a sample; gold is in no act. */
export function bulkOf(digest: string): BulkState | null {
  const standing = acts.filter((act) => !act.withdrawn && act.digests.has(digest));
  if (standing.length === 0) return null;
  const words = (kind: BulkKind) => standing.filter((act) => act.kind === kind).map((act) => act.word);
  return { tags: [...new Set(words("tag"))], routed: words("route").at(-1) ?? null, excluded: words("exclude").length > 0 };
}
