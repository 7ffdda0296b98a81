/// How much is disputed, how much of it is this person's to settle.
import { useQuery } from "@tanstack/react-query";
import { Button } from "@/components/button";
import { call, type Disputes } from "@/ipc";
import { DISPUTED, READ_BY_SEVERAL } from "@/lib/behind";
import { count, counted } from "@/lib/format";
import { drawnFrom, useOpenDrawn } from "@/lib/queued";
import css from "./adjudicate.module.css";

/** `You reviewed none of these.`, or whose the others are. */
export function yoursWords({ open, not_yours }: Pick<Disputes, "open" | "not_yours">): string {
  if (not_yours > 0) return `${count(not_yours)} more ${not_yours === 1 ? "is" : "are"} for somebody else to settle: you reviewed ${not_yours === 1 ? "it" : "them"}.`;
  return open.length > 0 ? "You reviewed none of these." : "";
}

export function Head({ disputes, onAgreement }: { disputes: Disputes; onAgreement(): void }) {
  const queues = useQuery({ queryKey: ["queues"], queryFn: () => call("queues"), staleTime: 0 });
  const openDrawn = useOpenDrawn();
  const from = drawnFrom(queues.data ?? []);
  const figure = (number: number, words: string, filter: string) => (from === null || number === 0 ? words : <button type="button" className="link" aria-label={`${words}: open the ${counted(number, "sample")}`} onClick={() => openDrawn(from, filter)}>{words}</button>);
  return (
    <header className={css.head}>
      <h1>Adjudicate</h1>
      <p className="small t2">
        {figure(disputes.open.length, `${count(disputes.open.length)} disputed`, DISPUTED)} of {figure(disputes.read_by_several, `${count(disputes.read_by_several)} read by several`, READ_BY_SEVERAL)}. {yoursWords(disputes)}
      </p>
      <span className="gap" />
      <span className={`small t2 ${css.wide}`}>Answers are shuffled for each sample; names stay with the ledger.</span>
      <Button keys="G" onPress={onAgreement}>Agreement</Button>
    </header>
  );
}
