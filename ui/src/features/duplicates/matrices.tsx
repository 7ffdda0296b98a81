/// Who copies whom: verified pairs by origin, by source, or by dataset; each cell opens its pairs.
import { Charted } from "@/components/charted";
import { Visible } from "@/components/reading";
import { Segmented } from "@/components/segmented";
import { Empty } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type AcrossTable, type Duplication, type Origin, type SourcePairs } from "@/ipc";
import { count, percent } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import { usePlaceState } from "@/lib/place";
import { useSession } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./duplicates.module.css";
import { greyStep, pairsOf } from "./grey";
import type { PairQuery } from "./pair_query";

const BY = [{ value: "origin", label: "Origin" }, { value: "source", label: "Source" }, { value: "dataset", label: "Dataset" }] as const;
type By = (typeof BY)[number]["value"];
/** Sources drawn in the matrix; the table twin lists all that the report holds. */
const SOURCES_DRAWN = 6;

export interface MatricesProps {
  duplication: Duplication;
  onOpen(query: PairQuery): void;
}

export function Matrices({ duplication, onOpen }: MatricesProps) {
  const [chosen, choose] = usePlaceState("by");
  const by: By = BY.some((each) => each.value === chosen) ? (chosen as By) : "origin";
  const controls = <Segmented label="Matrix of" size="small" value={by} options={BY} onChange={(next) => choose(next === "origin" ? undefined : next)} />;
  if (by === "source") return <BySource pairs={duplication.by_source} onOpen={onOpen} controls={controls} />;
  if (by === "dataset") return <ByDataset onOpen={onOpen} controls={controls} />;
  const found = ORIGINS.flatMap((a) => ORIGINS.map((b) => pairsOf(duplication.by_origin, a, b)));
  return (
    <Charted
      title="Pairs by" controls={controls}
      columns={[{ head: "origin" }, { head: "origin of the copy" }, { head: "pairs", numeric: true }]}
      rows={ORIGINS.flatMap((a, row) => ORIGINS.slice(row).map((b) => [a, b, pairsOf(duplication.by_origin, a, b)]))}
    >
      <Triangle<Origin>
        caption="Verified pairs by the origins of both samples" names={ORIGINS} word={(origin) => origin} value={(a, b) => pairsOf(duplication.by_origin, a, b)} all={found}
        onOpen={(a, b) => onOpen({ accepted: true, origins: [a, b] })}
      />
    </Charted>
  );
}

function BySource({ pairs, onOpen, controls }: { pairs: readonly SourcePairs[]; onOpen(query: PairQuery): void; controls: React.ReactNode }) {
  const value = (a: string, b: string) => pairs.filter((each) => (each.a === a && each.b === b) || (each.a === b && each.b === a)).reduce((sum, each) => sum + each.pairs, 0);
  const names = [...new Set(pairs.flatMap((each) => [each.a, each.b]))].slice(0, SOURCES_DRAWN);
  const all = new Set(pairs.flatMap((each) => [each.a, each.b])).size;
  return (
    <Charted
      title="Pairs by" controls={controls}
      columns={[{ head: "source" }, { head: "source of the copy" }, { head: "pairs", numeric: true }]}
      rows={pairs.map((each) => [each.a || "no source", each.b || "no source", each.pairs])}
    >
      {names.length === 0 ? <p className="small t2">No verified pair.</p> : (
        <Triangle<string>
          caption="Verified pairs by the sources of both samples" names={names} word={(source) => source || "no source"} value={value} all={pairs.map((each) => each.pairs)}
          onOpen={(a, b) => onOpen({ accepted: true, sources: [a, b] })}
        />
      )}
      {all > names.length && <p className="small t2">The {names.length} sources with the most pairs; all are in the table.</p>}
    </Charted>
  );
}

interface TriangleProps<Name extends string> {
  caption: string;
  names: readonly Name[];
  word(name: Name): string;
  value(a: Name, b: Name): number;
  all: readonly number[];
  onOpen(a: Name, b: Name): void;
}

/** The upper half of a symmetric matrix. */
function Triangle<Name extends string>({ caption, names, word, value, all, onOpen }: TriangleProps<Name>) {
  const some = all.filter((each) => each > 0);
  const [smallest, largest] = [Math.min(...some), Math.max(...some)];
  return (
    <div className={css.sideways}>
      <table className={css.matrix}>
        <caption className="unseen">{caption}</caption>
        <thead><tr><th scope="col"><span className="unseen">from</span></th>{names.map((name) => <th key={name} scope="col" className="num" title={word(name)}><Verbatim>{word(name)}</Verbatim></th>)}</tr></thead>
        <tbody>
          {names.map((a, row) => (
            <tr key={a}>
              <th scope="row" title={word(a)}><Verbatim>{word(a)}</Verbatim></th>
              {names.map((b, column) => {
                if (column < row) return <td key={b}><span className="unseen">see <Visible text={`${word(b)}, ${word(a)}`} /></span></td>;
                return <Cell key={b} pairs={value(a, b)} step={greyStep(value(a, b), smallest, largest)} label={`${word(a)} and ${word(b)}`} onOpen={() => onOpen(a, b)} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ pairs, step, label, onOpen, children }: { pairs: number; step: number; label: string; onOpen(): void; children?: React.ReactNode }) {
  return (
    <td className={css.pair} data-step={step}>
      {pairs === 0 ? <span className="t3">none</span> : <button type="button" onClick={onOpen} aria-label={`${count(pairs)} pairs, ${label}: open them`}>{children ?? count(pairs)}</button>}
    </td>
  );
}

function ByDataset({ onOpen, controls }: { onOpen(query: PairQuery): void; controls: React.ReactNode }) {
  const { workspace } = useSession();
  const enough = (workspace?.datasets.length ?? 0) > 1;
  const table = useAnswer({ key: ["across_matrix"], ask: () => call("across_matrix", { names: [] }), enabled: enough });
  const cells = table.answer?.cells ?? [];
  return (
    <Charted
      title="Pairs by" controls={controls}
      columns={[{ head: "dataset" }, { head: "also in" }, { head: "samples", numeric: true }, { head: "share", numeric: true, format: percent }, { head: "exact", numeric: true }, { head: "normalised", numeric: true }, { head: "near", numeric: true }]}
      rows={cells.map((cell) => [cell.a, cell.b, cell.samples, cell.share, cell.exact, cell.normalised, cell.near])}
    >
      {!enough ? <Empty title="One dataset only">Index another dataset to see what the two have in common.</Empty>
        : table.answer ? <Square table={table.answer} onOpen={onOpen} /> : <Working of={table} what="Comparing every two datasets…" doing="Comparing the datasets" />}
    </Charted>
  );
}

/** Rows are samples of one dataset that have a partner in the column's. */
function Square({ table, onOpen }: { table: AcrossTable; onOpen(query: PairQuery): void }) {
  const some = table.cells.map((cell) => cell.samples).filter((each) => each > 0);
  const [smallest, largest] = [Math.min(...some), Math.max(...some)];
  return (
    <>
      <div className={css.sideways}>
        <table className={css.matrix}>
          <caption className="unseen">Samples of the row’s dataset with a duplicate in the column’s</caption>
          <thead><tr><th scope="col"><span className="unseen">of</span></th>{table.sides.map((side) => <th key={side.name} scope="col" className="num" title={side.dataset}><Verbatim>{side.dataset}</Verbatim></th>)}</tr></thead>
          <tbody>
            {table.sides.map((a) => (
              <tr key={a.name}>
                <th scope="row" title={a.dataset}><Verbatim>{a.dataset}</Verbatim></th>
                {table.sides.map((b) => {
                  const cell = table.cells.find((each) => each.a === a.name && each.b === b.name);
                  if (!cell) return <td key={b.name} className={css.same}><span className="unseen">itself</span></td>;
                  return (
                    <Cell key={b.name} pairs={cell.exact + cell.normalised + cell.near} step={greyStep(cell.samples, smallest, largest)} label={`${a.dataset} in ${b.dataset}, ${count(cell.samples)} samples`} onOpen={() => onOpen({ across: [a.name, b.name] })}>
                      {count(cell.samples)} <span className="t2">{percent(cell.share)}</span>
                    </Cell>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small t2">Samples of the row’s dataset with an exact, normalised or near duplicate (Jaccard {table.threshold} or above, verified) in the column’s.{table.crowded > 0 && ` ${count(table.crowded)} texts have more than 1,000 partners, not all listed.`}</p>
    </>
  );
}
