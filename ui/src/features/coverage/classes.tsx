/// The classes by name: missing ones, the smallest, the commonest, those that removal loses, and cells that hold too little.
import { useRef, useState } from "react";
import { Button } from "@/components/button";
import { ChartMenu } from "@/components/chart_menu";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Verbatim } from "@/components/verbatim";
import type { AfterRemoval, Cells, Coverage } from "@/ipc";
import { count, counted } from "@/lib/format";
import type { Asked } from "./asked";
import { type ClassList, type ClassRow, filterOf, rowsOf, wholeCount } from "./class_lists";
import css from "./coverage.module.css";

export interface ClassesProps {
  coverage: Coverage;
  cells: Cells;
  asked: Asked;
  after: AfterRemoval | null;
  list: ClassList;
  onList(list: ClassList): void;
  onOpen(row: ClassRow): void;
  onQueue(filter: string): void;
  /** Opens the samples of all lost classes; absent where no filter says it. */
  onLost: (() => void) | undefined;
}

const NONE: Record<ClassList, string> = {
  missing: "No class of the reference’s tail is missing.",
  smallest: "There are no classes.",
  largest: "There are no classes.",
  lost: "No class is lost.",
  cells: "Every cell of domain and language that two values make possible holds enough samples.",
};

function gloss(list: ClassList, coverage: Coverage, shown: number, whole: number, cells: Cells): string {
  if (list === "missing") return coverage.tail ? `${count(whole)}, commonest in the ${coverage.tail.reference} first` : "no reference";
  if (list === "lost") return "only what was taken away had them";
  if (list === "cells") return `${counted(cells.domains, "domain")} × ${counted(cells.languages, "language")}: ${count(cells.empty_count)} empty, ${count(cells.below_count)} below ${count(cells.floor)} samples`;
  return `the ${count(shown)} ${list === "smallest" ? "rarest" : "commonest"}`;
}

export function Classes({ coverage, cells, asked, after, list, onList, onOpen, onQueue, onLost }: ClassesProps) {
  const rows = rowsOf(list, coverage, asked, after, cells);
  const whole = wholeCount(list, coverage, after, cells);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = rows.filter((row) => chosen.has(row.class));
  const filter = filterOf(coverage.unit, picked, list, asked);
  const largest = Math.max(1, ...rows.map((row) => row.count));
  const picture = useRef<HTMLElement>(null);
  const canQueue = rows.some((row) => row.filter !== null);
  const noted = rows.some((row) => row.note !== "");
  const options = [
    { value: "missing" as const, label: "Missing" }, { value: "smallest" as const, label: "Smallest" }, { value: "largest" as const, label: "Largest" },
    ...(after ? [{ value: "lost" as const, label: `Lost ${count(after.lost_count)}` }] : []),
    ...(cells.domains > 0 ? [{ value: "cells" as const, label: "Cells" }] : []),
  ];
  const toggle = (name: string) => setChosen((now) => {
    const next = new Set(now);
    if (!next.delete(name)) next.add(name);
    return next;
  });
  return (
    <section className={css.classes} aria-label="Classes" ref={picture}>
      <SectionHead title={list === "cells" ? "Cells" : "Classes"} gloss={gloss(list, coverage, rows.length, whole, cells)}>
        <span className={css.classControls} data-leave-out="">
          {list === "lost" && onLost && rows.length > 0 && <button type="button" className="link small" onClick={onLost}>Open all {count(whole)}</button>}
          <Segmented size="small" label="Which classes" value={list} onChange={(next) => { setChosen(new Set()); onList(next); }} options={options} />
          <ChartMenu title="Classes" heads={["class", "count", "note"]} rows={rows.map((row) => [row.class, row.count, row.note])} picture={picture} />
        </span>
      </SectionHead>
      {rows.length === 0 ? <p className="t2">{NONE[list]}</p> : (
        <>
          <div className={css.classScroll}>
            <table>
              <thead><tr>{canQueue && <th scope="col"><span className="unseen">choose</span></th>}<th scope="col">{list === "cells" ? "domain · language" : "class"}</th><th scope="col" className={css.countColumn}>{list === "missing" ? `in the ${coverage.tail?.reference ?? "reference"}` : "here"}</th>{noted && <th scope="col">{list === "missing" ? "absent from" : list === "cells" ? "state" : "also"}</th>}</tr></thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.class}>
                    {canQueue && <td className={css.pick}>{row.filter !== null && <input type="checkbox" aria-label={`Choose ${row.class}`} checked={chosen.has(row.class)} onChange={() => toggle(row.class)} />}</td>}
                    <td>{row.samples ? <button type="button" className="link" aria-label={`${row.class}: open its samples`} onClick={() => onOpen(row)}><Verbatim>{row.class || "none"}</Verbatim></button> : <Verbatim>{row.class}</Verbatim>}</td>
                    <td className={css.countColumn}>
                      <svg width="64" height="9" aria-hidden="true"><rect width={row.count === 0 ? 0 : Math.max(1, (64 * row.count) / largest)} height="9" fill="var(--chart-bar)" /></svg>
                      <span>{count(row.count)}</span>
                    </td>
                    {noted && <td className={`t2 ${css.note}`} title={row.note}><Verbatim>{row.note}</Verbatim></td>}
                  </tr>
                ))}
              </tbody>
            </table>
            {whole > rows.length && list !== "smallest" && list !== "largest" && <p className="label t3">and {count(whole - rows.length)} more</p>}
          </div>
          {canQueue && (
            <p className={css.toQueue} data-leave-out="">
              <Button size="small" unavailable={filter === null ? "choose classes first" : undefined} onPress={() => filter !== null && onQueue(filter)}>{picked.length === 0 ? "Make a queue" : `Make a queue of ${counted(picked.length, list === "cells" ? "cell" : "class", list === "cells" ? "cells" : "classes")}`}</Button>
              <span className="label t2">drawn from the samples of the chosen ones</span>
            </p>
          )}
        </>
      )}
    </section>
  );
}
