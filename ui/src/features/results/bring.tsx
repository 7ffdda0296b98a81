/// Bringing results: a file is picked, shown as it was understood, named, and only then kept.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { Icon } from "@/components/icon";
import { Select } from "@/components/select";
import { faultPlace } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type Picked, type ResultsFile, type ResultsFileRequest } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted } from "@/lib/format";
import { useSession, useSnapshot } from "@/lib/session";
import css from "./results.module.css";

/** A run's name from a file's: `gen3.results.jsonl` is `gen3`. */
export function runFrom(file: string): string {
  return file.split(".")[0]?.trim() || file;
}

/** `loss=nll, id=doc_id` as the engine takes them. */
export function columnPairs(text: string): string[] {
  return text.split(/[,\n]/).map((pair) => pair.trim()).filter(Boolean);
}

export async function pickResults(): Promise<Picked | null> {
  const files = await call("pick_files", { title: "Choose a file of results", purpose: "results_file" });
  return files?.[0] ?? null;
}

export function Bring({ picked, onClose, onKept }: { picked: Picked | null; onClose(): void; onKept(run: string): void }) {
  return <Dialog title={picked ? `Results from ${picked.label}` : "Results"} open={picked !== null} onClose={onClose} wide>{picked && <Form key={picked.handle} picked={picked} onClose={onClose} onKept={onKept} />}</Dialog>;
}

function Form({ picked, onClose, onKept }: { picked: Picked; onClose(): void; onKept(run: string): void }) {
  const at = useSnapshot();
  const { workspace } = useSession();
  const client = useQueryClient();
  const [run, setRun] = useState(runFrom(picked.label));
  const [model, setModel] = useState("");
  const [checkpoint, setCheckpoint] = useState("");
  const [trained, setTrained] = useState("");
  const [names, setNames] = useState("");
  const [columns, setColumns] = useState<string[]>([]);
  const [dataset, setDataset] = useState(at ? `${at.dataset}@${at.snapshot}` : "");
  const request: ResultsFileRequest = { handle: picked.handle, run: run.trim(), model, checkpoint, trained_on: trained, dataset: dataset || null, columns };
  const preview = useQuery({ queryKey: ["results_preview", picked.handle, columns, dataset], queryFn: () => call("results_preview", { ...request, run: "" }), retry: false });
  const keeping = useMutation({
    mutationFn: () => call("results_add", request),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["results"] });
      await client.invalidateQueries({ queryKey: ["fields"] });
      onKept(run.trim());
    },
  });
  const fault = preview.isError ? asFault(preview.error, "Reading the file") : keeping.isError ? asFault(keeping.error, "Keeping the results") : null;
  const unavailable = keeping.isPending ? "being kept" : !preview.data ? "the file is not understood yet" : run.trim() === "" ? "needs a name for the run" : undefined;
  const options = (workspace?.datasets ?? []).flatMap((one) => one.snapshots.toReversed().map((snapshot) => ({ value: `${one.name}@${snapshot.number}`, label: `${one.name}, snapshot ${snapshot.number}` })));
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (!unavailable) keeping.mutate(); }}>
      {preview.isPending ? <p className="t2" role="status">Reading the file and looking its samples up…</p> : preview.data && <Understood file={preview.data} />}
      {fault && <p role="alert" className={css.wrong}><Icon name="cross" /><span>{preview.isError ? "Not understood. " : "Not kept. "}{faultPlace(fault) && <Verbatim>{faultPlace(fault)}: </Verbatim>}{faultWords(fault)}</span></p>}
      <div className={css.form}>
        <Field label="Run" hint="What this evaluation is called." value={run} onChange={setRun} autoFocus />
        <Field label="Model" value={model} onChange={setModel} placeholder="tiny-gpt" />
        <Field label="Checkpoint or step" value={checkpoint} onChange={setCheckpoint} placeholder="3000" />
        <Field label="Trained on" value={trained} onChange={setTrained} placeholder="human, machine, mixed, or a share" />
        {options.length > 0 && <Select label="Look ids up in" value={dataset} options={options} onChange={setDataset} />}
        <Field label="Columns under other names" hint="Such as loss=nll, id=doc_id." value={names} onChange={setNames} onSubmit={() => setColumns(columnPairs(names))} code />
      </div>
      <div className={css.foot}>
        <Button unavailable={names.trim() === columns.join(", ") ? "the names are as they were" : undefined} onPress={() => setColumns(columnPairs(names))}>Read again</Button>
        <span className="gap" />
        <Button onPress={onClose}>Cancel</Button>
        <Button type="submit" kind="ink" unavailable={unavailable}>Keep the results</Button>
      </div>
    </form>
  );
}

function Understood({ file }: { file: ResultsFile }) {
  const named = file.columns.map((column) => (column.column === column.field ? column.column : `${column.column} from ${column.field}`)).join(", ");
  return (
    <section aria-label="What was understood" className={css.understood}>
      <dl className={css.facts}>
        <div><dt>Read as</dt><dd>{file.format}, {counted(file.rows, "row")}</dd></div>
        <div><dt>Columns</dt><dd><Verbatim>{named}</Verbatim></dd></div>
        {file.ignored.length > 0 && <div><dt>Not read</dt><dd className="t2"><Verbatim>{file.ignored.join(", ")}</Verbatim></dd></div>}
        <div><dt>Samples found</dt><dd><b>{count(file.matched)}</b>{file.looked_up_in && <span className="t2"> by id in <Verbatim>{file.looked_up_in}</Verbatim></span>}{file.copies > 0 && <span className="t2">; {count(file.copies)} more are copies of a text that has a result</span>}</dd></div>
        <div><dt>Not found</dt><dd>{count(file.unknown)}{file.kept_unknown > 0 && <span className="t2">, {count(file.kept_unknown)} kept by digest for a later snapshot</span>}{file.unknown_keys.length > 0 && <span className="t2">: <Verbatim>{file.unknown_keys.slice(0, 5).join(", ")}</Verbatim>{file.unknown > 5 && ` and ${count(file.unknown - 5)} more`}</span>}</dd></div>
      </dl>
      {file.known && <p className="small t2">The run has this very file already; keeping it again changes nothing.</p>}
      <p className="small t2">Assay keeps the results with the file’s name and digest, not the file.</p>
    </section>
  );
}
