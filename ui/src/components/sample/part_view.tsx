/// One part of a sample: its role, who is said to have made it, its text, and what was found in it.
import { memo, useMemo } from "react";
import { OriginLabel } from "@/components/origin_glyph";
import { Reading, type ReadingSize } from "@/components/reading";
import type { PartDetail, SampleDetail, SampleEvidence } from "@/ipc";
import { counted, sentence, words } from "@/lib/format";
import type { Counts } from "@/lib/text_marks";
import { languageOf } from "@/lib/translation";
import { Visible } from "../reading";
import { dimension } from "./facts";
import { MarginNotes, notesOf } from "./margin_notes";
import css from "./sample.module.css";

/** Evidence that is a record or a declaration. Judgements of other people and scores stay sealed. */
const OPEN: ReadonlySet<SampleEvidence["kind"]> = new Set(["declared", "rule", "generation_record", "content_credential", "self_disclosure", "before_cut_off", "chat_boilerplate", "watermark"]);

/** `human, declared by field author_type`; `unknown, nobody declared it`. */
export function originWords(part: PartDetail, index: number, evidence: readonly SampleEvidence[]): string {
  const found = evidence.find((each) => (each.part === null || each.part === index) && each.origin === part.origin && OPEN.has(each.kind));
  if (!found) return part.origin === "unknown" ? "unknown, nobody declared it" : part.origin;
  const by = found.kind === "rule" || found.kind === "declared" ? "declared by" : `${words(found.kind)},`;
  return `${part.origin}, ${by} ${found.source}`;
}

export interface PartViewProps {
  sample: SampleDetail;
  index: number;
  size: ReadingSize;
  find: string;
  hit: number | null;
  mark: number | null;
  /** Hits and tokens of the parts before it. */
  before: Counts;
}

/** Drawn again only when something about it changes: a text may be long. */
export const PartView = memo(function PartView({ sample, index, size, find, hit, mark, before }: PartViewProps) {
  const part = sample.parts[index]!;
  const notes = useMemo(() => notesOf(sample, part), [sample, part]);
  const language = languageOf(sample.parts, index, (name) => dimension(sample, name), sample.detected_language);
  return (
    <article className={css.part}>
      <h2>
        <Visible text={sentence(words(part.role))} />
        <span className={css.words}>{counted(part.tokens, "word")}</span>
        <span className={css.declared}><OriginLabel origin={part.origin}><Visible text={originWords(part, index, sample.evidence)} /></OriginLabel></span>
      </h2>
      <Reading text={part.text} language={language} size={size} find={find} hits={{ before: before.hits, at: hit }} tokens={{ before: before.tokens, at: mark }} />
      <MarginNotes notes={notes} />
    </article>
  );
});
