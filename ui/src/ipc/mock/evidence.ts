/// The evidence behind a made-up sample, and how its origin changed.
import type { Opinions, OriginChange, SampleEvidence } from "../types";
import { classOf, type Made } from "./samples";

type Said = Pick<SampleEvidence, "part" | "kind" | "strength" | "effect" | "origin" | "confidence" | "source" | "value"> & Partial<SampleEvidence>;

function evidence(said: Said): SampleEvidence {
  return { source_class: classOf(said.origin), generator: null, record: null, brought: null, ...said };
}

/** Whether a reviewer has said who made it. */
function isJudged(made: Made, index: number): boolean {
  return made.verdict === "approve" && index % 2 === 0;
}

export function evidenceOf(made: Made, index: number): SampleEvidence[] {
  const { origin, confidence, copies } = made;
  const conflict = index % 97 === 0;
  const all: SampleEvidence[] = [];
  if (isJudged(made, index)) all.push(evidence({ part: null, kind: "reviewer_judgement", strength: 0, effect: "decides", origin, confidence: 0.95, source: "reviewer Dr Amara Okafor", value: `${origin}, high confidence`, brought: { by: "Dr Amara Okafor", at: "2026-11-16T09:12:00Z", name: "entry 10,214", entry: 10_214 } }));
  if (origin !== "unknown") all.push(evidence({ part: 0, kind: "rule", strength: 2, effect: conflict ? "contradicts" : isJudged(made, index) ? "agrees" : "decides", origin: origin === "mixed" ? "human" : origin, confidence, source: "rule 3", value: "author_type = 'client'" }));
  if (origin === "machine" || origin === "mixed") all.push(evidence({ part: 1, kind: "generation_record", strength: 1, effect: "decides", origin: "machine", confidence, source: "field gen_model", value: "orion-2", generator: "orion-2", record: { model: "orion-2-2026-03", prompt_ref: "prompts/17", generated_at: "2026-04-19T08:00:00Z" } }));
  if (copies > 3) all.push(evidence({ part: 1, kind: "near_duplicate_of_synthetic", strength: 4, effect: origin === "machine" ? "agrees" : "overruled", origin: "machine", confidence: 0.83, source: "dataset orion-qa", value: "Jaccard 0.83 with orion-qa@1, qa.jsonl:211, 3f9c81d2", generator: "orion-2" }));
  return all;
}

/** What the writing style says, as evidence that sets nothing. */
export function styleEvidence(opinions: Opinions): SampleEvidence[] {
  return (opinions.style?.scores ?? []).map((score) => evidence({ part: score.part, kind: "stylometric", strength: 8, effect: "silent", origin: "unknown", confidence: 0, source: "style of praxis-instruct@7, wrong about 99 of 1239 human texts there", value: `score ${score.score.toFixed(2)}` }));
}

export function historyOf(made: Made, index: number): OriginChange[] {
  if (!isJudged(made, index)) return [];
  const was = { origin: "unknown", source_class: "unknown", confidence: 0, conflict: false } as const;
  return [{
    at: "2026-11-16T09:20:00Z", was, became: { origin: made.origin, source_class: classOf(made.origin), confidence: 0.95, conflict: false },
    causes: [{ added: true, kind: "reviewer_judgement", origin: made.origin, source: "reviewer Dr Amara Okafor", value: `${made.origin}, high confidence`, by: "Dr Amara Okafor", at: "2026-11-16T09:12:00Z", entry: 10_214 }],
  }];
}
