/// The focus view: what was answered on the left, the sample in the middle, the answer on the right.
import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { draftOf } from "@/components/answer/answer";
import { AnswerPanel } from "@/components/answer/answer_panel";
import { digitMeaning, type Situation, unanswerable } from "@/components/answer/meaning";
import { NotSavedStrip, ReasonStrip, useCopied } from "@/components/answer/strips";
import { Verdicts } from "@/components/answer/verdicts";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key_cap";
import { CompareOverlay } from "@/components/sample/compare_overlay";
import { Facts } from "@/components/sample/facts";
import { SampleText } from "@/components/sample/sample_text";
import { TextFoot } from "@/components/sample/text_foot";
import { useMarks } from "@/components/sample/use_marks";
import { useFocusKept } from "@/components/sample/use_focus_kept";
import { usePainted } from "@/components/sample/use_painted";
import { useReadingSize } from "@/components/sample/use_reading_size";
import { Faulted, Loading } from "@/components/states";
import type { Rubric, Verdict } from "@/ipc";
import { count } from "@/lib/format";
import { AmendDialog } from "./amend_dialog";
import { History } from "./history";
import { OpinionsPanel } from "./opinions_panel";
import { ProgressHead } from "./progress_head";
import css from "./review.module.css";
import { describeChange, type Session } from "./session";
import { unsavedAsDecisions, unsavedAsText } from "./unsaved";
import { useReviewCommands } from "./use_commands";
import { useClusterJudging } from "./use_cluster_judging";
import { useExamples } from "./use_examples";
import { useFlag } from "./use_flag";
import { itemQuery, useHeldAhead, useSessionState } from "./use_review";
import { useUnseal } from "./use_unseal";
import { unseenWords, useVeil } from "./use_veil";

export function Focus({ session, rubric, onLeave }: { session: Session; rubric: Rubric; onLeave(): void }) {
  const state = useSessionState(session);
  const { info, items, position } = state;
  const item = useQuery(itemQuery(info.queue, position));
  const [size, changeSize] = useReadingSize();
  const [comparing, setComparing] = useState(false);
  const [copied, copy] = useCopied();
  const note = useRef<HTMLTextAreaElement>(null);
  const marks = useMarks(item.data?.sample);
  const unseal = useUnseal(session);
  const flag = useFlag(session);
  const veil = useVeil(session);
  const judging = useClusterJudging(item.data?.sample, (words) => { setComparing(false); session.say(words); });
  const examples = useExamples(info.queue);
  useHeldAhead(session);
  useFocusKept(state.reasonsOpen || state.failure !== null);
  const shown = item.data !== undefined && !veil.unseen;
  usePainted(position, shown, useCallback((at: number) => session.painted(at), [session]));

  const draft = state.drafts[position] ?? draftOf(item.data?.answer ?? null);
  const situation: Situation = {
    painted: state.paintedAt !== null, unseen: veil.unseen ? unseenWords() : undefined, reasonsOpen: state.reasonsOpen, rowChosen: state.row !== null, blocked: state.failure !== null,
    waiting: state.waiting, labels: rubric.labels.length, reasons: Math.min(9, rubric.exclude_reasons.length), criteria: rubric.criteria.length,
    highest: state.row === null ? 0 : (rubric.criteria[state.row]?.max ?? 0),
  };
  const give = (verdict: Verdict) => {
    if (verdict === "exclude" && rubric.exclude_reasons.length > 0) return state.reasonsOpen ? session.closeReasons() : session.openReasons();
    session.verdict(verdict, "");
  };
  const copyText = () => copy(unsavedAsText(info.name, state.unsaved), "Copied as text.");
  const saveElsewhere = () => copy(unsavedAsDecisions(state.unsaved), "Copied as lines of JSON. Paste them into a file; assay decide reads it.");
  useReviewCommands({
    session, rubric, situation, draft, give, changeSize, marks, copyText, saveElsewhere, onLeave, unseal, flag, veil,
    writeNote: () => note.current?.focus(),
    compare: () => setComparing(true),
    nothingBeside: !item.data ? "the sample is not open yet" : item.data.sample.cluster === null ? "no near-duplicate was found" : undefined,
  });

  const complete = items.every((each) => each.verdict !== null);
  const failed = state.failure && state.unsaved[0]?.kind === "decide" ? state.unsaved[0].request.position : null;
  const unsaved = new Set(state.unsaved.flatMap((change) => (change.kind === "decide" ? [change.request.position] : [])));
  return (
    <div className={`view ${css.focus}`}>
      <ProgressHead state={state} rubric={rubric} flag={flag} size={size} onSize={changeSize} onLeave={onLeave} />
      <History items={items} position={position} info={info} unsaved={unsaved} failed={failed} seen={veil.seen} onGo={session.goTo} />
      <section className={css.text} aria-label={`Sample ${count(position + 1)} of ${count(items.length)}`}>
        {item.isError && <Faulted doing="Opening the sample" cause={item.error} safe="Your answers are not touched." onRetry={() => void item.refetch()} />}
        {item.isPending && <Loading what="Opening the sample…" />}
        {item.data && (
          <>
            <Facts sample={item.data.sample} unavailable={veil.hidden ? "the text is hidden" : undefined} onCompare={() => setComparing(true)} />
            <SampleText sample={item.data.sample} size={size} marks={marks} hidden={veil.hidden ? `Texts of the slice “${info.slice?.name}” are blurred.` : undefined} onShow={veil.toggle} />
          </>
        )}
        {flag.fault && <p className={css.notFlagged} role="alert">The flag was not saved: {flag.fault} <Button size="small" keys="F" onPress={flag.run}>Try again</Button></p>}
        {state.failure ? (
          <NotSavedStrip what={state.unsaved[0] ? describeChange(state.unsaved[0]) : "the last answer"} unsaved={state.unsaved.length} failure={state.failure} saving={state.saving} lastSaved={state.lastSaved?.seq ?? null} copied={copied} onRetry={session.retry} onCopy={copyText} onSaveElsewhere={saveElsewhere} />
        ) : state.reasonsOpen ? (
          <ReasonStrip reasons={rubric.exclude_reasons} onReason={(index) => session.verdict("exclude", rubric.exclude_reasons[index] ?? "")} />
        ) : complete ? (
          <p className={css.done}>
            <b className="strong">All {count(items.length)} are answered.</b> Look around, or take one back with <KeyCap keys="Z" />.
            <Button kind="ink" onPress={onLeave}>All queues</Button>
          </p>
        ) : (
          <TextFoot marks={marks} rows={rubric.criteria.length > 0} />
        )}
      </section>
      <aside className={css.answer} aria-label="Answer">
        <AnswerPanel rubric={rubric} draft={draft} digits={digitMeaning(situation)} row={state.row} disabled={situation.blocked} examples={veil.hidden ? undefined : examples} note={note} onEdit={session.edit} onRow={session.chooseRow}>
          {item.data && <OpinionsPanel seal={item.data.seal} parts={item.data.sample.parts} sealed={unseal.unavailable} unsealing={unseal.pending} fault={unseal.fault} onUnseal={unseal.run} />}
        </AnswerPanel>
        <Verdicts
          given={items[position]?.verdict ?? null}
          reasonsOpen={state.reasonsOpen}
          unavailable={situation.blocked || veil.unseen ? unanswerable(situation) : undefined}
          notice={situation.blocked ? `No verdict can be given until ${failed === null ? "the last change" : count(failed + 1)} is saved.` : veil.unseen ? `No verdict: ${unseenWords()}.` : null}
          onVerdict={give}
        />
      </aside>
      <p className="unseen" role="status" aria-live="polite">{state.announcement}</p>
      {comparing && item.data && <CompareOverlay sample={item.data.sample} comparing={judging.comparing} onClose={() => setComparing(false)} />}
      {judging.dialog}
      {state.asksWhy && <AmendDialog onAmend={session.amend} onClose={session.letStand} />}
    </div>
  );
}
