/// Whole or not, in one line.
import type { UseQueryResult } from "@tanstack/react-query";
import { Icon } from "@/components/icon";
import { asFault, type LedgerCheck } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, counted, date, duration, time } from "@/lib/format";
import css from "./activity.module.css";

export function Wholeness({ check }: { check: UseQueryResult<LedgerCheck> }) {
  if (check.isError) return <p className={css.broken} role="alert"><Icon name="cross" />Not verified: {faultWords(asFault(check.error, "verifying the ledger"))}</p>;
  if (!check.data) return <p className="small t2">Verifying…</p>;
  const { whole, entries, failure, elapsed_ms, at, root } = check.data;
  if (!whole) return <p className={css.broken} role="alert"><Icon name="cross" />Not whole: {failure ?? "the entries do not agree with their hashes"}</p>;
  const range = entries === 0 ? "no entry yet" : `${counted(entries, "entry", "entries")}, #0 to #${count(entries - 1)}`;
  return (
    <p className={`small ${css.whole}`}>
      <Icon name="check" />Whole: {range}. <span className="t2" title={`Root ${root}`}>Hashes and root recomputed {date(at)}, {time(at)}, in {elapsed_ms < 1000 ? `${Math.max(1, Math.round(elapsed_ms))} ms` : duration(elapsed_ms / 1000)}.</span>
    </p>
  );
}
