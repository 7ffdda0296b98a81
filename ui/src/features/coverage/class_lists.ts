/// Which classes does each list show, and what do its rows lead to? Pure.
import type { AfterRemoval, Cells, ClassCount, Coverage, Origin } from "@/ipc";
import { both, equals } from "@/lib/expression";
import { anyOf, isFound } from "@/lib/unit_classes";
import { type Asked, referenceFilter, samplesOf } from "./asked";

export type ClassList = "missing" | "smallest" | "largest" | "lost" | "cells";

export interface ClassRow extends ClassCount {
  /** Where the class is absent, or what else is to be said of it. */
  readonly note: string;
  /** The state of the grid that shows its samples; `null` where there are none. */
  readonly samples: Record<string, string> | null;
  /** The filter of its samples, for a queue; `null` where they are found by their words, or not here. */
  readonly filter: string | null;
}

/** Parts that lack each class of the human tail, most human first. */
function absentFrom(coverage: Coverage): Map<string, Origin[]> {
  const absent = new Map<string, Origin[]>();
  for (const part of coverage.by_origin) {
    for (const each of part.missing) absent.set(each.class, [...(absent.get(each.class) ?? []), part.origin]);
  }
  return absent;
}

/** Classes of the reference's tail that what is held against it lacks, commonest there first. */
export function missingRows(coverage: Coverage, asked: Asked): ClassRow[] {
  const absent = absentFrom(coverage);
  const within = referenceFilter(asked.reference);
  const elsewhere = within === "";
  return (coverage.tail?.missing ?? []).map((each) => ({
    ...each,
    note: asked.reference === "human" ? (absent.get(each.class) ?? []).join(", ") : "",
    samples: samplesOf(coverage.unit, each.class, within),
    filter: elsewhere || isFound(coverage.unit) ? null : both(equals(coverage.unit, each.class), within),
  }));
}

function here(coverage: Coverage, rows: readonly ClassCount[], note = ""): ClassRow[] {
  return rows.map((each) => ({
    ...each, note, samples: samplesOf(coverage.unit, each.class), filter: isFound(coverage.unit) ? null : equals(coverage.unit, each.class),
  }));
}

function cellRows(cells: Cells): ClassRow[] {
  return cells.cells.map((cell) => {
    const filter = both(equals("domain", cell.domain), equals("language", cell.language));
    return { class: `${cell.domain} · ${cell.language}`, count: cell.samples, note: cell.samples === 0 ? "empty" : `below ${cells.floor}`, samples: cell.samples === 0 ? null : { filter }, filter: cell.samples === 0 ? null : filter };
  });
}

export function rowsOf(list: ClassList, coverage: Coverage, asked: Asked, after: AfterRemoval | null, cells: Cells): ClassRow[] {
  if (list === "missing") return missingRows(coverage, asked);
  if (list === "cells") return cellRows(cells);
  if (list === "lost") return here(coverage, after?.lost ?? []);
  const terms = new Map((coverage.topics?.topics ?? []).map((topic) => [topic.name, topic.terms.slice(3).join(", ")]));
  return here(coverage, coverage[list]).map((row) => ({ ...row, note: terms.get(row.class) ?? "" }));
}

/** The filter of all chosen rows; `null` where one of them has none. */
export function filterOf(unit: string, rows: readonly ClassRow[], list: ClassList, asked: Asked): string | null {
  if (rows.length === 0 || rows.some((row) => row.filter === null)) return null;
  if (list === "cells") return rows.map((row) => (rows.length > 1 ? `(${row.filter})` : row.filter)).join(" or ");
  return both(anyOf(unit, rows.map((row) => row.class)), list === "missing" ? referenceFilter(asked.reference) : "");
}

/** How many there are in all, where a list names only the first. */
export function wholeCount(list: ClassList, coverage: Coverage, after: AfterRemoval | null, cells: Cells): number {
  if (list === "missing") return coverage.tail?.missing_count ?? coverage.missing.length;
  if (list === "lost") return after?.lost_count ?? 0;
  return list === "cells" ? cells.empty_count + cells.below_count : coverage[list].length;
}
