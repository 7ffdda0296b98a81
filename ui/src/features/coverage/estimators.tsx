/// The figures of one unit, each said to be exact or estimated, with its interval, and what it is once samples are gone.
import type { AfterRemoval, Coverage } from "@/ipc";
import { classesSeen, EVER, type Times } from "@/lib/behind";
import { count, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { isFound } from "./asked";
import css from "./coverage.module.css";

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly how: "exact" | "estimated" | "in a sample";
  /** 95 %, as it is written. */
  readonly interval: string | null;
  /** The same once samples are gone. */
  readonly after: string | null;
  /** The same of a reference from outside the snapshot. */
  readonly there: string | null;
  readonly title: string;
  /** The filter of the samples whose classes it rests on; `null` for classes that are found in texts. */
  readonly filter: string | null;
}

const UNDEFINED = "undefined";
const RESAMPLED = "by resampling";

function fraction(value: number | null): string {
  if (value === null) return UNDEFINED;
  // 0.9996 must not be shown as 1.
  return value < 1 && value > 0.9995 ? value.toFixed(5) : value.toFixed(3);
}

/** A number of classes, with a decimal only where it is small. */
function effective(value: number): string {
  return value < 100 ? value.toFixed(1) : count(Math.round(value));
}

/** Both ends of an interval with one writing. */
function between(interval: readonly [number, number] | null | undefined, write: (value: number) => string): string | null {
  return interval ? `${write(interval[0])}–${write(interval[1])}` : null;
}

export function figuresOf(coverage: Coverage, after: AfterRemoval | null = null): Figure[] {
  const [, shannon, simpson] = coverage.hill;
  const exact = coverage.sampled ? "in a sample" : "exact";
  const resampled = coverage.intervals;
  const replicates = resampled ? `; 95 % interval ${RESAMPLED}: ${resampled.method}, ${count(resampled.replicates)} replicates` : "";
  const whole = (value: number) => count(Math.round(value));
  const there = coverage.tail?.there ?? null;
  const resting = (classes: number, times: Times) => (classes === 0 || isFound(coverage.unit) || coverage.sampled ? null : classesSeen(coverage.unit, times));
  const once = resting(coverage.singletons, { from: 1, to: 1 });
  const rare = resting(coverage.singletons + coverage.doubletons, { from: 1, to: 2 });
  const known = { interval: null, after: null, there: null, filter: resting(coverage.classes, EVER) };
  return [
    { ...known, name: "Observations", value: short(coverage.observations), how: exact, after: after && short(after.observations), there: there && short(there.observations), title: count(coverage.observations) },
    { ...known, name: "Classes", value: count(coverage.classes), how: exact, interval: between(resampled?.hill[0], whole), after: after && count(after.classes), there: there && count(there.classes), title: `distinct values seen; the interval: in another sample of this size${replicates}` },
    { ...known, filter: once, name: "Seen once", value: count(coverage.singletons), how: exact, after: after && count(after.singletons), there: there && count(there.singletons), title: "f1" },
    { ...known, filter: resting(coverage.doubletons, { from: 2, to: 2 }), name: "Seen twice", value: count(coverage.doubletons), how: exact, there: there && count(there.doubletons), title: "f2" },
    { ...known, filter: rare, name: "Coverage", value: fraction(coverage.chao_jost), how: "estimated", interval: between(resampled?.chao_jost, fraction), after: after && fraction(after.chao_jost), there: there && fraction(there.chao_jost), title: `Chao and Jost 2012: share of the population whose class is here${replicates}` },
    { ...known, filter: once, name: "Good–Turing", value: fraction(coverage.good_turing), how: "estimated", interval: between(coverage.coverage_interval, fraction), there: there && fraction(there.good_turing), title: "1 − f1 / n; 95 % interval after Esty 1983" },
    { ...known, filter: rare, name: "Classes, Chao1", value: coverage.chao1 === null ? UNDEFINED : whole(coverage.chao1), how: "estimated", interval: between(coverage.chao1_interval, whole), there: there && (there.chao1 === null ? UNDEFINED : whole(there.chao1)), title: "lower bound of the classes there are; 95 % interval after Chao 1987" },
    { ...known, name: "Effective, q = 1", value: effective(shannon), how: exact, interval: between(resampled?.hill[1], effective), after: after && effective(after.hill[1]), there: there && effective(there.hill[1]), title: `exponential of Shannon entropy${replicates}` },
    { ...known, name: "Effective, q = 2", value: effective(simpson), how: exact, interval: between(resampled?.hill[2], effective), after: after && effective(after.hill[2]), there: there && effective(there.hill[2]), title: `inverse Simpson${replicates}` },
    { ...known, name: "Evenness", value: coverage.evenness === null ? UNDEFINED : coverage.evenness.toFixed(2), how: exact, interval: between(resampled?.evenness, (value) => value.toFixed(2)), there: there && (there.evenness === null ? UNDEFINED : there.evenness.toFixed(2)), title: coverage.evenness === null ? "undefined: fewer than two classes" : `entropy over the logarithm of the classes${replicates}` },
  ];
}

export function Estimators({ coverage, after }: { coverage: Coverage; after: AfterRemoval | null }) {
  const { go } = useNavigation();
  return (
    <dl className={css.strip}>
      {figuresOf(coverage, after).map((figure) => (
        <div key={figure.name} title={figure.title}>
          <dt>{figure.name}</dt>
          <dd>
            <b>{figure.filter === null ? figure.value : <button type="button" className="link" aria-label={`${figure.name}: ${figure.value}, open the samples of the classes it rests on`} onClick={() => go("samples", { filter: figure.filter! })}>{figure.value}</button>}</b>
            <small>{figure.interval ?? figure.how}</small>
            {figure.interval && <small>{figure.how}</small>}
            {figure.there !== null && <small>there {figure.there}</small>}
            {after && <small className={css.after}>{figure.after === null ? "" : `then ${figure.after}`}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
