/// The signs by which collapse announces itself, since the snapshot before: worse first, by the size of the effect.
import { Fragment } from "react";
import { Charted } from "@/components/charted";
import { SectionHead } from "@/components/section_head";
import { Sparkline } from "@/components/sparkline";
import { Verbatim } from "@/components/verbatim";
import { Working } from "@/components/working";
import { call, type FigureChange, type Trends } from "@/ipc";
import { behindMeasure, byMeaning, changeWords, figureWords, measureGloss, measureName } from "@/lib/changes";
import { count, date } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./consequence.module.css";

const WORSE = 5;
const BETTER = 2;

/** Rows that fit at a glance, and how many signs more have moved. */
export function atAGlance(changes: readonly FigureChange[]): { worse: FigureChange[]; better: FigureChange[]; rest: number } {
  const { worse, better } = byMeaning(changes);
  return { worse: worse.slice(0, WORSE), better: better.slice(0, BETTER), rest: Math.max(0, worse.length - WORSE) + Math.max(0, better.length - BETTER) };
}

const keyOf = ({ measure, about }: Pick<FigureChange, "measure" | "about">) => `${measure}|${about}`;

export function WarningSigns() {
  const at = useSnapshot();
  const trends = useAnswer({ key: ["trends", at?.dataset], ask: () => call("trends", { dataset: at!.dataset }), enabled: at !== null });
  if (!trends.answer) return <><SectionHead title="Warning signs" /><Working of={trends} what="Following the snapshots…" doing="Following the snapshots" /></>;
  if (trends.answer.snapshots.length < 2) {
    return <><SectionHead title="Warning signs" /><p className="small t2">One snapshot so far, so nothing has changed yet. What grows worse from one to the next stands here once a second is measured.</p></>;
  }
  return <Signs trends={trends.answer} />;
}

/** The figure of the latest snapshot; it opens what it counts where that snapshot is the open one. */
function Now({ change, opens }: { change: FigureChange; opens: boolean }) {
  const { go } = useNavigation();
  const behind = opens ? behindMeasure(change.measure, change.about) : null;
  const words = figureWords(change.measure, change.b);
  if (!behind) return words;
  return <button type="button" className="link" aria-label={`${measureName(change)} ${words}: open what is behind it`} onClick={() => go(behind.view, behind.state)}>{words}</button>;
}

function Signs({ trends }: { trends: Trends }) {
  const at = useSnapshot();
  const { go } = useNavigation();
  const [before, last] = trends.snapshots.slice(-2) as [Trends["snapshots"][number], Trends["snapshots"][number]];
  const first = trends.snapshots[0]!;
  const changes = trends.signs.flatMap((sign) => (sign.change ? [sign.change] : []));
  const { worse, better, rest } = atAGlance(changes);
  const values = (change: FigureChange) => trends.signs.find((sign) => keyOf(sign) === keyOf(change))?.values ?? [];
  const compare = () => at && go("compare", { a: `${at.dataset}@${before.snapshot}`, b: `${at.dataset}@${last.snapshot}` });
  const groups = [["Worse", worse], ["Better", better]] as const;
  const moved = groups.filter(([, rows]) => rows.length > 0);
  return (
    <Charted
      title="Warning signs" gloss={at?.snapshot === last.snapshot ? `since snapshot ${before.snapshot}, ${date(before.created)}` : `from snapshot ${before.snapshot} to ${last.snapshot}, the latest`}
      columns={[{ head: "sign" }, { head: "about" }, ...trends.snapshots.slice(-7).map((point) => ({ head: String(point.snapshot), numeric: true }))]}
      rows={trends.signs.map((sign) => [measureName(sign), sign.about || "all", ...sign.values.slice(-7).map((value) => figureWords(sign.measure, value))])}
      numbers={{ heads: ["measure", "about", ...trends.snapshots.map((point) => `snapshot ${point.snapshot}`)], rows: trends.signs.map((sign) => [sign.measure, sign.about, ...sign.values]) }}
      controls={<><button type="button" className="link small t2" onClick={() => go("trends", {})}>trends</button><button type="button" className="link small t2" onClick={compare}>compare</button></>}
    >
      {moved.length === 0 ? <p className="small t2">No sign has moved by more than a negligible effect.</p> : (
        <table className={css.signs} aria-label="Warning signs">
          <thead><tr><th scope="col">{moved[0]![0]}</th><th scope="col" className={`num ${css.value}`} title={`snapshot ${before.snapshot}`}>{before.snapshot}</th><th scope="col" className={`num ${css.value}`} title={`snapshot ${last.snapshot}`}>{last.snapshot}</th><th scope="col" className={`num ${css.change}`}>change</th><th scope="col" className={css.effect}>effect</th><th scope="col" className={css.course}>{first.snapshot} to {last.snapshot}</th></tr></thead>
          <tbody>
            {moved.map(([name, rows], index) => (
              <Fragment key={name}>
                {index > 0 && <tr className={css.group}><th scope="rowgroup">{name}</th></tr>}
                {rows.map((change) => (
                  <tr key={keyOf(change)}>
                    <th scope="row" title={[measureName(change), measureGloss(change)].filter(Boolean).join(", ")}>{measureName(change)}{change.about && <span> <Verbatim>{change.about}</Verbatim></span>}</th>
                    <td className="num t2">{figureWords(change.measure, change.a)}</td>
                    <td className="num"><Now change={change} opens={at?.snapshot === last.snapshot} /></td>
                    <td className={name === "Worse" ? "num strong" : "num t2"}>{changeWords(change)}</td>
                    <td className="t2">{change.size}</td>
                    <td className={css.courseCell}><Sparkline values={values(change)} label={`${measureName(change)}, snapshots ${first.snapshot} to ${last.snapshot}`} /></td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && <p className={`small t2 ${css.more}`}><button type="button" className="link" onClick={compare}>{count(rest)} more signs</button></p>}
    </Charted>
  );
}
