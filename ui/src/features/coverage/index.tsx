/// Coverage: how much of the tail is here, by class and by origin, against a reference, and what taking samples away costs.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { Empty, Faulted, Loading } from "@/components/states";
import { asFault, call, type Coverage, type Report, type References } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession, useSnapshot } from "@/lib/session";
import { isFound } from "@/lib/unit_classes";
import { afterOf, askedOf, heldThere, isStored, lostFilter, missingFilter, withoutOf } from "./asked";
import { Choices, FilterField } from "./choices";
import { Classes } from "./classes";
import type { ClassList, ClassRow } from "./class_lists";
import css from "./coverage.module.css";
import { Estimators } from "./estimators";
import { linesOf } from "./lines";
import { RankChart } from "./rank_chart";
import { RarefactionChart } from "./rarefaction_chart";
import { Retention } from "./retention";

const LISTS: readonly ClassList[] = ["missing", "smallest", "largest", "lost", "cells"];

export function View() {
  const snapshot = useSnapshot();
  const { go } = useNavigation();
  const overview = useQuery({ queryKey: ["overview", snapshot?.dataset, snapshot?.snapshot], queryFn: () => call("overview", { dataset: snapshot!.dataset, snapshot: snapshot!.snapshot }), enabled: snapshot !== null });
  const references = useQuery({ queryKey: ["references", snapshot?.dataset, snapshot?.snapshot], queryFn: () => call("references", { dataset: snapshot!.dataset, snapshot: snapshot!.snapshot }), enabled: snapshot !== null });
  if (!snapshot) return <Empty view="Coverage" title="Nothing indexed yet" action={<Button onPress={() => go("overview")}>Overview</Button>}>Coverage is measured when a dataset is indexed.</Empty>;
  if (overview.isError) return <Faulted view="Coverage" doing="Opening the coverage" cause={overview.error} onRetry={() => void overview.refetch()} />;
  if (!overview.data) return <Loading view="Coverage" what="Opening the coverage…" />;
  if (overview.data.report.coverage.length === 0) return <Empty view="Coverage" title="No class to count" action={<Button onPress={() => go("fields")}>Fields</Button>}>No text field is mapped as a dimension. Map one, such as intent or code, and index again.</Empty>;
  return <Measured report={overview.data.report} references={references.data} />;
}

/** The unit to show first: the mapped dimension with most classes, then topics, words only where there is nothing else. */
export function firstUnit(units: readonly Coverage[]): Coverage | undefined {
  const mapped = units.filter((unit) => !isFound(unit.unit) && !unit.topics);
  const topics = units.filter((unit) => unit.topics);
  const words = units.filter((unit) => unit.unit === "word");
  return [mapped, topics, words, units].map((some) => some.toSorted((a, b) => b.classes - a.classes)[0]).find((unit) => unit !== undefined);
}

function Measured({ report, references }: { report: Report; references: References | undefined }) {
  const { place, keep, go } = useNavigation();
  const { choose } = useSession();
  const asked = askedOf(place.state);
  const stored = report.coverage.find((each) => each.unit === place.state.unit) ?? firstUnit(report.coverage)!;
  const request = { dataset: report.dataset, snapshot: report.snapshot, unit: stored.unit, reference: asked.reference, present_at_least: asked.atLeast, without: withoutOf(asked) };
  const held = useQuery({ queryKey: ["coverage", request], queryFn: () => call("coverage", request), enabled: !isStored(asked), placeholderData: keepPreviousData, retry: false });
  const counted_ = !isStored(asked) && held.data?.unit === stored.unit && !held.isError ? held.data : null;
  const unit = counted_ ?? stored;
  const removal = afterOf(unit, asked.removal);
  const after = removal && "after" in removal ? removal.after : null;
  const kept = LISTS.find((each) => each === place.state.list && (each !== "lost" || after !== null));
  const list: ClassList = kept ?? (after && after.lost_count > 0 ? "lost" : (unit.tail?.missing_count ?? 0) > 0 ? "missing" : "smallest");
  const lines = linesOf(unit);
  const here = `${report.dataset}@${report.snapshot}`;
  const lost = lostFilter(unit, asked.removal, after);
  // What is missing here is shown where it is: in the reference.
  const openThere = (state: Record<string, string>) => {
    const [dataset, snapshot] = asked.reference.split("@");
    if (dataset && snapshot) choose(dataset, Number(snapshot));
    go("samples", state);
  };
  const open = ({ samples }: ClassRow) => {
    if (!samples) return;
    if (list === "missing") openThere(samples);
    else go("samples", samples);
  };
  return (
    <div className={`view ${css.coverage}`}>
      <header className={css.head}>
        <h1>Coverage</h1>
        <p className="small t2">{counted(unit.classes, "class", "classes")} in {short(unit.observations)} observations</p>
        <span className="gap" />
        <Choices units={report.coverage} unit={unit} asked={asked} references={references} onChange={keep} />
      </header>
      <div>
        {asked.removal === "filter" && <FilterField filter={asked.filter} problem={held.isError ? faultWords(asFault(held.error, "taking the samples away")) : undefined} onChange={(filter) => keep({ without: filter || undefined })} />}
        <Estimators coverage={unit} after={after} asked={asked} onThere={(filter) => openThere({ filter })} />
        <About unit={unit} lost={lost} asking={held.isFetching} problem={held.isError && asked.removal !== "filter" ? faultWords(asFault(held.error, "counting the coverage")) : null} unknown={removal && "unknown" in removal ? removal.unknown : null} />
      </div>
      <div className={css.regions} aria-busy={held.isFetching}>
        <div className={css.region}><RankChart lines={lines} /></div>
        <div className={css.region}><RarefactionChart lines={lines} /></div>
        <div className={css.region}><Retention coverage={unit} by={place.state.by === "origin" ? "origin" : "rarity"} onBy={(by) => keep({ by: by === "origin" ? by : undefined })} behind={(band) => ({ ...heldThere(unit, asked, band, here), missing: missingFilter(unit, asked, band, here) })} onThere={(filter) => openThere({ filter })} onHere={(filter) => go("samples", { filter })} /></div>
        <div className={css.region}>
          <Classes key={`${unit.unit} ${list}`} coverage={unit} cells={report.cells} asked={asked} after={after} list={list} onList={(next) => keep({ list: next })} onOpen={open} onQueue={(filter) => go("queue", { filter })} onLost={lost === null ? undefined : () => go("samples", { filter: lost })} />
        </div>
      </div>
    </div>
  );
}

/** What the figures were counted over, how topics were made, what is being counted now, and what could not be. */
function About({ unit, lost, asking, problem, unknown }: { unit: Coverage; lost: string | null; asking: boolean; problem: string | null; unknown: string | null }) {
  const { sampled, topics, without } = unit;
  const { go } = useNavigation();
  const opening = (words: string, label: string, filter: string | null) => (filter === null ? words : <button type="button" className="link" aria-label={`${words} ${label}: open`} onClick={() => go("samples", { filter })}>{words}</button>);
  return (
    <div className={css.about} aria-live="polite">
      {problem && <p role="alert" className={css.problem}>Not counted: {problem} The stored figures are shown.</p>}
      {asking && <p>Counting… the figures are the last ones.</p>}
      {unknown && <p>{unknown}</p>}
      {without && <p>Taken away: {opening(counted(without.samples, "sample"), "taken away", without.samples === 0 ? null : without.filter)}, {short(without.tokens)} tokens.{without.after && <> {opening(counted(without.after.lost_count, "class is lost", "classes are lost"), "with what is taken away", without.after.lost_count === 0 ? null : lost)}{`; ${(without.after.tail_retention * 100).toFixed(1)}\u202f% of the tail of the whole stays.`}</>}</p>}
      {sampled && <p>Counted in {count(sampled.samples)} of {counted(sampled.of, "sample")} ({short(sampled.tokens)} tokens), drawn by seed and digest; the figures are of that sample.</p>}
      {topics && <p title={topics.method}>Topics found in {counted(topics.found_in, "distinct sample")}{topics.unassigned > 0 && <>; {opening(counted(topics.unassigned, "sample is", "samples are"), "in no topic", `${unit.unit} is null`)} in none</>}. <span className="t3">{topics.method}.</span></p>}
    </div>
  );
}
