/// How does an answer that could not be saved leave the window? As words for people, as lines for `assay decide`.
import { type Change, describeChange } from "./session";

/** For people: paste it into a message. */
export function unsavedAsText(queue: string, unsaved: readonly Change[]): string {
  const lines = unsaved.map((change) => {
    if (change.kind !== "decide") return `${describeChange(change)} (entry ${change.request.entry})`;
    const { answer, digest, entry } = change.request;
    const said = [
      answer.reason && `reason: ${answer.reason}`,
      answer.labels.length > 0 && `labels: ${answer.labels.join(", ")}`,
      Object.entries(answer.scores).map(([criterion, score]) => `${criterion} ${score}`).join(", "),
      answer.origin && `origin: ${answer.origin}${answer.confidence ? `, ${answer.confidence} confidence` : ""}`,
      answer.note && `note: ${answer.note}`,
    ].filter(Boolean);
    return [`${describeChange(change)}, ${digest} (entry ${entry})`, ...said].join("; ");
  });
  return `Not saved in queue ${queue}:\n${lines.join("\n")}\n`;
}

/** One decision a line, as `assay decide --queue` reads them. Undo and redo have no such line. */
export function unsavedAsDecisions(unsaved: readonly Change[]): string {
  return unsaved
    .flatMap((change) => (change.kind === "decide" ? [change.request] : []))
    .map(({ digest, answer }) => `${JSON.stringify({
      sample: digest, verdict: answer.verdict, reason: answer.reason, labels: Object.fromEntries(answer.labels.map((label) => [label, true])),
      rubric: answer.scores, origin: answer.origin, confidence: answer.confidence, note: answer.note,
    })}\n`)
    .join("");
}
