/// A chart and its twin: the same numbers as a table, one press away.
import { type ReactNode, useState } from "react";
import css from "./charted.module.css";
import { SectionHead } from "./section_head";

export interface Column {
  readonly head: string;
  readonly numeric?: boolean;
}

export interface ChartedProps {
  title: string;
  gloss?: ReactNode;
  columns: readonly Column[];
  rows: readonly (readonly ReactNode[])[];
  children: ReactNode;
}

export function Charted({ title, gloss, columns, rows, children }: ChartedProps) {
  const [table, setTable] = useState(false);
  return (
    <section className={css.charted} aria-label={title}>
      <SectionHead title={title} gloss={gloss}>
        <button type="button" className={`link ${css.toggle}`} aria-pressed={table} onClick={() => setTable(!table)}>{table ? "as a chart" : "as a table"}</button>
      </SectionHead>
      {table ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        <div className={css.scroll} tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table className={css.table}>
            <thead><tr>{columns.map((column) => <th key={column.head} scope="col" className={column.numeric ? "num" : undefined}>{column.head}</th>)}</tr></thead>
            <tbody>
              {rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a chart have no other name.
                <tr key={at}>{columns.map((column, index) => <td key={column.head} className={column.numeric ? "num" : undefined}>{row[index]}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : children}
    </section>
  );
}
