/// Where in the sample's text has the reader stepped to: what was searched for, and marks of what would not be seen.
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { SampleDetail } from "@/ipc";
import { countOf, stretches } from "@/lib/stretches";
import { type Counts, stepMark } from "@/lib/text_marks";

export interface Marks {
  /** Whether the field to search with is open. */
  finding: boolean;
  /** As typed; what is found follows it as soon as there is time. */
  typed: string;
  find: string;
  /** Which hit and which mark were reached, from 0. */
  hit: number | null;
  mark: number | null;
  hits: number;
  marks: number;
  /** Hits and tokens of the parts before each part: both are counted over the whole sample. */
  before: readonly Counts[];
  open(): void;
  close(): void;
  search(words: string): void;
  stepHit(by: 1 | -1): void;
  nextMark(): void;
}

export function useMarks(sample: SampleDetail | undefined): Marks {
  const [finding, setFinding] = useState(false);
  const [words, setWords] = useState("");
  const [hit, setHit] = useState<number | null>(null);
  const [mark, setMark] = useState<number | null>(null);
  const find = useDeferredValue(finding ? words : "");
  const parts = sample?.parts;
  const cut = useMemo(() => (parts ?? []).map((part) => stretches(part.text)), [parts]);
  const { before, total: { hits, tokens: marks } } = useMemo(() => summed(cut.map((each) => countOf(each, find))), [cut, find]);
  // Another sample is begun from its start; the words stay, for a phrase is often looked for in one sample after the other.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sample's identity is what matters.
  useEffect(() => {
    setHit(null);
    setMark(null);
  }, [sample?.sample, sample?.digest]);
  return {
    finding, typed: words, find, hit, mark, hits, marks, before,
    open: () => setFinding(true),
    close: () => { setFinding(false); setHit(null); },
    search: (next) => { setWords(next); setHit(next.trim() === "" ? null : 0); },
    stepHit: (by) => setHit((at) => stepMark(at, by, hits)),
    nextMark: () => setMark((at) => stepMark(at, 1, marks)),
  };
}

function summed(counts: readonly Counts[]): { before: Counts[]; total: Counts } {
  let total: Counts = { hits: 0, tokens: 0 };
  const before = counts.map((each) => {
    const here = total;
    total = { hits: here.hits + each.hits, tokens: here.tokens + each.tokens };
    return here;
  });
  return { before, total };
}
