/// One's own answer beside the reviewers', axis by axis: what stands in each cell, and where they differ.
import type { Answer, Origin, Rubric } from "@/ipc";

const NAMES = ["one", "another", "a third", "a fourth", "a fifth", "a sixth"];
const COUNTS = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"];

/** What an unnamed reviewer is called, by their place in the sample's own order. */
export function unnamed(index: number): string {
  return NAMES[index] ?? `no. ${index + 1}`;
}

/** `Three answers` */
export function answersHead(answers: number): string {
  return `${COUNTS[answers] ?? answers} ${answers === 1 ? "answer" : "answers"}`;
}

const ORIGIN_WORDS: Record<Origin, string> = { human: "human", mixed: "mixed", machine: "machine", unknown: "can’t tell" };

export function originWords(origin: Origin | null): string {
  return origin === null ? "–" : ORIGIN_WORDS[origin];
}

export interface ScoreRow {
  readonly id: string;
  readonly name: string;
  readonly max: number;
  readonly own: number | null;
  readonly others: readonly (number | null)[];
  /** Whether the reviewers are nowhere further apart than here. */
  readonly widest: boolean;
}

function gap(scores: readonly (number | null)[]): number {
  const given = scores.filter((score) => score !== null);
  return given.length < 2 ? 0 : Math.max(...given) - Math.min(...given);
}

/** A row for each criterion of the rubric; a score that was not given is `null`. */
export function scoreRows(rubric: Rubric, own: Answer, others: readonly Answer[]): ScoreRow[] {
  const rows = rubric.criteria.map((criterion) => ({
    id: criterion.id, name: criterion.name, max: criterion.max,
    own: own.scores[criterion.id] ?? null,
    others: others.map((answer) => answer.scores[criterion.id] ?? null),
  }));
  const widest = Math.max(0, ...rows.map((row) => gap(row.others) / row.max));
  return rows.map((row) => ({ ...row, widest: widest > 0 && gap(row.others) / row.max === widest }));
}

/** The labels that all gave; `null` where they differ. */
export function sharedLabels(answers: readonly Answer[]): readonly string[] | null {
  const first = [...(answers[0]?.labels ?? [])].sort();
  return answers.every((answer) => [...answer.labels].sort().join("\n") === first.join("\n")) ? first : null;
}

/** What the reviewers wrote, with what each is called. */
export function notesOf(answers: readonly Answer[]): { name: string; note: string }[] {
  return answers.map((answer, index) => ({ name: unnamed(index), note: answer.note })).filter(({ note }) => note !== "");
}
