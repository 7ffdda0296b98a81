/// The figures of one unit, each said to be exact or estimated.
import type { Coverage } from "@/ipc";
import { count, short } from "@/lib/format";
import css from "./coverage.module.css";

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly how: "exact" | "estimated";
  readonly title: string;
}

const UNDEFINED = "undefined";

function fraction(value: number | null): string {
  if (value === null) return UNDEFINED;
  // 0.9996 must not be shown as 1.
  return value < 1 && value > 0.9995 ? value.toFixed(5) : value.toFixed(3);
}

/** A number of classes, with a decimal only where it is small. */
function effective(value: number): string {
  return value < 100 ? value.toFixed(1) : count(Math.round(value));
}

export function figuresOf(coverage: Coverage): Figure[] {
  const [, shannon, simpson] = coverage.hill;
  return [
    { name: "Observations", value: short(coverage.observations), how: "exact", title: count(coverage.observations) },
    { name: "Classes", value: count(coverage.classes), how: "exact", title: "distinct values seen" },
    { name: "Seen once", value: count(coverage.singletons), how: "exact", title: "f1" },
    { name: "Seen twice", value: count(coverage.doubletons), how: "exact", title: "f2" },
    { name: "Coverage", value: fraction(coverage.chao_jost), how: "estimated", title: "Chao and Jost 2012: share of the population whose class is here" },
    { name: "Good–Turing", value: fraction(coverage.good_turing), how: "estimated", title: "1 − f1 / n" },
    { name: "Classes, Chao1", value: coverage.chao1 === null ? UNDEFINED : count(Math.round(coverage.chao1)), how: "estimated", title: "lower bound of the classes there are" },
    { name: "Effective, q = 1", value: effective(shannon), how: "exact", title: "exponential of Shannon entropy" },
    { name: "Effective, q = 2", value: effective(simpson), how: "exact", title: "inverse Simpson" },
    { name: "Evenness", value: coverage.evenness === null ? UNDEFINED : coverage.evenness.toFixed(2), how: "exact", title: coverage.evenness === null ? "undefined: fewer than two classes" : "entropy over the logarithm of the classes" },
  ];
}

export function Estimators({ coverage }: { coverage: Coverage }) {
  return (
    <dl className={css.strip}>
      {figuresOf(coverage).map((figure) => (
        <div key={figure.name} title={figure.title}>
          <dt>{figure.name}</dt>
          <dd><b>{figure.value}</b><small>{figure.how}</small></dd>
        </div>
      ))}
    </dl>
  );
}
