/// Is each value of a field drawn from by itself, how is the size shared out, and what would each alone support?
import { useQuery } from "@tanstack/react-query";
import { Visible } from "@/components/reading";
import { Segmented } from "@/components/segmented";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import { call, type FieldInfo, type StratumRow } from "@/ipc";
import { both, equals } from "@/lib/expression";
import { count, counted, languageName, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { boundWords } from "./claim";
import { ALLOCATIONS, type Allocation, type QueueForm } from "./form";
import { STRATA_NEED_RANDOM } from "./problems";
import css from "./queue.module.css";
import { Row } from "./row";

const NONE = "\u0000none";
/** Texts that a filter may name and no draw is grouped by. */
const GROUPS_NOTHING = new Set(["verdict", "gold", "dataset", "snapshot", "path", "filename", "id", "digest", "conflict", "decided_by", "redundant", "judged_origin", "part_origin", "text_origin", "evaluated", "mismatch", "flag", "also_in", "added_since", "left_out_of", "relabelled", "relabelled_since", "contradictory", "rarity_band", "class_seen", "evidence_file", "disputed", "queue", "topic"]);

/** Fields whose values may be drawn from by themselves: those of the data that say a text. */
export function groupingFields(fields: readonly FieldInfo[]): string[] {
  return fields.filter((field) => field.kind === "text" && !GROUPS_NOTHING.has(field.name)).map((field) => field.name);
}

export interface StrataFieldProps {
  at: { dataset: string; snapshot: number };
  form: Pick<QueueForm, "order" | "strataBy" | "allocation">;
  onChange(change: Partial<QueueForm>): void;
  strata: readonly StratumRow[];
  /** The filter of the slice that is drawn from. */
  filter: string;
}

export function StrataField({ at, form, onChange, strata, filter }: StrataFieldProps) {
  const { data: fields = [] } = useQuery({ queryKey: ["fields", at], queryFn: () => call("fields", at) });
  if (form.order !== "random") return <Row label="Strata"><p className={css.fixed}><span className="t2">None: {STRATA_NEED_RANDOM}.</span></p></Row>;
  const by = form.strataBy;
  const names = groupingFields(fields);
  const offered = by === null || names.includes(by) ? names : [...names, by];
  return (
    <Row label="Strata">
      <div className={css.inline}>
        <Select
          unlabelled label="Strata by" className={css.short} value={by ?? NONE} onChange={(next) => onChange({ strataBy: next === NONE ? null : next })}
          options={[{ value: NONE, label: "none" }, ...offered.map((name) => ({ value: name, label: words(name) }))]}
        />
        {by !== null && <Segmented label="How the size is shared out" value={form.allocation} onChange={(allocation: Allocation) => onChange({ allocation })} options={ALLOCATIONS} />}
      </div>
      <p className={css.note}>{by === null ? "Drawn from the slice as a whole." : ALLOCATIONS.find((one) => one.value === form.allocation)?.means}</p>
      {by !== null && strata.length > 0 && <Strata by={by} strata={strata} filter={filter} />}
    </Row>
  );
}

function Strata({ by, strata, filter }: { by: string; strata: readonly StratumRow[]; filter: string }) {
  const { go } = useNavigation();
  const name = (value: string) => (value === "" ? "says nothing" : by === "language" ? languageName(value) : words(value));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.strata} tabIndex={0} role="region" aria-label="Strata">
      <table>
        <thead><tr><th scope="col"><Visible text={words(by)} /></th><th scope="col" className="num">in the slice</th><th scope="col" className="num">drawn</th><th scope="col" className="num">alone it supports</th></tr></thead>
        <tbody>
          {strata.map((row) => (
            <tr key={row.value}>
              <th scope="row">{row.value === "" ? <span className="t2">{name("")}</span> : <Verbatim>{name(row.value)}</Verbatim>}</th>
              <td className="num">{row.population === 0 ? count(0) : <button type="button" className="link" aria-label={`${words(by)} ${name(row.value)}: ${counted(row.population, "sample")} in the slice, open them`} onClick={() => go("samples", { filter: both(filter, equals(by, row.value)) })}>{count(row.population)}</button>}</td>
              <td className="num strong">{count(row.drawn)}</td>
              <td className="num t2">{row.supports_below >= 1 ? "nothing" : `fewer than ${boundWords(row.supports_below, 1)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
