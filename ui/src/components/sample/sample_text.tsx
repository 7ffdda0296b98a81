/// The sample itself: its parts in reading order, each with who is said to have made it.
import { type ReactNode, useEffect, useRef } from "react";
import { OriginLabel } from "@/components/origin_glyph";
import { Reading, type ReadingSize } from "@/components/reading";
import type { PartDetail, SampleDetail, SampleEvidence } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { counted, sentence, words } from "@/lib/format";
import { countMarks } from "@/lib/text_marks";
import { dimension } from "./facts";
import { MarginNotes, notesOf } from "./margin_notes";
import css from "./sample.module.css";
import { Veiled } from "./veiled";
import type { Marks } from "./use_marks";

/** Evidence that is a record or a declaration. Judgements of other people and scores stay sealed. */
const OPEN: ReadonlySet<SampleEvidence["kind"]> = new Set(["declared", "rule", "generation_record", "content_credential", "self_disclosure", "before_cut_off", "chat_boilerplate", "watermark"]);

/** `human, declared by field author_type`; `unknown, nobody declared it`. */
export function originWords(part: PartDetail, index: number, evidence: readonly SampleEvidence[]): string {
  const found = evidence.find((each) => (each.part === null || each.part === index) && each.origin === part.origin && OPEN.has(each.kind));
  if (!found) return part.origin === "unknown" ? "unknown, nobody declared it" : part.origin;
  const by = found.kind === "rule" || found.kind === "declared" ? "declared by" : `${words(found.kind)},`;
  return `${part.origin}, ${by} ${found.source}`;
}

/** Hits and tokens of the parts before each part, so that both are counted over the whole sample. */
function before(parts: readonly PartDetail[], find: string): { hits: number; tokens: number }[] {
  let sum = { hits: 0, tokens: 0 };
  return parts.map((part) => {
    const here = sum;
    const counts = countMarks(part.text, find);
    sum = { hits: here.hits + counts.hits, tokens: here.tokens + counts.tokens };
    return here;
  });
}

export interface SampleTextProps {
  sample: SampleDetail;
  size: ReadingSize;
  marks: Marks;
  /** Why the text is hidden until it is asked for, where it is. */
  hidden?: string | undefined;
  onShow?: () => void;
  /** What stands below the last part. */
  children?: ReactNode;
}

export function SampleText({ sample, size, marks, hidden, onShow, children }: SampleTextProps) {
  const leaf = useRef<HTMLDivElement>(null);
  const language = dimension(sample, "language") || sample.detected_language;
  // A new sample is read from its start.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample's identity is what matters.
  useEffect(() => {
    if (leaf.current) leaf.current.scrollTop = 0;
  }, [sample.digest, sample.sample]);
  // Space pages at once: the text has the focus unless something else was given it. Nobody moved it there, so no ring is drawn.
  useEffect(() => {
    if (document.activeElement !== document.body || !leaf.current) return;
    leaf.current.dataset.quiet = "";
    leaf.current.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step is what brings its place into view.
  useEffect(() => {
    leaf.current?.querySelector("[data-reached]")?.scrollIntoView?.({ block: "nearest" });
  }, [marks.hit, marks.mark, marks.find]);
  const counts = before(sample.parts, marks.find);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.leaf} ref={leaf} tabIndex={0} role="region" aria-label="Text of the sample" onBlur={(event) => { delete event.currentTarget.dataset.quiet; }}>
      {sample.stale ? (
        <p className={css.stale}>
          <b>The source has changed since it was indexed.</b>
          {faultWords(sample.stale)}
        </p>
      ) : (
        <Veiled hidden={hidden !== undefined} why={hidden ?? ""} onShow={() => onShow?.()}>
        {sample.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sample never move.
          <article key={index} className={css.part}>
            <h2>
              {sentence(words(part.role))}
              <span className={css.words}>{counted(part.tokens, "word")}</span>
              <span className={css.declared}><OriginLabel origin={part.origin}>{originWords(part, index, sample.evidence)}</OriginLabel></span>
            </h2>
            <Reading text={part.text} language={language} size={size} find={marks.find} hits={{ before: counts[index]!.hits, at: marks.hit }} tokens={{ before: counts[index]!.tokens, at: marks.mark }} />
            <MarginNotes notes={notesOf(sample, part)} />
          </article>
        ))}
        </Veiled>
      )}
      {children}
    </div>
  );
}
