/// One sample before or after promotion: its text, the live checklist, and the act with its reason.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { Reading, Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type GoldCandidateDetail, type GoldCheck, type SampleDetail } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, date, digestWords, sentence, words } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./gold.module.css";

export function CandidateDetail({ digest }: { digest: string }) {
  const detail = useQuery({ queryKey: ["gold_candidate", digest], queryFn: () => call("gold_candidate", { digest }), staleTime: 0 });
  return (
    <div className={css.right}>
      {detail.isError && <Faulted doing="Opening the sample" cause={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.isPending && <Loading what="Opening the sample…" />}
      {detail.data && (
        <>
          <div className={css.detail}>
            <Text sample={detail.data.sample} />
            <Checks detail={detail.data} />
          </div>
          <Act digest={digest} detail={detail.data} />
        </>
      )}
    </div>
  );
}

function dimension(sample: SampleDetail, name: string): string {
  return sample.dimensions.find(([key]) => key === name)?.[1] ?? "";
}

function Text({ sample }: { sample: SampleDetail }) {
  const language = dimension(sample, "language") || sample.detected_language;
  const collected = dimension(sample, "collected_at");
  return (
    <div className={css.sample}>
      <dl className={css.facts}>
        <div><dt>Source</dt><dd><Verbatim>{dimension(sample, "source") || sample.path}, {sample.place}</Verbatim></dd></div>
        <div><dt>Collected</dt><dd>{collected ? date(collected) : "not stated"}</dd></div>
        <div><dt>Tokens</dt><dd>{count(sample.tokens)}</dd></div>
        <div><dt>Digest</dt><dd className="code" title={sample.digest}>{digestWords(sample.digest)}</dd></div>
      </dl>
      {sample.stale && <p className={css.stale} role="alert">{faultWords(sample.stale)}</p>}
      {sample.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sample never move.
        <div key={index} className={css.part}>
          {sample.parts.length > 1 && <h3><Visible text={sentence(words(part.role))} /></h3>}
          <Reading text={part.text} language={language} />
        </div>
      ))}
    </div>
  );
}

function Checks({ detail }: { detail: GoldCandidateDetail }) {
  const held = detail.checks.filter((check) => check.holds).length;
  return (
    <section className={css.checks}>
      <SectionHead title={detail.member ? "In the gold set" : "Before it may be gold"} gloss={`${count(held)} of ${count(detail.checks.length)} hold, checked now`} />
      {detail.member && <p className={css.member}>Promoted on {date(detail.member.at)} by {detail.member.by}, #{count(detail.member.seq)}: <span dir="auto"><Visible text={detail.member.reason} /></span></p>}
      <ul>{detail.checks.map((check) => <Check key={check.name} check={check} />)}</ul>
    </section>
  );
}

function Check({ check }: { check: GoldCheck }) {
  return (
    <li className={check.holds ? undefined : check.required ? css.missing : css.advised}>
      <Icon name={check.holds ? "check" : check.required ? "cross" : "minus"} />
      <span className="unseen">{check.holds ? "holds" : "does not hold"}:</span>
      <div>
        <b>{check.name}</b>
        <span><Visible text={check.finding} />{!check.holds && !check.required ? "; does not prevent promotion" : ""}</span>
      </div>
    </li>
  );
}

function Act({ digest, detail }: { digest: string; detail: GoldCandidateDetail }) {
  const id = useId();
  const client = useQueryClient();
  const { noteSaved, refresh, person } = useSession();
  const [reason, setReason] = useState("");
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const revoking = detail.member !== null;
  const change = useMutation({
    mutationFn: () => call(revoking ? "gold_revoke" : "gold_promote", { digest, reason: reason.trim(), entry: entry.current }),
    onSuccess: async (changed) => {
      entry.current = newEntryId();
      setReason("");
      noteSaved(changed.saved);
      await Promise.all([client.invalidateQueries({ queryKey: ["gold_overview"] }), client.invalidateQueries({ queryKey: ["gold_candidate", digest] }), client.invalidateQueries({ queryKey: ["activity_page"] })]);
      void refresh();
    },
  });
  const blocking = detail.checks.find((check) => check.required && !check.holds);
  const unavailable =
    (person ? undefined : "choose who you are first") ??
    (!revoking && blocking ? `waits for: ${blocking.name.toLowerCase()}` : undefined) ??
    (reason.trim() === "" ? "needs a reason" : undefined) ??
    (change.isPending ? "being saved" : undefined);
  const word = revoking ? "Revoke" : "Promote";
  return (
    <form className={css.act} onSubmit={(event) => { event.preventDefault(); if (!unavailable) change.mutate(); }}>
      {change.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(change.error, word))} Trying again cannot save it twice.</p>}
      {!revoking && blocking && <p className="small t2">Cannot be promoted: {blocking.finding}.</p>}
      <div className={css.actRow}>
        <label htmlFor={id} className="t2">Reason</label>
        <input id={id} dir="auto" value={reason} placeholder={revoking ? "why it may no longer be gold" : "why it belongs in the gold set"} onChange={(event) => setReason(event.target.value)} />
        <Button type="submit" kind={revoking ? "outlined" : "ink"} size="large" className={css.promote} unavailable={unavailable}>
          {!revoking && <Icon name="gold" />}{word}
        </Button>
      </div>
      <p className="unseen" role="status">{change.data ? `Saved, entry ${count(change.data.saved.seq)}. ${count(change.data.gold)} members.` : ""}</p>
    </form>
  );
}
