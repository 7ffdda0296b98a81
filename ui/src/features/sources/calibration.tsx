/// Machine signals against what reviewers judged: how often they agree, and whether a score means what it says.
import { useQuery } from "@tanstack/react-query";
import { Charted } from "@/components/charted";
import { RateRow, rateWords } from "@/components/rate";
import { SectionHead } from "@/components/section_head";
import { Faulted, Loading } from "@/components/states";
import { call, type EvidenceAgreement, type SignalCalibration, type StyleCalibration } from "@/ipc";
import { count, counted, percent, sentence, words } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { linear, path } from "@/lib/scale";
import css from "./sources.module.css";

const SIDE = 220;
const LEFT = 40;
const TOP = 22;
const BOTTOM = 38;

/** Judged samples that the style score was held against. */
const JUDGED = "judged_origin in ('human', 'machine') and style_score is not null";
const JUDGED_MACHINE = "judged_origin = 'machine' and style_score is not null";

export function Calibration({ dataset, snapshot }: { dataset: string; snapshot: number }) {
  const found = useQuery({ queryKey: ["signal_calibration", dataset, snapshot], queryFn: () => call("signal_calibration", { dataset, snapshot }), staleTime: 0 });
  return (
    <section className={css.section} aria-label="Signals against reviewers">
      <SectionHead title="Signals against reviewers" gloss="what machines say of an origin, and what reviewers judged" />
      {found.isError ? <Faulted doing="Holding signals against reviewers" cause={found.error} onRetry={() => void found.refetch()} /> : found.data ? <Content found={found.data} /> : <Loading what="Holding signals against reviewers…" />}
    </section>
  );
}

function Content({ found }: { found: SignalCalibration }) {
  const { go } = useNavigation();
  if (found.judged === 0) return <p className="small t2">No sample of this snapshot has an origin that reviewers judged alike, as far as you may know of their answers.</p>;
  const chosen = found.judged - found.drawn;
  return (
    <>
      <p className="small t2"><button type="button" className="link" aria-label={`${counted(found.judged, "sample")} whose origin reviewers judged alike: open`} onClick={() => go("samples", { filter: "judged_origin is not null" })}>{counted(found.judged, "sample")}</button> whose origin reviewers judged alike, {count(found.drawn)} from random draws.{chosen > 0 && ` ${counted(chosen, "was", "were")} chosen, so rates are of these samples and not of the snapshot.`}</p>
      <div className={css.pair}>
        {found.style ? <Reliability style={found.style} /> : <p className="small t2">No judged sample has a style score.</p>}
        <Evidence evidence={found.evidence} />
      </div>
    </>
  );
}

function Reliability({ style }: { style: StyleCalibration }) {
  const { go } = useNavigation();
  const x = linear(0, 1, LEFT, LEFT + SIDE, 4);
  const y = linear(0, 1, TOP + SIDE, TOP, 4);
  const points = style.bins.map((bin) => [x.at(bin.mean_score), y.at(bin.machine.share)] as [number, number]);
  return (
    <div>
      <Charted
        title="Style score" gloss="score against the share judged machine"
        columns={[{ head: "score, from" }, { head: "to" }, { head: "samples", numeric: true }, { head: "mean score", numeric: true, format: (value) => value.toFixed(2) }, { head: "judged machine", numeric: true, format: percent }, { head: "low", numeric: true, format: percent }, { head: "high", numeric: true, format: percent }]}
        rows={style.bins.map((bin) => [bin.low.toFixed(1), bin.high.toFixed(1), bin.machine.of, bin.mean_score, bin.machine.share, bin.machine.interval[0], bin.machine.interval[1]])}
      >
        <svg width={LEFT + SIDE + 12} height={TOP + SIDE + BOTTOM} role="group" aria-label={`Reliability of the style score: ${style.bins.map((bin) => `score ${bin.mean_score.toFixed(2)}, judged machine ${percent(bin.machine.share)}`).join("; ")}`}>
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}>
              <path d={`M${x.at(tick)} ${TOP}V${TOP + SIDE}M${LEFT} ${y.at(tick)}H${LEFT + SIDE}`} stroke="var(--chart-grid)" />
              <text x={x.at(tick)} y={TOP + SIDE + 15} textAnchor="middle" className={css.axis}>{tick}</text>
              <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{tick}</text>
            </g>
          ))}
          <path d={`M${x.at(0)} ${y.at(0)}L${x.at(1)} ${y.at(1)}`} stroke="var(--chart-reference)" strokeDasharray="4 3" />
          <text x={x.at(1)} y={y.at(1) - 9} textAnchor="end" className={css.axis}>means what it says</text>
          <text x={LEFT + SIDE} y={TOP + SIDE + 32} textAnchor="end" className={css.axis}>mean score</text>
          <path d={path(points)} fill="none" stroke="var(--chart-ink)" strokeWidth="1.4" />
          {style.bins.map((bin) => {
            const open = () => go("samples", { filter: bin.filter });
            return (
              <g key={bin.low} className={css.bin} role="button" tabIndex={0} aria-label={`Score ${bin.low.toFixed(1)} to ${bin.high.toFixed(1)}, ${counted(bin.machine.of, "sample")}, judged machine ${rateWords(bin.machine)}: open`} onClick={open} onKeyDown={(event) => event.key === "Enter" && open()}>
                <path d={`M${x.at(bin.mean_score)} ${y.at(bin.machine.interval[0])}V${y.at(bin.machine.interval[1])}`} stroke="var(--chart-bar)" strokeWidth="1.2" />
                <circle cx={x.at(bin.mean_score)} cy={y.at(bin.machine.share)} r="4" fill="var(--chart-ink)"><title>{`${counted(bin.machine.of, "sample")}, judged machine ${rateWords(bin.machine)}`}</title></circle>
              </g>
            );
          })}
        </svg>
      </Charted>
      <p className="small t2"><button type="button" className="link" aria-label={`${counted(style.samples, "sample")} judged human or machine: open`} onClick={() => go("samples", { filter: JUDGED })}>{counted(style.samples, "sample")}</button> judged human or machine, {style.machine === 0 ? count(0) : <button type="button" className="link" aria-label={`${counted(style.machine, "sample")} judged machine: open`} onClick={() => go("samples", { filter: JUDGED_MACHINE })}>{count(style.machine)}</button>} machine. Brier score {style.brier.toFixed(3)}; always saying their share would be {style.brier_of_share.toFixed(3)}.{style.taught > 0 && ` ${count(style.taught)} taught the signal; their scores come from folds that did not see them.`}</p>
    </div>
  );
}

function Evidence({ evidence }: { evidence: readonly EvidenceAgreement[] }) {
  const { go } = useNavigation();
  if (evidence.length === 0) return <p className="small t2">No evidence speaks of a judged sample.</p>;
  return (
    <div>
      <table className={css.small} aria-label="Evidence that reviewers contradict">
        <thead><tr><th scope="col">evidence</th><th scope="col" className="num">says the same</th><th scope="col" className="num">mean confidence</th><th scope="col" className="num">Brier</th><th scope="col" className="num">differs</th></tr></thead>
        <tbody>{evidence.map((row) => {
          const differs = row.agreeing.of - row.agreeing.count;
          const name = sentence(words(row.kind));
          return (
            <tr key={row.kind}>
              <th scope="row">{name}</th>
              <td className="num">{rateWords(row.agreeing)}</td>
              <td className="num">{row.mean_confidence.toFixed(2)}</td>
              <td className="num">{row.brier.toFixed(3)}</td>
              <td className="num">{row.filter === null ? count(differs) : <button type="button" className="link" aria-label={`${name}, ${counted(differs, "sample")} on which reviewers differ: open`} onClick={() => go("samples", { filter: row.filter! })}>{count(differs)}</button>}</td>
            </tr>
          );
        })}</tbody>
      </table>
      <p className="small t2">How often reviewers contradict it, on a scale to 50 %:</p>
      <table className={css.rates} aria-label="How often reviewers contradict evidence">
        <tbody>{evidence.map((row) => <RateRow key={row.kind} label={sentence(words(row.kind))} rate={against(row)} absent="" name={`${sentence(words(row.kind))}, contradicted`} onOpen={row.filter === null ? undefined : () => go("samples", { filter: row.filter! })} />)}</tbody>
      </table>
    </div>
  );
}

/** The other side of a share: of as many, how many differ. */
function against({ agreeing: { count: agreeing, of, share, interval } }: EvidenceAgreement) {
  return { count: of - agreeing, of, share: 1 - share, interval: [1 - interval[1], 1 - interval[0]] as [number, number] };
}
