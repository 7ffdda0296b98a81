/// Step 3: all answers side by side, why they differ, what the rubric's owner is told, and the verdict that settles it.
import { type RefObject, useEffect, useRef } from "react";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import { Verbatim } from "@/components/verbatim";
import type { Answer, Rubric, SavedEntry, Verdict } from "@/ipc";
import { AnswersTable } from "./answers_table";
import { CauseChoice } from "./cause_choice";
import { OwnerNote } from "./owner_note";
import { type Session, settlingAnswer, type Work } from "./session";
import css from "./settle.module.css";
import { SettleActs } from "./settle_acts";
import { Steps } from "./steps";

export interface DecidePanelProps {
  digest: string;
  rubric: Rubric;
  own: { answer: Answer; saved: SavedEntry };
  others: readonly Answer[];
  session: Session;
  work: Work;
  /** Nothing can be changed while a save has failed. */
  blocked: boolean;
  /** Why it cannot be settled now. */
  unavailable: string | undefined;
  note: RefObject<HTMLTextAreaElement | null>;
  onVerdict(verdict: Verdict): void;
  onSettle(): void;
}

/** The reveal is read from here, unless something else has the focus. */
function useReached() {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, []);
  return panel;
}

export function DecidePanel({ digest, rubric, own, others, session, work, blocked, unavailable, note, onVerdict, onSettle }: DecidePanelProps) {
  const panel = useReached();
  return (
    <aside className={css.panel} aria-label="Settle" ref={panel} tabIndex={-1}>
      <Steps own={own.saved} />
      <div className={css.decide}>
        <AnswersTable rubric={rubric} own={own.answer} others={others} />
        <section aria-label="Why they differ">
          <h2>Why they differ<span>one cause, <KeyCap keys="1" /> to <KeyCap keys="5" /></span></h2>
          <CauseChoice cause={work.cause} disabled={blocked} onCause={(cause) => session.edit(digest, () => ({ cause }))} onEnter={onSettle} />
          <p className={css.then}>
            <Icon name="note" />
            <span><b>For the rubric’s owner, in your words</b><Verbatim>{rubric.name}</Verbatim>, version {rubric.version}, is not changed; version {rubric.version + 1} may be. Verdicts given under it stay as they are.</span>
          </p>
          <OwnerNote note={note} text={work.note} disabled={blocked} onText={(text) => session.edit(digest, () => ({ note: text }))} />
        </section>
      </div>
      <SettleActs
        settling={settlingAnswer(own.answer, work)}
        own={own.answer}
        reasonsOpen={work.reasonsOpen}
        blocked={blocked}
        unavailable={unavailable}
        onVerdict={onVerdict}
        onSettle={onSettle}
      />
    </aside>
  );
}
