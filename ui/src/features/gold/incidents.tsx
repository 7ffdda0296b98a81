/// Incidents: what went wrong in use, the samples that are most like it, and a queue of them.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { Visible } from "@/components/reading";
import { Faulted, Loading } from "@/components/states";
import { Working } from "@/components/working";
import { call, type IncidentRow } from "@/ipc";
import { count, counted, date, percent, sentence } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./audit.module.css";
import { IncidentForm } from "./incident_form";

export function Incidents() {
  const [chosen, choose] = usePlaceState("incident");
  const [reporting, setReporting] = useState(false);
  const list = useQuery({ queryKey: ["incidents"], queryFn: () => call("incidents"), staleTime: 0 });
  if (list.isError) return <Faulted doing="Opening the incidents" cause={list.error} safe="The ledger holds every incident; nothing is lost." onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading what="Opening the incidents…" />;
  const open = list.data.find((each) => each.incident === chosen) ?? list.data[0];
  return (
    <>
      <section className={css.section} aria-label="Incidents">
        <div className={css.heading}>
          <h2>Incidents</h2>
          {!reporting && <Button size="small" onPress={() => setReporting(true)}>Report an incident…</Button>}
        </div>
        {reporting && <IncidentForm onClose={() => setReporting(false)} onReported={(incident) => { setReporting(false); choose(incident); }} />}
        {list.data.length === 0 ? <p className="small t2">No incident is reported. What goes wrong where a model is used stands here, with the samples that are most like it.</p> : (
          <table className={css.list} aria-label="Reported incidents">
            <thead><tr><th scope="col">incident</th><th scope="col">happened</th><th scope="col">severity</th><th scope="col">reported</th></tr></thead>
            <tbody>{list.data.map((each) => (
              <tr key={each.incident} aria-current={each.incident === open?.incident ? "true" : undefined}>
                <td className={css.text}><button type="button" className="link" dir="auto" onClick={() => choose(each.incident)}><Visible text={each.title} /></button></td>
                <td>{date(each.happened)}</td>
                <td>{each.severity}</td>
                <td title={`#${count(each.seq)}`}>{date(each.at)}, {each.by}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
      {open && <Nearest key={open.incident} incident={open} />}
    </>
  );
}

function Nearest({ incident }: { incident: IncidentRow }) {
  const at = useSnapshot();
  const { go } = useNavigation();
  const search = useAnswer({ key: ["incident_nearest", incident.incident, at?.dataset, at?.snapshot], ask: () => call("incident_nearest", { incident: incident.incident, dataset: at!.dataset, snapshot: at!.snapshot }), enabled: at !== null });
  const found = search.answer;
  return (
    <section className={css.section} aria-label="Samples like it">
      <h2 dir="auto"><Visible text={incident.title} /></h2>
      {incident.text !== "" && <p className={css.said} dir="auto"><Visible text={incident.text} /></p>}
      {incident.sample !== null && <p className="small t2">About the sample <span className="code">{incident.sample}</span>.</p>}
      {!at ? <p className="small t2">Nothing is indexed in which samples like it could be found.</p> : !found ? <Working of={search} what="Looking for samples like it…" doing="Looking for samples like it" /> : found.filter === null ? <p className="small t2">No sample of {at.dataset} is like it: none is a duplicate, and none shares a word that others lack.</p> : (
        <>
          <p>{found.method === "near" ? `${counted(found.samples.length, "duplicate")} of its text, exact or verified near.` : `No duplicate of its text. ${counted(found.samples.length, "sample")} hold the most of its words, the rare ones counting most: ${found.words.slice(0, 8).join(", ")}.`}</p>
          <div className={css.chosen}>
            <Button size="small" onPress={() => go("samples", { filter: found.filter! })}>Open them</Button>
            <Button size="small" onPress={() => go("queue", { filter: found.filter! })}>Make a queue from these</Button>
          </div>
          <table className={css.list} aria-label="Samples most like the incident">
            <thead><tr><th scope="col">sample</th><th scope="col" className="num">{found.method === "near" ? "Jaccard" : "of the words’ weight"}</th></tr></thead>
            <tbody>{found.samples.map((sample) => (
              <tr key={sample.sample}>
                <td className={css.text}><button type="button" className="link" dir="auto" onClick={() => go("samples", { filter: `digest = '${sample.digest}'` })}><Visible text={sentence(sample.preview)} /></button></td>
                <td className="num">{found.method === "near" ? sample.likeness.toFixed(2) : percent(sample.likeness)}</td>
              </tr>
            ))}</tbody>
          </table>
        </>
      )}
    </section>
  );
}
