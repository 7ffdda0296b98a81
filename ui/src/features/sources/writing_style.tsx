/// The writing-style signal: first how often it is wrong about people, then what it learned from and what it says.
import { Fragment } from "react";
import { Charted } from "@/components/charted";
import { OriginGlyph } from "@/components/origin_glyph";
import { RateRow, rateWords } from "@/components/rate";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import type { NoScore, Stylometry } from "@/ipc";
import { calledMachine, foundMachine, notScored, taughtAs, taughtAsHuman } from "@/lib/behind";
import { both } from "@/lib/expression";
import { count, counted, languageName, percent, sentence, words } from "@/lib/format";
import { ORIGINS } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import css from "./sources.module.css";

const REASONS: Record<NoScore, (least: number) => string> = {
  too_short: (least) => `shorter than ${least} words`,
  language_unseen: () => "in a language it did not learn from",
  role_unseen: () => "in a role it did not learn from",
  no_figures: () => "indexed by an earlier version",
};

const FIGURES_SHOWN = 10;

function groupName(dimension: string, value: string): string {
  return dimension === "language" ? languageName(value) : words(value);
}

function Says({ style }: { style: Stylometry }) {
  const { go } = useNavigation();
  const like = `style_score >= ${style.threshold}`;
  return (
    <table className={css.small} aria-label="What it says of the samples">
      <thead><tr><th scope="col">origin</th><th scope="col" className="num">scored</th><th scope="col" className="num">machine-like</th></tr></thead>
      <tbody>
        {ORIGINS.map((origin, place) => {
          const of = `origin = '${origin}'`;
          const open = (number: number, filter: string) => (number === 0 ? count(0) : <button type="button" className="link" aria-label={`${count(number)} samples: open`} onClick={() => go("samples", { filter })}>{count(number)}</button>);
          return (
            <tr key={origin}>
              <th scope="row"><OriginGlyph origin={origin} />{origin}</th>
              <td className="num">{open(style.scored[place] ?? 0, both(of, "style_score is not null"))}</td>
              <td className="num">{open(style.machine_like[place] ?? 0, both(of, like))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** How often human texts of a group are called machine-like. */
function Wrong({ style }: { style: Stylometry }) {
  const groups = style.by_group;
  const { go } = useNavigation();
  // A role is of a text and no field of a sample.
  const opening = (group: { dimension: string; value: string }) => (group.dimension === "role" ? {} : {
    onOpen: () => go("samples", { filter: calledMachine(style.threshold, group) }), onOpenAll: () => go("samples", { filter: taughtAsHuman(group) }),
  });
  return (
    <div className={css.wrong}>
      <Charted
        title="Wrong about people" gloss={"by group of 30 human texts or more; scale 0 to 50\u00a0%, with the 95\u00a0% interval"}
        columns={[{ head: "dimension" }, { head: "group" }, { head: "called machine-like", numeric: true, format: percent }, { head: "low", numeric: true, format: percent }, { head: "high", numeric: true, format: percent }, { head: "human texts", numeric: true }]}
        rows={groups.map(({ dimension, value, false_positives: rate }) => [dimension, groupName(dimension, value), rate?.share ?? null, rate?.interval[0] ?? null, rate?.interval[1] ?? null, rate?.of ?? null])}
      >
        <table className={css.rates} aria-label="Wrong about people, by group">
          <tbody>
            {groups.map((group) => <RateRow key={`${group.dimension} ${group.value}`} label={<><span className="t2">{group.dimension}</span> <Verbatim>{groupName(group.dimension, group.value)}</Verbatim></>} rate={group.false_positives} absent="" name={`${group.dimension} ${groupName(group.dimension, group.value)}`} {...opening(group)} />)}
          </tbody>
        </table>
      </Charted>
    </div>
  );
}

/** The rate over all human texts; it opens those that it is wrong about. */
function Headline({ style }: { style: Stylometry }) {
  const { go } = useNavigation();
  const rate = style.false_positives;
  if (!rate) return null;
  const words = rateWords(rate);
  return <><b>{rate.count === 0 ? words : <button type="button" className="link" aria-label={`${words} human texts are called machine-like: open them`} onClick={() => go("samples", { filter: calledMachine(style.threshold) })}>{words}</button>}</b> human texts are called machine-like.</>;
}

/** How many samples have no score, which are one filter, and for which reasons. */
function NotScored({ style }: { style: Stylometry }) {
  const { go } = useNavigation();
  const all = style.not_scored.reduce((sum, none) => sum + none.samples, 0);
  if (all === 0) return null;
  return <p className="small t2">Not scored: <button type="button" className="link" aria-label={`${counted(all, "sample")} not scored: open`} onClick={() => go("samples", { filter: "style_score is null" })}>{counted(all, "sample")}</button>{style.not_scored.map(({ reason, samples }) => <Fragment key={reason}>, <button type="button" className="link" aria-label={`${count(samples)} ${REASONS[reason](style.least_words)}: open`} onClick={() => go("samples", { filter: notScored(reason) })}>{count(samples)}</button> {REASONS[reason](style.least_words)}</Fragment>)}.</p>;
}

/** How many texts of an origin it learned from; they open the samples that hold them. */
function Taught({ origin, texts }: { origin: "human" | "machine"; texts: number }) {
  const { go } = useNavigation();
  const words = counted(texts, `${origin} text`);
  return texts === 0 ? words : <button type="button" className="link" aria-label={`${words} that it learned from: open the samples that hold them`} onClick={() => go("samples", { filter: taughtAs(origin) })}>{words}</button>;
}

export function WritingStyle({ style }: { style: Stylometry | null }) {
  const { go } = useNavigation();
  const title = <SectionHead title="Writing style" gloss="a signal that orders queues; it never sets an origin" />;
  if (!style) return <section className={css.section}>{title}<p className="small t2">Measured by an earlier version. Index the dataset again to have it.</p></section>;
  if (style.refused) return <section className={css.section}>{title}<p>There is no signal: {style.refused}.</p><p className="small t2">Declare or judge more origins, or lend it another dataset’s signal with <code>assay style --with</code>.</p></section>;
  return (
    <section className={css.section} aria-label="Writing style">
      {title}
      <div className={css.pair}>
        <div>
          <p className={css.headline}><Headline style={style} /></p>
          <p className="small t2">{style.true_positives && <><button type="button" className="link" aria-label={`${rateWords(style.true_positives)} machine texts are called so: open them`} onClick={() => go("samples", { filter: foundMachine(style.threshold) })}>{rateWords(style.true_positives)}</button> machine texts are. </>}{style.auc && `Area under the curve ${style.auc[1].toFixed(3)} (${style.auc[0].toFixed(3)}–${style.auc[2].toFixed(3)}). `}{style.calibration_error !== null && `Calibration error ${style.calibration_error.toFixed(3)}. `}All measured on texts it did not see.</p>
          <Wrong style={style} />
        </div>
        <div>
          <p className="small">Learned from <Taught origin="human" texts={style.human} /> and <Taught origin="machine" texts={style.machine} /> of {style.least_words} words or more{style.judged > 0 ? `, ${count(style.judged)} of them judged by reviewers` : ""}, in {style.languages.map(languageName).join(", ")}, as {style.roles.map(words).join(", ")}. {style.folds} folds; near-duplicates are never parted. Machine-like is a score of {style.threshold} or more.</p>
          <Says style={style} />
          <NotScored style={style} />
          <table className={css.small} aria-label="Heaviest figures">
            <thead><tr><th scope="col">heaviest figures</th><th scope="col" className="num">weight, + for machine</th></tr></thead>
            <tbody>{style.figures.slice(0, FIGURES_SHOWN).map((figure) => <tr key={figure.name}><th scope="row">{sentence(words(figure.name))}</th><td className="num">{figure.weight < 0 ? "−" : "+"}{Math.abs(figure.weight).toFixed(2)}</td></tr>)}</tbody>
          </table>
        </div>
      </div>
    </section>
  );
}
