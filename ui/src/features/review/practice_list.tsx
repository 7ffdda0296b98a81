/// The practice samples that were answered, and whether as expected.
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { VerdictMark } from "@/components/verdict_mark";
import type { QueueItem } from "@/ipc";
import { count } from "@/lib/format";
import css from "./history.module.css";
import { isExpected } from "./practice";

export interface PracticeListProps {
  items: readonly QueueItem[];
  /** The one on screen. */
  position: number | null;
  onGo(position: number): void;
}

export function PracticeList({ items, position, onGo }: PracticeListProps) {
  return (
    <aside className={css.history} aria-label="Your answers">
      <h2>Your answers</h2>
      <ol className={css.list}>
        {items.map((item) => (
          <li key={item.position}>
            <button type="button" className={`${css.item} ${item.position === position ? css.now : ""}`} aria-current={item.position === position ? "true" : undefined} onClick={() => onGo(item.position)}>
              <span className={css.mark}>{item.verdict && <VerdictMark verdict={item.verdict} />}</span>
              <span className={css.number}>{count(item.position + 1)}</span>
              <span className={css.title} dir="auto"><Visible text={item.title} /></span>
              {item.verdict && !isExpected(item.position, item.verdict) && <span className={css.flag} title="not as expected"><Icon name="warning" /><span className="unseen">not as expected</span></span>}
            </button>
          </li>
        ))}
      </ol>
      <p className={`${css.work} small`}>Twelve bundled samples. They belong to no dataset, and no entry is written.</p>
    </aside>
  );
}
