/// How much of the human tail each origin still has.
import { Charted } from "@/components/charted";
import { useWidth } from "@/components/use_width";
import { OriginLabel } from "@/components/origin_glyph";
import type { Coverage, OriginCoverage } from "@/ipc";
import { count, percent } from "@/lib/format";
import css from "./coverage.module.css";
import { LINE_STROKE } from "./lines";

const HEIGHT = 28;

export function Retention({ coverage }: { coverage: Coverage }) {
  const human = coverage.by_origin.find((part) => part.origin === "human");
  const measured = coverage.by_origin.filter((part) => part.human_tail_retention !== null);
  const gloss = coverage.tail_retention === null ? "share of the human part’s rarest classes that are present" : `${coverage.tail_retention.toFixed(3)} of the tail of the ${coverage.reference ?? "reference"} is here`;
  return (
    <Charted
      title="Retention of the human tail" gloss={gloss}
      columns={[{ head: "part" }, { head: "classes", numeric: true }, { head: "present", numeric: true, format: percent }, { head: "absent, at most 100 listed", numeric: true }]}
      rows={measured.map((part) => [`${part.origin} part`, part.classes, part.human_tail_retention, part.missing.length])}
    >
      {!human || measured.length === 0 ? (
        <p className="t2">{human ? "Only human samples have this dimension, so there is nothing to compare with them." : "No sample is known to be human here, so there is no human tail to compare with."}</p>
      ) : (
        <table className={css.retention}>
          <thead>
            <tr><th scope="col">part</th><th scope="col" className="num">classes</th><th scope="col" className={css.dotCell}><Ticks /></th><th scope="col" className="num">present</th><th scope="col" className="num">absent</th></tr>
          </thead>
          <tbody>
            {measured.map((part) => <Row key={part.origin} part={part} />)}
            <tr><th scope="row"><OriginLabel origin="human">human part</OriginLabel></th><td className="num">{count(human.classes)}</td><td className={`t2 ${css.dotCell}`} colSpan={3}>the reference: its rarest classes, which hold the last 10{"\u202f"}% of its observations</td></tr>
          </tbody>
        </table>
      )}
    </Charted>
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

function Row({ part }: { part: OriginCoverage }) {
  const [ref, width] = useWidth<HTMLDivElement>(240);
  const share = part.human_tail_retention ?? 0;
  const x = 6 + share * (width - 12);
  return (
    <tr>
      <th scope="row"><OriginLabel origin={part.origin}>{part.origin} part</OriginLabel></th>
      <td className="num">{count(part.classes)}</td>
      <td className={css.dotCell}>
        <div ref={ref}><svg width={width} height={HEIGHT} aria-hidden="true">
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => <path key={tick} d={`M${6 + tick * (width - 12)} 0V${HEIGHT}`} stroke="var(--chart-grid)" />)}
          <path d={`M6 ${HEIGHT / 2}H${x}`} stroke="var(--line-button)" />
          {part.origin === "machine" ? <rect x={x - 4} y={HEIGHT / 2 - 4} width="8" height="8" fill={LINE_STROKE[part.origin]} /> : <circle cx={x} cy={HEIGHT / 2} r="4.2" fill={part.origin === "unknown" ? "var(--surface)" : LINE_STROKE[part.origin]} stroke={LINE_STROKE[part.origin]} strokeWidth="1.4" />}
        </svg></div>
      </td>
      <td className="num strong">{percent(share)}</td>
      <td className="num">{count(part.missing.length)}{part.missing.length === 100 ? "+" : ""}</td>
    </tr>
  );
}
