/// Binds the commands of the review screen to the session, each with the reason why it cannot be run now.
import type { Rubric, Verdict } from "@/ipc";
import { type Action, useCommands } from "@/lib/commands";
import { type Draft, setScore, toggleLabel } from "./answer";
import { digitEffect, type Situation, stepRow, unanswerable } from "./meaning";
import type { Session } from "./session";
import type { Marks } from "./use_marks";
import type { Unsealing } from "./use_unseal";

export interface ReviewActions {
  session: Session;
  rubric: Rubric;
  situation: Situation;
  draft: Draft;
  give(verdict: Verdict): void;
  changeSize(step: 1 | -1): void;
  marks: Marks;
  copyText(): void;
  saveElsewhere(): void;
  writeNote(): void;
  onLeave(): void;
  compare(): void;
  unseal: Unsealing;
  /** Why there is nothing to compare. */
  nothingBeside: string | undefined;
}

export function useReviewCommands(actions: ReviewActions): void {
  useCommands({ ...verdictCommands(actions), ...answerCommands(actions), ...lookCommands(actions), ...rescueCommands(actions), ...digitCommands(actions) });
}

type Actions = Record<string, Action>;

function verdictCommands({ session, situation, give }: ReviewActions): Actions {
  const unavailable = unanswerable(situation);
  const noHistory = (possible: boolean, what: string) => unavailable ?? (possible ? undefined : `nothing to ${what}`);
  const state = session.getState();
  return {
    "review.approve": { run: () => give("approve"), unavailable },
    "review.exclude": { run: () => give("exclude"), unavailable },
    "review.unsure": { run: () => give("unsure"), unavailable },
    "review.skip": { run: () => give("skip"), unavailable },
    "review.undo": { run: session.undo, unavailable: noHistory(state.canUndo || state.unsaved.length > 0, "undo") },
    "review.redo": { run: session.redo, unavailable: noHistory(state.canRedo, "redo") },
  };
}

function answerCommands({ session, rubric, situation, draft, writeNote }: ReviewActions): Actions {
  const unavailable = unanswerable(situation) ?? (situation.criteria === 0 ? "this rubric has no rows" : situation.reasonsOpen ? "digits are reasons now" : undefined);
  const step = (by: 1 | -1) => {
    const row = stepRow(session.getState().row, by, rubric.criteria.length);
    const criterion = row === null ? undefined : rubric.criteria[row];
    session.chooseRow(row);
    session.say(criterion ? `${criterion.name}, ${criterion.guidance}. 1 to ${criterion.max}.` : "Digits are labels.");
  };
  const slide = (by: 1 | -1) => {
    const criterion = rubric.criteria[session.getState().row ?? -1];
    if (!criterion) return;
    const now = draft.scores[criterion.id] ?? (by === 1 ? 0 : criterion.max + 1);
    const score = Math.min(criterion.max, Math.max(1, now + by));
    if (score !== draft.scores[criterion.id]) session.edit((before) => setScore(before, criterion.id, score));
    session.say(`${criterion.name} ${score}`);
  };
  const noRow = unavailable ?? (situation.rowChosen ? undefined : "no rubric row is chosen");
  return {
    "review.up": { run: () => step(-1), unavailable },
    "review.down": { run: () => step(1), unavailable },
    "review.less": { run: () => slide(-1), unavailable: noRow },
    "review.more": { run: () => slide(1), unavailable: noRow },
    "review.note": { run: writeNote, unavailable: unanswerable(situation) },
  };
}

function lookCommands({ session, situation, changeSize, marks, compare, nothingBeside, unseal, onLeave }: ReviewActions): Actions {
  const { position, items } = session.getState();
  const unavailable = unanswerable(situation);
  return {
    "review.next": { run: () => session.goTo(position + 1), unavailable: unavailable ?? (position + 1 < items.length ? undefined : "this is the last") },
    "review.previous": { run: () => session.goTo(position - 1), unavailable: unavailable ?? (position > 0 ? undefined : "this is the first") },
    "review.compare": { run: compare, unavailable: nothingBeside },
    "review.unseal": { run: unseal.run, unavailable: unseal.pending ? "unsealing…" : unseal.unavailable },
    "review.larger": { run: () => changeSize(1) },
    "review.smaller": { run: () => changeSize(-1) },
    "review.queues": { run: onLeave },
    "review.find": { run: () => search(marks), unavailable: situation.blocked ? unavailable : situation.reasonsOpen ? "a reason is being chosen" : undefined },
    "review.mark": { run: () => { marks.nextMark(); session.say(markWords(marks)); }, unavailable: marks.marks === 0 ? "nothing in this text is marked" : undefined },
    "review.close": {
      run: () => (situation.reasonsOpen ? session.closeReasons() : situation.rowChosen ? session.chooseRow(null) : marks.close()),
      unavailable: situation.reasonsOpen || situation.rowChosen || marks.finding ? undefined : "nothing is open",
    },
  };
}

function search(marks: Marks): void {
  marks.open();
  document.getElementById("find-in-sample")?.focus();
}

function markWords(marks: Marks): string {
  const reached = ((marks.mark ?? -1) + 1) % marks.marks;
  return `Mark ${reached + 1} of ${marks.marks}`;
}

function rescueCommands({ session, situation, copyText, saveElsewhere }: ReviewActions): Actions {
  const unavailable = situation.blocked ? undefined : "everything is saved";
  return {
    "review.retry": { run: session.retry, unavailable },
    "review.copy": { run: copyText, unavailable },
    "review.elsewhere": { run: saveElsewhere, unavailable },
  };
}

function digitCommands({ session, rubric, situation }: ReviewActions): Actions {
  const actions: Actions = {};
  for (let digit = 1; digit <= 9; digit += 1) {
    const effect = digitEffect(digit, situation);
    actions[`review.digit.${digit}`] = effect.meaning === null ? { run: () => undefined, unavailable: effect.why } : { run: () => runDigit(session, rubric, effect.meaning, digit) };
  }
  return actions;
}

function runDigit(session: Session, rubric: Rubric, meaning: "reason" | "score" | "label", digit: number): void {
  if (meaning === "reason") {
    session.verdict("exclude", rubric.exclude_reasons[digit - 1] ?? "");
    return;
  }
  if (meaning === "label") {
    const label = rubric.labels.find((each) => each.key === digit);
    if (label) session.edit((draft) => toggleLabel(draft, label.name));
    return;
  }
  const row = session.getState().row ?? 0;
  const criterion = rubric.criteria[row];
  if (!criterion) return;
  session.edit((draft) => setScore(draft, criterion.id, digit));
  session.chooseRow(stepRow(row, 1, rubric.criteria.length));
  session.say(`${criterion.name} ${digit}`);
}
