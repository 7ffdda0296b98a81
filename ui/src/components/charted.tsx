/// A chart, its twin as a table one press away, and what can be taken away from it.
import { type ReactNode, useRef, useState } from "react";
import type { Value } from "@/lib/csv";
import { count } from "@/lib/format";
import { ChartMenu } from "./chart_menu";
import css from "./charted.module.css";
import { SectionHead } from "./section_head";
import { Verbatim } from "./verbatim";

export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
  /** How a number stands in the table; as a whole number where absent. The CSV always has it undressed. */
  format?(value: number): string;
}

export interface ChartedProps {
  title: string;
  gloss?: ReactNode;
  columns: readonly Column[];
  rows: readonly (readonly Value[])[];
  /** What the CSV holds where that is more than the table: every point of a curve. */
  numbers?: { readonly heads: readonly string[]; readonly rows: readonly (readonly Value[])[] };
  /** Controls of the chart, before the link to its table. */
  controls?: ReactNode;
  /** What explains the chart's marks, at its head: part of the picture. */
  legend?: ReactNode;
  children: ReactNode;
}

function words(value: Value | undefined, column: Column): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "number" ? (column.format ?? count)(value) : value;
}

export function Charted({ title, gloss, columns, rows, numbers, controls, legend, children }: ChartedProps) {
  const [table, setTable] = useState(false);
  const picture = useRef<HTMLElement>(null);
  return (
    <section className={css.charted} aria-label={title} ref={picture}>
      <SectionHead title={title} gloss={gloss}>
        {legend}
        <span className={css.controls} data-leave-out="">
          {controls}
          <button type="button" className={`link ${css.toggle}`} aria-pressed={table} onClick={() => setTable(!table)}>{table ? "as a chart" : "as a table"}</button>
          <ChartMenu title={title} heads={numbers?.heads ?? columns.map((column) => column.head)} rows={numbers?.rows ?? rows} picture={picture} />
        </span>
      </SectionHead>
      {table ? <TableTwin title={title} columns={columns} rows={rows} /> : children}
    </section>
  );
}

function TableTwin({ title, columns, rows }: Pick<ChartedProps, "title" | "columns" | "rows">) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.scroll} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table className={css.table}>
        <thead><tr>{columns.map((column) => <th key={column.head} scope="col" className={column.numeric ? "num" : undefined}>{column.head}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no other name.
            <tr key={at}>{columns.map((column, index) => <td key={column.head} className={column.numeric ? "num" : undefined}><Verbatim>{words(row[index], column)}</Verbatim></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
