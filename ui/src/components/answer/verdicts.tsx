/// The four verdicts: equal in weight, for a filled Approve would bias what is measured.
import { VERDICT_LETTERS, VERDICT_WORDS, VerdictIcon } from "@/components/verdict_mark";
import type { Verdict } from "@/ipc";
import { useKeyNow } from "@/lib/commands";
import css from "./answer.module.css";

const ALL: readonly Verdict[] = ["approve", "exclude", "unsure", "skip"];

export interface VerdictsProps {
  /** All four where absent. */
  offered?: readonly Verdict[];
  /** This sample's verdict as given, if any. */
  given: Verdict | null;
  reasonsOpen: boolean;
  /** Why none can be given now. */
  unavailable: string | undefined;
  /** Said above the buttons. */
  notice: string | null;
  onVerdict(verdict: Verdict): void;
}

export function Verdicts({ offered = ALL, given, reasonsOpen, unavailable, notice, onVerdict }: VerdictsProps) {
  return (
    <div className={css.verdicts} role="group" aria-label="Verdict">
      {notice && <p>{notice}</p>}
      {offered.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className={`${css.verdict} ${css[verdict]}`}
          aria-pressed={given === verdict}
          aria-expanded={verdict === "exclude" ? reasonsOpen : undefined}
          disabled={unavailable !== undefined}
          onClick={() => onVerdict(verdict)}
        >
          <VerdictIcon verdict={verdict} />
          {VERDICT_WORDS[verdict]}
          <VerdictKey verdict={verdict} />
        </button>
      ))}
    </div>
  );
}

function VerdictKey({ verdict }: { verdict: Verdict }) {
  return <span className={css.verdictKey} aria-hidden="true">{useKeyNow(VERDICT_LETTERS[verdict])}</span>;
}
