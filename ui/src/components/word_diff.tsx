/// Two texts side by side, word by word: what differs is said first, then shown where it stands.
import type { ReactNode } from "react";
import type { Comparison, DiffRun } from "@/ipc";
import { counted, sentence, words } from "@/lib/format";
import { Visible } from "./reading";
import css from "./word_diff.module.css";

/** One change: the words only the first has, and those only the second has. */
export interface Change {
  readonly gone: string;
  readonly come: string;
}

/** The changes in reading order; a removal and an insertion that touch are one change. */
export function changesOf(comparison: Comparison): Change[] {
  const changes: Change[] = [];
  for (const part of comparison.parts) {
    let open: { gone: string; come: string } | null = null;
    for (const run of part.runs) {
      if (run.kind === "same" && run.text.trim() !== "") {
        if (open) changes.push(open);
        open = null;
      } else if (run.kind !== "same") {
        open = open ?? { gone: "", come: "" };
        if (run.kind === "only_a") open.gone += run.text;
        else open.come += run.text;
      }
    }
    if (open) changes.push(open);
  }
  return changes;
}

const SHOWN = 3;
const LONGEST = 40;

function brief(text: string): string {
  const trimmed = text.trim();
  return trimmed.length > LONGEST ? `${trimmed.slice(0, LONGEST)}…` : trimmed;
}

/** The summary: how many changes, and the first few. */
export function DiffSummary({ comparison }: { comparison: Comparison }) {
  const changes = changesOf(comparison);
  return (
    <div className={css.summary}>
      <b>{changes.length === 0 ? "No word differs" : counted(changes.length, "change")}</b>
      <ul>
        {changes.slice(0, SHOWN).map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the changes of one comparison never move.
          <li key={index} dir="auto">
            {change.gone.trim() ? <del><Visible text={brief(change.gone)} /></del> : <span className="t3">nothing</span>}
            <span className="t3" aria-hidden="true">›</span><span className="unseen">becomes</span>
            {change.come.trim() ? <ins><Visible text={brief(change.come)} /></ins> : <span className="t3">nothing</span>}
          </li>
        ))}
        {changes.length > SHOWN && <li className="t2">and {changes.length - SHOWN} more</li>}
      </ul>
    </div>
  );
}

export interface WordDiffProps {
  comparison: Comparison;
  /** What each side is. */
  first: ReactNode;
  second: ReactNode;
}

export function WordDiff({ comparison, first, second }: WordDiffProps) {
  return (
    <div className={css.two}>
      <Side head={first} comparison={comparison} without="only_b" name="First text" />
      <Side head={second} comparison={comparison} without="only_a" name="Second text" />
    </div>
  );
}

function Side({ head, comparison, without, name }: { head: ReactNode; comparison: Comparison; without: DiffRun["kind"]; name: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.side} role="region" aria-label={name} tabIndex={0}>
      <h3 className={css.head}>{head}</h3>
      {comparison.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts never move.
        <div key={index} className={css.part}>
          {comparison.parts.length > 1 && <h4><Visible text={sentence(words(part.role))} /></h4>}
          <p className={css.prose} dir="auto">
            {part.runs.filter((run) => run.kind !== without).map((run, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs never move.
              <Run key={at} run={run} />
            ))}
          </p>
        </div>
      ))}
    </div>
  );
}

function Run({ run }: { run: DiffRun }) {
  if (run.kind === "only_a") return <del><Visible text={run.text} /></del>;
  if (run.kind === "only_b") return <ins><Visible text={run.text} /></ins>;
  return <Visible text={run.text} />;
}
