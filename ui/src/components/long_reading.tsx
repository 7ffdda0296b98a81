/// A text too long to be drawn whole: the blocks in the window and the one that was stepped to, the rest as empty room.
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { blockOf, blocksOf, stretches } from "@/lib/stretches";
import { NONE, Paragraphs } from "./paragraphs";
import type { ReadingProps } from "./reading";
import styles from "./reading.module.css";

/** The closest element that scrolls what stands in it. */
function scrollerOf(element: HTMLElement | null): HTMLElement {
  for (let at = element?.parentElement; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return document.documentElement;
}

const RIGHT_TO_LEFT = /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** By the first letter of the whole text: what is drawn of it changes. */
function directionOf(text: string): "ltr" | "rtl" {
  const first = text.search(/\p{L}/u);
  return first >= 0 && RIGHT_TO_LEFT.test(text.slice(first, first + 2)) ? "rtl" : "ltr";
}

/** About how high a block is before it was drawn. */
function guess(characters: number, paragraphs: number, size: number): number {
  const lines = characters / 68 + paragraphs * 0.5;
  return lines * size * 1.65 + paragraphs * size * 0.7;
}

/** Brings what was stepped to into view, and again while the blocks around it find their true heights. Returns what stops it. */
function keepInView(scroller: HTMLElement): () => void {
  let frame = 0;
  let looks = 60;
  let inView = 0;
  const look = () => {
    const place = scroller.querySelector("[data-reached]");
    const [at, room] = [place?.getBoundingClientRect(), scroller.getBoundingClientRect()];
    inView = at && at.top >= room.top && at.bottom <= room.bottom ? inView + 1 : 0;
    if (inView === 0) place?.scrollIntoView?.({ block: "center" });
    looks -= 1;
    if (inView < 4 && looks > 0) frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

export function LongReading({ text, language, size = 17, find = "", hits = NONE, tokens = NONE }: ReadingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [above, setAbove] = useState(0);
  const all = useMemo(() => stretches(text), [text]);
  const blocks = useMemo(() => blocksOf(all, find), [all, find]);
  const direction = useMemo(() => directionOf(text), [text]);
  const reached = blockOf(blocks, hits.at, "hits", hits.before) ?? blockOf(blocks, tokens.at, "tokens", tokens.before);
  useLayoutEffect(() => setScroller(scrollerOf(box.current)), []);
  // Where the text begins in what scrolls: it moves when something above it grows.
  useLayoutEffect(() => {
    if (box.current && scroller) setAbove(Math.round(box.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop));
  });
  const drawn = useVirtualizer({
    count: blocks.length,
    getScrollElement: () => scroller,
    estimateSize: (index) => guess(blocks[index]!.characters, blocks[index]!.stretches.length, size),
    scrollMargin: above,
    overscan: 2,
    rangeExtractor: (range) => {
      const inWindow = defaultRangeExtractor(range);
      return reached === null || inWindow.includes(reached) ? inWindow : [...inWindow, reached].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another size makes every height another.
  useEffect(() => drawn.measure(), [size]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step is what brings its place into view.
  useEffect(() => (reached === null || !scroller ? undefined : keepInView(scroller)), [hits.at, tokens.at, find, scroller]);
  return (
    <div ref={box} data-windowed="" className={`${styles.reading} ${styles.window}`} dir={direction} lang={language || undefined} data-size={size} style={{ height: drawn.getTotalSize() }}>
      {drawn.getVirtualItems().map(({ index, key, start }) => {
        const block = blocks[index]!;
        const joined = blocks[index + 1]?.stretches[0]?.continues;
        return (
          <div key={key} ref={drawn.measureElement} data-index={index} className={joined ? `${styles.block} ${styles.beforeContinued}` : styles.block} style={{ transform: `translateY(${start - above}px)` }}>
            <Paragraphs stretches={block.stretches} find={find} hits={{ before: hits.before + block.before.hits, at: hits.at }} tokens={{ before: tokens.before + block.before.tokens, at: tokens.at }} />
          </div>
        );
      })}
    </div>
  );
}
