/// How much of the human tail each origin still has.
import { SectionHead } from "@/components/section_head";
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
  const gloss = coverage.tail_retention === null ? "share of the human part’s rarest classes that are present" : `${coverage.tail_retention.toFixed(3)} of the tail of ${coverage.reference ?? "the reference"} is here`;
  return (
    <section>
      <SectionHead title="Retention of the human tail" gloss={gloss} />
      {!human || measured.length === 0 ? (
        <p className="t2">{human ? "Only human samples have this dimension, so there is nothing to compare with them." : "No sample is known to be human here, so there is no human tail to compare with."}</p>
      ) : (
        <table className={css.retention}>
          <thead>
            <tr><th scope="col">part</th><th scope="col" className="num">classes</th><th scope="col" className={css.dots}>{["0", "25", "50", "75", "100\u202f%"].map((tick) => <span key={tick}>{tick}</span>)}</th><th scope="col" className="num">present</th><th scope="col" className="num">absent, listed</th></tr>
          </thead>
          <tbody>
            {measured.map((part) => <Row key={part.origin} part={part} />)}
            <tr><th scope="row"><OriginLabel origin="human">human part</OriginLabel></th><td className="num">{count(human.classes)}</td><td className="t2">the reference: its rarest classes that hold the last 10{"\u202f"}% of its observations</td><td /><td /></tr>
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ part }: { part: OriginCoverage }) {
  const [ref, width] = useWidth<HTMLTableCellElement>(240);
  const share = part.human_tail_retention ?? 0;
  const x = 6 + share * (width - 12);
  return (
    <tr>
      <th scope="row"><OriginLabel origin={part.origin}>{part.origin} part</OriginLabel></th>
      <td className="num">{count(part.classes)}</td>
      <td ref={ref} className={css.dotCell}>
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {[0, 0.25, 0.5, 0.75, 1].map((tick) => <path key={tick} d={`M${6 + tick * (width - 12)} 0V${HEIGHT}`} stroke="var(--chart-grid)" />)}
          <path d={`M6 ${HEIGHT / 2}H${x}`} stroke="var(--line-button)" />
          {part.origin === "machine" ? <rect x={x - 4} y={HEIGHT / 2 - 4} width="8" height="8" fill={LINE_STROKE[part.origin]} /> : <circle cx={x} cy={HEIGHT / 2} r="4.2" fill={part.origin === "unknown" ? "var(--surface)" : LINE_STROKE[part.origin]} stroke={LINE_STROKE[part.origin]} strokeWidth="1.4" />}
        </svg>
      </td>
      <td className="num strong">{percent(share)}</td>
      <td className="num">{count(part.missing.length)}{part.missing.length === 100 ? "+" : ""}</td>
    </tr>
  );
}
