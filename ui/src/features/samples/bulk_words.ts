/// How a bulk act is called, and who may do it.
import type { BulkKind, Person } from "@/ipc";
import { counted } from "@/lib/format";

export const ACTS: readonly { kind: BulkKind; verb: string; command: string; keys: string }[] = [
  { kind: "exclude", verb: "Exclude", command: "samples.exclude", keys: "Shift X" },
  { kind: "tag", verb: "Tag", command: "samples.tag", keys: "Shift T" },
  { kind: "route", verb: "Route", command: "samples.route", keys: "Shift R" },
];

/** Why this person may not; `undefined` when they may. The engine checks it again. */
export function whyNot(kind: BulkKind, person: Person | null): string | undefined {
  if (!person) return "choose who you are first";
  if (person.role === "machine") return "acts on many samples are people's";
  return person.role === "expert" && kind !== "tag" ? "for curators and leads" : undefined;
}

/** `1,201 samples excluded in bulk`. */
export function doneWords(kind: BulkKind, word: string, samples: number): string {
  const many = counted(samples, "sample");
  if (kind === "tag") return `${many} tagged ${word}`;
  return kind === "route" ? `${many} routed to ${word}` : `${many} excluded in bulk`;
}
