/// What does a return bring, in words?
import type { ReturnOutcome } from "@/ipc";
import { count, counted } from "@/lib/format";

/** Whether taking it in records anything: acts, that two copies of a pack went different ways, a key, or a second signature. */
export function wouldRecord(outcome: ReturnOutcome): boolean {
  return outcome.new > 0 || outcome.stopped === "forks" || outcome.author === "new_key" || outcome.cosigned !== null;
}

/** What a stop means for the people concerned; its place and cause are said by `why`. */
export function stopMeans(stopped: string, person: string): string {
  if (stopped === "forks") return `The folder was copied and both copies went on. Only what both say stands. Ask ${person} which copy is theirs and what happened to the other.`;
  if (stopped === "outside_the_pack") return "The return does not belong to this pack as it was issued. Ask for it to be written again.";
  if (stopped === "other_rubric") return "It answers questions that this queue does not ask. Acts before it count.";
  return "Acts before it count; it and what follows do not.";
}

/** `7 samples are in dispute, 3 of them by this return`, or would be. */
export function disputeWords({ disputed, newly_disputed }: ReturnOutcome, taken: boolean): string {
  if (disputed === 0) return `No sample of the queue ${taken ? "is" : "would be"} in dispute.`;
  const all = `${taken ? counted(disputed, "sample is", "samples are") : counted(disputed, "sample would be", "samples would be")} in dispute`;
  if (newly_disputed === 0) return `${all} as before; this return adds none.`;
  return newly_disputed === disputed ? `${all}, by this return.` : `${all}, ${count(newly_disputed)} of them by this return.`;
}
