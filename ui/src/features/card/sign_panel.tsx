/// Signing a card: the exact statement, what it covers, its meaning, what to look at before, and the passphrase, each time.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { KeyMaker } from "@/components/key_maker";
import radio from "@/components/radio.module.css";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { asFault, call, type Signed, type SignLook, type SignMeaning, type StatementDigest } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { count, counted } from "@/lib/format";
import { useSession } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import { Exceptions } from "./exceptions";
import { useOpened } from "./opened";
import css from "./sign.module.css";

export interface SignPanelProps {
  dataset: string;
  snapshot: number;
  onClose(): void;
}

export function SignPanel({ dataset, snapshot, onClose }: SignPanelProps) {
  const { saved, person } = useSession();
  const [signed, setSigned] = useState<Signed | null>(null);
  const look = useAnswer({ key: ["sign_look", dataset, snapshot, person?.name, saved?.seq], ask: () => call("sign_look", { dataset, snapshot }), keep: true });
  return (
    <aside className={css.panel} aria-label="Sign this card">
      <header className={css.head}>
        <h2>Sign this card</h2>
        <span className="gap" />
        <Button kind="plain" size="small" icon="cross" label="Close without signing" onPress={onClose} />
      </header>
      {signed ? <Done signed={signed} onClose={onClose} /> : look.answer ? <Form look={look.answer} onSigned={setSigned} onClose={onClose} /> : <div className={css.body}><Working of={look} what="Measuring the card again…" doing="Measuring what is to be signed" /></div>}
    </aside>
  );
}

/** The meaning that stands first: the strongest that may be said. */
export function firstMeaning(meanings: readonly SignMeaning[]): SignMeaning | undefined {
  return meanings.find((meaning) => meaning.refused === null);
}

function Form({ look, onSigned, onClose }: { look: SignLook; onSigned(signed: Signed): void; onClose(): void }) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const [word, setWord] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [opened, open] = useOpened(`${look.dataset}@${look.snapshot} ${look.exceptions.map(({ what }) => what).join("\n")}`);
  const entry = useRef(newEntryId());
  const chosen = look.meanings.find((meaning) => meaning.word === word && meaning.refused === null) ?? firstMeaning(look.meanings);
  const left = look.exceptions.filter(({ what }) => !opened.has(what)).length;
  const signing = useMutation({
    mutationFn: async () => {
      const picked = await call("pick_save", { title: "Write the signed card into a folder", purpose: "export_folder" });
      if (!picked || !chosen?.statement) return null;
      return call("sign_card", { dataset: look.dataset, snapshot: look.snapshot, meaning: chosen.word, statement: chosen.statement.hex, passphrase, handle: picked.handle, entry: entry.current });
    },
    onSuccess: async (signed) => {
      if (!signed) return;
      onSigned(signed);
      noteSaved(signed.saved);
      await Promise.all(["card_draft", "sign_state", "trust", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  });
  const unavailable = whyNot(look, chosen, left, passphrase, signing.isPending);
  const submit = () => { if (!unavailable) signing.mutate(); };
  const mayKey = look.refused === null && !look.key?.is_here;
  return (
    <>
      <div className={css.body}>
        <div className={css.part}><p className={css.sentence} dir="auto"><Visible text={chosen?.sentence ?? ""} /></p></div>
        {mayKey && <div className={css.part}><KeyMaker signer={look.signer} elsewhere={look.key !== null} /></div>}
        <Covers look={look} statement={chosen?.statement ?? null} />
        <div className={css.part}>
          <RadioGroup aria-label="Meaning" value={chosen?.word ?? null} onChange={setWord}>
            <h3 className={css.quiet}>Meaning</h3>
            {look.meanings.map((meaning) => (
              <Radio key={meaning.word} value={meaning.word} className={`${radio.radio} ${css.meaning}`} isDisabled={meaning.refused !== null}>
                <b>{meaning.name}</b>
                <span>{meaning.refused ?? (meaning.word === "approved-with-waivers" ? `${meaning.waived} of ${meaning.failing} written` : "")}</span>
              </Radio>
            ))}
          </RadioGroup>
        </div>
        <div className={css.part}>
          <h3 className={css.quiet}>Before you sign</h3>
          <ul className={css.checks}>
            <Check holds={left === 0}>{look.exceptions.length === 0 ? "Nothing is exceptional" : `${count(look.exceptions.length - left)} of ${counted(look.exceptions.length, "audit exception")} opened`}</Check>
            <Check holds={look.refused === null}>{reviewedBy(look)}</Check>
            {look.revised > 0 && <Check holds>{`${counted(look.revised, "verdict")} revised after reveal, stated on the card`}</Check>}
            {look.signers > 1 && <Check holds>{`Slices of high stakes are in it: it counts once ${look.signers} leads have signed`}</Check>}
            {look.supersedes && <Check holds>{`Takes the place of the sign-off of snapshot ${look.supersedes.snapshot}, ${look.supersedes.at.slice(0, 10)}`}</Check>}
          </ul>
          {look.exceptions.length > 0 && <Exceptions exceptions={look.exceptions} opened={opened} onOpen={open} />}
        </div>
        {look.refused !== null && <div className={css.part}><p role="alert" className={css.wrong}>{look.refused}</p></div>}
        {look.refused === null && look.key?.is_here && (
          <div className={css.part}>
            <Field label={`Passphrase of your key ${look.key.id}, asked each time`} secret value={passphrase} onChange={setPassphrase} onSubmit={submit} onEscape={onClose} />
          </div>
        )}
      </div>
      <footer className={css.foot}>
        {signing.isError ? <p role="alert" className={css.wrong}>Not signed: {faultWords(asFault(signing.error, "Signing the card"))}</p> : <p role="status">{unavailable ? `Not yet: ${unavailable}.` : "Any later change to what it covers will show."}</p>}
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="ink" unavailable={unavailable} onPress={submit}>Sign…</Button>
      </footer>
    </>
  );
}

/** Why it cannot be signed yet; nothing where it can. */
export function whyNot(look: SignLook, chosen: SignMeaning | undefined, left: number, passphrase: string, pending: boolean): string | undefined {
  if (pending) return "being signed";
  if (look.refused !== null) return "somebody else must sign it";
  if (!look.key?.is_here) return "your key is made first";
  if (!chosen?.statement) return "choose what it means";
  if (left > 0) return `${counted(left, "exception")} to open`;
  if (passphrase === "") return "needs your passphrase";
  return undefined;
}

function reviewedBy({ reviewers, signer_reviewed: own }: SignLook): string {
  if (reviewers === 0) return "Nobody has reviewed samples of this snapshot";
  const who = `Verdicts by ${counted(reviewers, "person", "people")}`;
  if (!own) return `${who}; you gave none of them`;
  return reviewers === 1 ? "You alone gave the verdicts" : `${who}, you among them`;
}

function Check({ holds, children }: { holds: boolean; children: ReactNode }) {
  return <li className={holds ? undefined : css.missing}><Icon name={holds ? "check" : "cross"} /><span>{children}</span></li>;
}

function Covers({ look, statement }: { look: SignLook; statement: StatementDigest | null }) {
  return (
    <div className={css.part}>
      <h3 className={css.quiet}>What the signature covers</h3>
      <dl className={css.facts}>
        <div><dt>Statement</dt><dd>{statement ? <Digest of={statement} /> : <span className="t2">written once you have a key</span>}</dd></div>
        <div><dt>Subjects</dt><dd>{counted(look.files, "card file")}, {counted(look.source_files, "source file")}, {counted(look.samples, "sample digest")}</dd></div>
        <div><dt>Snapshot root</dt><dd className={css.hex}>{grouped(look.root)}</dd></div>
        <div><dt>Ledger</dt><dd>to #{count(look.entries - 1)}, gold set of {counted(look.gold_members, "member")}</dd></div>
      </dl>
    </div>
  );
}

function Digest({ of }: { of: StatementDigest }) {
  return <><span className={css.words}>{of.words.join(" ")}</span><span className={css.hex}>{grouped(of.hex)}</span></>;
}

/** Digits in groups of eight, to be compared by eye. */
function grouped(hex: string): string {
  return hex.replace(/(.{8})(?=.)/g, "$1 ");
}

function Done({ signed, onClose }: { signed: Signed; onClose(): void }) {
  return (
    <>
      <div className={css.body}>
        <div className={css.part} role="status">
          <p className={css.sentence}>Signed, entry #{signed.saved.seq}. {signed.missing > 0 && `It counts once ${counted(signed.missing, "more lead")} ${signed.missing === 1 ? "has" : "have"} signed the same folder.`}</p>
        </div>
        <div className={css.part}>
          <dl className={css.facts}>
            <div><dt>Statement</dt><dd><Digest of={signed.statement} /></dd></div>
            <div><dt>Folder</dt><dd className={css.hex}><Verbatim>{signed.folder}</Verbatim></dd></div>
            <div><dt>Files</dt><dd>{signed.files.join(", ")}</dd></div>
          </dl>
        </div>
        <div className={css.part}><p className="small t2">Whoever has the folder verifies it without Assay's database: <code>assay verify</code>, or what VERIFY.txt says.</p></div>
      </div>
      <footer className={css.foot}><span className="gap" /><Button kind="ink" onPress={onClose}>Done</Button></footer>
    </>
  );
}
