/// The sample itself: its parts in reading order, an original beside its translation.
import { type ReactNode, useEffect, useRef } from "react";
import type { ReadingSize } from "@/components/reading";
import type { SampleDetail } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { rowsOf } from "@/lib/translation";
import { PartView } from "./part_view";
import css from "./sample.module.css";
import type { Marks } from "./use_marks";
import { Veiled } from "./veiled";

export interface SampleTextProps {
  sample: SampleDetail;
  size: ReadingSize;
  marks: Marks;
  /** Why the text is hidden until it is asked for, where it is. */
  hidden?: string | undefined;
  onShow?: () => void;
  /** The command that shows it. */
  showCommand?: string;
  /** What stands below the last part. */
  children?: ReactNode;
}

export function SampleText({ sample, size, marks, hidden, onShow, showCommand = "review.show", children }: SampleTextProps) {
  const leaf = useRef<HTMLDivElement>(null);
  // A new sample is read from its start.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample's identity is what matters.
  useEffect(() => {
    if (!leaf.current) return;
    leaf.current.scrollTop = 0;
    // In a small window the page scrolls instead, and may stand at the answer below.
    if (leaf.current.getBoundingClientRect().top < 0) leaf.current.scrollIntoView?.({ block: "start" });
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
  const part = (index: number) => (
    <PartView key={index} sample={sample} index={index} size={size} find={marks.find} hit={marks.hit} mark={marks.mark} before={marks.before[index] ?? { hits: 0, tokens: 0 }} />
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.leaf} ref={leaf} tabIndex={0} role="region" aria-label="Text of the sample" onBlur={(event) => { delete event.currentTarget.dataset.quiet; }}>
      {sample.stale ? (
        <p className={css.stale}>
          <b>The source has changed since it was indexed.</b>
          {faultWords(sample.stale)}
        </p>
      ) : (
        <Veiled hidden={hidden !== undefined} command={showCommand} why={hidden ?? ""} onShow={() => onShow?.()}>
          {rowsOf(sample.parts).map((row) => (row.length === 1 ? part(row[0]) : (
            <section key={row[0]} className={css.beside} aria-label="Original and translation">{row.map(part)}</section>
          )))}
        </Veiled>
      )}
      {children}
    </div>
  );
}
