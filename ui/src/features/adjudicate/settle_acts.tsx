/// The verdict that settles it, one's own unless another is chosen, and the act itself.
import { Button } from "@/components/button";
import { VERDICT_LETTERS, VERDICT_WORDS, VerdictIcon } from "@/components/verdict_mark";
import type { Answer, Verdict } from "@/ipc";
import { OFFERED } from "./own_panel";
import css from "./settle.module.css";

export interface SettleActsProps {
  settling: Answer;
  own: Answer;
  reasonsOpen: boolean;
  blocked: boolean;
  /** Why it cannot be settled now. */
  unavailable: string | undefined;
  onVerdict(verdict: Verdict): void;
  onSettle(): void;
}

/** `Out of date. All else as in your answer.` */
export function settlingWords(settling: Answer, own: Answer): string {
  const asOwn = settling.verdict === own.verdict && settling.reason === own.reason;
  return `${settling.reason ? `${settling.reason}. ` : ""}${asOwn ? "As in your answer." : "All but the verdict as in your answer."}`;
}

export function SettleActs({ settling, own, reasonsOpen, blocked, unavailable, onVerdict, onSettle }: SettleActsProps) {
  const word = VERDICT_WORDS[settling.verdict].toLowerCase();
  return (
    <div className={css.acts}>
      <p dir="auto">{unavailable ? `Not yet: ${unavailable}.` : settlingWords(settling, own)}</p>
      <div role="group" aria-label="Settle as" className={css.verdicts}>
        {OFFERED.map((verdict) => (
          <button
            key={verdict} type="button" className={css[verdict]} disabled={blocked} title={`Settle as ${VERDICT_WORDS[verdict].toLowerCase()}`}
            aria-label={VERDICT_WORDS[verdict]} aria-pressed={settling.verdict === verdict} aria-expanded={verdict === "exclude" ? reasonsOpen : undefined} onClick={() => onVerdict(verdict)}
          >
            <VerdictIcon verdict={verdict} /><span aria-hidden="true">{VERDICT_LETTERS[verdict]}</span>
          </button>
        ))}
      </div>
      <Button size="large" className={`${css.settle} ${css[settling.verdict]}`} keys="Enter" unavailable={unavailable} onPress={onSettle}><VerdictIcon verdict={settling.verdict} />Settle as {word}</Button>
    </div>
  );
}
