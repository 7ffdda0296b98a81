/// The status bar: what is known to be on disk, what is running, and that nothing leaves the machine.
import type { Job } from "@/ipc";
import { Icon } from "@/components/icon";
import { useStatusNote } from "@/lib/status_note";
import { count, percent, time } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import css from "./shell.module.css";

/** `Indexing praxis, 59 %` */
export function jobWords(job: Job): string {
  if (job.state === "queued") return `${job.dataset} waits to be indexed`;
  const { stage, bytes_done, bytes_total, fraction } = job.progress;
  if (stage === "walking") return `Looking for files in ${job.dataset}`;
  if (stage === "reading") return `Indexing ${job.dataset}, ${percent(bytes_total ? bytes_done / bytes_total : 0, 0)}`;
  if (stage === "origins") return `Recomputing origins in ${job.dataset}, ${percent(fraction, 0)}`;
  return `Measuring ${job.dataset}: ${stage}, ${percent(fraction, 0)}`;
}

export function StatusBar() {
  const { saved, jobs } = useSession();
  const { go } = useNavigation();
  const note = useStatusNote();
  const running = jobs.filter((job) => job.state === "running" || job.state === "queued");
  const last = jobs.at(-1);
  return (
    <footer className={css.status}>
      <span role="status">{saved ? <><Icon name="check" />Saved #{count(saved.seq)}, {time(saved.at)}</> : "Nothing decided yet"}</span>
      {running.length > 0 ? (
        <button type="button" onClick={() => go("indexing", { job: String(running[0]!.id) })}>{jobWords(running[0]!)}{running.length > 1 ? `, ${running.length - 1} more` : ""}</button>
      ) : last?.state === "failed" ? (
        <button type="button" className={css.failed} onClick={() => go("indexing", { job: String(last.id) })}><Icon name="cross" />Indexing {last.dataset} failed</button>
      ) : (
        <span>No jobs running</span>
      )}
      <span className="gap" />
      {note && <span>{note}</span>}
      <span><Icon name="shield" />No network is used</span>
    </footer>
  );
}
