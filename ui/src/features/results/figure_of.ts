/// Which figure is shown: what it is called, how it is written, which way is worse, and where it lies in a group.
import type { GroupFigures, PairedChange } from "@/ipc";
import { percent } from "@/lib/format";

export type FigureKind = "loss" | "perplexity" | "accuracy" | "calibration" | "brier";

export interface Figured {
  n: number;
  value: number;
  interval: readonly [number, number];
}

interface Kind {
  label: string;
  /** Unit, or what more of it says. */
  gloss: string;
  of(group: GroupFigures): Figured | null;
  words(value: number): string;
}

const three = (value: number) => value.toFixed(3);

export const KINDS: Record<FigureKind, Kind> = {
  loss: {
    label: "Loss", gloss: "mean loss, nats a token",
    of: ({ loss }) => loss && { n: loss.n, value: loss.mean, interval: loss.interval },
    words: three,
  },
  perplexity: {
    label: "Perplexity", gloss: "exp of the mean loss, each text weighing the same",
    of: ({ loss }) => loss && { n: loss.n, value: loss.perplexity, interval: loss.perplexity_interval },
    words: (value) => value.toFixed(2),
  },
  accuracy: {
    label: "Accuracy", gloss: "share that was right",
    of: ({ accuracy }) => accuracy && { n: accuracy.n, value: accuracy.value, interval: accuracy.interval },
    words: (value) => percent(value),
  },
  calibration: {
    label: "Calibration", gloss: "expected calibration error, 15 bins of equal mass: lower is better",
    of: ({ calibration }) => calibration && { n: calibration.n, ...calibration.equal_mass },
    words: three,
  },
  brier: {
    label: "Brier", gloss: "mean squared distance of confidence from the answer: lower is better",
    of: ({ calibration }) => calibration && { n: calibration.n, ...calibration.brier },
    words: three,
  },
};

export const ORDER: readonly FigureKind[] = ["loss", "perplexity", "accuracy", "calibration", "brier"];

/** The figures that some group has. */
export function kindsIn(groups: readonly GroupFigures[]): FigureKind[] {
  return ORDER.filter((kind) => groups.some((group) => KINDS[kind].of(group) !== null));
}

/** A round value on an axis: no more digits than it has. */
export function tickWords(kind: FigureKind, tick: number): string {
  return kind === "accuracy" ? percent(tick, 0) : String(Number(tick.toPrecision(6)));
}

/** A change with its sign: `+0.412`, `−1.2 pt`. */
export function changeWords(change: number): string {
  if (Math.abs(change) < 0.0005) return "0.000";
  return `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(3)}`;
}

export const MEASURE_WORDS: Record<string, string> = { loss: "Loss", accuracy: "Accuracy", calibration_error: "Calibration error", brier: "Brier score" };

export function measureWords({ measure }: Pick<PairedChange, "measure">): string {
  return MEASURE_WORDS[measure] ?? measure;
}

/** What a group is called where its kind stands above it. */
export function groupWords(by: string, value: string): string {
  if (by === "all") return "All";
  if (by === "band" && value === "none") return "no class";
  if (value === "") return `no ${by}`;
  return value;
}

/** Reads a list of names from the state of a view; nothing where it is not one. */
export function namesOf(text: string | undefined): string[] {
  try {
    const read: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(read) ? read.filter((name): name is string => typeof name === "string") : [];
  } catch {
    return [];
  }
}
