/// The origin bar: this snapshot, the strength of the evidence behind it, and the snapshot before.
import { OriginGlyph } from "@/components/origin_glyph";
import { OriginRects, originSpans } from "@/components/origin_bar";
import { Charted } from "@/components/charted";
import { useWidth } from "@/components/use_width";
import type { EvidenceShare, Origin, OriginTable, Report } from "@/ipc";
import { count, percent, points, sentence, short } from "@/lib/format";
import { ORIGIN_FILL, ORIGINS, type ByOrigin } from "@/lib/origin";
import { useNavigation } from "@/lib/place";
import { ofOriginIn } from "@/lib/behind";
import { spread } from "@/lib/scale";
import type { Unit } from "./content";
import css from "./overview.module.css";

const SIDE = 96;
const LABEL = 124;
const THICKNESS: Record<string, number> = { judged: 7, recorded: 3, declared: 1 };
const STRENGTHS = Object.keys(THICKNESS);

function tableOf(report: Report, unit: Unit): OriginTable {
  return unit === "unique" ? report.unique : report.origin;
}

/** Amount and share of each origin in the chosen unit. */
export function amounts(report: Report, unit: Unit): { amount: ByOrigin; share: ByOrigin } {
  const table = tableOf(report, unit);
  const pick = (read: (origin: Origin) => number): ByOrigin => ({ human: read("human"), mixed: read("mixed"), machine: read("machine"), unknown: read("unknown") });
  return unit === "tokens"
    ? { amount: pick((origin) => table[origin].tokens), share: pick((origin) => table[origin].token_share) }
    : { amount: pick((origin) => table[origin].samples), share: pick((origin) => table[origin].share) };
}

const GLOSS: Record<Unit, string> = { tokens: "share of tokens, exact", samples: "share of samples, exact", unique: "share of samples once duplicates are gone, exact" };

export function Origins({ report, previous, evidence, unit }: { report: Report; previous: Report | null; evidence: readonly EvidenceShare[]; unit: Unit }) {
  const [ref, full] = useWidth<HTMLDivElement>(1200);
  const { go } = useNavigation();
  const { amount, share } = amounts(report, unit);
  const before = previous && amounts(previous, unit);
  const side = full < 980 ? 0 : SIDE;
  const spans = originSpans(share, full - side);
  const lefts = spread(spans.map((span) => span.x), LABEL, 0, full - side - LABEL);
  const wide = side > 0;
  // Four labels over their parts of the bar take this much; with less room they are lines of their own.
  const crowded = full < ORIGINS.length * LABEL;
  const written = (origin: Origin) => (unit === "tokens" ? short(amount[origin]) : count(amount[origin]));
  return (
    <Charted
      title="Origin" gloss={before ? `${GLOSS[unit]}; change since snapshot ${previous.snapshot}` : GLOSS[unit]}
      legend={unit === "tokens" && <Strengths />}
      columns={[{ head: "origin" }, { head: unit === "tokens" ? "tokens" : "samples", numeric: true }, { head: "share", numeric: true, format: percent }, ...(before ? [{ head: `share in snapshot ${previous.snapshot}`, numeric: true, format: percent }] : []), ...STRENGTHS.map((strength) => ({ head: `${strength}, tokens`, numeric: true }))]}
      rows={ORIGINS.map((origin) => [origin, amount[origin], share[origin], ...(before ? [before.share[origin]] : []), ...STRENGTHS.map((strength) => evidence.find((one) => one.origin === origin && one.strength === strength)?.tokens ?? 0)])}
    >
      <div ref={ref}>
      <div className={crowded ? `${css.originLabels} ${css.crowded}` : css.originLabels} style={{ marginInlineStart: side }}>
        {spans.map(({ origin }, i) => {
          const change = before && points(share[origin] - before.share[origin]);
          return (
            <button key={origin} type="button" className={css.originLabel} style={crowded ? undefined : { insetInlineStart: lefts[i] }} onClick={() => go("samples", { filter: ofOriginIn(unit, origin) })} aria-label={`${sentence(origin)} ${percent(share[origin])}, ${written(origin)}${change ? `, ${change}` : ""}: open these samples`}>
              <b><OriginGlyph origin={origin} />{sentence(origin)} {percent(share[origin])}</b>{" "}
              <span>{written(origin)}{change ? `, ${change}` : ""}</span>
            </button>
          );
        })}
      </div>
      <svg width={full} height={before && wide ? 62 : 44} className={css.originChart} role="img" aria-label={`Snapshot ${report.snapshot}: ${ORIGINS.map((origin) => `${origin} ${percent(share[origin])}`).join(", ")}`}>
        {wide && <text x="0" y="20" className={css.now}>Snapshot {report.snapshot}</text>}
        {wide && unit === "tokens" && <text x="0" y="43" className={css.side}>Evidence</text>}
        <g transform={`translate(${side} 0)`}>
          <OriginRects spans={spans} height={31} />
          {unit === "tokens" && spans.map((span) => <EvidenceStrip key={span.origin} {...span} shares={evidence.filter((one) => one.origin === span.origin)} />)}
        </g>
        {before && wide && (
          <>
            <text x="0" y="60" className={css.side}>Snapshot {previous.snapshot}</text>
            <g transform={`translate(${side} 53)`}><OriginRects spans={originSpans(before.share, full - side)} height={8} /></g>
          </>
        )}
      </svg>
      </div>
    </Charted>
  );
}

/** How strong the evidence behind an origin is, by the thickness of its line. */
function Strengths() {
  return <span className={css.strengths}>Evidence: {Object.entries(THICKNESS).map(([word, thick]) => <span key={word}><svg width="18" height="7" aria-hidden="true"><rect x="0" y={(7 - thick) / 2} width="18" height={thick} fill="currentColor" /></svg>{word}</span>)}</span>;
}

function EvidenceStrip({ origin, x, width, shares }: { origin: Origin; x: number; width: number; shares: readonly EvidenceShare[] }) {
  const whole = shares.reduce((sum, one) => sum + one.tokens, 0);
  if (whole === 0 || origin === "unknown") return null;
  let at = x;
  return Object.entries(THICKNESS).map(([strength, thick]) => {
    const length = ((shares.find((one) => one.strength === strength)?.tokens ?? 0) / whole) * width;
    const from = at;
    at += length;
    return length > 0 && <rect key={strength} x={from} y={39 - thick / 2} width={Math.max(1, length - 1)} height={thick} fill={ORIGIN_FILL[origin]} />;
  });
}
