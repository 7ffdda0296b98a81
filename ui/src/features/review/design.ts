/// How was a queue drawn, and when is enough of it read: in the words that its list and its head share.
import type { QueueInfo, QueueStop } from "@/ipc";
import { counted, words } from "@/lib/format";

type Drawn = Pick<QueueInfo, "slice" | "reviewers" | "blind" | "strata_by" | "strata" | "one_per_cluster" | "stop">;

/** `High stakes`; `null` where the slice is of the standard tier or has no name. */
export function tierMark(info: Pick<QueueInfo, "slice">): string | null {
  if (info.slice === null) return null;
  const marks = [info.slice.tier === "high_stakes" && "High stakes", info.slice.blurred && "blurred"].filter(Boolean);
  return marks.length === 0 ? null : marks.join(", ");
}

/** `slice Dosing; 2 reviewers, blind; from 4 strata by language; …` */
export function designWords(info: Drawn): string {
  return [
    info.slice && `slice ${info.slice.name}`,
    `${counted(info.reviewers, "reviewer")} each, ${info.blind ? "blind" : "open"}`,
    info.strata.length > 0 && `from ${counted(info.strata.length, "stratum", "strata")} by ${words(info.strata_by)}`,
    info.one_per_cluster && "one from each cluster of near-duplicates",
    info.stop && stopWords(info.stop),
  ].filter(Boolean).join("; ");
}

export function stopWords(stop: QueueStop): string {
  const when = [stop.when_decided && "the claim is decided", stop.narrower_than !== null && narrowWords(stop.narrower_than)].filter(Boolean);
  return `enough is read when ${when.join(" or ")}`;
}

/** Why enough was read; `null` while more is to be read. */
export function enoughWhy(info: Pick<QueueInfo, "stop">): string | null {
  const stop = info.stop;
  if (!stop?.enough) return null;
  return stop.enough === "decided" ? "the claim is decided; reading on is fine." : `${narrowWords(stop.narrower_than ?? 1)}; reading on is fine.`;
}

function narrowWords(share: number): string {
  return `the interval is narrower than ${Number((share * 100).toFixed(4))}\u00a0%`;
}
