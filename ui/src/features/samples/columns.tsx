/// The columns of the grid.
import { Icon } from "@/components/icon";
import { OriginLabel } from "@/components/origin_glyph";
import { Verbatim } from "@/components/verbatim";
import { VerdictMark } from "@/components/verdict_mark";
import type { GridColumn } from "@/components/virtual_grid";
import { Visible } from "@/components/reading";
import type { SampleRow } from "@/ipc";
import { count, digestWords } from "@/lib/format";
import { BulkMarks } from "./bulk_marks";
import css from "./samples.module.css";

const COLUMNS: readonly GridColumn<SampleRow>[] = [
  { id: "row", head: "row", numeric: true, cell: (row) => <span className="t3">{count(row.row)}</span> },
  { id: "origin", head: "origin", cell: (row) => <OriginLabel origin={row.origin} /> },
  { id: "confidence", head: "conf.", numeric: true, cell: (row) => (row.origin === "unknown" && row.confidence === 0 ? <span className="t3">–</span> : row.confidence.toFixed(2)) },
  { id: "text", head: "text", cell: (row) => <span className={css.text} dir="auto" lang={row.language || undefined}><Visible text={row.text} /></span> },
  { id: "domain", head: "domain", cell: (row) => <Verbatim>{row.domain}</Verbatim> },
  { id: "language", head: "lang.", cell: (row) => <Verbatim className="t2">{row.language}</Verbatim> },
  { id: "tokens", head: "tokens", numeric: true, cell: (row) => count(row.tokens) },
  { id: "copies", head: "copies", numeric: true, cell: (row) => <span className={row.copies > 1 ? undefined : "t3"}>{count(row.copies)}</span> },
  { id: "topic", head: "topic", cell: (row) => <Verbatim className="t2">{row.topic}</Verbatim> },
  { id: "verdict", head: "verdict", cell: (row) => <span className={css.verdict}>{row.verdict && <VerdictMark verdict={row.verdict} />}{row.gold && <span className={css.gold} title="gold"><Icon name="gold" /><span className="unseen">gold</span></span>}</span> },
  { id: "bulk", head: "tags and route", cell: (row) => row.bulk && <BulkMarks bulk={row.bulk} /> },
  { id: "digest", head: "digest", cell: (row) => <span className="code t2" title={row.digest}>{digestWords(row.digest)}</span> },
];

/** Columns that may be left out, with their names in full. */
export const OPTIONAL: readonly { id: string; name: string }[] = [
  { id: "origin", name: "Origin" }, { id: "confidence", name: "Confidence in the origin" }, { id: "domain", name: "Domain" }, { id: "language", name: "Language" },
  { id: "tokens", name: "Tokens" }, { id: "copies", name: "Copies" }, { id: "topic", name: "Topic" }, { id: "verdict", name: "Verdict and gold" }, { id: "bulk", name: "Tags, route, excluded in bulk" }, { id: "digest", name: "Digest" },
];

export const STANDARD: readonly string[] = OPTIONAL.map((each) => each.id).filter((id) => id !== "digest" && id !== "topic" && id !== "bulk");

/** The columns in their order: row and text, and of the others those that are wanted. */
export function columnsOf(chosen: readonly string[]): GridColumn<SampleRow>[] {
  return COLUMNS.filter((column) => column.id === "row" || column.id === "text" || chosen.includes(column.id));
}
