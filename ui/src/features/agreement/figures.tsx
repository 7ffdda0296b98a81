/// One question of the rubric: how far reviewers agree on it, by coefficient and by value, and for every two of them.
import { Charted, type Column } from "@/components/charted";
import { Verbatim } from "@/components/verbatim";
import type { AgreementFigures, Coefficient } from "@/ipc";
import { count, counted, percent, sentence } from "@/lib/format";
import { DotRows } from "./dot_rows";
import { COEFFICIENTS, coefficient, coefficientName, wordsOf } from "./names";

const plain = (value: number) => value.toFixed(3).replace("-", "−");
const ENDS: readonly Column[] = [{ head: "low", numeric: true, format: plain }, { head: "high", numeric: true, format: plain }];

/** `406 of 448 samples read by several, 4 reviewers, 871 answers` */
export function basis({ items, rated_by_several, raters, ratings }: AgreementFigures): string {
  return `${count(rated_by_several)} of ${counted(items, "sample")} read by several, ${counted(raters, "reviewer")}, ${counted(ratings, "answer")}`;
}

export function Coefficients({ title, figures }: { title: string; figures: AgreementFigures }) {
  return (
    <Charted
      title={title} gloss={basis(figures)}
      columns={[{ head: "coefficient" }, { head: "value", numeric: true, format: plain }, ...ENDS, { head: "not defined because" }]}
      rows={figures.coefficients.map(({ name, value, low, high, undefined: why }) => [coefficientName(name), value, low, high, why])}
    >
      <DotRows title={title} axis="figure" rows={figures.coefficients.map((each) => ({ ...each, key: each.name, name: coefficientName(each.name), gloss: COEFFICIENTS[each.name]?.gloss ?? "", words: wordsOf(each) }))} />
    </Charted>
  );
}

/** Specific agreement: the rare value is not hidden by the common one. */
export function ByValue({ title, figures }: { title: string; figures: AgreementFigures }) {
  if (figures.per_class.length === 0) return null;
  return (
    <Charted
      title={title} gloss="if one says it, the chance that another does"
      columns={[{ head: "value" }, { head: "answers", numeric: true }, { head: "agreement", numeric: true, format: plain }, ...ENDS]}
      rows={figures.per_class.map(({ value, n, specific, low, high }) => [value, n, specific, low, high])}
    >
      <DotRows
        title={title} axis="chance"
        rows={figures.per_class.map(({ value, n, specific, low, high }) => ({
          key: value, name: <Verbatim>{sentence(value)}</Verbatim>, value: specific, low, high, of: counted(n, "answer"),
          words: specific === null ? "not defined: nobody else read a sample with this answer" : low === null || high === null ? percent(specific) : `${percent(specific)}, 95\u00a0% ${percent(low)} to ${percent(high)}`,
        }))}
      />
    </Charted>
  );
}

/** Pairs drawn; the table has them all. */
const DRAWN = 15;

export function ByPair({ title, figures }: { title: string; figures: AgreementFigures }) {
  if (figures.pairs.length === 0) return null;
  const of = (name: string) => (each: { coefficients: readonly Coefficient[] }) => coefficient({ coefficients: [...each.coefficients] }, name);
  return (
    <Charted
      title={title} gloss="Gwet’s AC1 for every two who read the same samples; kappa is in the table"
      columns={[{ head: "one" }, { head: "the other" }, { head: "samples", numeric: true }, { head: "percent", numeric: true, format: plain }, { head: "AC1", numeric: true, format: plain }, ...ENDS, { head: "Cohen’s kappa", numeric: true, format: plain }]}
      rows={figures.pairs.map((pair) => [pair.a, pair.b, pair.items, of("percent")(pair).value, of("ac1")(pair).value, of("ac1")(pair).low, of("ac1")(pair).high, of("cohen")(pair).value])}
    >
      <DotRows title={title} axis="AC1" rows={figures.pairs.slice(0, DRAWN).map((pair) => ({ ...of("ac1")(pair), key: `${pair.a}\n${pair.b}`, name: <><Verbatim>{pair.a}</Verbatim> and <Verbatim>{pair.b}</Verbatim></>, of: counted(pair.items, "sample"), words: wordsOf(of("ac1")(pair)) }))} />
      {figures.pairs.length > DRAWN && <p className="small t2">and {count(figures.pairs.length - DRAWN)} more, in the table</p>}
    </Charted>
  );
}
