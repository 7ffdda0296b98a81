/// The runs: what each is, how many of its results found their sample, and which are shown.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type ResultsView, type RunFigures, type RunInfo } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date } from "@/lib/format";
import { usePlaceState } from "@/lib/place";
import { namesOf } from "./figure_of";
import { useOpenGroup } from "./open_group";
import css from "./results.module.css";

export function runNote({ model, checkpoint, trained_on: trained }: RunInfo): string {
  return [model, checkpoint, trained && `trained on ${trained}`].filter(Boolean).join(", ");
}

export function Runs({ view }: { view: ResultsView }) {
  const [state, keep] = usePlaceState("runs");
  const here = view.report.runs;
  const shown = here.map((run) => run.info.run);
  const hidden = new Set(namesOf(state).length > 0 ? view.runs.map((run) => run.run).filter((name) => !shown.includes(name)) : []);
  const toggle = (name: string) => {
    const next = hidden.has(name) ? view.runs.map((run) => run.run).filter((each) => shown.includes(each) || each === name) : shown.filter((each) => each !== name);
    keep(next.length === view.runs.length || next.length === 0 ? undefined : JSON.stringify(next));
  };
  return (
    <section aria-label="Runs">
      <SectionHead title="Runs" gloss="in the order of comparison" />
      <ul className={css.runs}>
        {view.runs.map((info) => <RunRow key={info.run} info={info} figures={here.find((run) => run.info.run === info.run)} several={view.runs.length > 1} checked={!hidden.has(info.run) && shown.includes(info.run)} last={shown.length === 1} onToggle={() => toggle(info.run)} />)}
      </ul>
    </section>
  );
}

interface RunRowProps {
  info: RunInfo;
  figures: RunFigures | undefined;
  several: boolean;
  checked: boolean;
  last: boolean;
  onToggle(): void;
}

function RunRow({ info, figures, several, checked, last, onToggle }: RunRowProps) {
  const open = useOpenGroup();
  const [asking, setAsking] = useState(false);
  const note = runNote(info);
  const unknown = info.files.reduce((sum, file) => sum + file.unknown, 0);
  return (
    <li>
      <div className={css.runHeadRow}>
        {several ? <label className={css.check}><input type="checkbox" checked={checked} disabled={checked && last} onChange={onToggle} /><b><Verbatim>{info.run}</Verbatim></b></label> : <b><Verbatim>{info.run}</Verbatim></b>}
        <span className="gap" />
        <button type="button" className="link small t2" aria-label={`Remove ${info.run}…`} onClick={() => setAsking(!asking)}>remove…</button>
      </div>
      {note && <p className="small t2" dir="auto"><Visible text={note} /></p>}
      <p className="small t2">
        {figures ? <><button type="button" className="link" aria-label={`${counted(figures.joined, "text")} of ${info.run}: open the samples`} onClick={() => open(info.run, "")}>{counted(figures.joined, "text")}</button> joined{figures.unmatched > 0 && <>, <span title={unknownWords(info)}>{count(figures.unmatched)} without a sample here</span></>}</> : `${counted(info.results, "result")} kept`}
        {". "}Added {date(info.added)} from <Verbatim title={info.files.map((file) => file.digest).join("\n")}>{info.files.map((file) => file.name).join(", ")}</Verbatim>{unknown > 0 && !figures && `, ${count(unknown)} keys unknown`}.
      </p>
      {asking && <Removal info={info} onClose={() => setAsking(false)} />}
    </li>
  );
}

/** The first keys that named no sample. */
export function unknownWords({ files }: Pick<RunInfo, "files">): string {
  const keys = files.flatMap((file) => file.unknown_keys);
  return keys.length === 0 ? "not in this snapshot" : `${keys.slice(0, 5).join(", ")}${keys.length > 5 ? ` and ${count(keys.length - 5)} more` : ""}`;
}

function Removal({ info, onClose }: { info: RunInfo; onClose(): void }) {
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => call("results_remove", { run: info.run }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["results"] });
      await client.invalidateQueries({ queryKey: ["fields"] });
    },
  });
  return (
    <div className={css.removal} role="group" aria-label={`Remove ${info.run}`}>
      <p className="small">Its {counted(info.results, "result")} leave the workspace. The file they came from is not touched and can be brought again.</p>
      {removing.isError && <p role="alert" className={css.wrong}>Not removed: {faultWords(asFault(removing.error, "Removing the run"))}</p>}
      <div className={css.acts}><Button size="small" onPress={onClose}>Keep it</Button><Button size="small" kind="ink" unavailable={removing.isPending ? "being removed" : undefined} onPress={() => removing.mutate()}>Remove the run</Button></div>
    </div>
  );
}
