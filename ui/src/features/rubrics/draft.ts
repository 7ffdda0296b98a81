/// What does the editor hold? A rubric without its version, which the ledger gives.
import type { Rubric, RubricAddRequest, RubricCriterion } from "@/ipc";

export interface Draft {
  readonly name: string;
  /** By key from 1. */
  readonly labels: readonly string[];
  readonly criteria: readonly RubricCriterion[];
  /** By digit from 1. */
  readonly exclude_reasons: readonly string[];
}

/** Keys 1 to 9 set labels, choose reasons and give scores. */
export const MOST_KEYS = 9;

export const EMPTY: Draft = { name: "", labels: [], criteria: [], exclude_reasons: ["Wrong"] };
export const EMPTY_CRITERION: RubricCriterion = { id: "", name: "", guidance: "", max: 4 };

export function draftOf(rubric: Rubric): Draft {
  return { name: rubric.name, labels: rubric.labels.map((label) => label.name), criteria: rubric.criteria, exclude_reasons: rubric.exclude_reasons };
}

/** As the ledger would record it: white space at the edges is no part of a word. */
export function settled(draft: Draft): Draft {
  const trim = (word: string) => word.trim();
  return {
    name: draft.name.trim(), labels: draft.labels.map(trim), exclude_reasons: draft.exclude_reasons.map(trim),
    criteria: draft.criteria.map(({ id, name, guidance, max }) => ({ id: id.trim(), name: name.trim(), guidance: guidance.trim(), max })),
  };
}

export function requestOf(draft: Draft, entry: string): RubricAddRequest {
  const { name, labels, criteria, exclude_reasons } = settled(draft);
  return { name, labels: [...labels], criteria: [...criteria], exclude_reasons: [...exclude_reasons], entry };
}

/** An id from a name: `Free of harm` is `free_of_harm`. */
export function idOf(name: string): string {
  return name.trim().toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "");
}

/** Reads a draft that was kept; nothing where it is none. */
export function keptDraft(text: string | undefined): Draft | null {
  try {
    const kept = JSON.parse(text ?? "") as Draft;
    const whole = typeof kept.name === "string" && [kept.labels, kept.criteria, kept.exclude_reasons].every(Array.isArray);
    return whole ? kept : null;
  } catch {
    return null;
  }
}
