/// Facts side by side: a small word, and under it what is so.
import type { ReactNode } from "react";
import css from "./fact_strip.module.css";

export interface FactOf {
  label: string;
  value: ReactNode;
}

export function FactStrip({ facts }: { facts: readonly FactOf[] }) {
  return (
    <dl className={css.strip}>
      {facts.map((fact) => <div key={fact.label}><dt>{fact.label}</dt><dd><bdi>{fact.value}</bdi></dd></div>)}
    </dl>
  );
}
