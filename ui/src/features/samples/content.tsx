/// The screen of samples: head, filter, result line, grid and detail, and the commands on them.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "@/components/button";
import { OriginBar } from "@/components/origin_bar";
import { OriginLabel } from "@/components/origin_glyph";
import { Empty, Faulted } from "@/components/states";
import { VirtualGrid } from "@/components/virtual_grid";
import { asFault } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted, percent, short } from "@/lib/format";
import { byOrigin, ORIGINS, sum } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { useNote } from "@/lib/status_note";
import { BulkBar } from "./bulk_bar";
import { BulkDialog } from "./bulk_dialog";
import { ColumnChoice, chosenColumns } from "./column_choice";
import { columnsOf, OPTIONAL } from "./columns";
import { Detail } from "./detail";
import { FilterBar } from "./filter_bar";
import { Find } from "./find";
import { GoToRow } from "./go_to_row";
import css from "./samples.module.css";
import { useBulk } from "./use_bulk";
import { type Samples, useSamples } from "./use_samples";

/** Faults of the expression itself: the bar says them, the grid keeps what it had. */
const OF_FILTER = new Set(["invalid_expression", "unknown_field", "usage"]);

function Result({ samples }: { samples: Samples }) {
  const { summary } = samples;
  if (samples.state === "opening" && samples.count === 0) return <div className={css.result} role="status">Looking for them… another filter stops it.</div>;
  const values = byOrigin(summary?.by_origin ?? []);
  const total = sum(values);
  return (
    <div className={css.result} role="status">
      <span><b>{summary ? count(summary.samples) : samples.count >= 200 ? `${count(samples.count)} or more` : count(samples.count)}</b> {summary?.samples === 1 ? "sample" : "samples"}{summary && `, ${short(summary.tokens)} tokens`}</span>
      {summary && total > 0 && (
        <>
          <span className={css.bar}><OriginBar values={values} label="Origin of these samples" /></span>
          {ORIGINS.map((origin) => values[origin] > 0 && <span key={origin} className={css.share}><OriginLabel origin={origin}>{percent(values[origin] / total, 0)}</OriginLabel><span className="unseen">{origin}</span></span>)}
        </>
      )}
    </div>
  );
}

export function Content({ at }: { at: { dataset: string; snapshot: number } }) {
  const { place, keep, go } = useNavigation();
  const filter = place.state.filter ?? "";
  const find = place.state.find ?? "";
  const samples = useSamples({ ...at, filter, find });
  const [selected, setSelected] = useState<number | null>(place.state.row === undefined ? null : Number(place.state.row));
  const [rowDialog, setRowDialog] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const { settings, setSetting } = useSession();
  const chosen = chosenColumns(settings.samples_columns);
  const columns = useMemo(() => columnsOf(chosenColumns(settings.samples_columns)), [settings.samples_columns]);
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const history = useRef<{ undo: string[]; redo: string[] }>({ undo: [], redo: [] });
  const findInput = useRef<HTMLInputElement>(null);
  const [sample, setSample] = useState<number | null>(place.state.sample === undefined ? null : Number(place.state.sample));

  const choose = useCallback((index: number | null) => {
    setSelected(index);
    const row = index === null ? undefined : samples.rowAt(index);
    if (index === null || row) setSample(row?.sample ?? null);
    keep({ row: index === null ? undefined : String(index), sample: row ? String(row.sample) : undefined });
  }, [samples.rowAt, keep]);

  // A row that was chosen before its page came is opened when it comes.
  const arrived = selected === null ? undefined : samples.rowAt(selected)?.sample;
  useEffect(() => {
    if (arrived !== undefined && samples.state === "open") setSample(arrived);
  }, [arrived, samples.state]);

  const setFilter = (next: string, remember = true) => {
    if (next === filter) return;
    if (remember) history.current = { undo: [...history.current.undo, filter].slice(-50), redo: [] };
    setSelected(null);
    setSample(null);
    keep({ filter: next || undefined, row: undefined, sample: undefined });
  };
  const step = (from: "undo" | "redo", to: "undo" | "redo") => {
    const next = history.current[from].pop();
    if (next === undefined) return;
    history.current[to].push(filter);
    setFilter(next, false);
  };

  const bulk = useBulk({ at, filter, find, samples, chosen: selected });
  const last = samples.count - 1;
  const nothing = samples.count === 0 ? "no sample matches" : undefined;
  useCommands({
    "samples.next": { run: () => choose(Math.min(last, (selected ?? -1) + 1)), unavailable: nothing },
    "samples.previous": { run: () => choose(Math.max(0, (selected ?? 1) - 1)), unavailable: nothing },
    "samples.row": { run: () => setRowDialog(true), unavailable: nothing },
    "samples.find": { run: () => findInput.current?.focus() },
    "samples.columns": { run: () => setChoosing(true) },
    "samples.detail": { run: () => choose(null), unavailable: selected === null ? "no sample is open" : undefined },
    "samples.clear": { run: () => setFilter(""), unavailable: filter ? undefined : "there is no filter" },
    "samples.undo": { run: () => step("undo", "redo"), unavailable: history.current.undo.length ? undefined : "the filter was not changed" },
    "samples.redo": { run: () => step("redo", "undo"), unavailable: history.current.redo.length ? undefined : "nothing was undone" },
    "samples.queue": bulk.words === null ? { run: () => go("queue", { filter }), unavailable: nothing ?? (find ? "a queue is drawn from a filter, not from found words" : undefined) } : { run: bulk.queue, unavailable: bulk.problem },
  });

  const fault = samples.state === "failed" ? asFault(samples.cause, "Opening the samples") : null;
  const ofFilter = fault !== null && OF_FILTER.has(fault.code) ? fault : null;
  useNote(samples.elapsed_ms !== null && samples.count > 0 ? `Row ${count(range[0] + 1)} to ${count(range[1] + 1)}, ${Math.round(samples.elapsed_ms)} ms` : null);
  const window = useCallback((first: number, end: number) => setRange([first, end]), []);

  return (
    <div className={sample === null ? `view ${css.view}` : `view ${css.view} ${css.open}`}>
      <div className={css.head}>
        <h1>Samples</h1>
        <span className="gap" />
        <Find value={find} input={findInput} onChange={(next) => { setSelected(null); setSample(null); keep({ find: next || undefined, row: undefined, sample: undefined }); }} />
        <ColumnChoice chosen={chosen} open={choosing} onOpen={setChoosing} onChoose={(next) => setSetting("samples_columns", next.join(" "))} />
        <Button onPress={() => go("queue", { filter })} unavailable={nothing ?? (find ? "a queue is drawn from a filter, not from found words" : undefined)}>Make a queue from these</Button>
      </div>
      <FilterBar at={at} filter={filter} fault={ofFilter} onFilter={setFilter} />
      <div className={css.grid} data-hide={OPTIONAL.map((each) => each.id).filter((id) => !chosen.includes(id)).join(" ")}>
        {fault && !ofFilter ? <Faulted doing="Opening the samples" cause={samples.cause} safe="The ledger and the source files are not affected." onRetry={samples.reopen} /> : (
          <>
            <Result samples={samples} />
            <BulkBar bulk={bulk} />
            {samples.count === 0 && samples.state === "open" ? (
              <Empty title="No sample matches" action={filter || find ? <Button onPress={() => { setFilter(""); keep({ filter: undefined, find: undefined }); }}>Show all samples</Button> : undefined}>
                {filter || find ? "Take a condition away, or change its value." : "This snapshot holds no samples."}
              </Empty>
            ) : (
              <VirtualGrid label={`Samples, ${counted(samples.count, "row")}`} className={samples.count >= 100_000 ? `${css.columns} ${css.long}` : css.columns!} columns={columns} count={samples.count} rowAt={samples.rowAt} onPages={samples.fetch} selected={selected} onSelect={choose} onWindow={window} ticks={{ holds: bulk.holds, onTick: bulk.tick }} />
            )}
          </>
        )}
      </div>
      {sample !== null && <Detail sample={sample} row={selected} onClose={() => choose(null)} onFilter={setFilter} onOpen={(other) => { setSelected(null); setSample(other); keep({ row: undefined, sample: String(other) }); }} />}
      {bulk.dialog && <BulkDialog kind={bulk.dialog.kind} selection={bulk.dialog.selection} onClose={bulk.close} onDone={bulk.finish} />}
      {rowDialog && <GoToRow count={samples.count} onClose={() => setRowDialog(false)} onGo={choose} />}
    </div>
  );
}
