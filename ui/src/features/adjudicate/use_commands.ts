/// Binds the commands of one dispute, each with the reason why it cannot be run now.
import { type AnswerForm, digitActions, rowActions } from "@/components/answer/answer_keys";
import { digitEffect, unanswerable } from "@/components/answer/meaning";
import type { Marks } from "@/components/sample/use_marks";
import { type Action, useCommands } from "@/lib/commands";
import { CAUSES } from "./causes";
import type { Session } from "./session";
import type { Stage } from "./use_stage";

type Actions = Record<string, Action>;

export interface DisputeActions {
  session: Session;
  stage: Stage;
  marks: Marks;
  changeSize(step: 1 | -1): void;
  writeNote(): void;
  compare(): void;
  copyText(): void;
}

export function useDisputeCommands(actions: DisputeActions): void {
  const { stage } = actions;
  useCommands({ ...verdictCommands(actions), ...(stage.deciding ? decideCommands(actions) : formCommands(actions)), ...lookCommands(actions), ...rescueCommands(actions) });
}

function verdictCommands({ stage, writeNote }: DisputeActions): Actions {
  const unavailable = unanswerable(stage.situation);
  return {
    "adjudicate.approve": { run: () => stage.give("approve"), unavailable },
    "adjudicate.exclude": { run: () => stage.give("exclude"), unavailable },
    "adjudicate.unsure": { run: () => stage.give("unsure"), unavailable },
    "adjudicate.settle": { run: stage.settle, unavailable: stage.unsettled },
    "adjudicate.note": { run: writeNote, unavailable },
  };
}

/** While the form is blank: as in Review. */
function formCommands({ session, stage }: DisputeActions): Actions {
  const { digest, detail, work, situation } = stage;
  if (!detail) return {};
  const form: AnswerForm = {
    rubric: detail.rubric, situation, draft: work.draft,
    row: () => session.workOn(digest).row,
    edit: (change) => session.edit(digest, ({ draft }) => ({ draft: change(draft) })),
    chooseRow: (row) => session.edit(digest, () => ({ row })),
    exclude: stage.reason,
    say: session.say,
  };
  return { ...rowActions("adjudicate", form), ...digitActions("adjudicate", form) };
}

/** After the reveal: a digit is a cause, or a reason while the reasons are open. */
function decideCommands({ session, stage }: DisputeActions): Actions {
  const { digest, detail, situation } = stage;
  const answered: Action = { run: () => undefined, unavailable: "your answer is given" };
  const actions: Actions = { "adjudicate.up": answered, "adjudicate.down": answered, "adjudicate.less": answered, "adjudicate.more": answered };
  for (let digit = 1; digit <= 9; digit += 1) {
    const cause = CAUSES[digit - 1];
    const choose = () => {
      session.edit(digest, () => ({ cause: cause!.cause }));
      session.say(`${cause!.name}: ${cause!.gloss}.`);
    };
    const reasons = digitEffect(digit, { ...situation, rowChosen: false });
    const why = situation.reasonsOpen ? (reasons.meaning === null ? reasons.why : undefined) : (unanswerable(situation) ?? (cause ? undefined : `there is no cause ${digit}`));
    actions[`adjudicate.digit.${digit}`] = { run: situation.reasonsOpen ? () => stage.reason(detail?.rubric.exclude_reasons[digit - 1] ?? "") : choose, unavailable: why };
  }
  return actions;
}

function lookCommands({ session, stage, marks, changeSize, compare }: DisputeActions): Actions {
  const { digest, detail, work, situation } = stage;
  const open = work.reasonsOpen || work.row !== null;
  return {
    "adjudicate.compare": { run: compare, unavailable: stage.hidden ? "the text is hidden" : !detail ? "the sample is not open yet" : detail.sample.cluster === null ? "no near-duplicate was found" : undefined },
    "adjudicate.show": { run: stage.toggle, unavailable: detail?.blurred ? undefined : "this slice is not blurred" },
    "adjudicate.larger": { run: () => changeSize(1) },
    "adjudicate.smaller": { run: () => changeSize(-1) },
    "adjudicate.find": { run: () => { marks.open(); document.getElementById("find-in-sample")?.focus(); }, unavailable: stage.hidden ? "the text is hidden" : situation.blocked ? unanswerable(situation) : work.reasonsOpen ? "a reason is being chosen" : undefined },
    "adjudicate.mark": { run: marks.nextMark, unavailable: marks.marks === 0 ? "nothing in this text is marked" : undefined },
    "adjudicate.close": {
      run: () => (open ? session.edit(digest, () => ({ reasonsOpen: false, row: null })) : marks.close()),
      unavailable: open || marks.finding ? undefined : "nothing is open",
    },
  };
}

function rescueCommands({ session, stage, copyText }: DisputeActions): Actions {
  const unavailable = stage.situation.blocked ? undefined : "everything is saved";
  return {
    "adjudicate.retry": { run: session.retry, unavailable },
    "adjudicate.copy": { run: copyText, unavailable },
  };
}
