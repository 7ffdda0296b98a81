/// What has been answered, latest position first; what is left; and what it says so far.
import { memo } from "react";
import { Icon } from "@/components/icon";
import { Visible } from "@/components/reading";
import { VerdictMark } from "@/components/verdict_mark";
import type { QueueInfo, QueueItem } from "@/ipc";
import { count, percent, percentNumber } from "@/lib/format";
import css from "./history.module.css";
import { ruleNow } from "./rule";
import { useFlagged } from "./use_flag";

/** Rows drawn below and above the one on screen. */
const BELOW = 80;
const ABOVE = 12;

/** The rows to draw: never the whole of a long queue. */
export function historyRows(items: readonly QueueItem[], position: number): readonly QueueItem[] {
  let furthest = position;
  for (const item of items) if (item.verdict !== null && item.position > furthest) furthest = item.position;
  const top = Math.min(furthest, position + ABOVE);
  return items.slice(Math.max(0, position - BELOW), top + 1).toReversed();
}

export interface HistoryProps {
  items: readonly QueueItem[];
  position: number;
  info: QueueInfo;
  /** Positions whose answers are not on disk yet. */
  unsaved: ReadonlySet<number>;
  failed: number | null;
  /** Whether the words of a sample may be shown. */
  seen(position: number): boolean;
  onGo(position: number): void;
}

export function History({ items, position, info, unsaved, failed, seen, onGo }: HistoryProps) {
  return (
    <aside className={css.history} aria-label="History and progress">
      <h2>History</h2>
      <ol className={css.list}>
        {historyRows(items, position).map((item) => (
          <Row key={item.position} item={item} queue={info.queue} now={item.position === position} failed={item.position === failed} pending={unsaved.has(item.position)} hidden={!seen(item.position)} onGo={onGo} />
        ))}
      </ol>
      <Work info={info} />
    </aside>
  );
}

interface RowProps {
  item: QueueItem;
  queue: string;
  now: boolean;
  failed: boolean;
  pending: boolean;
  hidden: boolean;
  onGo(position: number): void;
}

/** Drawn again only when something of its own has changed: a verdict changes two of a hundred rows. */
const Row = memo(function Row({ item, queue, now, failed, pending, hidden, onGo }: RowProps) {
  const flagged = useFlagged(queue, item.position);
  return (
    <li>
      <button
        type="button"
        className={[css.item, now ? css.now : "", failed ? css.failed : ""].join(" ")}
        aria-current={now ? "true" : undefined}
        onClick={() => onGo(item.position)}
      >
        <span className={css.mark}>
          {failed && <span className={css.unsaved}><Icon name="warning" /><span className="unseen">not saved</span></span>}
          {!failed && item.verdict && <span className={pending ? css.pending : undefined}><VerdictMark verdict={item.verdict} /></span>}
        </span>
        <span className={css.number}>{count(item.position + 1)}</span>
        <span className={css.title} dir="auto"><Visible text={hidden ? "hidden" : item.title} /></span>
        {flagged && <span className={css.flag}><Icon name="flag" /><span className="unseen">flagged</span></span>}
      </button>
    </li>
  );
});

/** Work, estimate and rule: three numbers that are never mixed. */
function Work({ info }: { info: QueueInfo }) {
  const rule = ruleNow(info);
  return (
    <div className={css.work}>
      <dl>
        <dt>Work</dt>
        <dd>
          {count(info.done)} done, {count(info.left)} left
          {info.skipped > 0 && <small>{count(info.skipped)} skipped</small>}
        </dd>
        <dt>Estimate</dt>
        {info.estimate ? (
          <dd>
            {percent(info.estimate.value)} excluded
            <small title={`A confidence sequence at 95 %, from the first ${count(info.estimated_from)} answers in the order drawn. It holds at every look.`}>{percentNumber(info.estimate.low)}–{percent(info.estimate.high)}, 95{"\u202f"}% at every look</small>
          </dd>
        ) : (
          <dd>{info.order === "random" ? "none before the first answer" : "none: picked, not drawn"}</dd>
        )}
        <dt>Rule</dt>
        <dd data-rule={rule.state}>{rule.words}<small>{rule.why}</small></dd>
      </dl>
    </div>
  );
}
