/// What a job is doing, in a line: for the status bar, and where its answer will stand.
import type { Job } from "@/ipc";
import { percent } from "./format";

/** Whether it makes a snapshot; the others only look. */
export function isIndexing(job: Job): boolean {
  return !["gates", "compare", "trends", "leak", "card", "across", "signing", "release", "releasing", "training", "labels", "incident"].includes(job.kind);
}

export function isUnderWay(job: Job): boolean {
  return job.state === "running" || job.state === "queued";
}

const LOOKING: Record<string, string> = { gates: "Measuring the gates of", compare: "Comparing", trends: "Following the signs of", leak: "Looking for", card: "Drafting the card of", signing: "Measuring what is to be signed of", training: "Looking for", release: "Planning", releasing: "Writing", labels: "Reading the", incident: "Looking at", across: "Comparing" };

/** `Indexing praxis, 59 %`, `Comparing a@1 with b@2: coverage, 40 %`. */
export function jobWords(job: Job): string {
  const { stage, bytes_done, bytes_total, fraction } = job.progress;
  const reading = percent(bytes_total ? bytes_done / bytes_total : 0, 0);
  if (!isIndexing(job)) {
    const doing = `${LOOKING[job.kind] ?? job.kind} ${job.dataset}`;
    if (job.state === "queued") return `${doing}: waits for its turn`;
    if (stage === "walking") return doing;
    return `${doing}: ${stage}, ${stage === "reading" ? reading : percent(fraction, 0)}`;
  }
  if (job.state === "queued") return `${job.dataset} waits to be indexed`;
  if (stage === "walking") return `Looking for files in ${job.dataset}`;
  if (stage === "reading") return `Indexing ${job.dataset}, ${reading}`;
  if (stage === "origins") return `Recomputing origins in ${job.dataset}, ${percent(fraction, 0)}`;
  return `Measuring ${job.dataset}: ${stage}, ${percent(fraction, 0)}`;
}
