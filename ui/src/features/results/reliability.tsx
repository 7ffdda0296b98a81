/// Is a run as often right as it says? Confidence against the share that was right, bin by bin.
import { Charted } from "@/components/charted";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import type { RunFigures } from "@/ipc";
import { inBin } from "@/lib/behind";
import { both } from "@/lib/expression";
import { count, percent } from "@/lib/format";
import { useNavigation, usePlaceState } from "@/lib/place";
import { linear, path } from "@/lib/scale";
import { KINDS } from "./figure_of";
import { useOpenGroup } from "./open_group";
import css from "./results.module.css";

const SIDE = 232;
const LEFT = 40;
/** Room above the square for the name of its diagonal, where no point can lie. */
const TOP = 22;
const BOTTOM = 38;
const two = (value: number) => value.toFixed(2);

/** The runs that said how sure they were, each with its bins. */
export function withBins(runs: readonly RunFigures[]) {
  return runs.flatMap((run) => {
    const whole = run.groups.find((group) => group.by === "all");
    return whole?.calibration ? [{ run: run.info.run, figures: whole.calibration, filter: whole.filter }] : [];
  });
}

export function Reliability({ runs }: { runs: readonly RunFigures[] }) {
  const [wanted, choose] = usePlaceState("reliability");
  const open = useOpenGroup();
  const { go } = useNavigation();
  const known = withBins(runs);
  const chosen = known.find((one) => one.run === wanted) ?? known.at(-1);
  if (!chosen) return <Charted title="Reliability" gloss="confidence against the share right" columns={[{ head: "confidence" }]} rows={[]}><p className="small t2">No run says both how sure it was and whether it was right.</p></Charted>;
  const { figures, run } = chosen;
  const bins = figures.mass_bins;
  const x = linear(0, 1, LEFT, LEFT + SIDE, 4);
  const y = linear(0, 1, TOP + SIDE, TOP, 4);
  const off = KINDS.calibration.words(figures.equal_mass.value);
  const show = (bin: { from: number; to: number }) => go("samples", { filter: both(inBin(run, bin), chosen.filter ?? "") });
  const range = ([low, high]: readonly [number, number]) => `${KINDS.calibration.words(low)} to ${KINDS.calibration.words(high)}`;
  return (
    <Charted
      title="Reliability" gloss="bins of equal mass"
      columns={[{ head: "confidence, from" }, { head: "to" }, { head: "texts", numeric: true }, { head: "mean confidence", numeric: true, format: two }, { head: "right", numeric: true, format: percent }, { head: "low", numeric: true, format: percent }, { head: "high", numeric: true, format: percent }]}
      rows={bins.map((bin) => [two(bin.from), two(bin.to), bin.n, bin.confidence, bin.accuracy, bin.interval[0], bin.interval[1]])}
      controls={known.length > 1 && <Select label="Run" unlabelled className={css.runChoice} value={run} options={known.map((one) => ({ value: one.run, label: one.run }))} onChange={choose} />}
    >
      <div className={css.reliability}>
        <svg width={LEFT + SIDE + 12} height={TOP + SIDE + BOTTOM} role="group" aria-label={`Reliability of ${run}: ${bins.map((bin) => `confidence ${two(bin.confidence)}, right ${percent(bin.accuracy)}`).join("; ")}`}>
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
            <g key={tick}>
              <path d={`M${x.at(tick)} ${TOP}V${TOP + SIDE}M${LEFT} ${y.at(tick)}H${LEFT + SIDE}`} stroke="var(--chart-grid)" />
              <text x={x.at(tick)} y={TOP + SIDE + 15} textAnchor="middle" className={css.axis}>{tick}</text>
              <text x={LEFT - 6} y={y.at(tick) + 4} textAnchor="end" className={css.axis}>{tick}</text>
            </g>
          ))}
          <path d={`M${x.at(0)} ${y.at(0)}L${x.at(1)} ${y.at(1)}`} stroke="var(--chart-reference)" strokeDasharray="4 3" />
          <text x={x.at(1)} y={y.at(1) - 9} textAnchor="end" className={css.axis}>as sure as right</text>
          <text x={LEFT + SIDE} y={TOP + SIDE + 32} textAnchor="end" className={css.axis}>mean confidence</text>
          <path d={path(bins.map((bin) => [x.at(bin.confidence), y.at(bin.accuracy)]))} fill="none" stroke="var(--chart-ink)" strokeWidth="1.4" />
          {bins.map((bin) => (
            <g key={bin.from} className={css.bin} role="button" tabIndex={0} aria-label={`Confidence ${two(bin.from)} to ${two(bin.to)}, ${count(bin.n)} texts: open the samples`} onClick={() => show(bin)} onKeyDown={(event) => event.key === "Enter" && show(bin)}>
              <path d={`M${x.at(bin.confidence)} ${y.at(bin.interval[0])}V${y.at(bin.interval[1])}`} stroke="var(--chart-bar)" strokeWidth="1.2" />
              <circle cx={x.at(bin.confidence)} cy={y.at(bin.accuracy)} r="3.6" fill="var(--chart-ink)"><title>{`${count(bin.n)} texts, confidence ${two(bin.confidence)}, right ${percent(bin.accuracy)}`}</title></circle>
            </g>
          ))}
        </svg>
        <dl className={css.facts}>
          <div><dt>Run</dt><dd><Verbatim>{run}</Verbatim></dd></div>
          <div><dt>Texts</dt><dd><button type="button" className="link" aria-label={`${count(figures.n)} texts of ${run}: open the samples`} onClick={() => open(run, chosen.filter ?? "", "calibration")}>{count(figures.n)}</button></dd></div>
          <div><dt>Calibration error, equal mass</dt><dd><b>{off}</b> <small>{range(figures.equal_mass.interval)}</small></dd></div>
          <div><dt>equal width</dt><dd>{KINDS.calibration.words(figures.equal_width.value)} <small>{range(figures.equal_width.interval)}</small></dd></div>
          <div><dt>Brier score</dt><dd>{KINDS.brier.words(figures.brier.value)} <small>{range(figures.brier.interval)}</small></dd></div>
        </dl>
      </div>
    </Charted>
  );
}
