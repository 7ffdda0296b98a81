/// The status bar: what is known to be on disk, what is running, and that nothing leaves the machine.
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import { call, type Job, type Trust } from "@/ipc";
import { isIndexing, isUnderWay, jobWords } from "@/lib/job_words";
import { useStatusNote } from "@/lib/status_note";
import { count, time } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { headWords, lastSignedWords, useTrust } from "@/lib/trust";
import css from "./shell.module.css";

export function StatusBar() {
  const { saved, jobs } = useSession();
  const { go } = useNavigation();
  const note = useStatusNote();
  const trust = useTrust().data;
  const running = jobs.filter(isUnderWay);
  const last = jobs.filter(isIndexing).at(-1);
  return (
    <footer className={css.status}>
      <span role="status">{saved ? <><Icon name="check" />Saved #{count(saved.seq)}, {time(saved.at)}</> : "Nothing decided yet"}</span>
      {running.length > 0 ? (
        <Running job={running[0]!} more={running.length - 1} />
      ) : last?.state === "failed" ? (
        <button type="button" className={css.failed} onClick={() => go("indexing", { job: String(last.id) })}><Icon name="cross" />Indexing {last.dataset} failed</button>
      ) : (
        <span>No jobs running</span>
      )}
      <span className="gap" />
      {note && <span><Visible text={note} /></span>}
      {trust && <Signed trust={trust} />}
      <span><Icon name="shield" />No network is used</span>
    </footer>
  );
}

/** What was signed last, and how far the ledger is signed; both open where it is told in full. */
function Signed({ trust }: { trust: Trust }) {
  const { go } = useNavigation();
  const last = lastSignedWords(trust);
  if (trust.broken) return <button type="button" className={css.failed} onClick={() => go("activity")}><Icon name="cross" />The ledger contradicts a signed head</button>;
  return (
    <>
      {last && <button type="button" className={css.quiet} onClick={() => go("card")}>{last}</button>}
      {trust.head !== null && <button type="button" className={css.quiet} onClick={() => go("activity")}>{headWords(trust)}</button>}
    </>
  );
}

/** What runs: an indexing run can be watched, and what only looks can be stopped here. */
function Running({ job, more }: { job: Job; more: number }) {
  const { go } = useNavigation();
  const words = `${jobWords(job)}${more > 0 ? `, ${more} more` : ""}`;
  if (isIndexing(job)) return <button type="button" onClick={() => go("indexing", { job: String(job.id) })}>{words}</button>;
  return (
    <span className={css.running}>
      <Verbatim>{words}</Verbatim>
      <button type="button" onClick={() => void call("job_cancel", { id: job.id }).catch(report("Stopping the job"))}>Stop</button>
    </span>
  );
}
