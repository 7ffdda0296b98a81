/// One row a source: reliability, freshness, diversity, confidence, reputation, each with its interval and its samples.
import { type ReactNode, useRef } from "react";
import { ChartMenu } from "@/components/chart_menu";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { Proportion, SourceQuality } from "@/ipc";
import type { Value } from "@/lib/csv";
import { answeredBy, UNIQUE } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { count, percent, percentNumber } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import css from "./sources.module.css";

const NONE = "–";

/** A share with its interval under it; it opens what it counts, and the number that it is of all of those. */
function Share({ of, open, all, words }: { of: Proportion | null; open?: string; all?: string; words?: string }) {
  const { go } = useNavigation();
  if (!of) return <td className="num t3">{NONE}</td>;
  const [low, high] = of.interval;
  return (
    <td className="num">
      {open === undefined || of.count === 0 ? percent(of.share) : <button type="button" className="link" aria-label={`${percent(of.share)}, ${count(of.count)} of ${count(of.of)} ${words ?? "samples"}: open`} onClick={() => go("samples", { filter: open })}>{percent(of.share)}</button>}
      <small><span>{percentNumber(low)}–{percentNumber(high)}</span> <span>of {all === undefined ? count(of.of) : <button type="button" className="link" aria-label={`${count(of.of)}, of which ${percent(of.share)} ${words ?? "samples"}: open`} onClick={() => go("samples", { filter: all })}>{count(of.of)}</button>}</span></small>
    </td>
  );
}

function Estimate({ of, scale = 1, digits, open, words }: { of: [number, number, number] | null; scale?: number; digits: number; open?: string; words?: string }) {
  const { go } = useNavigation();
  if (!of) return <td className="num t3">{NONE}</td>;
  const [low, middle, high] = of.map((value) => (value * scale).toFixed(digits));
  return <td className="num">{open === undefined ? middle : <button type="button" className="link" aria-label={`${middle} ${words}: open`} onClick={() => go("samples", { filter: open })}>{middle}</button>}<small>{low}–{high}</small></td>;
}

const HEADS: readonly { name: string; means: string; group?: string }[] = [
  { name: "samples", means: "exact; opens them" },
  { name: "approved", means: "of reviewed samples; all who decided agree", group: "Reliability" },
  { name: "no date", means: "samples without a day that can be read", group: "Freshness" },
  { name: "days behind", means: "median, behind the newest day of the snapshot" },
  { name: "unique", means: "stay when near-duplicates go", group: "Diversity" },
  { name: "words in 50", means: "different words in 50, mean over texts" },
  { name: "origin known", means: "declared or judged", group: "Confidence" },
  { name: "confidence", means: "mean of those" },
  { name: "agree", means: "of samples that two or more decided" },
  { name: "machine or mixed", means: "of samples whose origin reviewers told; sets no origin", group: "Reputation" },
];

function Row({ source }: { source: SourceQuality }): ReactNode {
  const { go } = useNavigation();
  const filter = equals("source", source.source);
  const name = source.source || "no source";
  return (
    <tr>
      <th scope="row"><Verbatim>{name}</Verbatim></th>
      <td className="num"><button type="button" className="link" aria-label={`${count(source.samples)} samples of ${name}: open`} onClick={() => go("samples", { filter })}>{count(source.samples)}</button></td>
      <Share of={source.approved} open={both(filter, "verdict = 'approve'")} all={both(filter, answeredBy(1))} words="reviewed samples" />
      <Share of={source.undated} open={both(filter, "collected_at is null")} all={filter} words="samples without a date" />
      <Estimate of={source.median_age_days} digits={0} open={both(filter, "collected_at is not null")} words="days, median over samples with a date" />
      <Share of={source.unique} open={both(filter, UNIQUE)} all={filter} words="samples stay" />
      <Estimate of={source.distinct_words} scale={50} digits={1} />
      <Share of={source.declared} open={both(filter, "origin != 'unknown'")} all={filter} words="samples of known origin" />
      <Estimate of={source.confidence} digits={2} open={both(filter, "origin != 'unknown'")} words="mean confidence of samples of known origin" />
      <Share of={source.agreement} all={both(filter, answeredBy(2))} words="alike, of samples that two or more decided" />
      <Share of={source.machine_judged} open={both(filter, "judged_origin in ('machine', 'mixed')")} all={both(filter, "judged_origin in ('human', 'mixed', 'machine')")} words="judged samples" />
    </tr>
  );
}

const ofEstimate = (name: string) => [name, `${name}, low`, `${name}, high`];
const ofShare = (name: string) => [...ofEstimate(name), `${name}, of`];
const NUMBER_HEADS = ["source", "samples", ...ofShare("approved"), ...ofShare("undated"), ...ofEstimate("median_age_days"), ...ofShare("unique"), ...ofEstimate("distinct_words"), ...ofShare("declared"), ...ofEstimate("confidence"), ...ofShare("agreement"), ...ofShare("machine_judged")];

/** A source's figures undressed, in the order of the heads; what was not measured is empty. */
function numbersOf(source: SourceQuality): Value[] {
  const share = (of: Proportion | null) => (of ? [of.share, of.interval[0], of.interval[1], of.of] : [null, null, null, null]);
  const estimate = (of: [number, number, number] | null) => (of ? [of[1], of[0], of[2]] : [null, null, null]);
  return [source.source, source.samples, ...share(source.approved), ...share(source.undated), ...estimate(source.median_age_days), ...share(source.unique), ...estimate(source.distinct_words), ...share(source.declared), ...estimate(source.confidence), ...share(source.agreement), ...share(source.machine_judged)];
}

export function SourceTable({ sources, count: all }: { sources: readonly SourceQuality[]; count: number }) {
  const picture = useRef<HTMLElement>(null);
  const groups = HEADS.map((head, index) => ({ ...head, index })).filter((head) => head.group);
  const span = (index: number) => (groups.find((group) => group.index > index)?.index ?? HEADS.length) - index;
  return (
    <section aria-label="Sources" className={css.section} ref={picture}>
      <SectionHead title="Quality of each source" gloss="shares with their 95 % intervals">
        <span data-leave-out=""><ChartMenu title="Quality of each source" heads={NUMBER_HEADS} rows={sources.map(numbersOf)} picture={picture} /></span>
      </SectionHead>
      <table className={css.sources} aria-label="Quality of each source">
        <thead>
          <tr className={css.groups}><td colSpan={2} />{groups.map((group) => <th key={group.group} scope="colgroup" colSpan={span(group.index)}><span>{group.group}</span></th>)}</tr>
          <tr><th scope="col">source</th>{HEADS.map((head) => <th key={head.name} scope="col" className="num" title={head.means}>{head.name}</th>)}</tr>
        </thead>
        <tbody>{sources.map((source) => <Row key={source.source} source={source} />)}</tbody>
      </table>
      {all > sources.length && <p className="small t2">{count(sources.length)} of {count(all)} sources, the largest. The others are in the samples, by the field source.</p>}
    </section>
  );
}
