/// How much is disputed, how much of it is this person's to settle.
import { Button } from "@/components/button";
import type { Disputes } from "@/ipc";
import { count, counted } from "@/lib/format";
import css from "./adjudicate.module.css";

/** `6 disputed of 406 read by several. You reviewed none of these.` */
export function headWords({ open, read_by_several, not_yours }: Disputes): string {
  const disputed = `${count(open.length + not_yours)} disputed of ${count(read_by_several)} read by several.`;
  if (not_yours > 0) return `${disputed} ${counted(not_yours, "is", "are")} for somebody else to settle: you reviewed ${not_yours === 1 ? "it" : "them"}.`;
  return open.length > 0 ? `${disputed} You reviewed none of these.` : disputed;
}

export function Head({ disputes, onAgreement }: { disputes: Disputes; onAgreement(): void }) {
  const words = headWords(disputes);
  return (
    <header className={css.head}>
      <h1>Adjudicate</h1>
      <p className="small t2" title={words}>{words}</p>
      <span className="gap" />
      <span className={`small t2 ${css.wide}`}>Answers are shuffled for each sample; names stay with the ledger.</span>
      <Button keys="G" onPress={onAgreement}>Agreement</Button>
    </header>
  );
}
