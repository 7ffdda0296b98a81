/// One view of the samples under a filter: opened, counted behind, fetched page by page, closed.
import { useCallback, useEffect, useRef, useState } from "react";
import { call, type SampleRow, type SamplesSummary } from "@/ipc";
import { PAGE } from "@/lib/grid_window";

export interface SamplesAt {
  dataset: string;
  snapshot: number;
  filter: string;
  find: string;
}

export interface Samples {
  /** `opening` keeps showing what was there before, or nothing where samples are looked for in the texts. */
  state: "opening" | "open" | "failed";
  cause: unknown;
  /** Rows so far known; whole once counted. */
  count: number;
  summary: SamplesSummary | null;
  elapsed_ms: number | null;
  rowAt(index: number): SampleRow | undefined;
  fetch(pages: number[]): void;
  /** Every row from one index to another, both included; those not in memory are asked for. */
  between(first: number, last: number): Promise<SampleRow[]>;
  reopen(): void;
}

/** Pages kept in memory at most; the oldest go first. */
const KEPT = 40;

export function useSamples({ dataset, snapshot, filter, find }: SamplesAt): Samples {
  const [state, setState] = useState<Samples["state"]>("opening");
  const [cause, setCause] = useState<unknown>(null);
  const [count, setCount] = useState(0);
  const [summary, setSummary] = useState<SamplesSummary | null>(null);
  const [elapsed, setElapsed] = useState<number | null>(null);
  const [, redraw] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const pages = useRef(new Map<number, SampleRow[]>());
  const asked = useRef(new Set<number>());
  const view = useRef<number | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` opens the same view again.
  useEffect(() => {
    let stale = false;
    let mine: number | null = null;
    setState("opening");
    call("samples_open", { dataset, snapshot, filter, find }).then((opened) => {
      mine = opened.view;
      if (stale) return void call("samples_close", { view: opened.view });
      // Rows that are found by reading texts, or none at all: only the count tells.
      const begun = opened.total !== null || opened.rows.length > 0;
      view.current = opened.view;
      pages.current = new Map(begun ? [[0, opened.rows]] : []);
      asked.current = new Set(begun ? [0] : []);
      setCount(opened.total ?? opened.rows.length);
      setElapsed(opened.elapsed_ms);
      setSummary(null);
      if (begun) setState("open");
      call("samples_summary", { view: opened.view }).then((counted) => {
        if (stale) return;
        setSummary(counted);
        setCount(counted.samples);
        setState("open");
      }).catch((failure: unknown) => {
        // The grid works without its count; the next filter asks again.
        if (stale || begun) return;
        setCause(failure);
        setState("failed");
      });
    }).catch((failure: unknown) => {
      if (stale) return;
      setCause(failure);
      setState("failed");
    });
    return () => {
      stale = true;
      if (mine !== null) void call("samples_close", { view: mine }).catch(() => {});
    };
  }, [dataset, snapshot, filter, find, attempt]);

  const fetch = useCallback((wanted: number[]) => {
    const handle = view.current;
    if (handle === null) return;
    for (const offset of wanted) {
      if (asked.current.has(offset)) continue;
      asked.current.add(offset);
      call("samples_rows", { view: handle, offset, limit: PAGE }).then((page) => {
        if (view.current !== handle) return;
        pages.current.set(offset, page.rows);
        for (const oldest of [...pages.current.keys()].slice(0, Math.max(0, pages.current.size - KEPT))) {
          pages.current.delete(oldest);
          asked.current.delete(oldest);
        }
        setElapsed(page.elapsed_ms);
        redraw((n) => n + 1);
      }).catch((failure: unknown) => {
        asked.current.delete(offset);
        if (view.current === handle) {
          setCause(failure);
          setState("failed");
        }
      });
    }
  }, []);

  const rowAt = useCallback((index: number) => pages.current.get(Math.floor(index / PAGE) * PAGE)?.[index % PAGE], []);
  const between = useCallback(async (first: number, last: number) => {
    const handle = view.current;
    const rows: SampleRow[] = [];
    for (let offset = Math.floor(first / PAGE) * PAGE; offset <= last; offset += PAGE) {
      const known = pages.current.get(offset) ?? (await call("samples_rows", { view: handle!, offset, limit: PAGE })).rows;
      rows.push(...known.slice(Math.max(0, first - offset), last - offset + 1));
    }
    return rows;
  }, []);
  return { state, cause, count, summary, elapsed_ms: elapsed, rowAt, fetch, between, reopen: () => setAttempt((n) => n + 1) };
}
