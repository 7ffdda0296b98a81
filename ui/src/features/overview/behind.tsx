/// What was judged, marked or added since these figures were measured, and the way to bring it in.
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { call, type PendingEvidence } from "@/ipc";
import { runCommand } from "@/lib/commands";
import { counted, percent } from "@/lib/format";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import css from "./behind.module.css";

/** `2 judgements and 1 mark on a dataset`; empty where nothing is newer. */
export function pendingWords({ judgements, marks, files }: PendingEvidence): string {
  const said = [
    judgements > 0 && counted(judgements, "judgement"),
    marks > 0 && (marks === 1 ? "1 mark on a dataset" : `${marks} marks on datasets`),
    files > 0 && (files === 1 ? "1 file of evidence" : `${files} files of evidence`),
  ].filter((words) => words !== false);
  return said.length > 1 ? `${said.slice(0, -1).join(", ")} and ${said.at(-1)}` : (said[0] ?? "");
}

export function Behind({ pending }: { pending: PendingEvidence }) {
  const { jobs } = useSession();
  const running = jobs.find((job) => job.kind === "origins" && (job.state === "running" || job.state === "queued"));
  const words = pendingWords(pending);
  if (running) {
    return (
      <div className={css.behind} role="status">
        <span>{running.progress.stage === "origins" ? "Recomputing origins" : `Measuring again: ${running.progress.stage}`}, {percent(running.progress.fraction, 0)}</span>
        <span className="gap" />
        <Button size="small" icon="stop" onPress={() => void call("job_cancel", { id: running.id }).catch(report("Stopping the job"))}>Stop</Button>
      </div>
    );
  }
  if (!words) return null;
  return (
    <div className={css.behind} role="status">
      <Icon name="warning" />
      <span><b>{words}</b> newer than these figures.</span>
      <span className="gap" />
      <Button size="small" kind="ink" onPress={() => runCommand("data.origins")}>Recompute origins</Button>
    </div>
  );
}
