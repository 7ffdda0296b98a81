/// The classes by name: those that are missing, the smallest, the commonest. Each opens its samples.
import { useRef } from "react";
import { ChartMenu } from "@/components/chart_menu";
import { Segmented } from "@/components/segmented";
import { SectionHead } from "@/components/section_head";
import { Visible } from "@/components/reading";
import type { ClassCount, Coverage, Origin } from "@/ipc";
import { count } from "@/lib/format";
import css from "./coverage.module.css";

export type ClassList = "missing" | "smallest" | "largest";

interface Row extends ClassCount {
  /** Where the class is absent, for missing ones. */
  readonly absent: readonly Origin[];
}

/** The human tail's classes that some other part lacks, most absent first, then commonest among the human ones. */
export function missingRows(coverage: Coverage): Row[] {
  const rows = new Map<string, { count: number; absent: Origin[] }>();
  for (const part of coverage.by_origin) {
    for (const each of part.missing) {
      const row = rows.get(each.class) ?? { count: each.count, absent: [] };
      row.absent.push(part.origin);
      rows.set(each.class, row);
    }
  }
  return [...rows].map(([name, row]) => ({ class: name, ...row })).sort((a, b) => b.absent.length - a.absent.length || b.count - a.count || a.class.localeCompare(b.class));
}

export interface ClassesProps {
  coverage: Coverage;
  list: ClassList;
  onList(list: ClassList): void;
  onOpen(name: string): void;
}

export function Classes({ coverage, list, onList, onOpen }: ClassesProps) {
  const missing = missingRows(coverage);
  const rows: Row[] = list === "missing" ? missing : coverage[list].map((each) => ({ ...each, absent: [] }));
  const largest = Math.max(1, ...rows.map((row) => row.count));
  const picture = useRef<HTMLElement>(null);
  return (
    <section className={css.classes} aria-label="Classes" ref={picture}>
      <SectionHead title="Classes" gloss={list === "missing" ? "in the human tail, absent elsewhere" : `the ${count(rows.length)} ${list === "smallest" ? "rarest" : "commonest"}`}>
        <span className={css.classControls} data-leave-out=""><Segmented size="small" label="Which classes" value={list} onChange={onList} options={[{ value: "missing", label: `Missing ${count(missing.length)}` }, { value: "smallest", label: "Smallest" }, { value: "largest", label: "Largest" }]} />
        <ChartMenu title="Classes" heads={["class", "count", "absent from"]} rows={rows.map((row) => [row.class, row.count, row.absent.join(" ")])} picture={picture} /></span>
      </SectionHead>
      {rows.length === 0 ? (
        <p className="t2">{list === "missing" ? "No class of the human tail is missing from another part." : "There are no classes."}</p>
      ) : (
        <div className={css.classScroll}>
          <table>
            <thead><tr><th scope="col">class</th><th scope="col" className={css.countColumn}>{list === "missing" ? "in the human part" : "here"}</th>{list === "missing" && <th scope="col">absent from</th>}</tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.class}>
                  <td><button type="button" className="link" aria-label={`${row.class}: open its samples`} onClick={() => onOpen(row.class)}><bdi><Visible text={row.class || "none"} /></bdi></button></td>
                  <td className={css.countColumn}>
                    <svg width="64" height="9" aria-hidden="true"><rect width={Math.max(1, (64 * row.count) / largest)} height="9" fill="var(--chart-bar)" /></svg>
                    <span>{count(row.count)}</span>
                  </td>
                  {list === "missing" && <td className="t2">{row.absent.join(", ")}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
