/// Figures of two snapshots in words: what each measure is called, in which unit it is written, and what changed.
import type { FigureChange } from "@/ipc";
import { count, percent, points, sentence, short, words } from "./format";

type Unit = "share" | "tokens" | "count" | "number" | "classes";

interface Measure {
  name: string;
  unit: Unit;
  /** Of what, or what more of it says. */
  gloss: string;
  digits?: number;
}

const measure = (name: string, unit: Unit, gloss: string, digits?: number): Measure => ({ name, unit, gloss, ...(digits === undefined ? {} : { digits }) });

const MEASURES: Record<string, Measure> = {
  human_tokens: measure("Human tokens", "tokens", "absolute"),
  human_share: measure("Human share", "share", "of tokens"),
  machine_share: measure("Machine share", "share", "of tokens"),
  mixed_share: measure("Mixed share", "share", "of tokens"),
  unknown_share: measure("Unknown share", "share", "of tokens"),
  samples: measure("Samples", "count", "indexed"),
  tokens: measure("Tokens", "tokens", "absolute"),
  quarantined_share: measure("Quarantined", "share", "of records seen"),
  conflict_share: measure("Contradictory origin", "share", "of samples"),
  exact_rate: measure("Exact duplicates", "share", "of samples"),
  normalised_rate: measure("Same after normalising", "share", "of samples"),
  near_rate: measure("Near-duplicates", "share", "of samples"),
  paragraph_share: measure("Repeated paragraphs", "share", "of tokens"),
  sentence_share: measure("Repeated sentences", "share", "of tokens"),
  language_mismatch_share: measure("Language mismatch", "share", "of samples that declare one"),
  compression_ratio: measure("Compression ratio", "number", "higher repeats more", 2),
  self_repetition: measure("Self-repetition", "number", "higher repeats more", 2),
  distinct_1: measure("Distinct words", "share", "of words"),
  distinct_2: measure("Distinct word pairs", "share", "of word pairs"),
  heaps_beta: measure("Heaps β", "number", "higher brings new words", 3),
  hill_0: measure("Classes", "classes", "q = 0"),
  hill_1: measure("Effective classes", "classes", "q = 1"),
  hill_2: measure("Effective classes", "classes", "q = 2"),
  good_turing: measure("Coverage, Good–Turing", "share", "of the whole"),
  chao_jost: measure("Coverage, Chao–Jost", "share", "of the whole"),
  chao1: measure("Classes, Chao1", "classes", "with the unseen"),
  evenness: measure("Evenness", "number", "1 is even", 3),
  tail_retention: measure("Tail retention", "share", "of the first one’s tail"),
};

type Named = Pick<FigureChange, "measure" | "about">;

function of(name: string): Measure {
  return MEASURES[name] ?? measure(sentence(words(name)), "number", "", 3);
}

export function measureName({ measure: name }: Named): string {
  return of(name).name;
}

/** What it is about and of what: `intent, q = 1`. */
export function measureGloss({ measure: name, about }: Named): string {
  const slice = /^origin = '(\w+)'$/.exec(about)?.[1];
  return [slice ? `${slice} part` : about, of(name).gloss].filter(Boolean).join(", ");
}

/** A figure in its unit: `24.5 %`, `102.6 k`, `3.12`; a dash where it is not defined. */
export function figureWords(name: string, value: number | null): string {
  if (value === null) return "–";
  const { unit, digits = 3 } = of(name);
  if (unit === "share") return percent(value, value > 0 && value < 0.01 ? 2 : 1);
  if (unit === "tokens") return short(Math.round(value));
  if (unit === "count") return count(value);
  if (unit === "classes") return value < 100 ? value.toFixed(1) : count(Math.round(value));
  return value.toFixed(digits);
}

const signed = (value: number, text: string) => `${value < 0 ? "−" : "+"}${text}`;

/** What changed: shares in points, amounts in per cent of what was there, the rest in its own unit. */
export function changeWords({ measure: name, a, b, change }: FigureChange): string {
  if (a === null || b === null || change === null) return "–";
  const { unit, digits = 3 } = of(name);
  if (change === 0) return "none";
  if (unit === "share") return points(change) ?? points(change, 2) ?? "< 0.01 pt";
  if (unit === "tokens" || unit === "count") return a === 0 ? signed(change, short(Math.abs(change))) : signed(change, percent(Math.abs(change) / a));
  if (unit === "classes") return signed(change, Math.abs(change) < 10 ? Math.abs(change).toFixed(1) : count(Math.round(Math.abs(change))));
  return signed(change, Math.abs(change).toFixed(digits));
}

const strength = ({ effect }: FigureChange) => Math.abs(effect ?? 0);

/** The changes by what they mean, the largest effect first. */
export function byMeaning(changes: readonly FigureChange[]): { worse: FigureChange[]; better: FigureChange[]; other: FigureChange[] } {
  const ordered = changes.toSorted((a, b) => strength(b) - strength(a));
  const is = (direction: string) => (one: FigureChange) => one.direction === direction && one.size !== "none";
  const worse = ordered.filter(is("worse"));
  const better = ordered.filter(is("better"));
  return { worse, better, other: ordered.filter((one) => !worse.includes(one) && !better.includes(one)) };
}

/**
 * Where an effect lies from -1 to 1 on an axis whose end is `most`. Square roots, so that the bounds of small,
 * medium and large stand apart; the sign says which way is worse, not which way the figure went.
 */
export function effectPlace(change: Pick<FigureChange, "effect" | "direction">, most: number): number {
  const size = Math.sqrt(Math.min(1, Math.abs(change.effect ?? 0) / most));
  if (change.direction === "worse") return size;
  return change.direction === "better" ? -size : size * Math.sign(change.effect ?? 0);
}

/** Effects below these are none, small and medium. */
export const EFFECT_BOUNDS = [0.02, 0.05, 0.15] as const;
