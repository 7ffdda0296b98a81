/// The head of a region: what it is, one line about it, and what leads on.
import type { ReactNode } from "react";
import css from "./section_head.module.css";

export function SectionHead({ title, gloss, children, id }: { title: string; gloss?: ReactNode; children?: ReactNode; id?: string }) {
  return (
    <div className={css.section}>
      <div className={css.words}>
        <h2 id={id}>{title}</h2>
        {gloss && <span className={css.gloss}>{gloss}</span>}
      </div>
      {children && <div className={css.acts}>{children}</div>}
    </div>
  );
}
