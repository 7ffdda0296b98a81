/// The card as it will be read: written from measured facts, each of which opens what it counts.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Segmented } from "@/components/segmented";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { asFault, call, type CardDraft, type SignState } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./card.module.css";
import { CardDocument } from "./card_document";
import { JoinDialog } from "./join_dialog";
import { SignedStrip } from "./signed_strip";
import { SignPanel } from "./sign_panel";

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  if (!snapshot) return <Empty view="Card" title="No card yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>A card is written from an indexed and measured dataset.</Empty>;
  return <Draft key={`${snapshot.dataset}@${snapshot.snapshot}`} dataset={snapshot.dataset} snapshot={snapshot.snapshot} />;
}

function Draft({ dataset, snapshot }: { dataset: string; snapshot: number }) {
  const { place, keep } = useNavigation();
  const { person, saved } = useSession();
  // Drafted anew with every entry: a card that no longer says what is decided must not go on saying that it is signed.
  const draft = useAnswer({ key: ["card_draft", dataset, snapshot, saved?.seq], ask: () => call("card_draft", { dataset, snapshot }), keep: true });
  const [last, setLast] = useState<CardDraft | null>(null);
  if (draft.answer && draft.answer !== last) setLast(draft.answer);
  // What was drafted last stays while it is drafted anew: nothing on the screen jumps, and what somebody began beside it is kept.
  const shown = draft.answer ?? (draft.cause || draft.stopped ? null : last);
  const signing = place.state.sign === "on";
  const sign = (on: boolean) => keep({ sign: on ? "on" : undefined });
  // The panel stands beside whatever the card is doing: signing drafts the card anew, and what was signed stays in view.
  return (
    <div className={`view ${css.card} ${signing ? css.signing : ""}`}>
      {shown ? <Card dataset={dataset} snapshot={snapshot} draft={shown} signing={signing} onSign={() => sign(true)} /> : <><header className={css.head}><h1>Card</h1></header><Working of={draft} what="Writing the draft of the card…" doing="Writing the draft of the card" /></>}
      {signing && <SignPanel key={`${dataset}@${snapshot} ${person?.name}`} dataset={dataset} snapshot={snapshot} onClose={() => sign(false)} />}
    </div>
  );
}

function Card({ dataset, snapshot, draft, signing, onSign }: { dataset: string; snapshot: number; draft: CardDraft; signing: boolean; onSign(): void }) {
  const { place, keep, go } = useNavigation();
  const { saved, person } = useSession();
  const [joining, setJoining] = useState(false);
  const asked = useQuery({ queryKey: ["sign_state", dataset, snapshot, saved?.seq, draft], queryFn: () => call("sign_state", { dataset, snapshot }), placeholderData: (before) => before });
  // Who signed stays in its place while it is asked again; that the card still says what was signed is not known until then.
  const state = asked.data && asked.isPlaceholderData ? { ...asked.data, changes: null } : asked.data;
  const cannotSign = person?.role === "lead" ? undefined : "only leads sign cards";
  const source = place.state.as === "source";
  const exporting = useMutation({
    mutationFn: async () => {
      const picked = await call("pick_save", { title: "Export the card into a folder", purpose: "export_folder" });
      return picked ? call("card_export", { dataset, snapshot, handle: picked.handle }) : null;
    },
  });
  const unavailable = exporting.isPending ? "being written" : undefined;
  useCommands({ "card.export": { run: () => exporting.mutate(), unavailable }, "card.sign": { run: onSign, unavailable: cannotSign } });
  const open = draft.sections.flatMap((section) => section.blocks).filter((block) => block.kind === "open").length;
  return (
    <>
      <header className={css.head}>
        <h1>Card</h1>
        <p className="small t2">Written from measured facts. Numbers cannot be typed; those underlined open what they count.</p>
        <span className="gap" />
        <Segmented label="Shown as" value={source ? "source" : "card"} onChange={(value) => keep({ as: value === "source" ? "source" : undefined })} options={[{ value: "card", label: "Card" }, { value: "source", label: "README.md" }]} />
        <Button icon="external" unavailable={unavailable} onPress={() => exporting.mutate()}>Export…</Button>
        {!signing && <Button kind="ink" unavailable={cannotSign} onPress={onSign}>Sign…</Button>}
      </header>
      <div>
        <Outcome exporting={exporting} />
        {state && <SignedStrip state={state} snapshot={snapshot} onJoin={() => setJoining(true)} />}
      </div>
      {source ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <pre className={css.source} tabIndex={0} role="region" aria-label="README.md"><Visible text={draft.markdown} /></pre>
      ) : (
        <CardDocument title={`${dataset}, snapshot ${snapshot}`} gloss={`${standing(state, snapshot)} ${open === 0 ? "Nothing is left for a person to write." : `${counted(open, "passage")} only a person can write ${open === 1 ? "is" : "are"} still open.`}`} dataset={dataset} sections={draft.sections} openSamples={(filter) => go("samples", { filter })} />
      )}
      {joining && <JoinDialog dataset={dataset} onClose={() => setJoining(false)} />}
    </>
  );
}

/** What the card is, in a word, below its title. */
function standing(state: SignState | undefined, snapshot: number): string {
  const stands = state?.sign_offs.find((one) => one.state === "stands" && one.snapshot === snapshot && one.missing === 0);
  if (!stands) return "Draft, unsigned.";
  if (state?.changes === null) return `Signed by ${stands.by.join(" and ")}; being compared with what was signed.`;
  return (state?.changes ?? []).length > 0 ? "Changed since it was signed." : `Signed by ${stands.by.join(" and ")}.`;
}

function Outcome({ exporting }: { exporting: { isError: boolean; error: unknown; data: { folder: string; files: string[] } | null | undefined } }) {
  if (exporting.isError) return <p className={`${css.outcome} ${css.failed}`} role="alert">Not exported: {faultWords(asFault(exporting.error, "exporting the card"))}</p>;
  if (!exporting.data) return <p className="unseen" role="status" />;
  return <p className={css.outcome} role="status">Written to <Verbatim className="code">{exporting.data.folder}</Verbatim>: {exporting.data.files.join(", ")}.</p>;
}
