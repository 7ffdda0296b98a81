/// The largest sources at a glance, and how far the writing-style signal may be trusted.
import { Button } from "@/components/button";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { Proportion, Report } from "@/ipc";
import { calledMachine, UNIQUE } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { count, counted, percent } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./overview.module.css";

const SHOWN = 6;

/** A share that opens the samples that make it up. */
function Share({ of, words, filter }: { of: Proportion | null; words: string; filter: string }) {
  const { go } = useNavigation();
  if (!of) return <td className="num">–</td>;
  if (of.count === 0) return <td className="num">{percent(of.share)}</td>;
  return <td className="num"><button type="button" className="link" aria-label={`${percent(of.share)}, ${count(of.count)} of ${count(of.of)} ${words}: open`} onClick={() => go("samples", { filter })}>{percent(of.share)}</button></td>;
}

export function Sources({ report }: { report: Report }) {
  const { go } = useNavigation();
  const all = report.sources ?? [];
  const style = report.stylometry;
  const more = <Button kind="plain" size="small" onPress={() => go("sources", {})}>All figures</Button>;
  return (
    <>
      <SectionHead title="Sources" gloss={all.length === 0 ? "no field is mapped to source" : `${counted(report.source_count, "source")}, largest first`}>{more}</SectionHead>
      {all.length > 0 && (
        <table className={`${css.diversity} ${css.plain}`} aria-label="Sources">
          <thead><tr><th scope="col">source</th><th scope="col" className="num">samples</th><th scope="col" className="num" title="share that stays when near-duplicates go">unique</th><th scope="col" className="num" title="share whose origin is known">origin known</th><th scope="col" className="num" title="approved, of reviewed samples">approved</th></tr></thead>
          <tbody>
            {all.slice(0, SHOWN).map((source) => {
              const filter = equals("source", source.source);
              return (
                <tr key={source.source}>
                  <th scope="row"><Verbatim>{source.source || "no source"}</Verbatim></th>
                  <td className="num"><button type="button" className="link" aria-label={`${count(source.samples)} samples of ${source.source || "no source"}: open`} onClick={() => go("samples", { filter })}>{count(source.samples)}</button></td>
                  <Share of={source.unique} words="samples stay" filter={both(filter, UNIQUE)} />
                  <Share of={source.declared} words="samples of known origin" filter={both(filter, "origin != 'unknown'")} />
                  <Share of={source.approved} words="reviewed samples approved" filter={both(filter, "verdict = 'approve'")} />
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {style && (
        <p className={`small t2 ${css.caption}`}>
          {style.refused ? `No writing-style signal: ${style.refused}.` : style.false_positives && <>The writing-style signal calls {style.false_positives.count === 0 ? percent(0) : <button type="button" className="link" aria-label={`${percent(style.false_positives.share)} of human texts are called machine-like: open them`} onClick={() => go("samples", { filter: calledMachine(style.threshold) })}>{percent(style.false_positives.share)}</button>} of human texts machine-like; it sets no origin.</>}
        </p>
      )}
    </>
  );
}
