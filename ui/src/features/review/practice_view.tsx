/// Practice: the focus view on bundled samples, with the same keys; nothing of it is recorded anywhere.
import { useCallback, useMemo, useRef, useState } from "react";
import { draftOf } from "@/components/answer/answer";
import { AnswerPanel } from "@/components/answer/answer_panel";
import { digitMeaning, type Situation, unanswerable } from "@/components/answer/meaning";
import { ReasonStrip } from "@/components/answer/strips";
import { Verdicts } from "@/components/answer/verdicts";
import { Facts } from "@/components/sample/facts";
import { SampleText } from "@/components/sample/sample_text";
import { TextFoot } from "@/components/sample/text_foot";
import { useFocusKept } from "@/components/sample/use_focus_kept";
import { useMarks } from "@/components/sample/use_marks";
import { usePainted } from "@/components/sample/use_painted";
import { useReadingSize } from "@/components/sample/use_reading_size";
import type { Verdict } from "@/ipc";
import { count } from "@/lib/format";
import { openedPractice, PRACTICE_RUBRIC as rubric, practicePort, practiceSample } from "./practice";
import { PracticeHead } from "./practice_head";
import { PracticeList } from "./practice_list";
import { PracticeSummary } from "./practice_summary";
import { PracticeWhy } from "./practice_why";
import css from "./review.module.css";
import { openSession, type Session } from "./session";
import { useReviewCommands } from "./use_commands";
import { useSessionState } from "./use_review";

const NOTHING = "in practice nothing is recorded";
const SEALED = { unavailable: "practice has no machine opinions", pending: false, fault: null, run() {} };
const UNFLAGGED = { raised: false, unavailable: NOTHING, fault: null, run() {} };
const UNVEILED = { applies: false, hidden: false, unseen: false, seen: () => true, toggle() {}, refuse() {} };

export function Practice({ onLeave }: { onLeave(): void }) {
  const [round, setRound] = useState(0);
  return <Round key={round} onLeave={onLeave} onAgain={() => setRound(round + 1)} />;
}

function Round({ onLeave, onAgain }: { onLeave(): void; onAgain(): void }) {
  const [latest, setLatest] = useState<number | null>(null);
  /** Whether the summary gave way to a sample that is looked at again. */
  const [looking, setLooking] = useState(false);
  const [own] = useState(() => openSession(openedPractice(), practicePort(() => performance.now(), (position, verdict) => {
    setLatest(verdict === null ? null : position);
    setLooking(verdict === null);
  })));
  const session: Session = useMemo(() => ({ ...own, goTo: (position) => { setLooking(true); own.goTo(position); } }), [own]);
  const state = useSessionState(session);
  const { items, position } = state;
  const sample = useMemo(() => practiceSample(position), [position]);
  const [size, changeSize] = useReadingSize();
  const note = useRef<HTMLTextAreaElement>(null);
  const marks = useMarks(sample);
  const complete = items.every((each) => each.verdict !== null) && !looking;
  useFocusKept(state.reasonsOpen);
  usePainted(position, !complete, useCallback((at: number) => session.painted(at), [session]));

  const verdict = items[position]?.verdict ?? null;
  const draft = state.drafts[position] ?? draftOf(null);
  const situation: Situation = {
    painted: state.paintedAt !== null, reasonsOpen: state.reasonsOpen, rowChosen: state.row !== null, blocked: false, waiting: state.waiting,
    labels: rubric.labels.length, reasons: rubric.exclude_reasons.length, criteria: rubric.criteria.length, highest: state.row === null ? 0 : (rubric.criteria[state.row]?.max ?? 0),
  };
  const give = (given: Verdict) => {
    if (given === "exclude") return state.reasonsOpen ? session.closeReasons() : session.openReasons();
    session.verdict(given, "");
  };
  useReviewCommands({
    session, rubric, situation, draft, give, changeSize, marks, onLeave, unseal: SEALED, flag: UNFLAGGED, veil: UNVEILED,
    copyText() {}, saveElsewhere() {}, compare() {}, nothingBeside: "practice has no near-duplicates to compare", writeNote: () => note.current?.focus(),
  });

  const told = verdict === null ? latest : position;
  return (
    <div className={`view ${css.focus}`}>
      <PracticeHead items={items} position={position} size={size} onSize={changeSize} onLeave={onLeave} />
      <PracticeList items={items} position={complete ? null : position} onGo={session.goTo} />
      <section className={css.text} aria-label={complete ? "Summary" : `Sample ${count(position + 1)} of ${count(items.length)}`}>
        {complete ? (
          <PracticeSummary items={items} onGo={session.goTo} onAgain={onAgain} onLeave={onLeave} />
        ) : (
          <>
            <Facts sample={sample} measured={false} onCompare={() => undefined} />
            <SampleText sample={sample} size={size} marks={marks} />
            {told !== null && items[told]?.verdict && !state.reasonsOpen && <PracticeWhy position={told} verdict={items[told].verdict} here={told === position} />}
            {state.reasonsOpen ? <ReasonStrip reasons={rubric.exclude_reasons} onReason={(index) => session.verdict("exclude", rubric.exclude_reasons[index] ?? "")} /> : <TextFoot marks={marks} rows />}
          </>
        )}
      </section>
      <aside className={css.answer} aria-label="Answer">
        <AnswerPanel rubric={rubric} draft={draft} digits={digitMeaning(situation)} row={state.row} disabled={complete} note={note} onEdit={session.edit} onRow={session.chooseRow} />
        <Verdicts given={complete ? null : verdict} reasonsOpen={state.reasonsOpen} unavailable={complete ? "all are answered" : state.waiting ? unanswerable(situation) : undefined} notice={complete ? null : "Practice: no verdict is recorded."} onVerdict={give} />
      </aside>
      <p className="unseen" role="status" aria-live="polite">{state.announcement}</p>
    </div>
  );
}
