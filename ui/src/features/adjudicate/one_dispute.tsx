/// One dispute: the sample in the middle; on the right first a blank form, then all answers and the decision.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { NotSavedStrip, ReasonStrip, useCopied } from "@/components/answer/strips";
import { CompareOverlay } from "@/components/sample/compare_overlay";
import { Facts } from "@/components/sample/facts";
import { SampleText } from "@/components/sample/sample_text";
import { TextFoot } from "@/components/sample/text_foot";
import { useFocusKept } from "@/components/sample/use_focus_kept";
import { useMarks } from "@/components/sample/use_marks";
import { useReadingSize } from "@/components/sample/use_reading_size";
import { Faulted, Loading } from "@/components/states";
import { asFault, type SettledDispute } from "@/ipc";
import { runCommand } from "@/lib/commands";
import css from "./adjudicate.module.css";
import { DecidePanel } from "./decide_panel";
import { Overtaken } from "./overtaken";
import { OwnPanel } from "./own_panel";
import { ReviewersNotes } from "./reviewers_notes";
import { describeChange, type Session } from "./session";
import { unsavedAsText } from "./unsaved";
import { useDisputeCommands } from "./use_commands";
import { disputeQuery, useSessionState } from "./use_session";
import { useStage } from "./use_stage";

export interface OneDisputeProps {
  digest: string;
  title: string;
  person: string;
  session: Session;
  /** How this dispute was settled, where it was meanwhile. */
  settled: SettledDispute | undefined;
  /** Called when it turns out that there is nothing to settle here any more. */
  onOvertaken(digest: string): void;
  /** Goes on when there is nothing to settle here any more. */
  onLeave(): void;
}

export function OneDispute({ digest, title, person, session, settled, onOvertaken, onLeave }: OneDisputeProps) {
  const state = useSessionState(session);
  const opened = useQuery(disputeQuery(person, digest));
  const detail = opened.data;
  const stage = useStage(session, digest, detail);
  const { work, situation, deciding } = stage;
  const [size, changeSize] = useReadingSize();
  const [comparing, setComparing] = useState(false);
  const [copied, copy] = useCopied();
  const note = useRef<HTMLTextAreaElement>(null);
  const marks = useMarks(detail?.sample);
  useFocusKept(work.reasonsOpen || state.failure !== null);
  const copyText = () => state.unsaved && copy(unsavedAsText(state.unsaved, title), "Copied as text.");
  useDisputeCommands({ session, stage, marks, changeSize, copyText, compare: () => setComparing(true), writeNote: () => note.current?.focus() });

  const refusal = opened.isError ? asFault(opened.error, "opening the dispute") : null;
  const over = state.overtaken?.fault ?? (refusal?.code === "not_allowed" ? refusal : null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told once.
  useEffect(() => {
    if (over) onOvertaken(digest);
  }, [over !== null]);

  if (over) return <Overtaken fault={over} settled={settled} unsaved={state.overtaken && unsavedAsText(state.overtaken.change, title)} onLeave={onLeave} />;
  if (refusal) return <div className={css.whole}><Faulted doing="Opening the dispute" cause={refusal} safe="Every answer saved before is on disk." onRetry={() => void opened.refetch()} /></div>;
  if (!detail) return <><div className={css.text}><Loading what="Opening the dispute…" /></div><div className={css.waiting} /></>;
  const reasons = detail.rubric.exclude_reasons;
  return (
    <>
      <section className={css.text} aria-label={`Disputed sample: ${title}`}>
        <Facts sample={detail.sample} unavailable={stage.hidden ? "the text is hidden" : undefined} onCompare={() => setComparing(true)} />
        <SampleText sample={detail.sample} size={size} marks={marks} hidden={stage.hidden ? "Texts of this slice are blurred." : undefined} onShow={stage.toggle} showCommand="adjudicate.show">{detail.own && <ReviewersNotes answers={detail.answers} />}</SampleText>
        {state.failure ? (
          <NotSavedStrip what={state.unsaved ? describeChange(state.unsaved) : "the last change"} unsaved={1} failure={state.failure} saving={state.saving} lastSaved={state.lastSaved?.seq ?? null} copied={copied} onRetry={session.retry} onCopy={copyText} />
        ) : work.reasonsOpen ? (
          <ReasonStrip reasons={reasons} how={deciding ? "a digit chooses it" : "a digit saves and shows the others’ answers"} onReason={(index) => stage.reason(reasons[index] ?? "")} />
        ) : (
          <TextFoot marks={marks} rows={!deciding && detail.rubric.criteria.length > 0} />
        )}
      </section>
      {detail.own ? (
        <DecidePanel
          digest={digest} rubric={detail.rubric} own={detail.own} others={detail.answers} session={session} work={work} note={note}
          blocked={situation.blocked} unavailable={stage.unsettled} onVerdict={stage.give} onSettle={() => runCommand("adjudicate.settle")}
        />
      ) : (
        <OwnPanel digest={digest} rubric={detail.rubric} session={session} work={work} situation={situation} note={note} onVerdict={(verdict) => runCommand(`adjudicate.${verdict}`)} />
      )}
      <p className="unseen" role="status" aria-live="polite">{state.announcement}</p>
      {comparing && <CompareOverlay sample={detail.sample} onClose={() => setComparing(false)} />}
    </>
  );
}
