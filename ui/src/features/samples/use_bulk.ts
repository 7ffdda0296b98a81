/// What is selected in the grid, what is being done with it, and how the last act is taken back.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type BulkKind, type BulkRequest, type BulkSaved, type BulkSelection, call, type Person, type SampleRow } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { newEntryId } from "@/lib/entry_id";
import { count } from "@/lib/format";
import { keepHands } from "@/lib/hands";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { ACTS, whyNot } from "./bulk_words";
import { bulkSelection, EVERYTHING, handsOf, holds, isNothing, MOST_BY_HAND, NOTHING, problem, ranged, selectionWords, toggled } from "./selection";
import type { Samples } from "./use_samples";

/** The act that Undo takes back, or that was taken back. */
interface Done {
  request: BulkRequest;
  saved: BulkSaved;
  /** The latest entry about it. */
  seq: number;
  undone: boolean;
}

export interface Bulk {
  /** `3 samples selected`; `null` when nothing is. */
  words: string | null;
  problem: string | undefined;
  person: Person | null;
  /** Why a range was not taken in. */
  told: string | null;
  done: Done | null;
  turning: { isPending: boolean; isError: boolean; error: unknown };
  /** The act whose dialog is open, with what it is about. */
  dialog: { kind: BulkKind; selection: BulkSelection } | null;
  begin(kind: BulkKind): void;
  close(): void;
  finish(request: BulkRequest, saved: BulkSaved): void;
  undo(): void;
  redo(): void;
  clear(): void;
  queue(): void;
  holds(row: SampleRow): boolean;
  tick(index: number, range: boolean): void;
}

interface Looked {
  at: { dataset: string; snapshot: number };
  filter: string;
  find: string;
  samples: Samples;
  /** The row that is chosen in the grid. */
  chosen: number | null;
}

export function useBulk({ at, filter, find, samples, chosen }: Looked): Bulk {
  const { person, noteSaved, refresh } = useSession();
  const { go } = useNavigation();
  const client = useQueryClient();
  const [selection, setSelection] = useState(NOTHING);
  const [told, setTold] = useState<string | null>(null);
  const [dialog, setDialog] = useState<Bulk["dialog"]>(null);
  const [done, setDone] = useState<Done | null>(null);
  const anchor = useRef<number | null>(null);
  const entry = useRef(newEntryId());

  // Another filter shows other samples: what was selected under the last one is let go.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is looked at matters.
  useEffect(() => {
    setSelection(NOTHING);
    setTold(null);
    anchor.current = null;
  }, [at.dataset, at.snapshot, filter, find]);

  const tick = (index: number, range: boolean) => {
    const row = samples.rowAt(index);
    const from = anchor.current;
    anchor.current = index;
    setTold(null);
    if (!range || from === null) {
      if (row) setSelection((now) => toggled(now, row.digest));
      return;
    }
    const [first, last] = from < index ? [from, index] : [index, from];
    if (last - first >= MOST_BY_HAND) {
      setTold(`A range holds ${count(MOST_BY_HAND)} rows at most; select all that match, or narrow the filter.`);
      return;
    }
    const start = samples.rowAt(from);
    void samples.between(first, last).then((rows) => {
      setSelection((now) => ranged(now, rows.map((one) => one.digest), start === undefined || holds(now, start.digest)));
    }).catch(() => setTold("The rows could not be read; try again."));
  };

  const changed = async (saved: BulkSaved) => {
    noteSaved(saved.saved);
    samples.reopen();
    await Promise.all(["fields", "sample", "activity_page"].map((key) => client.invalidateQueries({ queryKey: [key] })));
    void refresh();
  };
  const turning = useMutation({
    mutationFn: async (last: Done): Promise<Done> => {
      if (!last.undone) {
        const saved = await call("bulk_undo", { entry: entry.current, act: last.saved.act });
        return { ...last, seq: saved.saved.seq, undone: true };
      }
      const request = { ...last.request, entry: entry.current };
      const saved = await call("bulk_act", request);
      return { request, saved, seq: saved.saved.seq, undone: false };
    },
    onSuccess: async (next) => {
      entry.current = newEntryId();
      setDone(next);
      await changed({ ...next.saved, saved: { ...next.saved.saved, seq: next.seq } });
    },
  });
  const turn = (undone: boolean) => {
    if (done?.undone === undone && !turning.isPending) turning.mutate(done);
  };

  const why = problem(selection, find);
  const nothing = isNothing(selection);
  const bulk: Bulk = {
    words: nothing ? null : selectionWords(selection, samples.count), problem: why, person, told, done, turning, dialog, tick,
    begin: (kind) => setDialog({ kind, selection: bulkSelection(selection, at, filter) }),
    close: () => setDialog(null),
    finish: (request, saved) => {
      setDialog(null);
      setSelection(NOTHING);
      turning.reset();
      setDone({ request, saved, seq: saved.saved.seq, undone: false });
      void changed(saved);
    },
    undo: () => turn(false),
    redo: () => turn(true),
    clear: () => setSelection(NOTHING),
    queue: () => {
      const hands = keepHands(handsOf(selection));
      go("queue", { filter, ...(hands ? { hands } : {}) });
    },
    holds: (row) => holds(selection, row.digest),
  };

  const noRow = chosen === null || samples.rowAt(chosen) === undefined ? "no row is chosen" : undefined;
  useCommands({
    "samples.select": { run: () => tick(chosen!, false), unavailable: noRow },
    "samples.range": { run: () => tick(chosen!, true), unavailable: noRow },
    "samples.all": { run: () => { setTold(null); setSelection(EVERYTHING); }, unavailable: samples.count === 0 ? "no sample matches" : problem(EVERYTHING, find) },
    "samples.none": { run: bulk.clear, unavailable: nothing ? "nothing is selected" : undefined },
    ...Object.fromEntries(ACTS.map((act) => [act.command, { run: () => bulk.begin(act.kind), unavailable: whyNot(act.kind, person) ?? why }])),
    "samples.bulk.undo": { run: bulk.undo, unavailable: done && !done.undone ? undefined : "nothing was done in bulk since this view was opened" },
    "samples.bulk.redo": { run: bulk.redo, unavailable: done?.undone ? undefined : "nothing was taken back" },
  });
  return bulk;
}
