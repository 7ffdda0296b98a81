/// A table of a few rows: hairlines between them, numbers at the right, one row may be chosen.
import type { ReactNode } from "react";
import css from "./data_table.module.css";

export interface Column<Row> {
  id: string;
  head: ReactNode;
  cell(row: Row): ReactNode;
  numeric?: boolean;
  /** Class of the column's `col` element, for its width. */
  className?: string | undefined;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string | number;
  selected?: string | number | undefined;
  onSelect?: (row: Row) => void;
  /** The first column lines up with the title at the side margin. */
  inset?: boolean;
}

export function DataTable<Row>({ label, columns, rows, keyOf, selected, onSelect, inset = false }: DataTableProps<Row>) {
  return (
    <table className={inset ? `${css.table} ${css.inset}` : css.table} aria-label={label}>
      <colgroup>{columns.map((column) => <col key={column.id} className={column.className} />)}</colgroup>
      <thead><tr>{columns.map((column) => <th key={column.id} scope="col" className={column.numeric ? "num" : undefined}>{column.head}</th>)}</tr></thead>
      <tbody>
        {rows.map((row) => {
          const key = keyOf(row);
          return (
            <tr key={key} {...(key === selected ? { "aria-selected": true } : {})} {...(onSelect ? { onClick: () => onSelect(row), className: css.choice } : {})}>
              {columns.map((column) => <td key={column.id} className={column.numeric ? "num" : undefined}>{column.cell(row)}</td>)}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
