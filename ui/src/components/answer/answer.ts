/// What does a reviewer's unfinished answer look like? Four axes, never one field.
import type { Answer, Origin, Verdict } from "@/ipc";

export type Confidence = "low" | "medium" | "high";

/** Everything but the verdict, which is given last and by one key. */
export interface Draft {
  readonly labels: readonly string[];
  readonly scores: Readonly<Record<string, number>>;
  readonly origin: Origin | null;
  readonly confidence: Confidence | null;
  readonly note: string;
}

export const emptyDraft: Draft = { labels: [], scores: {}, origin: null, confidence: null, note: "" };

export const confidences: readonly Confidence[] = ["low", "medium", "high"];

export function draftOf(answer: Answer | null): Draft {
  if (!answer) return emptyDraft;
  return {
    labels: answer.labels,
    scores: answer.scores,
    origin: answer.origin,
    confidence: confidences.find((each) => each === answer.confidence) ?? null,
    note: answer.note,
  };
}

export function answerOf(draft: Draft, verdict: Verdict, reason: string): Answer {
  return {
    verdict,
    reason,
    labels: [...draft.labels],
    scores: { ...draft.scores },
    origin: draft.origin,
    confidence: draft.origin === null ? null : draft.confidence,
    note: draft.note.trim(),
  };
}

export function toggleLabel(draft: Draft, label: string): Draft {
  const labels = draft.labels.includes(label)
    ? draft.labels.filter((each) => each !== label)
    : [...draft.labels, label];
  return { ...draft, labels };
}

/** Sets a score; the same score again takes it back. */
export function setScore(draft: Draft, criterion: string, score: number): Draft {
  const scores = { ...draft.scores };
  if (scores[criterion] === score) delete scores[criterion];
  else scores[criterion] = score;
  return { ...draft, scores };
}
