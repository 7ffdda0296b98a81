/// Which parts of a sample are an original and its translation? Those whose roles say so.
import type { PartDetail } from "@/ipc";

/** Part indices that stand side by side: the original first. One alone stands by itself. */
export type Row = readonly [number] | readonly [original: number, translation: number];

const ORIGINAL = /^(?:(.+)_)?(?:original|source)$/;
const TRANSLATION = /^(?:(.+)_)?(?:translation|target)$/;

/** `question` for `question_original`; empty for `original`; `null` for another role. */
function stem(role: string, pattern: RegExp): string | null {
  const found = pattern.exec(role.toLowerCase());
  return found ? (found[1] ?? "") : null;
}

/** Parts in reading order; a translation comes up beside its original, wherever it stands. */
export function rowsOf(parts: readonly Pick<PartDetail, "role">[]): Row[] {
  const beside = new Map<number, number>();
  parts.forEach(({ role }, index) => {
    const about = stem(role, ORIGINAL);
    if (about === null) return;
    const other = parts.findIndex((part, at) => stem(part.role, TRANSLATION) === about && ![...beside.values()].includes(at));
    if (other >= 0) beside.set(index, other);
  });
  const taken = new Set(beside.values());
  return parts.flatMap((_, index): Row[] => {
    if (taken.has(index)) return [];
    const other = beside.get(index);
    return [other === undefined ? [index] : [index, other]];
  });
}

/** The language of a part, as far as it is known: stated for its role, or the sample's for the longest part. */
export function languageOf(parts: readonly PartDetail[], index: number, dimension: (name: string) => string, detected: string | null): string {
  const role = parts[index]!.role.toLowerCase();
  const side = ORIGINAL.test(role) ? "source_language" : TRANSLATION.test(role) ? "target_language" : "";
  const stated = dimension(`${role}_language`) || (side && dimension(side));
  if (stated || !side) return stated || dimension("language") || detected || "";
  const longest = parts.reduce((most, part, at) => (part.tokens > parts[most]!.tokens ? at : most), 0);
  return index === longest ? dimension("language") || detected || "" : "";
}
