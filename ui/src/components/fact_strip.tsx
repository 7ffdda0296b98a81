/// Facts side by side: a small word, and under it what is so.
import type { ReactNode } from "react";
import css from "./fact_strip.module.css";
import { Visible } from "./reading";
import { Verbatim } from "./verbatim";

export interface FactOf {
  label: string;
  value: ReactNode;
}

export function FactStrip({ facts }: { facts: readonly FactOf[] }) {
  return (
    <dl className={css.strip}>
      {facts.map((fact) => <div key={fact.label}><dt><Visible text={fact.label} /></dt><dd><Verbatim>{fact.value}</Verbatim></dd></div>)}
    </dl>
  );
}
