/// How much of the reference's classes is here: by how rare they are there, or origin by origin.
import type { ReactNode } from "react";
import { Charted } from "@/components/charted";
import { OriginLabel } from "@/components/origin_glyph";
import { Segmented } from "@/components/segmented";
import { useWidth } from "@/components/use_width";
import type { Coverage, OriginCoverage, RarityBand, Tail } from "@/ipc";
import { count, counted, percent } from "@/lib/format";
import { allNamed, observedOf } from "./asked";
import css from "./coverage.module.css";
import { LINE_STROKE } from "./lines";

const HEIGHT = 24;

export type RetentionBy = "rarity" | "origin";

/** How often the reference holds the classes of a band, in words. */
export function bandWords({ from, to }: Pick<RarityBand, "from" | "to">): string {
  if (to === null) return `${count(from)} or more`;
  if (from === to) return from === 1 ? "once" : from === 2 ? "twice" : `${count(from)} times`;
  return to === from + 1 ? `${from} or ${to} times` : `${count(from)} to ${count(to)}`;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** "0.655 (0.638–0.671) of 3,185 tail classes"; the legend says what is held. */
export function tailWords(tail: Tail): string {
  const classes = counted(tail.classes, "tail class", "tail classes");
  if (tail.retention === null) return tail.classes === 0 ? "no tail: the rarest class holds more than a tenth" : `${classes}; nothing is held against them`;
  const interval = tail.interval ? ` (${tail.interval.map((end) => end.toFixed(3)).join("–")})` : "";
  return `${tail.retention.toFixed(3)}${interval} of ${classes}`;
}

function massWords(tail: Tail): string | null {
  if (tail.mass_ratio === null || tail.mass_here === null || tail.mass_there === null) return null;
  return `The tail holds ${percent(tail.mass_there)} of the observations of the ${tail.reference} and ${percent(tail.mass_here)} ${tail.held === "whole" ? "here" : `of the ${tail.held}`}: ${tail.mass_ratio.toFixed(2)} times as much.`;
}

export type BandFilters = Record<"classes" | "present" | "missing", string | null>;

export interface RetentionProps {
  coverage: Coverage;
  by: RetentionBy;
  onBy(by: RetentionBy): void;
  /** The filters of the reference's samples of a band: all, those whose classes are here, those whose classes are missing; `null` where no filter says it. */
  behind(band: RarityBand): BandFilters;
  /** Opens samples where the reference is. */
  onThere(filter: string): void;
  /** Opens samples of this snapshot. */
  onHere(filter: string): void;
}

export function Retention({ coverage, by, onBy, behind, onThere, onHere }: RetentionProps) {
  const { tail } = coverage;
  const origins = coverage.by_origin.filter((part) => part.human_tail_retention !== null);
  const byOrigin = by === "origin" && origins.length > 0;
  const bands = tail?.bands ?? [];
  return (
    <Charted
      title="Retention" gloss={tail ? tailWords(tail) : "of the tail of a reference"}
      controls={origins.length > 0 && <Segmented size="small" label="Retention by" value={byOrigin ? "origin" : "rarity"} onChange={onBy} options={[{ value: "rarity", label: "Rarity" }, { value: "origin", label: "Origin" }]} />}
      columns={byOrigin
        ? [{ head: "part" }, { head: "classes", numeric: true }, { head: "of the human tail", numeric: true, format: percent }, { head: "from", numeric: true, format: percent }, { head: "to", numeric: true, format: percent }, { head: "absent", numeric: true }]
        : [{ head: `seen in the ${tail?.reference ?? "reference"}` }, { head: "classes", numeric: true }, { head: "present", numeric: true, format: percent }, { head: "from", numeric: true, format: percent }, { head: "to", numeric: true, format: percent }, { head: "machine part", numeric: true, format: percent }, { head: "missing", numeric: true }]}
      rows={byOrigin
        ? origins.map((part) => [`${part.origin} part`, part.classes, part.human_tail_retention, part.retention_interval?.[0] ?? null, part.retention_interval?.[1] ?? null, part.missing_count])
        : bands.map((band) => [bandWords(band), band.classes, share(band.present, band.classes), band.interval[0], band.interval[1], band.machine_present === null ? null : share(band.machine_present, band.classes), band.classes - band.present])}
    >
      {!tail ? <p className="t2">No sample is known to be human here, so there is no human tail to compare with. Another snapshot or gold can be chosen as the reference.</p>
        : byOrigin ? <OriginTable coverage={coverage} onHere={onHere} origins={origins} human={coverage.by_origin.find((part) => part.origin === "human")} />
          : tail.retention === null && tail.mass_here === null ? <p className="t2">Only human samples have this, so there is nothing to hold against them.</p>
            : <BandTable tail={tail} behind={behind} onThere={onThere} />}
    </Charted>
  );
}

function BandTable({ tail, behind, onThere }: { tail: Tail } & Pick<RetentionProps, "behind" | "onThere">) {
  const machine = tail.bands.some((band) => band.machine_present !== null) && tail.held !== "machine part";
  const mass = massWords(tail);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <div className={css.retained} tabIndex={0} role="region" aria-label="Retention by rarity">
      <table className={css.retention}>
        <thead>
          <tr><th scope="col">seen there</th><th scope="col" className="num">classes</th><th scope="col" className={css.dotCell}><span className="unseen">present, drawn</span><Ticks /></th><th scope="col" className="num">present</th><th scope="col" className="num">missing</th></tr>
        </thead>
        <tbody>{tail.bands.map((band) => <Band key={band.from} band={band} filters={behind(band)} onThere={onThere} />)}</tbody>
      </table>
      <p className="label t2">
        <svg width="10" height="9" aria-hidden="true"><circle cx="4.5" cy="4.5" r="4" fill="var(--chart-ink)" /></svg> {tail.held}, with its 95{"\u202f"}% interval
        {machine && <> <svg width="10" height="9" aria-hidden="true"><rect width="8" height="8" y=".5" fill="var(--origin-machine)" /></svg> machine part alone</>}
        {mass && <>. {mass}</>}
      </p>
    </div>
  );
}

function Band({ band, filters, onThere }: { band: RarityBand; filters: BandFilters } & Pick<RetentionProps, "onThere">) {
  const [ref, width] = useWidth<HTMLDivElement>(240);
  const x = (value: number) => 6 + value * (width - 12);
  const present = share(band.present, band.classes);
  const machine = band.machine_present === null ? null : share(band.machine_present, band.classes);
  const missing = band.classes - band.present;
  return (
    <tr>
      <th scope="row">{bandWords(band)}</th>
      <td className="num"><Opening words={count(band.classes)} label={`${counted(band.classes, "class", "classes")} seen there ${bandWords(band)}: open the samples there`} filter={band.classes === 0 ? null : filters.classes} onOpen={onThere} /></td>
      <td className={css.dotCell}>
        <div ref={ref}><svg width={width} height={HEIGHT} aria-hidden="true">
          <Grid x={x} />
          {machine !== null && <path d={`M${x(machine)} ${HEIGHT / 2}H${x(present)}`} stroke="var(--line-button)" />}
          <path d={`M${x(band.interval[0])} ${HEIGHT / 2}H${x(band.interval[1])}`} stroke="var(--chart-ink)" strokeWidth="1.6" />
          {machine !== null && <rect x={x(machine) - 4} y={HEIGHT / 2 - 4} width="8" height="8" fill="var(--origin-machine)" />}
          <circle cx={x(present)} cy={HEIGHT / 2} r="4.2" fill="var(--chart-ink)" />
        </svg></div>
      </td>
      <td className="num strong" title={`${percent(band.interval[0])} to ${percent(band.interval[1])}`}><Opening words={percent(present)} label={`${percent(present)}, ${counted(band.present, "class", "classes")} seen there ${bandWords(band)}, present here: open the samples there`} filter={band.present === 0 ? null : filters.present} onOpen={onThere} /></td>
      <td className="num"><Opening words={count(missing)} label={`${counted(missing, "class", "classes")} seen there ${bandWords(band)}, missing here: open the samples there`} filter={missing === 0 ? null : filters.missing} onOpen={onThere} /></td>
    </tr>
  );
}

function Opening({ words, label, filter, onOpen }: { words: string; label: string; filter: string | null; onOpen(filter: string): void }) {
  return filter === null ? words : <button type="button" className="link" aria-label={label} onClick={() => onOpen(filter)}>{words}</button>;
}

interface OriginTableProps extends Pick<RetentionProps, "onHere"> {
  coverage: Coverage;
  origins: readonly OriginCoverage[];
  human: OriginCoverage | undefined;
}

function OriginTable({ coverage, origins, human, onHere }: OriginTableProps) {
  const classes = (part: OriginCoverage) => <Opening words={count(part.classes)} label={`${counted(part.classes, "class", "classes")} in the ${part.origin} part: open its samples that have one`} filter={part.classes === 0 ? null : observedOf(coverage, part.origin)} onOpen={onHere} />;
  return (
    <table className={css.retention}>
      <thead>
        <tr><th scope="col">part</th><th scope="col" className="num">classes</th><th scope="col" className={css.dotCell}><span className="unseen">present, drawn</span><Ticks /></th><th scope="col" className="num">present</th><th scope="col" className="num">absent</th></tr>
      </thead>
      <tbody>
        {origins.map((part) => <Row key={part.origin} part={part} classes={classes(part)} absent={allNamed(coverage.unit, part.missing, part.missing_count, "origin = 'human'")} onHere={onHere} />)}
        {human && <tr><th scope="row"><OriginLabel origin="human">human part</OriginLabel></th><td className="num">{classes(human)}</td><td className={`t2 ${css.dotCell}`} colSpan={3}>the reference: its rarest classes, which hold the last 10{"\u202f"}% of its observations</td></tr>}
      </tbody>
    </table>
  );
}

function Ticks() {
  const [ref, width] = useWidth<HTMLDivElement>(240);
  return (
    <div ref={ref}>
      <svg width={width} height="16" className={css.chart} aria-hidden="true">
        {(width < 200 ? [0, 50, 100] : [0, 25, 50, 75, 100]).map((tick) => <text key={tick} x={6 + (tick / 100) * (width - 12)} y="12" textAnchor="middle" className={css.axis}>{tick === 0 ? "0" : `${tick}\u202f%`}</text>)}
      </svg>
    </div>
  );
}

function Grid({ x }: { x(value: number): number }) {
  return [0, 0.25, 0.5, 0.75, 1].map((tick) => <path key={tick} d={`M${x(tick)} 0V${HEIGHT}`} stroke="var(--chart-grid)" />);
}

function Row({ part, classes, absent, onHere }: { part: OriginCoverage; classes: ReactNode; absent: string | null } & Pick<RetentionProps, "onHere">) {
  const [ref, width] = useWidth<HTMLDivElement>(240);
  const at = (value: number) => 6 + value * (width - 12);
  const retained = part.human_tail_retention ?? 0;
  const x = at(retained);
  const interval = part.retention_interval;
  return (
    <tr>
      <th scope="row"><OriginLabel origin={part.origin}>{part.origin} part</OriginLabel></th>
      <td className="num">{classes}</td>
      <td className={css.dotCell}>
        <div ref={ref}><svg width={width} height={HEIGHT} aria-hidden="true">
          <Grid x={at} />
          {interval && <path d={`M${at(interval[0])} ${HEIGHT / 2}H${at(interval[1])}`} stroke={LINE_STROKE[part.origin]} strokeWidth="1.6" />}
          {part.origin === "machine" ? <rect x={x - 4} y={HEIGHT / 2 - 4} width="8" height="8" fill={LINE_STROKE[part.origin]} /> : <circle cx={x} cy={HEIGHT / 2} r="4.2" fill={part.origin === "unknown" ? "var(--surface)" : LINE_STROKE[part.origin]} stroke={LINE_STROKE[part.origin]} strokeWidth="1.4" />}
        </svg></div>
      </td>
      <td className="num strong" title={interval ? `${percent(interval[0])} to ${percent(interval[1])}` : undefined}>{percent(retained)}</td>
      <td className="num"><Opening words={count(part.missing_count)} label={`${counted(part.missing_count, "class", "classes")} of the human tail absent from the ${part.origin} part: open the human samples`} filter={absent} onOpen={onHere} /></td>
    </tr>
  );
}
