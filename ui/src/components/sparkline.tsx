/// A figure over the snapshots, small: its own scale, gaps where it was not defined, the last one marked.
import { path } from "@/lib/scale";

export interface SparklineProps {
  values: readonly (number | null)[];
  /** In words: `Machine share, snapshots 1 to 7: 10.2 % to 24.5 %`. */
  label: string;
  width?: number;
  height?: number;
  /** Marks every point, where there is room. */
  dots?: boolean;
}

type Point = [x: number, y: number];

/** The runs of points between gaps, in pixels. */
export function runs(values: readonly (number | null)[], width: number, height: number, edge = 3): Point[][] {
  const known = values.filter((value): value is number => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const step = values.length > 1 ? (width - 2 * edge) / (values.length - 1) : 0;
  const all: Point[][] = [];
  let open = false;
  values.forEach((value, index) => {
    if (value === null) {
      open = false;
      return;
    }
    const y = high === low ? height / 2 : height - edge - ((value - low) / (high - low)) * (height - 2 * edge);
    const point: Point = [edge + index * step, y];
    if (open) all.at(-1)!.push(point);
    else all.push([point]);
    open = true;
  });
  return all;
}

export function Sparkline({ values, label, width = 44, height = 16, dots = false }: SparklineProps) {
  const lines = runs(values, width, height);
  const last = values.at(-1) === null ? undefined : lines.at(-1)?.at(-1);
  return (
    <svg width={width} height={height} role="img" aria-label={label}>
      {lines.map((line) => <path key={line[0]![0]} d={path(line)} fill="none" stroke="var(--chart-bar)" strokeWidth="1.2" />)}
      {dots && lines.flat().map(([x, y]) => <circle key={x} cx={x} cy={y} r="1.5" fill="var(--chart-bar)" />)}
      {last && <circle cx={last[0]} cy={last[1]} r={dots ? 3.2 : 2.2} fill="var(--chart-ink)" />}
    </svg>
  );
}
