/// What the keys of an answer do: arrows choose a row of the rubric and slide its score, digits are labels, scores or reasons.
import type { Rubric } from "@/ipc";
import type { Action } from "@/lib/commands";
import { type Draft, setScore, toggleLabel } from "./answer";
import { type DigitMeaning, digitEffect, type Situation, stepRow, unanswerable } from "./meaning";

/** An answer that is being given. */
export interface AnswerForm {
  readonly rubric: Rubric;
  readonly situation: Situation;
  readonly draft: Draft;
  /** Rubric row that digits score, at this moment. */
  row(): number | null;
  edit(change: (draft: Draft) => Draft): void;
  chooseRow(row: number | null): void;
  exclude(reason: string): void;
  /** Tells a screen reader. */
  say(text: string): void;
}

type Actions = Record<string, Action>;

/** `VIEW.up`, `VIEW.down`, `VIEW.less`, `VIEW.more`. */
export function rowActions(view: string, form: AnswerForm): Actions {
  const { rubric, situation } = form;
  const unavailable = unanswerable(situation) ?? (situation.criteria === 0 ? "this rubric has no rows" : situation.reasonsOpen ? "digits are reasons now" : undefined);
  const noRow = unavailable ?? (situation.rowChosen ? undefined : "no rubric row is chosen");
  const step = (by: 1 | -1) => {
    const row = stepRow(form.row(), by, rubric.criteria.length);
    const criterion = row === null ? undefined : rubric.criteria[row];
    form.chooseRow(row);
    form.say(criterion ? `${criterion.name}, ${criterion.guidance}. 1 to ${criterion.max}.` : "Digits are labels.");
  };
  return {
    [`${view}.up`]: { run: () => step(-1), unavailable },
    [`${view}.down`]: { run: () => step(1), unavailable },
    [`${view}.less`]: { run: () => slide(form, -1), unavailable: noRow },
    [`${view}.more`]: { run: () => slide(form, 1), unavailable: noRow },
  };
}

function slide(form: AnswerForm, by: 1 | -1): void {
  const criterion = form.rubric.criteria[form.row() ?? -1];
  if (!criterion) return;
  const given = form.draft.scores[criterion.id];
  const score = Math.min(criterion.max, Math.max(1, (given ?? (by === 1 ? 0 : criterion.max + 1)) + by));
  if (score !== given) form.edit((before) => setScore(before, criterion.id, score));
  form.say(`${criterion.name} ${score}`);
}

/** `VIEW.digit.1` to `VIEW.digit.9`. */
export function digitActions(view: string, form: AnswerForm): Actions {
  const actions: Actions = {};
  for (let digit = 1; digit <= 9; digit += 1) {
    const effect = digitEffect(digit, form.situation);
    actions[`${view}.digit.${digit}`] = effect.meaning === null ? { run: () => undefined, unavailable: effect.why } : { run: () => runDigit(form, effect.meaning, digit) };
  }
  return actions;
}

function runDigit(form: AnswerForm, meaning: DigitMeaning, digit: number): void {
  const { rubric } = form;
  if (meaning === "reason") {
    form.exclude(rubric.exclude_reasons[digit - 1] ?? "");
    return;
  }
  if (meaning === "label") {
    const label = rubric.labels.find((each) => each.key === digit);
    if (label) form.edit((draft) => toggleLabel(draft, label.name));
    return;
  }
  const row = form.row() ?? 0;
  const criterion = rubric.criteria[row];
  if (!criterion) return;
  form.edit((draft) => setScore(draft, criterion.id, digit));
  form.chooseRow(stepRow(row, 1, rubric.criteria.length));
  form.say(`${criterion.name} ${digit}`);
}
