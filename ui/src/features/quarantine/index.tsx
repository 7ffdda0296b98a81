/// What was set aside: records that could not be read, files that were not read, flags on records that were.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/button";
import { DataTable } from "@/components/data_table";
import { QuarantineEntry } from "@/components/quarantine_entry";
import { Visible } from "@/components/reading";
import { Segmented } from "@/components/segmented";
import { Empty, Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { call, type Report } from "@/ipc";
import { codeWords } from "@/lib/codes";
import { equals } from "@/lib/expression";
import { count, counted, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import css from "./quarantine.module.css";

type Shown = "records" | "files" | "flags";
type At = { dataset: string; snapshot: number };

const PAGE = 50;

function Records({ at }: { at: At }) {
  const [page, setPage] = useState(0);
  const query = useQuery({ queryKey: ["quarantine", at, page], queryFn: () => call("quarantine_page", { ...at, offset: page * PAGE, limit: PAGE }), placeholderData: (before) => before });
  if (query.isError) return <Faulted doing="Opening the quarantine" cause={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading what="Opening the quarantine…" />;
  const { rows, total } = query.data;
  if (total === 0) return <Empty title="Nothing is quarantined">Every record of this snapshot could be read.</Empty>;
  const from = page * PAGE;
  return (
    <>
      <div className={css.pages}>
        <span className="small t2">{count(from + 1)} to {count(from + rows.length)} of {counted(total, "record")}, in file order</span>
        <Button size="small" icon="left" label="Earlier records" onPress={() => setPage(page - 1)} unavailable={page === 0 ? "these are the first" : undefined} />
        <Button size="small" icon="right" label="Later records" onPress={() => setPage(page + 1)} unavailable={from + rows.length >= total ? "these are the last" : undefined} />
      </div>
      <ul className={css.list}>{rows.map((record) => <QuarantineEntry key={`${record.path} ${record.line} ${record.byte_offset}`} record={record} />)}</ul>
    </>
  );
}

function Files({ report }: { report: Report }) {
  const { refused, refused_count } = report.files;
  if (refused_count === 0) return <Empty title="Every file was read">{counted(report.files.seen, "file")} seen.</Empty>;
  return (
    <div className={css.list}>
      <DataTable
        label="Files not read" rows={refused} keyOf={(one) => one.path}
        columns={[
          { id: "path", head: "file", cell: (one) => <Verbatim title={one.path}>{one.path}</Verbatim> },
          { id: "code", head: "why", cell: (one) => <span title={one.message}><Visible text={one.message || codeWords(one.code)} /></span> },
          { id: "remedy", head: "what to do", cell: (one) => <span className="t2" title={one.remedy}>{one.remedy}</span> },
        ]}
      />
    </div>
  );
}

/** How often each flag was raised; the samples that carry it are one press away. */
function FlagCounts({ counts }: { counts: Report["flag_counts"] }) {
  const { go } = useNavigation();
  const rows = Object.entries(counts).flatMap(([code, number]) => (number ? [[code, number] as const] : [])).sort((a, b) => b[1] - a[1]);
  return (
    <ul className={css.counts} aria-label="Flags by kind">
      {rows.map(([code, number]) => <li key={code}>{codeWords(code)} <button type="button" className="link" aria-label={`${codeWords(code)}: ${counted(number, "flag")}, open the samples`} onClick={() => go("samples", { filter: equals("flag", code) })}>{count(number)}</button></li>)}
    </ul>
  );
}

function Flags({ report }: { report: Report }) {
  if (report.flags.length === 0) return <Empty title={Object.keys(report.flag_counts).length ? "The rows are not listed" : "Nothing was flagged"}>{Object.entries(report.flag_counts).map(([code, number]) => `${count(number)} ${words(code)}`).join(", ")}</Empty>;
  return (
    <div className={css.list}>
      <FlagCounts counts={report.flag_counts} />
      <DataTable
        label="Flags" rows={report.flags} keyOf={(one) => `${one.path} ${one.line} ${one.code} ${one.message}`}
        columns={[
          { id: "path", head: "file", cell: (one) => <Verbatim title={one.path}>{one.path}</Verbatim> },
          { id: "line", head: "line", numeric: true, className: css.line, cell: (one) => (one.line === null ? "" : count(one.line)) },
          { id: "code", head: "what", cell: (one) => codeWords(one.code) },
          { id: "message", head: "noticed", cell: (one) => <span title={one.message}><Verbatim>{one.message}</Verbatim></span> },
        ]}
      />
    </div>
  );
}

export function View() {
  const at = useSnapshot();
  const { place, keep, go } = useNavigation();
  const shown = (place.state.show as Shown | undefined) ?? "records";
  const query = useQuery({ queryKey: ["overview", at], queryFn: () => call("overview", at!), enabled: at !== null });
  if (!at) return <Empty title="Nothing is indexed yet">Records that cannot be read stand here with file, line and reason.</Empty>;
  const report = query.data?.report;
  return (
    <div className={`view ${css.view}`}>
      <div className={css.head}>
        <h1>Set aside</h1>
        <p className="small t2">{report && (
          <>
            Seen {count(report.samples.seen)} = <button type="button" className="link" onClick={() => go("samples", {})}>indexed {count(report.samples.indexed)}</button> + <button type="button" className="link" onClick={() => keep({ show: "records" })}>quarantined {count(report.samples.quarantined)}</button>. <button type="button" className="link" onClick={() => keep({ show: "files" })}>{counted(report.files.refused_count, "file")} not read</button>.
          </>
        )}</p>
        <span className="gap" />
        <Segmented label="Shown" value={shown} options={[{ value: "records", label: "Records" }, { value: "files", label: "Files" }, { value: "flags", label: "Flags" }]} onChange={(next) => keep({ show: next })} />
      </div>
      <div className={css.body}>
        {shown === "records" ? <Records at={at} /> : query.isError ? <Faulted doing="Opening the report" cause={query.error} onRetry={() => void query.refetch()} /> : !report ? <Loading what="Opening the report…" /> : shown === "files" ? <Files report={report} /> : <Flags report={report} />}
      </div>
    </div>
  );
}
