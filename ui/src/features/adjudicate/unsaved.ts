/// How does a change that could not be saved leave the window? As words for people.
import { causeName } from "./causes";
import { type Change, describeChange } from "./session";

export function unsavedAsText(change: Change, title: string): string {
  const { answer, digest, entry } = change.request;
  const said = [
    answer.reason && `reason: ${answer.reason}`,
    answer.labels.length > 0 && `labels: ${answer.labels.join(", ")}`,
    Object.entries(answer.scores).map(([criterion, score]) => `${criterion} ${score}`).join(", "),
    answer.origin && `origin: ${answer.origin}${answer.confidence ? `, ${answer.confidence} confidence` : ""}`,
    change.kind === "settle" && `cause: ${causeName(change.request.cause)}`,
    answer.note && `note: ${answer.note}`,
  ].filter(Boolean);
  return `Not saved in Adjudicate: ${[`${describeChange(change)}; “${title}”, ${digest} (entry ${entry})`, ...said].join("; ")}\n`;
}
