/// A whole by origin: one bar, unknown hatched and outlined, never filled. Nothing is rounded away.
import type { Origin } from "@/ipc";
import { type ByOrigin, ORIGIN_FILL, ORIGINS, sum } from "@/lib/origin";
import css from "./origin.module.css";
import { useWidth } from "./use_width";

export interface OriginSpan {
  origin: Origin;
  x: number;
  width: number;
}

/** Where each origin lies on a bar of `width`; two units between them, nothing narrower than one. */
export function originSpans(values: ByOrigin, width: number, gap = 2): OriginSpan[] {
  const total = sum(values);
  if (total <= 0) return [];
  const shown = ORIGINS.filter((origin) => values[origin] > 0);
  const room = Math.max(0, width - gap * (shown.length - 1));
  const least = 1.5;
  const raw = shown.map((origin) => Math.max(least, (values[origin] / total) * room));
  const scale = room / raw.reduce((a, b) => a + b, 0);
  let x = 0;
  return shown.map((origin, i) => {
    const span = { origin, x, width: raw[i]! * scale };
    x += span.width + gap;
    return span;
  });
}

/** The spans of a bar as drawn; `top` and `height` in units of the chart. */
export function OriginRects({ spans, top = 0, height }: { spans: OriginSpan[]; top?: number; height: number }) {
  return spans.map(({ origin, x, width }) =>
    origin === "unknown" ? (
      <rect key={origin} x={x + 0.5} y={top + 0.5} width={Math.max(0.5, width - 1)} height={height - 1} fill={height < 14 ? "url(#hatch-fine)" : ORIGIN_FILL.unknown} stroke="var(--origin-unknown)" strokeWidth={height < 14 ? 0.8 : 1} />
    ) : (
      <rect key={origin} x={x} y={top} width={width} height={height} fill={ORIGIN_FILL[origin]} />
    ),
  );
}

export interface OriginBarProps {
  values: ByOrigin;
  height?: number;
  /** The whole in words: `Origin of the filtered samples`. */
  label: string;
  /** The part that is not read yet, in the unit of `values`: drawn as an empty dashed end. */
  unread?: number;
}

export function OriginBar({ values, height = 10, label, unread = 0 }: OriginBarProps) {
  const [ref, width] = useWidth<HTMLDivElement>(300);
  const total = sum(values);
  const read = total + unread > 0 ? total / (total + unread) : 0;
  const end = unread > 0 ? Math.max(0, width * read - 1) : width;
  const words = ORIGINS.map((origin) => `${origin} ${total > 0 ? ((values[origin] / total) * 100).toFixed(1) : 0} %`).join(", ");
  return (
    <div ref={ref}>
      <svg className={css.bar} width={width} height={height} role="img" aria-label={`${label}: ${words}`}>
        <OriginRects spans={originSpans(values, end)} height={height} />
        {unread > 0 && <rect x={end + 2} y=".5" width={Math.max(1, width - end - 2.5)} height={height - 1} fill="none" stroke="var(--line-button)" strokeDasharray="3 3" />}
      </svg>
    </div>
  );
}
