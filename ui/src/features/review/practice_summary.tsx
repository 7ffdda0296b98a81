/// All twelve answered: how many as expected, and what was expected of the others.
import { Button } from "@/components/button";
import { VerdictMark } from "@/components/verdict_mark";
import type { QueueItem } from "@/ipc";
import { count } from "@/lib/format";
import { isExpected, PRACTICE } from "./practice";
import css from "./practice.module.css";
import { expectedWords } from "./practice_why";

export interface PracticeSummaryProps {
  items: readonly QueueItem[];
  onGo(position: number): void;
  onAgain(): void;
  onLeave(): void;
}

export function PracticeSummary({ items, onGo, onAgain, onLeave }: PracticeSummaryProps) {
  const others = items.filter((item) => item.verdict !== null && !isExpected(item.position, item.verdict));
  return (
    <div className={css.summary}>
      <h2>{count(items.length - others.length)} of {count(items.length)} as expected</h2>
      <p className="t2">Nothing of this was recorded. A real queue shows no expected verdict: yours is the one that counts.</p>
      <p className={css.acts}>
        <Button kind="ink" autoFocus onPress={onLeave}>All queues</Button>
        <Button onPress={onAgain}>Practise again</Button>
      </p>
      {others.length > 0 && (
        <ol aria-label="Not as expected">
          {others.map((item) => (
            <li key={item.position}>
              <p><VerdictMark verdict={item.verdict!} /> <button type="button" className="link" dir="auto" onClick={() => onGo(item.position)}>{item.title}</button>, expected {expectedWords(item.position)}</p>
              <p className="small t2">{PRACTICE[item.position]!.why}</p>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
