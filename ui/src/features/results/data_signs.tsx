/// The data-level signs beside the model's: what grew worse in the dataset itself, from snapshot to snapshot.
import { Charted } from "@/components/charted";
import { SectionHead } from "@/components/section_head";
import { Sparkline } from "@/components/sparkline";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { call, type Trends } from "@/ipc";
import { behindMeasure, byMeaning, changeWords, figureWords, measureGloss, measureName } from "@/lib/changes";
import { useNavigation } from "@/lib/place";
import { useSnapshot } from "@/lib/session";
import { useAnswer } from "@/lib/use_answer";
import css from "./results.module.css";

const SHOWN = 6;

export function DataSigns() {
  const at = useSnapshot();
  const trends = useAnswer({ key: ["trends", at?.dataset], ask: () => call("trends", { dataset: at!.dataset }), enabled: at !== null });
  if (trends.cause) return <><SectionHead title="In the data" /><Faulted doing="Following the snapshots" cause={trends.cause} onRetry={trends.again} /></>;
  if (!trends.answer) return <><SectionHead title="In the data" /><Loading what="Following the snapshots…" /></>;
  if (trends.answer.snapshots.length < 2) return <><SectionHead title="In the data" gloss="from snapshot to snapshot" /><p className="small t2">One snapshot so far, so nothing in the data has changed yet.</p></>;
  return <Signs trends={trends.answer} />;
}

function Signs({ trends }: { trends: Trends }) {
  const { go } = useNavigation();
  const at = useSnapshot();
  const last = trends.snapshots.at(-1)!.snapshot;
  const { worse, better, other } = byMeaning(trends.signs.flatMap((sign) => (sign.change ? [sign.change] : [])));
  const shown = [...worse, ...better, ...other].slice(0, SHOWN);
  const values = (measure: string, about: string) => trends.signs.find((sign) => sign.measure === measure && sign.about === about)?.values ?? [];
  return (
    <Charted
      title="In the data" gloss={`snapshot ${trends.snapshots.at(-2)!.snapshot} to ${last}, largest effect first`}
      columns={[{ head: "sign" }, { head: "about" }, ...trends.snapshots.slice(-7).map((point) => ({ head: String(point.snapshot), numeric: true }))]}
      rows={trends.signs.map((sign) => [measureName(sign), sign.about || "all", ...sign.values.slice(-7).map((value) => figureWords(sign.measure, value))])}
    >
      <table className={css.plain} aria-label="Data-level signs">
        <thead><tr><th scope="col">sign</th><th scope="col" className="num">now</th><th scope="col" className="num">change</th><th scope="col">effect</th><th scope="col" className={css.courseHead}><span className="unseen">course</span></th></tr></thead>
        <tbody>
          {shown.map((change) => {
            const behind = at?.snapshot === last ? behindMeasure(change.measure, change.about) : null;
            const now = figureWords(change.measure, change.b);
            return (
              <tr key={`${change.measure}|${change.about}`}>
                <th scope="row" title={[measureName(change), measureGloss(change)].filter(Boolean).join(", ")}>{measureName(change)}{change.about && <span className="t2"> <Verbatim>{change.about}</Verbatim></span>}</th>
                <td className="num">{behind ? <button type="button" className="link" aria-label={`${measureName(change)} ${now}: open what is behind it`} onClick={() => go(behind.view, behind.state)}>{now}</button> : now}</td>
                <td className={worse.includes(change) ? "num strong" : "num t2"}>{changeWords(change)}</td>
                <td className="t2">{change.size === "none" ? "no effect" : change.size}{change.size !== "none" && change.direction !== "" && `, ${change.direction}`}</td>
                <td><Sparkline values={values(change.measure, change.about)} label={`${measureName(change)}, snapshots ${trends.snapshots[0]!.snapshot} to ${last}`} /></td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Charted>
  );
}
