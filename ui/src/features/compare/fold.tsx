/// Rows of a table that stay folded until they are asked for: their head says how many there are.
import { type ReactNode, useId } from "react";
import { Icon } from "@/components/icon";
import css from "./compare.module.css";

export interface FoldProps {
  title: string;
  /** What the rows are, for whoever leaves them folded. */
  note: string;
  open: boolean;
  onToggle(): void;
  children: ReactNode;
}

export function Fold({ title, note, open, onToggle, children }: FoldProps) {
  const id = useId();
  return (
    <>
      <tbody>
        <tr className={css.group}>
          <th scope="rowgroup">
            <button type="button" className={css.fold} aria-expanded={open} aria-controls={id} onClick={onToggle}>
              <Icon name={open ? "down" : "right"} /><b>{title}</b> <span>{note}</span>
            </button>
          </th>
        </tr>
      </tbody>
      <tbody id={id}>{open && children}</tbody>
    </>
  );
}
