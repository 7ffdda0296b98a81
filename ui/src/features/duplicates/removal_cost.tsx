/// What removing the copies would cost the tail, by which copy stays.
import { Charted } from "@/components/charted";
import { useWidth } from "@/components/use_width";
import { Verbatim } from "@/components/verbatim";
import type { Coverage } from "@/ipc";
import { classesOnlyIn, EVER } from "@/lib/behind";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { linear } from "@/lib/scale";
import css from "./duplicates.module.css";

const LEFT = 126;
const RIGHT = 52;
const ROW = 28;

/** The filter of the samples of classes that only copies have; `null` where only some texts were counted. */
export function lostBehind({ unit, sampled }: Pick<Coverage, "unit" | "sampled">): string | null {
  return sampled ? null : classesOnlyIn("redundant", unit, EVER);
}

/** The unit in which removal costs the most; `null` where it was not measured. */
export function costliest(coverage: readonly Coverage[]): Coverage | null {
  const measured = coverage.filter((each) => each.after_removal !== null);
  return measured.reduce<Coverage | null>((worst, each) => (worst === null || each.after_removal!.tail_retention_first < worst.after_removal!.tail_retention_first ? each : worst), null);
}

export function RemovalCost({ coverage }: { coverage: readonly Coverage[] }) {
  const [ref, width] = useWidth<HTMLDivElement>(360);
  const unit = costliest(coverage);
  if (!unit?.after_removal) return null;
  const { tail_retention: aware, tail_retention_first: first } = unit.after_removal;
  const rows = [
    { name: "Nothing removed", value: 1, strong: false },
    { name: "Human one stays", value: aware, strong: true },
    { name: "First one stays", value: first, strong: false },
  ];
  const low = Math.floor(Math.min(aware, first, 0.95) * 20 - 1e-9) / 20;
  const x = linear(low, 1, LEFT, width - RIGHT, 4);
  return (
    <Charted
      title="What removal costs the tail" gloss={<Verbatim>{unit.unit}</Verbatim>}
      columns={[{ head: "what stays" }, { head: "tail retention", numeric: true, format: (value) => value.toFixed(3) }]}
      rows={rows.map((row) => [row.name, row.value])}
    >
      <div ref={ref}>
        <svg width={width} height={3 * ROW + 24} className={css.chart} role="img" aria-label={rows.map((row) => `${row.name}: ${row.value.toFixed(3)}`).join(", ")}>
          {x.ticks.map((tick) => (
            <g key={tick}>
              <path d={`M${x.at(tick)} 4v${3 * ROW - 4}`} stroke="var(--chart-grid)" />
              <text x={x.at(tick)} y={3 * ROW + 16} textAnchor="middle" className={css.axis}>{tick.toFixed(2)}</text>
            </g>
          ))}
          {rows.map((row, index) => {
            const y = index * ROW + 16;
            return (
              <g key={row.name}>
                <text x="0" y={y + 4} fontSize="12" fontWeight={row.strong ? 600 : 400}>{row.name}</text>
                <path d={`M${x.at(row.value)} ${y}H${x.at(1)}`} stroke="var(--chart-ink)" strokeWidth="1.5" />
                <circle cx={x.at(row.value)} cy={y} r="4.2" fill={row.strong ? "var(--chart-ink)" : "var(--surface)"} stroke="var(--chart-ink)" strokeWidth="1.5" />
                <text x={width} y={y + 4} textAnchor="end" fontSize="12" fontWeight={row.strong ? 600 : 400}>{row.value.toFixed(3)}</text>
              </g>
            );
          })}
        </svg>
      </div>
      <p className="small t2">Share of the tail’s classes that stay. <Lost unit={unit} classes={unit.classes - unit.after_removal.classes} /> when every redundant copy goes and the representative stays.</p>
    </Charted>
  );
}

function Lost({ unit, classes }: { unit: Coverage; classes: number }) {
  const { go } = useNavigation();
  const filter = lostBehind(unit);
  if (classes === 0) return "No class is lost";
  const words = `${counted(classes, "class is", "classes are")} lost`;
  return filter === null ? words : <button type="button" className="link" aria-label={`${count(classes)} of ${unit.unit} lost: open the samples that have them`} onClick={() => go("samples", { filter })}>{words}</button>;
}
