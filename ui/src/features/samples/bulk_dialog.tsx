/// Before an act on many samples: how many, 20 of them at random, the word it needs and the reason.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { OriginLabel } from "@/components/origin_glyph";
import { Visible } from "@/components/reading";
import { Select } from "@/components/select";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, type BulkKind, type BulkPreview, type BulkRequest, type BulkSaved, type BulkSelection, call } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted, sentence, short } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./bulk.module.css";
import { ACTS } from "./bulk_words";

function Counts({ preview, kind }: { preview: BulkPreview; kind: BulkKind }) {
  const { samples, rows, tokens, gold, answered } = preview;
  return (
    <div className={css.counts}>
      <p><b>{counted(samples, "sample")}</b>{rows !== samples && ` in ${counted(rows, "row")}`}, {short(tokens)} tokens.</p>
      {gold > 0 && <p>{counted(gold, "sample")} of gold {gold === 1 ? "is" : "are"} left out: nothing is done to gold in bulk.</p>}
      {answered > 0 && <p>{count(answered)} {answered === 1 ? "has an answer, which stands" : "have answers, which stand"} as {answered === 1 ? "it is" : "they are"}.</p>}
      {kind === "exclude" && <p className="t2">An exclusion in bulk is no verdict: nobody read these, and no agreement, estimate or rule counts them.</p>}
    </div>
  );
}

function Hits({ preview, seed }: { preview: BulkPreview; seed: number }) {
  return (
    <section className={css.hits} aria-label="Random hits">
      <h3>{preview.hits.length < preview.samples ? `${count(preview.hits.length)} at random` : "All of them"}<span>seed {seed}</span></h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard. */}
      <ul tabIndex={0} aria-label="Random hits">
        {preview.hits.map((row) => (
          <li key={row.sample}><OriginLabel origin={row.origin} /><span dir="auto" lang={row.language || undefined}><Visible text={row.text} /></span><Verbatim className="t2">{row.domain}</Verbatim></li>
        ))}
      </ul>
    </section>
  );
}

export interface BulkDialogProps {
  kind: BulkKind;
  selection: BulkSelection;
  onClose(): void;
  onDone(request: BulkRequest, saved: BulkSaved): void;
}

export function BulkDialog({ kind, selection, onClose, onDone }: BulkDialogProps) {
  const { workspace } = useSession();
  const [seed] = useState(() => Math.floor(Math.random() * 1_000_000));
  const [word, setWord] = useState("");
  const [reason, setReason] = useState("");
  const entry = useRef(newEntryId());
  const preview = useQuery({ queryKey: ["bulk_preview", selection, seed], queryFn: () => call("bulk_preview", { selection, seed }), staleTime: 0, gcTime: 0, retry: false });
  const acting = useMutation({
    mutationFn: async () => {
      const request: BulkRequest = { entry: entry.current, selection, act: kind, word: word.trim(), reason: reason.trim() };
      return { request, saved: await call("bulk_act", request) };
    },
    onSuccess: ({ request, saved }) => onDone(request, saved),
  });
  const verb = ACTS.find((act) => act.kind === kind)!.verb;
  const samples = preview.data?.samples ?? 0;
  const unavailable =
    (preview.isPending ? "counting" : preview.isError ? "the samples could not be counted" : undefined) ??
    (samples === 0 ? "no sample is left to act on" : undefined) ??
    (kind === "tag" && word.trim() === "" ? "needs a tag" : kind === "route" && word === "" ? "needs a person" : undefined) ??
    (reason.trim() === "" ? "needs a reason" : undefined) ??
    (acting.isPending ? "being saved" : undefined);
  const act = () => !unavailable && acting.mutate();
  // A word or reason that is changed makes another act, and an entry of its own.
  const edited = (set: (text: string) => void) => (text: string) => {
    set(text);
    if (acting.isError) {
      entry.current = newEntryId();
      acting.reset();
    }
  };
  return (
    <Dialog
      title={`${verb} in bulk`} open wide onClose={onClose}
      foot={<>
        {acting.isError ? <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(acting.error, verb))} Trying again cannot save it twice.</p> : unavailable && !preview.isPending && <span className="small t2">Not yet: {unavailable}.</span>}
        <span className="gap" />
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="ink" onPress={act} unavailable={unavailable}>{`${verb} ${counted(samples, "sample")}`}</Button>
      </>}
    >
      <div className={css.form}>
        {preview.isPending && <Loading what="Counting the samples…" />}
        {preview.isError && <Faulted doing="Counting the samples" cause={preview.error} safe="Nothing was done." onRetry={() => void preview.refetch()} />}
        {preview.data && <Counts preview={preview.data} kind={kind} />}
        {kind === "tag" && <Field label="Tag" value={word} onChange={edited(setWord)} autoFocus placeholder="scan-errors" hint="A word by which these are found again: tag = 'scan-errors'." onSubmit={act} />}
        {kind === "route" && <Select label="To" value={word || null} autoFocus options={(workspace?.people ?? []).map((one) => ({ value: one.name, label: one.name, note: sentence(one.role) }))} onChange={edited(setWord)} />}
        <Field label="Reason" value={reason} onChange={edited(setReason)} autoFocus={kind === "exclude"} hint="Required; stands in the ledger." onSubmit={act} />
        {preview.data && samples > 0 && <Hits preview={preview.data} seed={seed} />}
      </div>
    </Dialog>
  );
}
