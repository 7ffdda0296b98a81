/// Every group of a run that is no chart: domains, languages, and the slices that were asked for.
import { useState } from "react";
import { Button } from "@/components/button";
import { Charted } from "@/components/charted";
import { Field } from "@/components/field";
import { Segmented } from "@/components/segmented";
import { Verbatim } from "@/components/verbatim";
import type { GroupFigures, RunFigures } from "@/ipc";
import { count } from "@/lib/format";
import { usePlaceState } from "@/lib/place";
import { groupWords, KINDS, kindsIn } from "./figure_of";
import { useOpenGroup } from "./open_group";
import css from "./results.module.css";

const BY = [{ value: "domain", label: "Domains" }, { value: "language", label: "Languages" }, { value: "slice", label: "Slices" }] as const;
type By = (typeof BY)[number]["value"];

export function GroupsTable({ runs, slices, onSlice }: { runs: readonly RunFigures[]; slices: readonly string[]; onSlice(slices: string[]): void }) {
  const [state, keep] = usePlaceState("groups");
  const [text, setText] = useState("");
  const open = useOpenGroup();
  const by: By = BY.find((one) => one.value === state)?.value ?? "domain";
  const rows = runs.flatMap((run) => run.groups.filter((group) => group.by === by && group.joined > 0).map((group) => ({ run: run.info.run, group })));
  const ordered = [...new Set(rows.map((row) => row.group.value))].flatMap((value) => rows.filter((row) => row.group.value === value));
  const kinds = kindsIn(ordered.map((row) => row.group));
  const cell = (group: GroupFigures, kind: (typeof kinds)[number]) => KINDS[kind].of(group)?.value ?? null;
  const add = () => {
    if (text.trim() === "") return;
    onSlice([...slices, text.trim()]);
    setText("");
  };
  return (
    <Charted
      title="By domain, language, slice" gloss="each number opens its samples"
      columns={[{ head: by }, { head: "run" }, { head: "texts with a result", numeric: true }, ...kinds.map((kind) => ({ head: KINDS[kind].label, numeric: true, format: KINDS[kind].words }))]}
      rows={ordered.map(({ run, group }) => [groupWords(by, group.value), run, group.joined, ...kinds.map((kind) => cell(group, kind))])}
      controls={<Segmented label="Groups" size="small" value={by} options={BY} onChange={keep} />}
    >
      {by === "slice" && (
        <div className={css.sliceForm}>
          <Field label="Slice, an expression" unlabelled value={text} onChange={setText} placeholder="domain = 'health' and tokens > 200" code onSubmit={add} />
          <Button onPress={add} unavailable={text.trim() === "" ? "write an expression" : undefined}>Add the slice</Button>
          {slices.length > 0 && <Button kind="plain" onPress={() => onSlice([])}>Clear</Button>}
        </div>
      )}
      {ordered.length === 0 ? <p className="small t2">{by === "slice" ? "No slice was asked for." : `No sample has a ${by}.`}</p> : (
        <table className={css.plain} aria-label={`Results by ${by}`}>
          <thead><tr><th scope="col">{by}</th><th scope="col">run</th><th scope="col" className="num">n</th>{kinds.map((kind) => <th key={kind} scope="col" className="num">{KINDS[kind].label.toLowerCase()}</th>)}</tr></thead>
          <tbody>
            {ordered.map(({ run, group }) => (
              <tr key={`${group.value}|${run}`}>
                <th scope="row"><Verbatim>{groupWords(by, group.value)}</Verbatim></th>
                <td><Verbatim>{run}</Verbatim></td>
                <td className="num"><button type="button" className="link" aria-label={`${count(group.joined)} texts of ${groupWords(by, group.value)} in ${run}: open the samples`} onClick={() => open(run, group.filter ?? "")}>{count(group.joined)}</button></td>
                {kinds.map((kind) => { const value = cell(group, kind); return <td key={kind} className="num">{value === null ? "–" : <button type="button" className="link" aria-label={`${KINDS[kind].label} of ${groupWords(by, group.value)} in ${run}, ${KINDS[kind].words(value)}: open the samples`} onClick={() => open(run, group.filter ?? "", kind)}>{KINDS[kind].words(value)}</button>}</td>; })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Charted>
  );
}
