/// Results: what models made of the samples, by origin and rarity, with the model-level signs of collapse beside the data-level ones.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Segmented } from "@/components/segmented";
import { Select } from "@/components/select";
import { Empty, Faulted, Loading } from "@/components/states";
import { call, type Picked, type ResultsView } from "@/ipc";
import { runCommand, useCommands } from "@/lib/commands";
import { counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { report as trouble } from "@/lib/trouble";
import { Bring, pickResults } from "./bring";
import { Course } from "./course";
import { DataSigns } from "./data_signs";
import { Dots } from "./dots";
import { type FigureKind, KINDS, kindsIn, namesOf } from "./figure_of";
import { GroupsTable } from "./groups_table";
import { ModelSigns } from "./model_signs";
import { Reliability } from "./reliability";
import css from "./results.module.css";
import { Runs } from "./runs";

export function View() {
  const at = useSnapshot();
  const { place, keep } = useNavigation();
  const [picked, setPicked] = useState<Picked | null>(null);
  const runs = namesOf(place.state.runs);
  const slices = namesOf(place.state.slices);
  const dimension = place.state.dimension ?? null;
  const view = useQuery({
    queryKey: ["results", at?.dataset, at?.snapshot, runs, dimension, slices],
    queryFn: () => call("results_report", { dataset: at!.dataset, snapshot: at!.snapshot, runs, dimension, slices }),
    enabled: at !== null, placeholderData: keepPreviousData, retry: false,
  });
  const bring = () => void pickResults().then((file) => file && setPicked(file)).catch(trouble("Choosing a file of results"));
  // What was asked for may be what is wrong: a slice, a dimension, a run that is gone.
  const retry = () => {
    keep({ runs: undefined, slices: undefined, dimension: undefined });
    void view.refetch();
  };
  useCommands({ "results.bring": { run: bring, unavailable: at ? undefined : "nothing is indexed yet" } });
  if (!at) return <Empty view="Results" title="Nothing indexed yet" action={<Button onPress={() => runCommand("data.folder")}>Choose a folder…</Button>}>Results of a model are joined to the samples of a dataset, so that comes first.</Empty>;
  const known = view.data?.runs.length ?? 0;
  return (
    <div className={`view ${css.view}`}>
      <Head view={view.data} again={view.isFetching && view.data !== undefined} onBring={bring} />
      {view.isError ? <Faulted doing="Joining the results" cause={view.error} safe="Results and samples are as they were." onRetry={retry} />
        : !view.data ? <Loading what="Joining the results to their samples. Many take some seconds…" />
        : known === 0 ? <Nothing onBring={bring} />
        : <Content view={view.data} slices={slices} />}
      <Bring picked={picked} onClose={() => setPicked(null)} onKept={() => { setPicked(null); keep({ runs: undefined }); }} />
    </div>
  );
}

function figureOf(view: ResultsView | undefined, wanted: string | undefined): { kind: FigureKind; kinds: FigureKind[] } {
  const kinds = kindsIn(view?.report.runs.flatMap((run) => run.groups) ?? []);
  return { kind: kinds.find((kind) => kind === wanted) ?? kinds[0] ?? "loss", kinds };
}

function Head({ view, again, onBring }: { view: ResultsView | undefined; again: boolean; onBring(): void }) {
  const { place, keep } = useNavigation();
  const { kind, kinds } = figureOf(view, place.state.figure);
  const some = view !== undefined && view.runs.length > 0;
  return (
    <header className={css.head}>
      <h1>Results</h1>
      {some && <p className="small t2">{counted(view.report.runs.length, "run")} on snapshot {view.report.snapshot}, {counted(view.report.texts, "text")}{again && ". Joining again…"}</p>}
      <span className="gap" />
      {some && kinds.length > 1 && <Segmented label="Figure" value={kind} options={kinds.map((one) => ({ value: one, label: KINDS[one].label }))} onChange={(next) => keep({ figure: next })} />}
      {some && view.dimensions.length > 1 && <Select label="Rarity by" unlabelled className={css.dimension} value={view.report.bands.dimension} options={view.dimensions.map((name) => ({ value: name, label: `Rarity by ${name}` }))} onChange={(name) => keep({ dimension: name })} />}
      {some && <Button keys="B" onPress={onBring}>Bring results…</Button>}
    </header>
  );
}

function Content({ view, slices }: { view: ResultsView; slices: readonly string[] }) {
  const { place, keep } = useNavigation();
  const { report } = view;
  const { kind } = figureOf(view, place.state.figure);
  const tail = report.bands.bands.find((row) => row.band === "tail");
  return (
    <div className={css.body}>
      <div className={css.left}>
        <div className={css.region}><Dots title="By origin" by="origin" runs={report.runs} kind={kind} none="No sample of a known or unknown origin has this figure." /></div>
        <div className={css.region} title={report.bands.definition}>
          <Dots title="By tail band" gloss={`by ${report.bands.dimension}${tail?.classes ? `: ${counted(tail.classes, "class", "classes")} in the tail` : ""}`} by="band" runs={report.runs} kind={kind} none={`No sample with a result has a class of ${report.bands.dimension}.`} />
        </div>
        <div className={css.region}><Course runs={report.runs} kind={kind} /></div>
        <div className={css.region}><GroupsTable runs={report.runs} slices={slices} onSlice={(next) => keep({ slices: next.length > 0 ? JSON.stringify(next) : undefined })} /></div>
      </div>
      <div className={css.right}>
        <div className={css.region}><h2 className={css.signsTitle}>Signs of collapse</h2><ModelSigns differences={report.differences} /></div>
        <div className={css.region}><DataSigns /></div>
        <div className={css.region}><Reliability runs={report.runs} /></div>
        <div className={css.region}><Runs view={view} /></div>
        <div className={css.region}><p className="small t2">{report.method.statement} {report.bands.definition}{report.contradictory > 0 && ` ${counted(report.contradictory, "text")} under contradictory origins count as unknown.`}</p></div>
      </div>
    </div>
  );
}

const EXAMPLE = `{"id": "case-0017", "loss": 2.314, "correct": true, "confidence": 0.81}
{"id": "case-0018", "loss": 3.902, "correct": false, "confidence": 0.77}`;

/** What to bring, and how the file looks. */
function Nothing({ onBring }: { onBring(): void }) {
  return (
    <div className={css.none}>
      <div>
        <h2>No results yet</h2>
        <p className="t2">When a model has read this dataset, or answered it, bring what it made of each sample. Losses and answers then stand by origin and by rarity, run by run: whether the tail is being lost, whether machine text has become easier than human text, and whether the model still knows how sure it is.</p>
        <h3>How the file looks</h3>
        <pre className={css.example}>{EXAMPLE}</pre>
        <p className="small t2">One row a sample, as JSON Lines, CSV, Parquet or Arrow. <code>id</code>, or <code>sample</code> with its digest; any of <code>loss</code> in nats a token, <code>perplexity</code>, <code>tokens</code>, <code>correct</code> and <code>confidence</code>. One run for each model or checkpoint.</p>
        <Button kind="ink" keys="B" onPress={onBring}>Choose a file…</Button>
      </div>
    </div>
  );
}
