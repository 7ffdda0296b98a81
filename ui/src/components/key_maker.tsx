/// A person's key, made once on this machine, under a passphrase that only they know.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Verbatim } from "@/components/verbatim";
import { asFault, call } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import css from "./key_maker.module.css";

/** Shorter ones are refused by the key ring. */
const SHORTEST = 12;

export function KeyMaker({ signer, elsewhere, onMade }: { signer: string; elsewhere: boolean; onMade?(): void }) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const entry = useRef(newEntryId());
  const making = useMutation({
    mutationFn: () => call("key_create", { passphrase, entry: entry.current }),
    onSuccess: async ({ saved }) => {
      noteSaved(saved);
      onMade?.();
      await Promise.all(["sign_look", "card_draft", "sign_state", "activity_page", "keys", "trust"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const short = [...passphrase].length < SHORTEST;
  const unavailable = making.isPending ? "being made" : short ? `needs ${SHORTEST} characters or more` : passphrase !== again ? "the two are not the same" : undefined;
  const submit = () => { if (!unavailable) making.mutate(); };
  return (
    <form className={css.form} aria-label="Make your key" onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <p className="small t2">{elsewhere ? <>The key of <Verbatim>{signer}</Verbatim> is on another machine. Bring its file, or make a new one here: the old one is given up then.</> : <><Verbatim>{signer}</Verbatim> has no key yet. It is made on this machine and locked with a passphrase; nobody can reset it, so keep it well.</>}</p>
      <Field label="New passphrase" secret value={passphrase} onChange={setPassphrase} hint="Several words are good; 12 characters at least." onSubmit={submit} />
      <Field label="The same again" secret value={again} onChange={setAgain} problem={again !== "" && passphrase !== again ? "not the same" : undefined} onSubmit={submit} />
      {making.isError && <p role="alert" className={css.wrong}>No key was made: {faultWords(asFault(making.error, "Making a key"))}</p>}
      <div><Button type="submit" kind="ink" unavailable={unavailable}>Make the key</Button></div>
    </form>
  );
}
