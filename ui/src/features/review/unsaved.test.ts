import { expect, it } from "vitest";
import type { Change } from "./session";
import { unsavedAsDecisions, unsavedAsText } from "./unsaved";

const changes: Change[] = [
  { kind: "decide", request: { queue: "q", position: 40, digest: "sha256:ab", entry: "e1", dwell_ms: 900, answer: { verdict: "exclude", reason: "Out of date", labels: ["Triage"], scores: { safe: 2 }, origin: "machine", confidence: "low", note: "see \"NICE\"" } } },
  { kind: "undo", request: { queue: "q", entry: "e2", reason: null } },
];

it("an unsaved answer copied as text says everything that was answered", () => {
  const text = unsavedAsText("Legal", changes);
  for (const part of ["Legal", "Exclude, sample 41", "sha256:ab", "e1", "Out of date", "Triage", "safe 2", "machine, low confidence", "NICE", "Undo (entry e2)"]) expect(text).toContain(part);
});

it("saved elsewhere it is one line of JSON that the command line reads; an undo has none", () => {
  const lines = unsavedAsDecisions(changes).trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toEqual({ sample: "sha256:ab", verdict: "exclude", reason: "Out of date", labels: { Triage: true }, rubric: { safe: 2 }, origin: "machine", confidence: "low", note: "see \"NICE\"" });
});
