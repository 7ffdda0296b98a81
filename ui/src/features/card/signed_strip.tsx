/// Above the card: who signed it, whether it still says what was signed, and what it says otherwise.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type SignedChange, type SignOffInfo, type SignState } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./sign.module.css";

export function SignedStrip({ state, snapshot, onJoin }: { state: SignState; snapshot: number; onJoin(): void }) {
  const [shown, setShown] = useState(false);
  const [withdrawing, setWithdrawing] = useState(false);
  const { person } = useSession();
  const stands = state.sign_offs.find((one) => one.state === "stands");
  if (!stands) return <Fallen latest={state.sign_offs[0]} />;
  const changes = state.changes ?? [];
  const isLead = person?.role === "lead";
  return (
    <section className={css.strip} aria-label="Sign-off">
      <div className={css.line}>
        <Icon name={changes.length > 0 || stands.missing > 0 ? "cross" : "check"} />
        <p><Standing stands={stands} snapshot={snapshot} changes={state.changes} /></p>
        {changes.length > 0 && <Button kind="plain" onPress={() => setShown(!shown)} label={shown ? "Hide what changed" : "Show what changed"}>{shown ? "Hide" : "What changed"}</Button>}
        {stands.missing > 0 && isLead && !stands.by.includes(person.name) && <Button onPress={onJoin}>Sign it too…</Button>}
        {isLead && <Button kind="plain" onPress={() => setWithdrawing(true)}>Withdraw…</Button>}
      </div>
      {shown && changes.length > 0 && <Changes changes={changes} />}
      {withdrawing && <Withdraw stands={stands} onClose={() => setWithdrawing(false)} />}
    </section>
  );
}

function Standing({ stands, snapshot, changes }: { stands: SignOffInfo; snapshot: number; changes: readonly SignedChange[] | null }) {
  const who = <>by <Verbatim>{stands.by.join(", ")}</Verbatim> on {stands.at.slice(0, 10)}, entry <span className="num">#{stands.seq}</span></>;
  const waits = stands.missing > 0 && <> It counts once {counted(stands.missing, "more lead")} {stands.missing === 1 ? "has" : "have"} signed.</>;
  if (stands.snapshot !== snapshot) return <><b className={css.changed}>This snapshot is not signed.</b> Snapshot {stands.snapshot} was, {who}.{waits}</>;
  if (changes === null) return <>Signed {who}; comparing the card with what was signed…{waits}</>;
  if (changes.length > 0) return <><b className={css.changed}>Changed since sign-off</b>: {counted(changes.length, "figure")} {changes.length === 1 ? "says" : "say"} something else than was signed {who}.{waits}</>;
  return <><b>Signed</b> {who}; the card says what was signed. <span className="t2">{stands.statement.words.join(" ")}</span>{waits}</>;
}

function Fallen({ latest }: { latest: SignOffInfo | undefined }) {
  if (!latest) return null;
  return <section className={css.strip} aria-label="Sign-off"><div className={css.line}><Icon name="cross" /><p>The sign-off of snapshot {latest.snapshot} by <Verbatim>{latest.by.join(", ")}</Verbatim>, {latest.at.slice(0, 10)}, was withdrawn. No other stands.</p></div></section>;
}

function Changes({ changes }: { changes: readonly SignedChange[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.diff} tabIndex={0} role="region" aria-label="What changed since sign-off">
      <table>
        <thead><tr><th scope="col">figure</th><th scope="col">when it was signed</th><th scope="col">now</th></tr></thead>
        <tbody>{changes.map((change) => <tr key={change.figure}><td><Verbatim>{change.figure}</Verbatim></td><td><Verbatim>{change.then}</Verbatim></td><td><Verbatim>{change.now}</Verbatim></td></tr>)}</tbody>
      </table>
    </div>
  );
}

function Withdraw({ stands, onClose }: { stands: SignOffInfo; onClose(): void }) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const [reason, setReason] = useState("");
  const entry = useRef(newEntryId());
  const withdrawing = useMutation({
    mutationFn: () => call("sign_withdraw", { dataset: stands.dataset, reason: reason.trim(), entry: entry.current }),
    onSuccess: async ({ saved }) => {
      noteSaved(saved);
      await Promise.all(["sign_state", "sign_look", "card_draft", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const unavailable = withdrawing.isPending ? "being saved" : reason.trim() === "" ? "needs a reason" : undefined;
  const submit = () => { if (!unavailable) withdrawing.mutate(); };
  return (
    <Dialog title="Withdraw the sign-off" open onClose={onClose} foot={<><Button onPress={onClose}>Cancel</Button><Button kind="ink" unavailable={unavailable} onPress={submit}>Withdraw</Button></>}>
      <p>The sign-off of snapshot {stands.snapshot} stands no longer. It is not erased: entry #{stands.seq} stays, and folders that were given out still verify as what was signed then.</p>
      <Field label="Reason" hint="Required; it stands in the ledger under your name." lines={3} value={reason} onChange={setReason} autoFocus onSubmit={submit} />
      {withdrawing.isError && <p role="alert" className={css.wrong}>Not withdrawn: {faultWords(asFault(withdrawing.error, "Withdrawing the sign-off"))}</p>}
    </Dialog>
  );
}
