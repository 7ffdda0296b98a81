/// The figures of one unit, each said to be exact or estimated, with its interval, and what it is once samples are gone.
import type { AfterRemoval, Coverage } from "@/ipc";
import { classesSeen, classesSeenIn, type Times } from "@/lib/behind";
import { count, short } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { type Asked, askedOf, observedFilter, observedThere, stayingFilter } from "./asked";
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
  /** The filters of the samples whose classes it rests on, now, once samples are gone, and in the reference; `null` where no filter says it. */
  readonly filter: string | null;
  readonly afterFilter: string | null;
  readonly thereFilter: string | null;
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

export function figuresOf(coverage: Coverage, after: AfterRemoval | null = null, asked: Asked = askedOf({})): Figure[] {
  const [, shannon, simpson] = coverage.hill;
  const exact = coverage.sampled ? "in a sample" : "exact";
  const resampled = coverage.intervals;
  const replicates = resampled ? `; 95 % interval ${RESAMPLED}: ${resampled.method}, ${count(resampled.replicates)} replicates` : "";
  const whole = (value: number) => count(Math.round(value));
  const there = coverage.tail?.there ?? null;
  const everThere = there && observedThere(coverage, asked);
  const resting = (classes: number, times: Times) => (classes === 0 || coverage.sampled ? null : classesSeen(coverage.unit, times));
  const restingThere = (classes: number, times: Times) => (classes === 0 || everThere === null ? null : classesSeen(coverage.unit, times));
  const here = { filter: coverage.observations === 0 ? null : observedFilter(coverage), afterFilter: null, thereFilter: everThere };
  const all = { ...here, afterFilter: after && after.observations > 0 ? stayingFilter(coverage, asked) : null };
  // Which classes are seen once when others than duplicates are gone, no filter says: they are counted before.
  const restingThen = (times: Times) => (after === null || after.singletons === 0 || coverage.sampled || asked.removal !== "duplicates" ? null : classesSeenIn("unique", coverage.unit, times));
  const seen = (times: Times, inUnit: number, inReference: number) => ({ filter: resting(inUnit, times), afterFilter: restingThen(times), thereFilter: restingThere(inReference, times) });
  const once = seen({ from: 1, to: 1 }, coverage.singletons, there?.singletons ?? 0);
  const twice = seen({ from: 2, to: 2 }, coverage.doubletons, there?.doubletons ?? 0);
  const rare = seen({ from: 1, to: 2 }, coverage.singletons + coverage.doubletons, (there?.singletons ?? 0) + (there?.doubletons ?? 0));
  const none = { interval: null, after: null, there: null };
  return [
    { ...none, ...all, name: "Observations", value: short(coverage.observations), how: exact, after: after && short(after.observations), there: there && short(there.observations), title: count(coverage.observations) },
    { ...none, ...all, name: "Classes", value: count(coverage.classes), how: exact, interval: between(resampled?.hill[0], whole), after: after && count(after.classes), there: there && count(there.classes), title: `distinct values seen; the interval: in another sample of this size${replicates}` },
    { ...none, ...once, name: "Seen once", value: count(coverage.singletons), how: exact, after: after && count(after.singletons), there: there && count(there.singletons), title: "f1" },
    { ...none, ...twice, name: "Seen twice", value: count(coverage.doubletons), how: exact, there: there && count(there.doubletons), title: "f2" },
    { ...none, ...rare, name: "Coverage", value: fraction(coverage.chao_jost), how: "estimated", interval: between(resampled?.chao_jost, fraction), after: after && fraction(after.chao_jost), there: there && fraction(there.chao_jost), title: `Chao and Jost 2012: share of the population whose class is here${replicates}` },
    { ...none, ...once, name: "Good–Turing", value: fraction(coverage.good_turing), how: "estimated", interval: between(coverage.coverage_interval, fraction), there: there && fraction(there.good_turing), title: "1 − f1 / n; 95 % interval after Esty 1983" },
    { ...none, ...rare, name: "Classes, Chao1", value: coverage.chao1 === null ? UNDEFINED : whole(coverage.chao1), how: "estimated", interval: between(coverage.chao1_interval, whole), there: there && (there.chao1 === null ? UNDEFINED : whole(there.chao1)), title: "lower bound of the classes there are; 95 % interval after Chao 1987" },
    { ...none, ...all, name: "Effective, q = 1", value: effective(shannon), how: exact, interval: between(resampled?.hill[1], effective), after: after && effective(after.hill[1]), there: there && effective(there.hill[1]), title: `exponential of Shannon entropy${replicates}` },
    { ...none, ...all, name: "Effective, q = 2", value: effective(simpson), how: exact, interval: between(resampled?.hill[2], effective), after: after && effective(after.hill[2]), there: there && effective(there.hill[2]), title: `inverse Simpson${replicates}` },
    { ...none, ...all, name: "Evenness", value: coverage.evenness === null ? UNDEFINED : coverage.evenness.toFixed(2), how: exact, interval: between(resampled?.evenness, (value) => value.toFixed(2)), there: there && (there.evenness === null ? UNDEFINED : there.evenness.toFixed(2)), title: coverage.evenness === null ? "undefined: fewer than two classes" : `entropy over the logarithm of the classes${replicates}` },
  ];
}

export interface EstimatorsProps {
  coverage: Coverage;
  after: AfterRemoval | null;
  asked: Asked;
  /** Opens samples where the reference is. */
  onThere(filter: string): void;
}

export function Estimators({ coverage, after, asked, onThere }: EstimatorsProps) {
  const { go } = useNavigation();
  const onHere = (filter: string) => go("samples", { filter });
  return (
    <dl className={css.strip}>
      {figuresOf(coverage, after, asked).map((figure) => (
        <div key={figure.name} title={figure.title}>
          <dt>{figure.name}</dt>
          <dd>
            <b><Opening value={figure.value} name={figure.name} filter={figure.filter} onOpen={onHere} /></b>
            <small>{figure.interval ?? figure.how}</small>
            {figure.interval && <small>{figure.how}</small>}
            {figure.there !== null && <small>there <Opening value={figure.there} name={`${figure.name} there`} filter={figure.thereFilter} onOpen={onThere} /></small>}
            {after && <small className={css.after}>{figure.after === null ? "" : <>then <Opening value={figure.after} name={`${figure.name} then`} filter={figure.afterFilter} onOpen={onHere} /></>}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Opening({ value, name, filter, onOpen }: { value: string; name: string; filter: string | null; onOpen(filter: string): void }) {
  if (filter === null) return value;
  return <button type="button" className="link" aria-label={`${name}: ${value}, open the samples of the classes it rests on`} onClick={() => onOpen(filter)}>{value}</button>;
}
