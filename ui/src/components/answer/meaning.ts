/// What may be done on the review screen right now, and what does a digit mean? Never two things at once.
///
/// The registry of keys already ignores repeats, composition and text fields; here stands what depends on the sample.

/** What is on the screen. */
export interface Situation {
  readonly painted: boolean;
  /** Why the text cannot be judged though it is painted: it was not shown yet. */
  readonly unseen?: string | undefined;
  readonly reasonsOpen: boolean;
  readonly rowChosen: boolean;
  /** A save has failed: nothing is decided until it is on disk. */
  readonly blocked: boolean;
  /** An undo is on its way, or the next sample is not in memory yet. */
  readonly waiting: boolean;
  readonly labels: number;
  readonly reasons: number;
  readonly criteria: number;
  /** Highest score of the chosen row. */
  readonly highest: number;
}

export type DigitMeaning = "reason" | "score" | "label";

export function digitMeaning(situation: Pick<Situation, "reasonsOpen" | "rowChosen">): DigitMeaning {
  if (situation.reasonsOpen) return "reason";
  return situation.rowChosen ? "score" : "label";
}

/** Why nothing can be answered now; `undefined` when it can. */
export function unanswerable(situation: Situation): string | undefined {
  if (situation.blocked) return "the last answer is not saved yet";
  if (situation.waiting) return "waiting for the last answer to be saved";
  if (situation.unseen) return situation.unseen;
  return situation.painted ? undefined : "the sample is not painted yet";
}

/** What a digit does: which label, score or reason it means, or why it means nothing. */
export type DigitEffect = { readonly meaning: DigitMeaning; readonly value: number } | { readonly meaning: null; readonly why: string };

export function digitEffect(digit: number, situation: Situation): DigitEffect {
  const why = unanswerable(situation);
  if (why) return { meaning: null, why };
  const meaning = digitMeaning(situation);
  const limit = { reason: situation.reasons, score: situation.highest, label: situation.labels }[meaning];
  return digit <= limit ? { meaning, value: digit } : { meaning: null, why: `there is no ${meaning} ${digit}` };
}

/** The rubric row after a step; `null` before the first is reached from below, and past the last. */
export function stepRow(row: number | null, step: 1 | -1, criteria: number): number | null {
  if (criteria === 0) return null;
  if (row === null) return step === 1 ? 0 : criteria - 1;
  const next = row + step;
  return next < 0 || next >= criteria ? null : next;
}
