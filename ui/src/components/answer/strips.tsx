/// What stands between the text and the status bar: the reasons to exclude, or an answer that is not saved.
import { useEffect, useRef, useState } from "react";
import { Visible } from "../reading";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import type { Fault } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count } from "@/lib/format";
import css from "./strips.module.css";

export interface ReasonStripProps {
  reasons: readonly string[];
  /** What a digit does. */
  how?: string;
  onReason(index: number): void;
}

export function ReasonStrip({ reasons, how = "a digit saves and moves on", onReason }: ReasonStripProps) {
  const list = useRef<HTMLOListElement>(null);
  // The list, not its first reason: a stray Enter must not decide.
  useEffect(() => list.current?.focus(), []);
  return (
    <div className={css.reasons} role="group" aria-label="Reason to exclude">
      <div className={css.lead}>
        <b><Icon name="cross" />Exclude, because</b>
        <span className={css.how}>{how}</span>
        <span className="gap" />
        <span><KeyCap keys="N" /> note first</span>
        <span><KeyCap keys="Esc" /> decide nothing</span>
      </div>
      <ol ref={list} className={css.list} tabIndex={-1} aria-label="Reasons, by digit">
        {reasons.slice(0, 9).map((reason, index) => (
          <li key={reason}>
            <button type="button" onClick={() => onReason(index)} aria-keyshortcuts={String(index + 1)}>
              <span className={css.digit} aria-hidden="true">{index + 1}</span>
              <span dir="auto"><Visible text={reason} /></span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** A save that did not work: why, how often it was tried, when last. */
export interface Failure {
  readonly fault: Fault;
  readonly attempts: number;
  readonly at: Date;
}

export interface NotSavedStripProps {
  /** `Exclude, sample 3` */
  what: string;
  /** Changes that are not on disk. */
  unsaved: number;
  failure: Failure;
  saving: boolean;
  /** The last entry known to be on disk. */
  lastSaved: number | null;
  copied: string | null;
  onRetry(): void;
  onCopy(): void;
  onSaveElsewhere?: () => void;
}

export function NotSavedStrip({ what, unsaved, failure, saving, lastSaved, copied, onRetry, onCopy, onSaveElsewhere }: NotSavedStripProps) {
  const tries = failure.attempts === 1 ? "tried once" : `tried ${count(failure.attempts)} times`;
  return (
    <div className={css.failed} role="alertdialog" aria-label="Not saved" aria-describedby="not-saved-why">
      <h2>
        <Icon name="cross" />Not saved: {what}
        <span>{tries}, last at {failure.at.toLocaleTimeString("en-GB")}</span>
      </h2>
      <p id="not-saved-why">{faultWords(failure.fault)} {safeWords(unsaved, lastSaved)}</p>
      <div className={css.acts}>
        <Button kind="ink" size="large" keys="R" autoFocus unavailable={saving ? "trying now" : undefined} onPress={onRetry}>Try again</Button>
        <Button size="large" keys="C" onPress={onCopy}>Copy it as text</Button>
        {onSaveElsewhere && <Button size="large" keys="W" onPress={onSaveElsewhere}>Save elsewhere</Button>}
        <span className={css.hint} role="status">{copied ?? "Trying again cannot save it twice."}</span>
      </div>
    </div>
  );
}

function safeWords(unsaved: number, lastSaved: number | null): string {
  const safe = lastSaved === null ? "Everything saved before is on disk." : `Your answers to #${count(lastSaved)} are on disk.`;
  return `${safe} ${unsaved === 1 ? "This one is" : `These ${count(unsaved)} are`} in memory only, so the next sample waits.`;
}

/** Puts text on the clipboard and says what came of it. */
export function useCopied(): [string | null, (text: string, said: string) => void] {
  const [copied, setCopied] = useState<string | null>(null);
  const copy = (text: string, said: string) => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(said),
      () => setCopied("The clipboard refused it. Write it down before closing the window."),
    );
  };
  return [copied, copy];
}
