/// The icons: sixteen units square, one stroke, no fill, no hue.
import type { ReactNode } from "react";

const PATHS = {
  overview: <><rect x="1.8" y="3" width="12.4" height="3.2" rx=".8" /><path d="M2 9.5h8M2 12.8h5" /></>,
  samples: <path d="M2 3.5h12M2 6.5h12M2 9.5h12M2 12.5h7" />,
  duplicates: <><rect x="2" y="2" width="8.4" height="8.4" rx="1.4" /><path d="M13 5.6v6.8a1.2 1.2 0 0 1-1.2 1.2H5.2" /></>,
  coverage: <><path d="M2.2 2v11.8H14" /><path d="M4.6 4c.6 4.6 2.6 6.6 9 7" /></>,
  results: <><path d="M2.2 2v11.8H14" /><path d="M4.6 11.4l2.8-3.6 2.6 1.6L13.4 4" /><circle cx="13" cy="4.4" r="1.2" /></>,
  review: <><rect x="2.6" y="1.8" width="10.8" height="12.4" rx="1.4" /><path d="M5.2 8.3l2 2 3.8-4.2" /></>,
  adjudicate: <path d="M8 2v12M5 14h6M3 4h10M3 4l-1.6 4.4h3.2zM13 4l-1.6 4.4h3.2z" />,
  gold: <><path d="M5 5.5h6l2.6 6.5H2.4z" /><path d="M6.6 3h2.8" /></>,
  gates: <path d="M3 2v12M13 2v12M3 5h10M3 11h4M9.4 11H13" />,
  card: <><path d="M3.4 1.8h6.4l3 3v9.4H3.4z" /><path d="M5.6 7h4.8M5.6 9.4h4.8M5.6 11.8h2.6" /></>,
  activity: <><circle cx="3.6" cy="3.6" r="1.5" /><circle cx="3.6" cy="8" r="1.5" /><circle cx="3.6" cy="12.4" r="1.5" /><path d="M7.4 3.6H14M7.4 8H14M7.4 12.4H12" /></>,
  settings: <><circle cx="5.4" cy="4.4" r="1.6" /><circle cx="10.6" cy="11.6" r="1.6" /><path d="M7 4.4h7M2 4.4h1.8M2 11.6h7M12.2 11.6H14" /></>,
  search: <><circle cx="7" cy="7" r="4.4" /><path d="M10.4 10.4L14 14" /></>,
  check: <path d="M3 8.6l3.2 3.2L13 4.6" />,
  cross: <path d="M4 4l8 8M12 4l-8 8" />,
  plus: <path d="M8 3v10M3 8h10" />,
  minus: <path d="M3 8h10" />,
  down: <path d="M4 6l4 4 4-4" />,
  right: <path d="M6 4l4 4-4 4" />,
  left: <path d="M10 4l-4 4 4 4" />,
  up: <path d="M4 10l4-4 4 4" />,
  sort: <path d="M5 3v10M2.8 10.8L5 13l2.2-2.2M9 4h5M9 8h4M9 12h2.4" />,
  drive: <><rect x="2" y="5" width="12" height="6.4" rx="1.2" /><path d="M11.4 8.2h.2" /></>,
  shield: <path d="M8 1.8l5.2 2v4.4c0 3-2.2 5.1-5.2 6.1-3-1-5.2-3.1-5.2-6.1V3.8z" />,
  stop: <rect x="4" y="4" width="8" height="8" rx="1" />,
  pause: <path d="M5.6 3.6v8.8M10.4 3.6v8.8" />,
  warning: <><path d="M8 2.4l6 10.8H2z" /><path d="M8 6.6v3M8 11.4v.1" /></>,
  question: <path d="M5.4 6a2.6 2.6 0 1 1 3.9 2.2C8.400 8.700 8 9.200 8 10M8 12.400v.1" />,
  skip: <path d="M3.4 4l5 4-5 4zM12 4v8" />,
  undo: <path d="M6 3.4L2.8 6.600 6 9.800M3 6.600h6.200a3.400 3.400 0 0 1 0 6.800H6.400" />,
  redo: <path d="M10 3.4l3.200 3.200L10 9.800M13 6.600H6.800a3.400 3.400 0 0 0 0 6.800h2.800" />,
  flag: <path d="M4 14V2.400h8l-1.600 3 1.600 3H4" />,
  note: <><path d="M2.800 2.600h10.400v7l-3.600 3.800H2.800z" /><path d="M5.400 5.800h5.200M5.400 8.400h3" /></>,
  lock: <><rect x="3.4" y="7" width="9.2" height="6.6" rx="1.2" /><path d="M5.400 7V5a2.600 2.600 0 0 1 5.200 0v2" /></>,
  external: <path d="M6 3H3.400v9.600H13V10M9 3h4v4M13 3L7.600 8.400" />,
  export: <path d="M8 9.8V2.4M5.2 5L8 2.2 10.8 5M3 8.6v4.8h10V8.6" />,
  columns: <path d="M2.4 3h11.2v10H2.4zM6.2 3v10M9.8 3v10" />,
  folder: <path d="M2 4h4.400l1.400 1.800H14v7H2z" />,
  person: <><circle cx="8" cy="5.400" r="2.600" /><path d="M2.800 13.600c.6-2.800 2.600-4.200 5.200-4.200s4.600 1.400 5.200 4.200" /></>,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

/** Decorative: the control that holds it has the name. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return <svg className={className ? `icon ${className}` : "icon"} viewBox="0 0 16 16" aria-hidden="true">{PATHS[name]}</svg>;
}

/** The mark of Assay: a ring of ore and the gold in it. */
export function Mark() {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.2" />
      <circle cx="8" cy="8" r="2.4" fill="var(--gold-mark)" stroke="var(--gold)" />
    </svg>
  );
}
