/// A section that only a person can write: its text, the field to write it anew, and who wrote it before.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type CardTextRow } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { useSession } from "@/lib/session";
import css from "./card.module.css";

export interface SectionWriterProps {
  dataset: string;
  section: string;
  /** What the section asks for; none where it is written. */
  asks: string | null;
  paragraphs: readonly string[];
}

export function SectionWriter({ dataset, section, asks, paragraphs }: SectionWriterProps) {
  const [writing, setWriting] = useState(false);
  const versions = useQuery({ queryKey: ["card_texts", dataset], queryFn: () => call("card_texts", { dataset }) });
  const own = (versions.data ?? []).filter((row) => row.section === section);
  const name = sectionName(section);
  if (writing) return <Writing dataset={dataset} section={section} asks={asks ?? own[0]?.asks ?? name} before={own[0]?.text ?? paragraphs.join("\n\n")} versions={own} onClose={() => setWriting(false)} />;
  return (
    <div className={asks === null ? css.written : css.open}>
      {/* biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one draft never move. */}
      {asks === null ? paragraphs.map((text, index) => <p key={index} className={css.paragraph} dir="auto"><Visible text={text} /></p>) : <span><b>{asks}</b> not written yet; only a person can</span>}
      <p className={css.writtenBy}>
        {own[0] && <span>{own[0].text === "" ? "Taken back" : "Written"} by <Verbatim>{own[0].by}</Verbatim>, entry <span className="num">#{own[0].seq}</span>{own.length > 1 && `, ${counted(own.length, "version")}`}</span>}
        <Button kind="plain" label={`${asks === null ? "Rewrite" : "Write"}: ${asks ?? name}`} onPress={() => setWriting(true)}>{asks === null ? "Rewrite" : "Write"}</Button>
      </p>
    </div>
  );
}

interface WritingProps {
  dataset: string;
  section: string;
  asks: string;
  before: string;
  versions: readonly CardTextRow[];
  onClose(): void;
}

function Writing({ dataset, section, asks, before, versions, onClose }: WritingProps) {
  const client = useQueryClient();
  const { noteSaved, person } = useSession();
  const [text, setText] = useState(before);
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  const write = useMutation({
    mutationFn: () => call("card_text_write", { dataset, section, text: text.trim(), entry: entry.current }),
    onSuccess: async (done) => {
      if (done.saved) noteSaved(done.saved);
      await Promise.all(["card_texts", "card_draft", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
      onClose();
    },
  });
  const unavailable = (person ? undefined : "choose who you are first") ?? (text.trim() === before.trim() ? "nothing has changed" : undefined) ?? (write.isPending ? "being saved" : undefined);
  return (
    <form className={css.writing} aria-label={asks} onSubmit={(event) => { event.preventDefault(); if (!unavailable) write.mutate(); }}>
      <Field label={asks} value={text} onChange={setText} lines={6} autoFocus onEscape={onClose} onSubmit={() => { if (!unavailable) write.mutate(); }} hint="Plain text; a blank line parts paragraphs. Figures come from queries and are never typed here. An empty text opens the section again." />
      {write.isError && <p role="alert" className={css.failed}>Not saved: {faultWords(asFault(write.error, "Writing on the card"))} Trying again cannot save it twice.</p>}
      <div className={css.actions}>
        <Button type="submit" kind="ink" unavailable={unavailable}>Save</Button>
        <Button kind="plain" onPress={onClose}>Leave it</Button>
      </div>
      {versions.length > 0 && <Versions versions={versions} onTake={setText} />}
    </form>
  );
}

/** Every version, latest first; any of them can be taken up again. */
function Versions({ versions, onTake }: { versions: readonly CardTextRow[]; onTake(text: string): void }) {
  return (
    <ol className={css.versions} aria-label="Versions">
      {versions.map((version) => (
        <li key={version.seq}>
          <span className="small t2"><span className="num">#{version.seq}</span> <Verbatim>{version.by}</Verbatim>, {version.at.slice(0, 10)}</span>
          <Verbatim className={css.version} dir="auto"><Visible text={version.text === "" ? "taken back" : version.text} /></Verbatim>
          {version.text !== "" && <Button kind="plain" label={`Take up version #${version.seq}`} onPress={() => onTake(version.text)}>Take up</Button>}
        </li>
      ))}
    </ol>
  );
}

function sectionName(section: string): string {
  return section.replaceAll("_", " ");
}
