/// Signed heads: how far the last one reaches, where copies are, and what that shows.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { Tick } from "@/components/tick";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type Keeping, type Trust } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted } from "@/lib/format";
import { headWords, useTrust } from "@/lib/trust";
import css from "./activity.module.css";
import { Timeline } from "./timeline";

export function Heads() {
  const trust = useTrust();
  const client = useQueryClient();
  const [signing, setSigning] = useState(false);
  const changed = () => client.invalidateQueries({ queryKey: ["trust"] });
  const copying = useMutation({
    mutationFn: async () => {
      const picked = await call("pick_folder", { title: "Keep copies of signed heads in a folder", purpose: "export_folder" });
      return picked ? call("heads_copy", { handle: picked.handle }) : null;
    },
    onSuccess: changed,
  });
  if (!trust.data) return <div className={css.heads} />;
  const { head, by, broken, trouble, copies, is_unlocked: unlocked } = trust.data;
  const wrong = broken ?? trouble ?? (copying.isError ? faultWords(asFault(copying.error, "Keeping copies of heads")) : null);
  return (
    <section className={css.heads} aria-label="Signed heads">
      <p className="small">
        <b><Icon name={head === null ? "cross" : "shield"} />{headWords(trust.data)}</b>
        {by.length > 0 && <> by <Verbatim>{by.join(" and ")}</Verbatim></>}. <span className="t2">{since(trust.data)} {copies && <>Copies go to <Verbatim className="code">{copies}</Verbatim>.</>} {unlocked && `Heads are signed by themselves every 100 entries and at the end of this session${trust.data.is_kept ? ", with the key in the keychain" : ""}.`}</span>
      </p>
      <span className={css.acts}>
        {!unlocked && <Button size="small" onPress={() => setSigning(true)}>Sign a head…</Button>}
        <Button size="small" onPress={() => copying.mutate()}>{copies ? "Other folder…" : "Keep copies elsewhere…"}</Button>
      </span>
      <Timeline trust={trust.data} />
      <Kept keeping={trust.data.keeping} />
      {wrong && <p className={css.broken} role="alert"><Icon name="cross" />{broken ? `The ledger contradicts a signed head: ${wrong}` : `Signing the last head, or keeping it elsewhere, failed: ${wrong}`}</p>}
      {signing && <SignHead hasKeychain={trust.data.has_keychain} onClose={() => setSigning(false)} onDone={changed} />}
    </section>
  );
}

/** What opening the workspace brought back, and what is amiss with backups or with the room kept aside. */
function Kept({ keeping }: { keeping: Keeping }) {
  const { recovered, backups, backed_up: backedUp, trouble, has_ballast: ballast } = keeping;
  return (
    <>
      {recovered && <p className="small" role="status"><b><Icon name="check" />When the workspace was opened,</b> {recovered}.</p>}
      {trouble && <p className={css.broken} role="alert"><Icon name="cross" />The last backup failed: {trouble}</p>}
      {!ballast && <p className={css.broken} role="alert"><Icon name="warning" />No room is kept aside for a full disk: free some, and open the workspace again.</p>}
      {backups && <p className="small t2">{backedUp === null ? "No backup yet" : `Backed up to entry #${count(Math.max(0, backedUp - 1))}`}, in <Verbatim className="code">{backups}</Verbatim>.</p>}
    </>
  );
}

/** What could have been changed without showing. */
function since({ head, entries, strength }: Trust): string {
  if (head === null) return "Whoever holds this account could rewrite the ledger unseen: sign a head, and keep copies of heads elsewhere.";
  const after = entries - head;
  const later = after > 0 ? `${counted(after, "entry", "entries")} came after it and could be rewritten by someone with this account.` : "Nothing came after it.";
  return strength === "this_machine" ? `${later} Someone with this machine and the key could rewrite all of it.` : later;
}

function SignHead({ hasKeychain, onClose, onDone }: { hasKeychain: boolean; onClose(): void; onDone(): void }) {
  const [passphrase, setPassphrase] = useState("");
  const [keep, setKeep] = useState(false);
  const signing = useMutation({
    mutationFn: () => call("head_sign", { passphrase, keep }),
    onSuccess: () => { onDone(); onClose(); },
  });
  const unavailable = signing.isPending ? "being signed" : passphrase === "" ? "needs your passphrase" : undefined;
  const submit = () => { if (!unavailable) signing.mutate(); };
  return (
    <Dialog title="Sign a head" open onClose={onClose} foot={<><Button onPress={onClose}>Cancel</Button><Button kind="ink" unavailable={unavailable} onPress={submit}>Sign</Button></>}>
      <p>A head says how many entries the ledger has and what they are. Until you close the workspace, further heads are signed by themselves: every 100 entries, with packs and frozen gold, and at the end. Cards ask for the passphrase each time.</p>
      <Field label="Passphrase of your key" secret value={passphrase} onChange={setPassphrase} autoFocus onSubmit={submit} hint="A key is made in Settings, or in Card under Sign." />
      {hasKeychain && <Tick ticked={keep} onChange={setKeep}>Keep the key in this system’s keychain, and sign heads without asking from now on</Tick>}
      {signing.isError && <p role="alert" className={css.broken}>Not signed: {faultWords(asFault(signing.error, "Signing a head"))}</p>}
    </Dialog>
  );
}
