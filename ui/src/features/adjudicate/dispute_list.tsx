/// Open disputes, the worst first, and what was settled so far by cause.
import { Visible } from "@/components/reading";
import { Verbatim } from "@/components/verbatim";
import type { Dispute, DisputeCause, Disputes } from "@/ipc";
import { count, counted } from "@/lib/format";
import { settledByCause } from "./causes";
import css from "./dispute_list.module.css";

/** Rows drawn before and after the chosen one. */
const AROUND = 60;
const BAR = 44;

/** The rows to draw: never the whole of a long list. */
export function rowsAround<Row>(rows: readonly Row[], chosen: number): { rows: readonly Row[]; above: number; below: number } {
  const from = Math.max(0, chosen - AROUND);
  const to = Math.min(rows.length, Math.max(chosen, 0) + AROUND + 1);
  return { rows: rows.slice(from, to), above: from, below: rows.length - to };
}

export interface DisputeListProps {
  disputes: Disputes;
  chosen: string | undefined;
  cause: DisputeCause | undefined;
  /** Why no other dispute may be opened now. */
  unavailable: string | undefined;
  onChoose(digest: string): void;
  onCause(cause: DisputeCause): void;
}

export function DisputeList({ disputes, chosen, cause, unavailable, onChoose, onCause }: DisputeListProps) {
  const shown = rowsAround(disputes.open, disputes.open.findIndex((each) => each.digest === chosen));
  return (
    <aside className={css.list} aria-label="Disputes">
      <h2>Worst first<span>distance, 0 to 1</span></h2>
      <ol className={css.rows}>
        {shown.above > 0 && <li className={css.more}>{counted(shown.above, "worse one")} above</li>}
        {shown.rows.map((dispute) => <Row key={dispute.digest} dispute={dispute} current={dispute.digest === chosen && cause === undefined} disabled={unavailable !== undefined} onChoose={onChoose} />)}
        {shown.below > 0 && <li className={css.more}>{count(shown.below)} more below; <kbd>J</kbd> goes on</li>}
        {disputes.open.length === 0 && <li className={css.more}>None is open for you.</li>}
      </ol>
      <Settled disputes={disputes} cause={cause} disabled={unavailable !== undefined} onCause={onCause} />
    </aside>
  );
}

function Row({ dispute, current, disabled, onChoose }: { dispute: Dispute; current: boolean; disabled: boolean; onChoose(digest: string): void }) {
  const { digest, title, domain, language, distance, differs_in, begun } = dispute;
  return (
    <li>
      <button type="button" className={css.row} aria-current={current ? "true" : undefined} disabled={disabled} onClick={() => onChoose(digest)}>
        <span className={css.title} dir="auto" lang={language || undefined} title={title}><Visible text={title} /></span>
        <span className={css.place}>
          <Verbatim>{[domain, language].filter(Boolean).join(", ") || "no domain stated"}</Verbatim>
          <span className={css.distance}>
            <svg width={BAR} height="6" viewBox={`0 0 ${BAR} 6`} aria-hidden="true">
              <rect width={BAR} height="6" fill="var(--line)" />
              <rect width={BAR * Math.min(1, Math.max(0, distance))} height="6" fill="var(--chart-bar)" />
            </svg>
            <span className="unseen">distance </span>{distance.toFixed(2)}
          </span>
        </span>
        <span className={css.differ}>{differs_in.join(", ")}{begun && <b>answered</b>}</span>
      </button>
    </li>
  );
}

function Settled({ disputes, cause, disabled, onCause }: { disputes: Disputes; cause: DisputeCause | undefined; disabled: boolean; onCause(cause: DisputeCause): void }) {
  return (
    <section className={css.settled} aria-label="Settled so far">
      <p>Settled so far<span>{count(disputes.settled.length)}</span></p>
      <ul>
        {settledByCause(disputes.settled).map((each) => (
          <li key={each.cause}>
            <button type="button" aria-current={cause === each.cause ? "true" : undefined} disabled={disabled} onClick={() => onCause(each.cause)}>
              {each.name}<span>{count(each.count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
