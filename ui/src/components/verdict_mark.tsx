/// A verdict as an icon, a letter and a colour, in one place for every view that shows one.
import type { Verdict } from "@/ipc";
import styles from "./verdict_mark.module.css";

export const VERDICT_LETTERS: Record<Verdict, string> = { approve: "A", exclude: "X", unsure: "U", skip: "S" };
export const VERDICT_WORDS: Record<Verdict, string> = { approve: "Approve", exclude: "Exclude", unsure: "Unsure", skip: "Skip" };

const PATHS: Record<Verdict, string> = {
  approve: "M3 8.6l3.2 3.2L13 4.6",
  exclude: "M4 4l8 8M12 4l-8 8",
  unsure: "M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.9M8 12.5v.2",
  skip: "M3.4 3.6L9 8l-5.6 4.4zM12 3.6v8.8",
};

export function VerdictIcon({ verdict, className }: { verdict: Verdict; className?: string | undefined }) {
  return (
    <svg className={`icon ${className ?? ""}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[verdict]} />
    </svg>
  );
}

/** Icon and letter; its name for those who hear it is the word. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  return (
    <span className={`${styles.mark} ${styles[verdict]}`} role="img" aria-label={VERDICT_WORDS[verdict]}>
      <VerdictIcon verdict={verdict} />
      <span aria-hidden="true">{VERDICT_LETTERS[verdict]}</span>
    </span>
  );
}
