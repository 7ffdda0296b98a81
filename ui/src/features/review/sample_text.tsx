/// The sample itself: its parts in reading order, each with who is said to have made it.
import { useEffect, useRef } from "react";
import { OriginLabel } from "@/components/origin_glyph";
import { Reading, type ReadingSize } from "@/components/reading";
import type { Evidence, PartDetail, SampleDetail } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { counted, sentence, words } from "@/lib/format";
import { dimension } from "./facts";
import css from "./sample.module.css";

/** Evidence that is a record or a declaration. Judgements of other people and scores stay sealed. */
const OPEN: ReadonlySet<Evidence["kind"]> = new Set(["declared", "rule", "generation_record", "content_credential", "self_disclosure", "watermark"]);

/** `human, declared by field author_type`; `unknown, nobody declared it`. */
export function originWords(part: PartDetail, index: number, evidence: readonly Evidence[]): string {
  const found = evidence.find((each) => (each.part === null || each.part === index) && each.origin === part.origin && OPEN.has(each.kind));
  if (!found) return part.origin === "unknown" ? "unknown, nobody declared it" : part.origin;
  const by = found.kind === "rule" || found.kind === "declared" ? "declared by" : `${words(found.kind)},`;
  return `${part.origin}, ${by} ${found.source}`;
}

export function SampleText({ sample, size }: { sample: SampleDetail; size: ReadingSize }) {
  const leaf = useRef<HTMLDivElement>(null);
  const language = dimension(sample, "language") || sample.detected_language;
  // A new sample is read from its start.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample's identity is what matters.
  useEffect(() => {
    if (leaf.current) leaf.current.scrollTop = 0;
  }, [sample.digest, sample.sample]);
  // Space pages at once: the text has the focus unless something else was given it.
  useEffect(() => {
    if (document.activeElement === document.body) leaf.current?.focus({ preventScroll: true });
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.leaf} ref={leaf} tabIndex={0} role="region" aria-label="Text of the sample">
      {sample.stale ? (
        <p className={css.stale}>
          <b>The source has changed since it was indexed.</b>
          {faultWords(sample.stale)}
        </p>
      ) : (
        sample.parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sample never move.
          <article key={index} className={css.part}>
            <h2>
              {sentence(words(part.role))}
              <span className={css.words}>{counted(part.tokens, "word")}</span>
              <span className={css.declared}><OriginLabel origin={part.origin}>{originWords(part, index, sample.evidence)}</OriginLabel></span>
            </h2>
            <Reading text={part.text} language={language} size={size} />
          </article>
        ))
      )}
    </div>
  );
}
