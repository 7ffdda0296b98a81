/// Step 1: the adjudicator's own answer, on a blank form with the queue's rubric.
import type { RefObject } from "react";
import type { Draft } from "@/components/answer/answer";
import { AnswerPanel } from "@/components/answer/answer_panel";
import { digitMeaning, type Situation, unanswerable } from "@/components/answer/meaning";
import { Verdicts } from "@/components/answer/verdicts";
import { Icon } from "@/components/icon";
import type { Rubric, Verdict } from "@/ipc";
import type { Session, Work } from "./session";
import css from "./settle.module.css";
import { Steps } from "./steps";

/** Skipping is moving on: J. */
export const OFFERED: readonly Verdict[] = ["approve", "exclude", "unsure"];

export interface OwnPanelProps {
  digest: string;
  rubric: Rubric;
  session: Session;
  work: Work;
  situation: Situation;
  note: RefObject<HTMLTextAreaElement | null>;
  onVerdict(verdict: Verdict): void;
}

export function OwnPanel({ digest, rubric, session, work, situation, note, onVerdict }: OwnPanelProps) {
  const edit = (change: (draft: Draft) => Draft) => session.edit(digest, ({ draft }) => ({ draft: change(draft) }));
  return (
    <aside className={css.panel} aria-label="Your answer">
      <Steps own={null} />
      <AnswerPanel rubric={rubric} draft={work.draft} digits={digitMeaning(situation)} row={work.row} disabled={situation.blocked} note={note} onEdit={edit} onRow={(row) => session.edit(digest, () => ({ row }))}>
        <section aria-label="The others’ answers">
          <p className={css.sealed}><Icon name="lock" /><span><b>Sealed until you have answered</b>What the reviewers said is shown once your own answer is on disk.</span></p>
        </section>
      </AnswerPanel>
      <Verdicts
        offered={OFFERED}
        given={null}
        reasonsOpen={work.reasonsOpen}
        unavailable={situation.blocked ? unanswerable(situation) : undefined}
        notice={situation.blocked ? "No other dispute can be opened until your answer is saved." : null}
        onVerdict={onVerdict}
      />
    </aside>
  );
}
