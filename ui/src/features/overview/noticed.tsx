/// What was noticed while reading and judging: conflicts, languages, records and files set aside.
import type { ReactNode } from "react";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { Report } from "@/ipc";
import { CONTRADICTORY } from "@/lib/behind";
import { codeWords } from "@/lib/codes";
import { count, counted, languageName, percent } from "@/lib/format";
import { both, equals } from "@/lib/expression";
import { useNavigation } from "@/lib/place";
import css from "./overview.module.css";

interface Row {
  name: string;
  number: string;
  of: string;
  open?: { words: string; run(): void };
  /** A file or record that failed is said in red. */
  failed?: boolean;
}

function Rows({ head, rows }: { head: [string, string, string]; rows: readonly Row[] }): ReactNode {
  return (
    <table className={css.noticed} aria-label={head[0]}>
      <thead><tr><th scope="col">{head[0]}</th><th scope="col" className="num">{head[1]}</th><th scope="col">{head[2]}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <td><Verbatim>{row.name}</Verbatim></td>
            <td className="num strong">{row.open ? <button type="button" className="link" aria-label={`${row.name}: ${row.number}, open the ${row.open.words}`} onClick={row.open.run}>{row.number}</button> : row.number}</td>
            <td className="t2">{row.of}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Noticed({ report }: { report: Report }) {
  const { go } = useNavigation();
  const { samples, files } = report;
  // Reports of earlier versions count texts and not their samples.
  const contradictory = report.conflicting_samples || report.conflicts;
  const rows: Row[] = [
    { name: "Contradictory origin", number: count(contradictory), of: `${percent(samples.indexed ? contradictory / samples.indexed : 0, 2)} of samples`, ...(contradictory > 0 ? { open: { words: "samples", run: () => go("samples", { filter: CONTRADICTORY }) } } : {}) },
    { name: "Records quarantined", number: count(samples.quarantined), of: `of ${count(samples.seen)} seen`, ...(samples.quarantined > 0 ? { open: { words: "records", run: () => go("quarantine", {}) } } : {}) },
    { name: "Files not read", number: count(files.refused_count), of: `of ${count(files.seen)} seen`, ...(files.refused_count > 0 ? { open: { words: "files", run: () => go("quarantine", { show: "files" }) } } : {}) },
    ...Object.entries(report.flag_counts).filter(([code]) => code !== "language_mismatch").sort((a, b) => b[1] - a[1]).slice(0, 4).map(([code, number]): Row => ({ name: codeWords(code), number: count(number), of: "flagged, indexed", open: { words: "samples", run: () => go("samples", { filter: equals("flag", code) }) } })),
  ];
  const mismatched = report.language_mismatch.filter((one) => one.mismatched > 0).sort((a, b) => b.mismatched / (b.samples || 1) - a.mismatched / (a.samples || 1)).slice(0, 5);
  const total = report.language_mismatch.reduce((sum, one) => sum + one.mismatched, 0);
  return (
    <>
      <SectionHead title="Noticed" gloss={`seen ${count(samples.seen)} = indexed ${count(samples.indexed)} + quarantined ${count(samples.quarantined)}`} />
      <Rows head={["What", "number", "share"]} rows={rows} />
      {report.language_mismatch.length > 0 && (
        <div className={css.languages}>
          <h3>Language <span className="t2">{total === 0 ? "detected as declared in every sample long enough to tell" : `detected otherwise than declared, `}</span>{total > 0 && <button type="button" className="link" aria-label={`${counted(total, "sample")} detected otherwise than declared: open them`} onClick={() => go("samples", { filter: equals("mismatch", "true") })}>{counted(total, "sample")}</button>}</h3>
          {mismatched.length > 0 && <Rows
            head={["Declared", "otherwise", "share"]}
            rows={mismatched.map((one) => ({ name: languageName(one.declared), number: count(one.mismatched), of: `${percent(one.samples ? one.mismatched / one.samples : 0)} of ${count(one.samples)}`, open: { words: "samples", run: () => go("samples", { filter: both(equals("language", one.declared), equals("mismatch", "true")) }) } }))}
          />}
        </div>
      )}
    </>
  );
}
