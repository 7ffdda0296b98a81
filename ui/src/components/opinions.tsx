/// What machines say of a sample, never without how often they are wrong, and for whom.
import type { Opinions, PartDetail, SourceReputation, StyleOpinion } from "@/ipc";
import { count, counted, languageName, words } from "@/lib/format";
import css from "./opinions.module.css";
import { RateRow, rateWords } from "./rate";
import { Verbatim } from "./verbatim";

const FEWER = "fewer than 30 human texts were measured: not known";

/** `human texts in German`, `human texts from careforum-uk`. */
function groupWords(dimension: string, value: string): string {
  if (dimension === "language") return `in ${languageName(value)}`;
  if (dimension === "source") return `from ${value}`;
  if (dimension === "role") return `as ${words(value)}`;
  return `about ${value}`;
}

function Style({ style, parts }: { style: StyleOpinion; parts: readonly PartDetail[] }) {
  const part = (index: number) => words(parts[index]?.role ?? `part ${index + 1}`);
  return (
    <div className={css.opinion} role="group" aria-label="Writing style">
      <h4>Writing style <span>orders queues only, sets no origin</span></h4>
      {style.no_score && <p className={css.say}>{style.no_score}</p>}
      {style.scores.map((one) => (
        <p key={one.part} className={css.say}>
          <b>{one.score >= style.threshold ? "Machine-like" : "Not machine-like"}</b>, {part(one.part)}, style {one.score.toFixed(2)}
          {one.learned_as && <span className="t2">; known as {one.learned_as}, scored by a model that did not see it</span>}
        </p>
      ))}
      {style.scores.length > 0 && (
        <>
          {style.false_positives && <p className={css.say}>Wrong about {rateWords(style.false_positives)} human texts.</p>}
          {!style.own && <p className={css.warning}>Learned from {style.trained_on}, not from this dataset. How often it is wrong here, nobody has measured.</p>}
          <table className={css.rates} aria-label="How often it is wrong about people">
            <caption>Human texts called machine-like, measured on texts it did not see. Scale 0 to 50{"\u00a0"}%, with the 95{"\u00a0"}% interval.</caption>
            <tbody>
              <RateRow label={`all that it learned from, ${style.trained_on}`} rate={style.false_positives} absent={FEWER} />
              {style.groups.map((group) => <RateRow key={group.dimension} label={<>of these, <Verbatim>{groupWords(group.dimension, group.value)}</Verbatim></>} rate={group.false_positives} absent={FEWER} />)}
            </tbody>
          </table>
          <p className="label t3">Learned from {counted(style.human, "human text")} and {counted(style.machine, "machine text")}; machine-like from {style.threshold.toFixed(2)} on{style.calibration_error === null ? "" : `; calibration error ${style.calibration_error.toFixed(3)}`}.</p>
        </>
      )}
    </div>
  );
}

function Reputation({ of }: { of: SourceReputation }) {
  const said = [["human", of.human], ["mixed", of.mixed], ["machine", of.machine], ["nobody could tell", of.unknown], ["disputed", of.disputed]] as const;
  return (
    <div className={css.opinion} role="group" aria-label="Reputation of the source">
      <h4>Its source <span>a fact about other samples, sets no origin</span></h4>
      <p className={css.say}><Verbatim>{of.source || "no source"}</Verbatim>: {said.filter(([, number]) => number > 0).map(([name, number]) => `${count(number)} ${name}`).join(", ")}, as reviewers judged.{of.machine_share && <> Machine or mixed: {rateWords(of.machine_share)}.</>}</p>
    </div>
  );
}

export function OpinionList({ opinions, parts }: { opinions: Opinions; parts: readonly PartDetail[] }) {
  if (!opinions.style && !opinions.reputation) return <p className="small t2">No machine has an opinion of this sample.</p>;
  return (
    <>
      {opinions.style && <Style style={opinions.style} parts={parts} />}
      {opinions.reputation && <Reputation of={opinions.reputation} />}
    </>
  );
}
