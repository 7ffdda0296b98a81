/// Clusters by size and the samples in them; a bar lists its clusters.
import { Charted } from "@/components/charted";
import { useWidth } from "@/components/use_width";
import type { SizeBin } from "@/ipc";
import { count, percent, short } from "@/lib/format";
import css from "./duplicates.module.css";
import { barHeight, binName, heldByLargest } from "./size_bins";

const HEIGHT = 80;
const TOP = 26;
const GAP = 4;

export interface SizeChartProps {
  bins: readonly SizeBin[];
  /** Smallest size of the chosen bin. */
  chosen: number | null;
  onChoose(bin: SizeBin | null): void;
}

export function SizeChart({ bins, chosen, onChoose }: SizeChartProps) {
  const largest = heldByLargest(bins, 0.01);
  return (
    <Charted
      title="Clusters by size" gloss="log scale"
      columns={[{ head: "samples in the cluster" }, { head: "clusters", numeric: true }, { head: "samples in them", numeric: true }]}
      rows={bins.map((bin) => [binName(bin), bin.clusters, bin.samples])}
    >
      <Bars bins={bins} chosen={chosen} onChoose={onChoose} />
      {largest && <p className="small t2">The largest {percent(largest.clusters)} of clusters hold {percent(largest.held)} of clustered samples.</p>}
    </Charted>
  );
}

function Bars({ bins, chosen, onChoose }: SizeChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>(360);
  const step = width / Math.max(bins.length, 6);
  const panels = [
    { name: "clusters", base: TOP + HEIGHT, values: bins.map((bin) => bin.clusters) },
    { name: "samples in them", base: TOP + HEIGHT + 22 + TOP + HEIGHT, values: bins.map((bin) => bin.samples) },
  ];
  const bottom = TOP + HEIGHT + 22 + TOP + HEIGHT + 18;
  return (
    <div ref={ref}>
      <svg width={width} height={bottom} className={css.chart} role="group" aria-label="Clusters by size; each bar lists its clusters">
        {panels.map((panel) => (
          <g key={panel.name}>
            <text x={width} y={panel.base - HEIGHT - 12} textAnchor="end" className={css.axis}>{panel.name}</text>
            <path d={`M0 ${panel.base + 0.5}H${width}`} stroke="var(--chart-axis)" />
          </g>
        ))}
        {bins.map((bin, index) => {
          const on = bin.from === chosen;
          const x = index * step;
          return (
            <g
              key={bin.from} role="button" tabIndex={0} aria-pressed={on} className={css.bar}
              aria-label={`${binName(bin)} samples: ${count(bin.clusters)} clusters, ${count(bin.samples)} samples`}
              onClick={() => onChoose(on ? null : bin)}
              onKeyDown={(event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onChoose(on ? null : bin); } }}
            >
              <rect x={x} y="0" width={step - GAP} height={bottom} fill="transparent" />
              {panels.map((panel) => {
                const value = panel.values[index] ?? 0;
                const height = barHeight(value, Math.max(...panel.values), HEIGHT);
                return <rect key={panel.name} x={x} y={panel.base - height} width={step - GAP} height={height} fill={on ? "var(--chart-ink)" : "var(--chart-bar)"} />;
              })}
            </g>
          );
        })}
        {/* The figures stand beside the bars that are pressed, whose names say them in words. */}
        <g className={css.figures}>
          {bins.map((bin, index) => {
            const on = bin.from === chosen;
            const middle = index * step + (step - GAP) / 2;
            return (
              <g key={bin.from}>
                {panels.map((panel) => {
                  const value = panel.values[index] ?? 0;
                  return <text key={panel.name} x={middle} y={panel.base - barHeight(value, Math.max(...panel.values), HEIGHT) - 4} textAnchor="middle" className={on ? css.valueOn : css.value}>{short(value)}</text>;
                })}
                <text x={middle} y={bottom - 3} textAnchor="middle" className={on ? css.valueOn : css.axis}>{binName(bin)}</text>
              </g>
            );
          })}
        </g>
      </svg>
    </div>
  );
}
