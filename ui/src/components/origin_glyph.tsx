/// The four origins as shapes that repeat their colours, and the hatches that unknown is drawn with.
import type { ReactNode } from "react";
import type { Origin } from "@/ipc";
import css from "./origin.module.css";

const SHAPES: Record<Origin, ReactNode> = {
  human: <circle cx="6" cy="6" r="5" fill="var(--origin-human)" />,
  mixed: <><path d="M6 1a5 5 0 0 0 0 10z" fill="var(--origin-human)" /><rect x="6" y="1.2" width="4.8" height="9.6" fill="var(--origin-machine)" /></>,
  machine: <rect x="1.2" y="1.2" width="9.6" height="9.6" fill="var(--origin-machine)" />,
  unknown: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="var(--origin-unknown)" strokeWidth="1.1" />
      <path d="M2.9 9.3L9.3 2.9M1.8 6.6L6.6 1.8M5.4 10.2l4.8-4.8" stroke="var(--origin-unknown)" strokeWidth=".9" />
    </>
  ),
};

/** The shape alone where its word stands beside it; `named` where it stands for itself. */
export function OriginGlyph({ origin, named = false }: { origin: Origin; named?: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" className={css.glyph} {...(named ? { role: "img", "aria-label": origin } : { "aria-hidden": true })}>
      {SHAPES[origin]}
    </svg>
  );
}

/** Shape and word: `● human 0.90`. */
export function OriginLabel({ origin, children }: { origin: Origin; children?: ReactNode }) {
  return <span className={css.label}><OriginGlyph origin={origin} />{children ?? origin}</span>;
}

/** The patterns, once a page; `OriginBar` and `HeatMap` fill with them. */
export function OriginPatterns() {
  return (
    <svg width="0" height="0" className="unseen" aria-hidden="true">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 -1v8" stroke="var(--origin-unknown)" strokeWidth="1.3" /></pattern>
        <pattern id="hatch-fine" width="3.6" height="3.6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M1 -1v6" stroke="var(--origin-unknown)" strokeWidth="1" /></pattern>
        <pattern id="hatch-wide" width="13" height="13" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M2 -1v15" stroke="var(--line-button)" strokeWidth="1.2" /></pattern>
      </defs>
    </svg>
  );
}
