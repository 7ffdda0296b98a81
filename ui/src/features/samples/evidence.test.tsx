import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { SampleEvidence } from "@/ipc";
import { Contradictions, EvidenceTable, History, derivedWords, strongestFirst } from "./evidence";

const judged: SampleEvidence = {
  part: null, kind: "reviewer_judgement", strength: 0, effect: "decides", origin: "human", source_class: "human_authored", confidence: 0.95, source: "reviewer Amara", value: "human, high confidence", generator: null, record: null,
  brought: { by: "Amara", at: "2026-11-16T09:12:00Z", name: "entry 12", entry: 12 },
};
const matched: SampleEvidence = {
  part: 0, kind: "near_duplicate_of_synthetic", strength: 4, effect: "overruled", origin: "machine", source_class: "synthetic", confidence: 1, source: "dataset house", value: "the same text as house@1, a.jsonl:4", generator: "m-1", record: { model: "m-1-2026", prompt_ref: "p/3", generated_at: null }, brought: null,
};

test("every piece of evidence stands with its part, its strength, its source and what it did", () => {
  render(<EvidenceTable evidence={[matched, judged]} parts={[{ role: "document", text: "", origin: "human", source_class: "human_authored", confidence: 1, tokens: 1, rtl: false }]} />);
  const [first, second] = within(screen.getByRole("table", { name: "Evidence" })).getAllByRole("row");
  expect(first).toHaveTextContent("all partsJudged by a reviewer1/10reviewer Amara; human, high confidence; added");
  expect(first).toHaveTextContent("human 0.95decides");
  expect(second).toHaveTextContent("documentNear-duplicate, known synthetic5/10dataset house; the same text as house@1, a.jsonl:4; m-1; model m-1-2026; prompt p/3");
  expect(second).toHaveTextContent("machine 1.00overruled");
});

test("the strongest stands first, whatever the order", () => {
  expect(strongestFirst([matched, judged]).map((one) => one.kind)).toEqual(["reviewer_judgement", "near_duplicate_of_synthetic"]);
});

test("the history says what the origin was, what it became, and by which evidence", () => {
  const cause = { added: false, kind: "near_duplicate_of_synthetic", origin: "machine", source: "dataset house", value: "the same text", by: "Ilse", at: "2026-11-17T09:00:00Z", entry: 14 } as const;
  render(<History history={[{ at: "2026-11-17T09:01:00Z", was: { origin: "machine", source_class: "synthetic", confidence: 1, conflict: false }, became: { origin: "unknown", source_class: "unknown", confidence: 0, conflict: true }, causes: [cause] }]} />);
  const change = screen.getByRole("listitem");
  expect(change).toHaveTextContent(/machine → unknown, contradictory/);
  expect(change).toHaveTextContent("Near-duplicate, known synthetic: machine, dataset house, the same text, was withdrawn, Ilse");
});

test("the other side of a contradiction can be opened", async () => {
  const opened: number[] = [];
  render(<Contradictions others={[{ sample: 7, path: "b.jsonl", line: 3, origin: "machine", evidence: [matched] }]} onOpen={(sample) => opened.push(sample)} />);
  await userEvent.setup().click(screen.getByRole("button", { name: "Open b.jsonl, line 3" }));
  expect(opened).toEqual([7]);
});

test("a depth is said in words", () => {
  expect(derivedWords({ depth: 0, cyclic: false, parents: [] })).toBe("written by people");
  expect(derivedWords({ depth: 2, cyclic: false, parents: ["a"] })).toBe("made by 2 models in a row");
  expect(derivedWords({ depth: null, cyclic: true, parents: ["a"] })).toMatch(/leads back to itself/);
});
