/// Binds the commands of the review screen to the session, each with the reason why it cannot be run now.
import type { Draft } from "@/components/answer/answer";
import { type AnswerForm, digitActions, rowActions } from "@/components/answer/answer_keys";
import { type Situation, unanswerable } from "@/components/answer/meaning";
import type { Marks } from "@/components/sample/use_marks";
import type { Rubric, Verdict } from "@/ipc";
import { type Action, keyOf, useCommands } from "@/lib/commands";
import type { Session } from "./session";
import type { Flagging } from "./use_flag";
import type { Unsealing } from "./use_unseal";
import type { Veil } from "./use_veil";

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
  flag: Flagging;
  veil: Veil;
  /** Why there is nothing to compare. */
  nothingBeside: string | undefined;
}

export function useReviewCommands(actions: ReviewActions): void {
  const form = answerForm(actions);
  useCommands({ ...verdictCommands(actions), ...rowActions("review", form), ...lookCommands(actions), ...rescueCommands(actions), ...digitActions("review", form) });
}

type Actions = Record<string, Action>;

function verdictCommands({ session, situation, give, writeNote, flag, veil }: ReviewActions): Actions {
  const unavailable = unanswerable(situation);
  const noHistory = (possible: boolean, what: string) => unavailable ?? (possible ? undefined : `nothing to ${what}`);
  const state = session.getState();
  const refuse = situation.unseen ? veil.refuse : undefined;
  const verdict = (given: Verdict): Action => ({ run: () => give(given), unavailable, refuse });
  return {
    "review.approve": verdict("approve"),
    "review.exclude": verdict("exclude"),
    "review.unsure": verdict("unsure"),
    "review.skip": verdict("skip"),
    "review.undo": { run: session.undo, unavailable: noHistory(state.canUndo || state.unsaved.length > 0, "undo") },
    "review.flag": { run: flag.run, unavailable: situation.blocked ? unavailable : flag.unavailable },
    "review.note": { run: writeNote, unavailable },
    "review.redo": { run: session.redo, unavailable: noHistory(state.canRedo, "redo") },
  };
}

function answerForm({ session, rubric, situation, draft }: ReviewActions): AnswerForm {
  return {
    rubric, situation, draft,
    row: () => session.getState().row,
    edit: session.edit, chooseRow: session.chooseRow, say: session.say,
    exclude: (reason) => session.verdict("exclude", reason),
  };
}

function lookCommands({ session, situation, changeSize, marks, compare, nothingBeside, unseal, veil, onLeave }: ReviewActions): Actions {
  const { position, items } = session.getState();
  const unavailable = unanswerable({ ...situation, unseen: undefined });
  const veiled = veil.hidden ? `the text is hidden: press ${keyOf("review.show")}` : undefined;
  return {
    "review.show": { run: veil.toggle, unavailable: veil.applies ? (situation.blocked ? unavailable : undefined) : "this slice is not blurred" },
    "review.next": { run: () => session.goTo(position + 1), unavailable: unavailable ?? (position + 1 < items.length ? undefined : "this is the last") },
    "review.previous": { run: () => session.goTo(position - 1), unavailable: unavailable ?? (position > 0 ? undefined : "this is the first") },
    "review.compare": { run: compare, unavailable: veiled ?? nothingBeside },
    "review.unseal": { run: unseal.run, unavailable: unseal.pending ? "unsealing…" : unseal.unavailable },
    "review.larger": { run: () => changeSize(1) },
    "review.smaller": { run: () => changeSize(-1) },
    "review.queues": { run: onLeave },
    "review.find": { run: () => search(marks), unavailable: veiled ?? (situation.blocked ? unavailable : situation.reasonsOpen ? "a reason is being chosen" : undefined) },
    "review.mark": { run: () => { marks.nextMark(); session.say(markWords(marks)); }, unavailable: veiled ?? (marks.marks === 0 ? "nothing in this text is marked" : undefined) },
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
