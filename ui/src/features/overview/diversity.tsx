/// Diversity of the whole and of each origin at one token budget, with intervals, beside the snapshot before.
import { SectionHead } from "@/components/section_head";
import type { Diversity as Measured, Report } from "@/ipc";
import { short } from "@/lib/format";
import css from "./overview.module.css";

interface Measure {
  name: string;
  read(of: Measured): { value: number; half: number | null };
  digits: number;
}

const interval = ([low, value, high]: readonly [number, number, number]) => ({ value, half: (high - low) / 2 });

const MEASURES: readonly Measure[] = [
  { name: "Compression ratio", read: (of) => interval(of.compression_ratio), digits: 2 },
  { name: "Self-repetition", read: (of) => interval(of.self_repetition), digits: 2 },
  { name: "Distinct 2-grams", read: (of) => ({ value: of.distinct[1], half: null }), digits: 2 },
  { name: "Heaps β", read: (of) => interval(of.heaps_beta), digits: 3 },
];

/** `all`, `human`, `machine` from the slice's expression. */
export function sliceName(slice: string): string {
  return slice === "all" ? "all" : (/^origin = '(\w+)'$/.exec(slice)?.[1] ?? slice);
}

export function Diversity({ report, previous }: { report: Report; previous: Report | null }) {
  const slices = report.diversity.filter((one) => one.tokens > 0).slice(0, 4);
  const before = previous?.diversity.find((one) => one.slice === "all");
  const budget = slices[0]?.budget ?? 0;
  if (slices.length === 0) return <><SectionHead title="Diversity" /><p className="small t2">Too little text to measure diversity.</p></>;
  return (
    <>
      <SectionHead title="Diversity" gloss={budget > 0 ? `each on ${short(budget)} tokens, resampled` : "resampled at one token budget"} />
      <table className={css.diversity} aria-label="Diversity">
        <thead>
          <tr><th scope="col">Measure</th>{before && <th scope="col" className="num">snapshot {previous!.snapshot}</th>}{slices.map((one) => <th key={one.slice} scope="col" className="num">{sliceName(one.slice)}</th>)}</tr>
        </thead>
        <tbody>
          {MEASURES.map((measure) => (
            <tr key={measure.name}>
              <td>{measure.name}</td>
              {before && <td className="num t2">{measure.read(before).value.toFixed(measure.digits)}</td>}
              {slices.map((one, i) => {
                const { value, half } = measure.read(one);
                return <td key={one.slice} className={i === 0 ? "num strong" : "num"}>{value.toFixed(measure.digits)}{half !== null && <span className={css.half}> ± {half.toFixed(measure.digits)}</span>}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={`label t3 ${css.caption}`}>A higher compression ratio and more self-repetition mean text that resembles itself; estimated, 95 % intervals.</p>
    </>
  );
}
