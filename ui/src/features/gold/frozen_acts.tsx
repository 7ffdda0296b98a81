/// The two acts on gold as a whole: freezing it with a reason, and exporting it with a purpose.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type GoldOverview, type SavedEntry } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./frozen.module.css";
import { exportName, sinceWords } from "./frozen_sets";

/** What follows an act: the status bar, the gold set and the ledger are asked anew. */
function useRecorded(): (saved: SavedEntry) => Promise<void> {
  const client = useQueryClient();
  const { noteSaved, refresh } = useSession();
  return async (saved) => {
    noteSaved(saved);
    await Promise.all([client.invalidateQueries({ queryKey: ["gold_overview"] }), client.invalidateQueries({ queryKey: ["activity_page"] })]);
    void refresh();
  };
}

export function FreezeDialog({ gold, onClose, onFrozen }: { gold: GoldOverview; onClose(): void; onFrozen(): void }) {
  const [reason, setReason] = useState("");
  const recorded = useRecorded();
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const freeze = useMutation({
    mutationFn: () => call("gold_freeze", { reason: reason.trim(), entry: entry.current }),
    onSuccess: async (done) => {
      await recorded(done.saved);
      onFrozen();
    },
  });
  const latest = gold.frozen[0];
  const unavailable = (reason.trim() ? undefined : "it needs a reason") ?? (freeze.isPending ? "being saved" : undefined);
  const run = () => !unavailable && freeze.mutate();
  return (
    <Dialog
      title="Freeze the gold set" open onClose={onClose}
      foot={
        <>
          <p className={css.why} role={freeze.isError ? "alert" : undefined}>{freeze.isError ? <span className={css.failed}>Not saved: {faultWords(asFault(freeze.error, "freezing the gold set"))}</span> : unavailable && `Not yet: ${unavailable}.`}</p>
          <Button size="large" onPress={onClose}>Cancel</Button>
          <Button kind="ink" size="large" unavailable={unavailable} onPress={run}>Freeze as {count((latest?.number ?? 0) + 1)}</Button>
        </>
      }
    >
      <div className={css.form}>
        <p>{counted(gold.members.length, "member")} as they are now, under number {count((latest?.number ?? 0) + 1)}. The number and the root over the members stay, whatever is promoted or revoked later.</p>
        {latest && <p className="t2">Since gold set {latest.number}, of {date(latest.at)}: {sinceWords(latest)}.</p>}
        <Field label="Reason" value={reason} autoFocus onChange={setReason} onSubmit={run} placeholder="which report or release rests on it" hint="Stands in the ledger." />
      </div>
    </Dialog>
  );
}

const NOW = "now";

export function ExportDialog({ gold, number, onClose }: { gold: GoldOverview; number: number | null; onClose(): void }) {
  const [set, setSet] = useState(number === null ? NOW : String(number));
  const [purpose, setPurpose] = useState("");
  const chosen = set === NOW ? null : Number(set);
  const take = useExport();
  const options = [...(gold.members.length > 0 ? [{ value: NOW, label: "Gold as it is now", note: counted(gold.members.length, "member") }] : []), ...gold.frozen.map((one) => ({ value: String(one.number), label: `Gold set ${one.number}, ${date(one.at)}`, note: counted(one.size, "member") }))];
  const unavailable = (purpose.trim() ? undefined : "it needs a purpose") ?? (take.isPending ? "being written" : undefined);
  const run = () => !unavailable && take.mutate({ number: chosen, purpose: purpose.trim() });
  if (take.data) {
    return (
      <Dialog title="Gold exported" open onClose={onClose} foot={<Button kind="ink" size="large" autoFocus onPress={onClose}>Done</Button>}>
        <p role="status">{counted(take.data.written, "sample")} written, #{count(take.data.saved.seq)}:</p>
        <p className={css.path}><Verbatim>{take.data.path}</Verbatim></p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title="Export gold" open onClose={onClose}
      foot={
        <>
          <p className={css.why} role={take.isError ? "alert" : undefined}>{take.isError ? <span className={css.failed}>Not written: {faultWords(asFault(take.error, "exporting gold"))}</span> : unavailable && `Not yet: ${unavailable}.`}</p>
          <Button size="large" onPress={onClose}>Cancel</Button>
          <Button kind="ink" size="large" unavailable={unavailable} onPress={run}>Export…</Button>
        </>
      }
    >
      <div className={css.form}>
        <Select label="Which set" value={set} options={options} onChange={setSet} />
        <Field label="Purpose" value={purpose} autoFocus onChange={setPurpose} onSubmit={run} placeholder="held-out evaluation of release 2027-01" hint="Recorded with your name before the file is written. Gold that is trained on no longer measures anything: say what it is for." />
      </div>
    </Dialog>
  );
}

/** Asks where, then records the purpose and writes; dismissing the file dialog does nothing. */
function useExport() {
  const recorded = useRecorded();
  const entry = useRef(newEntryId());
  return useMutation({
    mutationFn: async ({ number, purpose }: { number: number | null; purpose: string }) => {
      const picked = await call("pick_save", { title: "Export gold", purpose: "gold_file", name: exportName(number) });
      return picked && call("gold_export", { number, purpose, handle: picked.handle, entry: entry.current });
    },
    onSuccess: async (done) => {
      if (done) await recorded(done.saved);
    },
  });
}
