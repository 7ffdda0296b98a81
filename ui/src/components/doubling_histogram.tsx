/// Clusters by size on doubling bins, heights logarithmic, each bar with its count; a bar can be opened.
import type { SizeBin } from "@/ipc";
import { count } from "@/lib/format";
import css from "./doubling_histogram.module.css";
import { useWidth } from "./use_width";

export interface DoublingHistogramProps {
  bins: readonly SizeBin[];
  height?: number;
  /** The bin that is chosen, by its smallest size. */
  chosen?: number | undefined;
  onChoose?: (bin: SizeBin) => void;
}

/** Height of a bar: one cluster is still seen, ten times as many are one step more. */
export function barHeight(clusters: number, most: number, height: number): number {
  if (clusters <= 0) return 0;
  const steps = Math.log10(most) + 1;
  return Math.max(2, ((Math.log10(clusters) + 1) / steps) * height);
}

export function DoublingHistogram({ bins, height = 66, chosen, onChoose }: DoublingHistogramProps) {
  const [ref, width] = useWidth<HTMLDivElement>(320);
  const most = Math.max(1, ...bins.map((bin) => bin.clusters));
  const step = Math.min(64, (width - 44) / Math.max(1, bins.length));
  return (
    <div ref={ref}>
      <svg width={width} height={height + 34} className={css.chart} role="group" aria-label="Clusters by number of copies, logarithmic">
        {bins.map((bin, i) => {
          const tall = barHeight(bin.clusters, most, height);
          const words = `${count(bin.clusters)} clusters of ${bin.from === bin.to ? bin.from : `${bin.from} to ${bin.to}`} copies`;
          return (
            <g
              key={bin.from} className={chosen === bin.from ? `${css.bar} ${css.chosen}` : css.bar}
              {...(onChoose ? { role: "button", tabIndex: 0, "aria-label": words, onClick: () => onChoose(bin), onKeyDown: (event: React.KeyboardEvent) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); onChoose(bin); } } } : { role: "img", "aria-label": words })}
            >
              <rect className={css.room} x={i * step} y="0" width={step - 3} height={height + 34} />
              <rect x={i * step} y={16 + height - tall} width={step - 3} height={tall} />
              <text x={i * step + (step - 3) / 2} y={11 + height - tall} textAnchor="middle" className={css.count}>{count(bin.clusters)}</text>
            </g>
          );
        })}
        {bins.map((bin, i) => <text key={bin.from} x={i * step + (step - 3) / 2} y={height + 30} textAnchor="middle" className={css.size}>{bin.from}</text>)}
        <text x={bins.length * step + 5} y={height + 30} className={css.size}>copies</text>
      </svg>
    </div>
  );
}
