/// One row of the form: what is chosen, and the choice.
import type { ReactNode } from "react";
import css from "./queue.module.css";

export function Row({ label, control, children }: { label: string; control?: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      {control ? <label htmlFor={control}>{label}</label> : <span className={css.name}>{label}</span>}
      <div>{children}</div>
    </div>
  );
}
