/// Signing keys of the workspace: whose each is, one's own made or replaced, and keys given up.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { KeyMaker } from "@/components/key_maker";
import radio from "@/components/radio.module.css";
import { SectionHead } from "@/components/section_head";
import { Faulted } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type KeyInfo, type Person } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { date } from "@/lib/format";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { useTrust } from "@/lib/trust";
import css from "./settings.module.css";

export function SigningKeys() {
  const { person } = useSession();
  const keys = useQuery({ queryKey: ["keys"], queryFn: () => call("keys"), staleTime: 0 });
  const client = useQueryClient();
  const trust = useTrust();
  const forgetting = useMutation({
    mutationFn: () => call("key_forget"),
    onSuccess: () => client.invalidateQueries({ queryKey: ["trust"] }),
    onError: report("Forgetting the key"),
  });
  const [making, setMaking] = useState(false);
  const [givingUp, setGivingUp] = useState<KeyInfo | null>(null);
  const own = keys.data?.find((key) => key.person === person?.name && key.until === null) ?? null;
  return (
    <section>
      <SectionHead title="Signing keys" />
      <div className={css.row}>
        <span>{own ? <>Your key{!own.key.is_here && " is on another machine"}{trust.data?.is_kept && ", also in this system’s keychain: heads are signed without asking"}</> : "You have no key"}<small>{own ? <span className="code">{own.key.fingerprint}</span> : "Cards, heads of the ledger and returned packs are signed with it."}</small></span>
        {trust.data?.is_kept && <Button unavailable={forgetting.isPending ? "being forgotten" : undefined} onPress={() => forgetting.mutate()}>Forget it in the keychain</Button>}
        {person && <Button onPress={() => setMaking(true)}>{own ? "Replace it…" : "Make a key…"}</Button>}
      </div>
      {keys.isError && <Faulted doing="Reading the keys" cause={keys.error} />}
      {keys.data && keys.data.length > 0 && (
        <table className={css.signers} aria-label="Signing keys">
          <thead><tr><th scope="col">whose</th><th scope="col">fingerprint</th><th scope="col">state</th><th scope="col"><span className="unseen">Act</span></th></tr></thead>
          <tbody>{keys.data.map((key) => <Row key={key.public} info={key} person={person} onGiveUp={() => setGivingUp(key)} />)}</tbody>
        </table>
      )}
      {making && person && (
        <Dialog title={own ? "Replace your key" : "Make your key"} open onClose={() => setMaking(false)} foot={<Button onPress={() => setMaking(false)}>Cancel</Button>}>
          {own && <p>What you signed with the key you have stays signed. Nothing signed with it from now on counts.</p>}
          <KeyMaker signer={person.name} elsewhere={own !== null && !own.key.is_here} onMade={() => setMaking(false)} />
        </Dialog>
      )}
      {givingUp && <GiveUp info={givingUp} onClose={() => setGivingUp(null)} />}
    </section>
  );
}

/** Hands a public key to whoever verifies what it signed: `assay verify DIR --key …`. */
function CopyKey({ info }: { info: KeyInfo }) {
  const [said, setSaid] = useState("Copy");
  const copy = () => navigator.clipboard.writeText(info.public).then(() => setSaid("Copied"), () => setSaid("Refused"));
  return <Button size="small" label={`Copy the public key of ${info.person}`} onPress={() => void copy()}><span role="status">{said}</span></Button>;
}

function Row({ info, person, onGiveUp }: { info: KeyInfo; person: Person | null; onGiveUp(): void }) {
  const { until } = info;
  const state = until === null ? `in use since ${date(info.since)}` : info.compromised ? `compromised, given up ${date(until)}` : `given up ${date(until)}`;
  const mayNot = info.person === person?.name || person?.role === "lead" ? undefined : "for its owner and for leads";
  return (
    <tr>
      <th scope="row"><Verbatim>{info.person}</Verbatim></th>
      <td className="code">{info.key.fingerprint}</td>
      <td className={info.compromised ? css.bad : undefined}>{state}</td>
      <td className={css.keyActs}><CopyKey info={info} />{until === null && <Button size="small" label={`Give up the key of ${info.person}…`} unavailable={mayNot} onPress={onGiveUp}>Give up…</Button>}</td>
    </tr>
  );
}

function GiveUp({ info, onClose }: { info: KeyInfo; onClose(): void }) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const [reason, setReason] = useState("");
  const [known, setKnown] = useState("lost");
  const entry = useRef(newEntryId());
  const revoking = useMutation({
    mutationFn: () => call("key_revoke", { public: info.public, compromised: known === "stolen", reason, entry: entry.current }),
    onSuccess: async ({ saved }) => {
      noteSaved(saved);
      await Promise.all(["keys", "trust", "activity_page", "sign_look"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const unavailable = revoking.isPending ? "being recorded" : reason.trim() === "" ? "needs a reason" : undefined;
  const submit = () => { if (!unavailable) revoking.mutate(); };
  return (
    <Dialog title={`Give up the key of ${info.person}`} open onClose={onClose} foot={<><Button onPress={onClose}>Cancel</Button><Button kind="ink" unavailable={unavailable} onPress={submit}>Give it up</Button></>}>
      <p className="code">{info.key.fingerprint}</p>
      <RadioGroup aria-label="Who may have it" value={known} onChange={setKnown}>
        <Radio value="lost" className={radio.radio!}><span><b>Nobody else has it</b>Lost, or no longer used. What it signed stays signed.</span></Radio>
        <Radio value="stolen" className={radio.radio!}><span><b>Somebody else may have it</b>Heads that only this key signed say nothing any more.</span></Radio>
      </RadioGroup>
      <Field label="Reason" value={reason} onChange={setReason} autoFocus onSubmit={submit} hint="Goes into the ledger." />
      {revoking.isError && <p role="alert" className={css.bad}>Not given up: {faultWords(asFault(revoking.error, "Giving up a key"))}</p>}
    </Dialog>
  );
}
