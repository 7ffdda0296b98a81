/// What was settled for one cause, latest first: a public act, with who settled it and where it stands in the ledger.
import { Button } from "@/components/button";
import { type Column, DataTable } from "@/components/data_table";
import { Verbatim } from "@/components/verbatim";
import { VERDICT_WORDS, VerdictMark } from "@/components/verdict_mark";
import type { DisputeCause, SettledDispute } from "@/ipc";
import { count, counted, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./adjudicate.module.css";
import { CAUSES } from "./causes";

/** Rows drawn; Activity has them all. */
const DRAWN = 100;

export interface SettledListProps {
  cause: DisputeCause;
  settled: readonly SettledDispute[];
  onClose(): void;
}

export function SettledList({ cause, settled, onClose }: SettledListProps) {
  const { go } = useNavigation();
  const { name, gloss } = CAUSES.find((each) => each.cause === cause)!;
  const rows = settled.filter((each) => each.cause === cause);
  const columns: Column<SettledDispute>[] = [
    { id: "title", head: "sample", className: css.title, cell: (row) => <Verbatim className={css.read} title={row.title}>{row.title}</Verbatim> },
    { id: "verdict", head: "settled as", className: css.verdict, cell: (row) => <><VerdictMark verdict={row.verdict} /> <span className="t2" aria-hidden="true">{VERDICT_WORDS[row.verdict].toLowerCase()}</span></> },
    { id: "by", head: "by", cell: (row) => <Verbatim title={row.by}>{row.by}</Verbatim> },
    { id: "at", head: "on", cell: (row) => date(row.at) },
    { id: "entry", head: "entry", numeric: true, className: css.entry, cell: (row) => <button type="button" className="link" aria-label={`Entry ${count(row.seq)} in Activity`} onClick={() => go("activity", { entry: String(row.seq) })}>#{count(row.seq)}</button> },
  ];
  return (
    <section className={`${css.whole} ${css.settled}`} aria-label={`Settled: ${name}`}>
      <div className={css.settledHead}>
        <h2>{name}</h2>
        <span className="small t2">{gloss}; {counted(rows.length, "dispute")} settled, latest first</span>
        <span className="gap" />
        <Button kind="plain" size="small" icon="cross" keys="Esc" label="Close the list" onPress={onClose}>Close</Button>
      </div>
      <DataTable label={`Settled: ${name}`} inset columns={columns} rows={rows.slice(0, DRAWN)} keyOf={(row) => row.seq} />
      {rows.length > DRAWN && <p className={`small t2 ${css.settledHead}`}>and {count(rows.length - DRAWN)} earlier ones, in Activity</p>}
    </section>
  );
}
