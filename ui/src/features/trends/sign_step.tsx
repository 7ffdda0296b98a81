/// What the last step did to a sign: both figures, the change, the effect with its interval and its word.
import type { TrendSign, Trends } from "@/ipc";
import { changeWords, effectIntervalWords, figureWords, sureness } from "@/lib/changes";
import { date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { stepWords } from "./sign_list";
import css from "./trends.module.css";

const KINDS: Record<string, string> = { cohens_h: "Cohen’s h", log_ratio: "logarithm of the ratio" };

const SOURCES: Record<string, string> = {
  samples: "The interval says how far the figure would vary if as many samples were drawn anew from where these came from.",
  resamples: "The interval is that of resamples of equally many tokens.",
  estimator: "The interval is that of the estimator.",
  exact: "A count: it is exact, and has no interval.",
  unknown: "The figure is exact for its snapshot. How far it would vary with the samples drawn is not known.",
};

export function SignStep({ trends, sign }: { trends: Trends; sign: TrendSign }) {
  const at = useSnapshot();
  const { go } = useNavigation();
  const { change } = sign;
  const [before, last] = trends.snapshots.slice(-2);
  if (!change || !before || !last) return <p className={css.note}>One snapshot so far: a second one is needed for a change. {SOURCES[sign.interval_kind]}</p>;
  const interval = effectIntervalWords(change);
  return (
    <section className={css.step} aria-label="The last step">
      <h2>From snapshot {before.snapshot} to {last.snapshot} <span>{date(before.created)} to {date(last.created)}</span></h2>
      <dl>
        <div><dt>Before</dt><dd>{figureWords(sign.measure, change.a)} <small>{change.a === null ? "not defined" : sureness(sign.measure, change.a_interval, change.interval_kind)}</small></dd></div>
        <div><dt>Now</dt><dd>{figureWords(sign.measure, change.b)} <small>{change.b === null ? "not defined" : sureness(sign.measure, change.b_interval, change.interval_kind)}</small></dd></div>
        <div><dt>Change</dt><dd>{changeWords(change)} <small>{stepWords(change)}</small></dd></div>
        <div><dt>Effect</dt><dd>{change.effect === null ? "not defined" : change.effect.toFixed(3).replace("-", "−")} <small>{KINDS[change.effect_kind]}{interval ? `, 95 % interval ${interval}` : change.interval_kind === "exact" ? ", exact" : ", no interval known"}</small></dd></div>
      </dl>
      <p className={css.note}>{SOURCES[change.interval_kind] ?? SOURCES.unknown} {at && <button type="button" className="link" onClick={() => go("compare", { a: `${at.dataset}@${before.snapshot}`, b: `${at.dataset}@${last.snapshot}` })}>Compare the two snapshots</button>}</p>
    </section>
  );
}
