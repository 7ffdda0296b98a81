/// Diversity of the whole and of each origin at one token budget, with intervals, beside the snapshot before.
import { OriginGlyph } from "@/components/origin_glyph";
import { SectionHead } from "@/components/section_head";
import { Segmented } from "@/components/segmented";
import { Verbatim } from "@/components/verbatim";
import type { Diversity as Measured, Origin, Report } from "@/ipc";
import { ofSlice } from "@/lib/behind";
import { short } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import css from "./overview.module.css";

interface Measure {
  name: string;
  /** What a higher value says. */
  means: string;
  read(of: Measured): { value: number; half: number | null };
  digits: number;
}

const interval = ([low, value, high]: readonly [number, number, number]) => ({ value, half: (high - low) / 2 });

/** An n-gram measure by its place; snapshots of earlier versions have no intervals for it. */
const distinct = (n: 0 | 1 | 2) => (of: Measured) => ({ value: of.distinct[n], half: of.resamples > 0 ? (of.distinct_intervals[n][1] - of.distinct_intervals[n][0]) / 2 : null });

type Shown = "wording" | "templates";
const SHOWN: readonly { value: Shown; label: string }[] = [{ value: "wording", label: "Wording" }, { value: "templates", label: "Templates" }];

const TEMPLATES: readonly Measure[] = [
  { name: "n-gram diversity", means: "different over all n-grams, summed over n = 1 to 4: higher where wording varies", read: (of) => interval(of.ngram_diversity), digits: 2 },
  { name: "100 commonest 4-grams", means: "share of all 4-grams that are one of them: higher where templates rule", read: (of) => interval(of.commonest_4grams), digits: 3 },
  { name: "openings", means: "share of samples that begin with one of the 100 commonest first three words", read: (of) => interval(of.commonest_openings), digits: 3 },
  { name: "distinct-1", means: "share of different words", read: distinct(0), digits: 2 },
  { name: "distinct-3", means: "share of different runs of three words", read: distinct(2), digits: 2 },
];

const MEASURES: readonly Measure[] = [
  { name: "compression", means: "compression ratio: higher where text resembles itself", read: (of) => interval(of.compression_ratio), digits: 2 },
  { name: "self-repetition", means: "higher where samples share long passages", read: (of) => interval(of.self_repetition), digits: 2 },
  { name: "distinct-2", means: "share of different word pairs: higher where wording varies", read: distinct(1), digits: 2 },
  { name: "Heaps β", means: "how fast new words appear: higher where vocabulary grows", read: (of) => interval(of.heaps_beta), digits: 3 },
];

const isOrigin = (name: string): name is Origin => (ORIGINS as readonly string[]).includes(name);

/** `all`, `human`, `machine` from the slice's expression. */
export function sliceName(slice: string): string {
  return slice === "all" ? "all" : (/^origin = '(\w+)'$/.exec(slice)?.[1] ?? slice);
}

interface Slice {
  name: string;
  of: Measured;
  /** The snapshot before is quieter than what is measured now. */
  before: boolean;
}

function Figure({ measure, slice }: { measure: Measure; slice: Slice }) {
  const { value, half } = measure.read(slice.of);
  return <td className="num">{value.toFixed(measure.digits)}{half !== null && <span className={css.half}> ± {half.toFixed(measure.digits)}</span>}</td>;
}

export function Diversity({ report, previous }: { report: Report; previous: Report | null }) {
  const { place, keep, go } = useNavigation();
  const shown: Shown = place.state.diversity === "templates" ? "templates" : "wording";
  const measures = shown === "templates" ? TEMPLATES : MEASURES;
  const now = report.diversity.filter((one) => one.tokens > 0).slice(0, 5).map((of): Slice => ({ name: sliceName(of.slice), of, before: false }));
  const was = previous?.diversity.find((one) => one.slice === "all" && one.tokens > 0);
  const slices = was ? [...now.slice(0, 1), { name: `all, snapshot ${previous!.snapshot}`, of: was, before: true }, ...now.slice(1)] : now;
  const budget = now[0]?.of.budget ?? 0;
  if (now.length === 0) return <><SectionHead title="Diversity" /><p className="small t2">Too little text to measure diversity.</p></>;
  return (
    <>
      <SectionHead title="Diversity" gloss={`${budget > 0 ? `each on ${short(budget)} tokens` : "at one token budget"}, resampled; 95\u202f% intervals`}>
        <Segmented label="Measures of diversity" size="small" value={shown} options={SHOWN} onChange={(next) => keep({ diversity: next === "wording" ? undefined : next })} />
      </SectionHead>
      <table className={css.diversity} aria-label="Diversity">
        <thead><tr><th scope="col">part</th>{measures.map((measure) => <th key={measure.name} scope="col" className="num" title={measure.means}>{measure.name}</th>)}</tr></thead>
        <tbody>
          {slices.map((slice) => (
            <tr key={slice.name} className={slice.before ? css.before : undefined}>
              <th scope="row">{isOrigin(slice.name) && <OriginGlyph origin={slice.name} />}{slice.before ? <Verbatim>{slice.name}</Verbatim> : <button type="button" className="link" aria-label={`Diversity of ${slice.name}: open the samples it was measured on`} onClick={() => go("samples", { filter: ofSlice(slice.of.slice) })}><Verbatim>{slice.name}</Verbatim></button>}</th>
              {measures.map((measure) => <Figure key={measure.name} measure={measure} slice={slice} />)}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={`label t3 ${css.caption}`}>{shown === "wording" ? "Higher compression and self-repetition: text that resembles itself." : "Higher shares of the commonest: text made from templates."}</p>
    </>
  );
}
