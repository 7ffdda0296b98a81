/// What people said of duplicates, as it stands, and the settings that duplicates are measured by.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type DuplicateState, type KeepPolicy, type StandingJudgement } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./duplicates.module.css";
import { type Judging, useDuplicateState } from "./judging";

const POLICIES: readonly { value: KeepPolicy; label: string }[] = [
  { value: "provenance", label: "Provenance" }, { value: "first", label: "First" }, { value: "longest", label: "Longest" }, { value: "earliest", label: "Earliest" },
];

const SAID: Record<string, string> = { not_duplicate: "Not a duplicate", kept: "Keep this one", keep_policy: "Keep policy" };

export interface JudgementListProps {
  dataset: string;
  snapshot: number;
  policy: KeepPolicy;
  judging: Judging;
  onClose(): void;
}

export function JudgementList({ dataset, snapshot, policy, judging, onClose }: JudgementListProps) {
  const state = useDuplicateState(dataset, snapshot);
  if (state.isError) return <Faulted doing="Listing the judgements" cause={state.error} onRetry={() => void state.refetch()} />;
  if (!state.data) return <Loading what="Listing the judgements…" />;
  const { judgements } = state.data;
  return (
    <>
      <div className={css.listHead}>
        <SectionHead title="Judgements and settings" gloss={`${counted(judgements.length, "judgement")} on samples of this snapshot, latest first`}>
          <Button size="small" onPress={onClose}>All clusters</Button>
        </SectionHead>
      </div>
      <div className={css.scroll}>
        <Thresholds key={`${state.data.near_threshold} ${state.data.removal_limit}`} state={state.data} dataset={dataset} snapshot={snapshot} />
        <Policy key={policy} policy={policy} dataset={dataset} snapshot={snapshot} />
        {judgements.length === 0
          ? <p className={css.note}>Nobody has judged a pair of this snapshot yet. In a cluster, M says that a member is no duplicate and T that it stays.</p>
          : <Judgements judgements={judgements} judging={judging} />}
      </div>
    </>
  );
}

function Judgements({ judgements, judging }: { judgements: readonly StandingJudgement[]; judging: Judging }) {
  return (
    <table className={css.clusters}>
      <thead><tr><th scope="col" className={`num ${css.figure}`}>entry</th><th scope="col" className={css.verdict}>what</th><th scope="col" className={css.origins}>by</th><th scope="col">reason</th><th scope="col" className={css.act}><span className="unseen">take back</span></th></tr></thead>
      <tbody>
        {judgements.map((each) => (
          <tr key={each.entry}>
            <td className="num">#{count(each.seq)}</td>
            <td title={each.a && `${each.a} and ${each.b}`}>{SAID[each.kind] ?? each.kind}</td>
            <td><Verbatim>{each.by}</Verbatim></td>
            <td><Verbatim>{each.reason}</Verbatim></td>
            <td><Button size="small" onPress={() => judging.withdraw(each.entry)} unavailable={judging.unavailable}>Take back</Button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function share(text: string, least: number): number | null {
  const value = Number(text.replace(",", "."));
  return text.trim() !== "" && Number.isFinite(value) && value >= least && value <= 1 ? value : null;
}

function Thresholds({ state, dataset, snapshot }: { state: DuplicateState; dataset: string; snapshot: number }) {
  const [near, setNear] = useState(String(state.near_threshold));
  const [removal, setRemoval] = useState(String(state.removal_limit));
  const [nearValue, removalValue] = [share(near, 0.05), share(removal, 0)];
  const saving = useMutation({ mutationFn: () => call("duplicate_settings", { dataset, snapshot, near_threshold: nearValue!, removal_limit: removalValue! }) });
  const unchanged = nearValue === state.near_threshold && removalValue === state.removal_limit;
  const unavailable = nearValue === null || removalValue === null ? "a value is no share" : unchanged ? "nothing has changed" : saving.isPending ? "being saved" : undefined;
  return (
    <form className={css.settings} aria-label="Thresholds" onSubmit={(event) => { event.preventDefault(); if (!unavailable) saving.mutate(); }}>
      <Field label="Near at Jaccard" hint="0.05 to 1; 0.8 unless set" value={near} onChange={setNear} problem={nearValue === null ? "a number from 0.05 to 1" : undefined} />
      <Field label="Warn of a source that would lose more than" hint="0 to 1 of its samples; 0.5 unless set" value={removal} onChange={setRemoval} problem={removalValue === null ? "a number from 0 to 1" : undefined} />
      <Button type="submit" unavailable={unavailable}>Set and measure again</Button>
      {saving.isError && <p role="alert">{faultWords(asFault(saving.error, "Saving the settings"))}</p>}
    </form>
  );
}

function Policy({ policy, dataset, snapshot }: { policy: KeepPolicy; dataset: string; snapshot: number }) {
  const { person, noteSaved } = useSession();
  const [chosen, setChosen] = useState(policy);
  const [reason, setReason] = useState("");
  const saving = useMutation({
    mutationFn: () => call("duplicate_policy", { entry: newEntryId(), dataset, snapshot, policy: chosen, reason: reason.trim() }),
    onSuccess: ({ saved }) => { if (saved) noteSaved(saved); },
  });
  const unavailable = !person || person.role === "expert" ? "for curators and leads" : chosen === policy ? "this order holds already" : reason.trim() === "" ? "needs a reason" : saving.isPending ? "being saved" : undefined;
  return (
    <form className={css.settings} aria-label="Keep policy" onSubmit={(event) => { event.preventDefault(); if (!unavailable) saving.mutate(); }}>
      <div><h3 className="small t2">Who represents a cluster, where nobody said</h3><Segmented<KeepPolicy> label="Keep policy" size="small" value={chosen} options={POLICIES} onChange={setChosen} /></div>
      <Field label="Reason" value={reason} onChange={setReason} hint="Stands in the ledger and in every report" />
      <Button type="submit" unavailable={unavailable}>Choose this order</Button>
      {saving.isError && <p role="alert">{faultWords(asFault(saving.error, "Choosing the order"))}</p>}
    </form>
  );
}
