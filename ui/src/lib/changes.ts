/// Figures of two snapshots in words: what each measure is called, in which unit it is written, and what changed.
import type { FigureChange } from "@/ipc";
import { CONTRADICTORY, ofOriginIn, ofSlice } from "./behind";
import { count, percent, points, sentence, short, words } from "./format";
import type { ViewName } from "./place";

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
  hill_0: measure("Classes", "classes", "number"),
  hill_1: measure("Classes, q = 1", "classes", "effective number"),
  hill_2: measure("Classes, q = 2", "classes", "effective number"),
  good_turing: measure("Coverage, Good–Turing", "share", "of the whole"),
  chao_jost: measure("Coverage, Chao–Jost", "share", "of the whole"),
  chao1: measure("Classes, Chao1", "classes", "with the unseen"),
  evenness: measure("Evenness", "number", "1 is even", 3),
  tail_retention: measure("Tail retention", "share", "of the first one’s tail"),
  machine_tail_retention: measure("Tail in machine part", "share", "of the human part’s tail"),
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
  if (unit === "classes") return value < 100 ? value.toFixed(value < 10 ? 2 : 1) : count(Math.round(value));
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
  if (unit === "classes") return signed(change, Math.abs(change) < 10 ? Math.abs(change).toFixed(Math.abs(change) < 1 ? 2 : 1) : count(Math.round(Math.abs(change))));
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

/** Effects below these are none, small and medium, unless the workspace sets others. */
export const EFFECT_BOUNDS: Bounds = [0.02, 0.05, 0.15];
export type Bounds = readonly [none: number, small: number, medium: number];

/** `0.031 to 0.044`, with true minus signs; nothing where no interval is known. */
export function effectIntervalWords({ effect_interval: interval }: Pick<FigureChange, "effect_interval">): string | null {
  if (!interval) return null;
  const [low, high] = interval.map((limit) => limit.toFixed(3).replace("-", "−"));
  return `${low} to ${high}`;
}

/** How sure a figure is: the ends of its interval, `exact` for a count, or that no interval is known. */
export function sureness(name: string, interval: readonly [number, number] | null, kind: string): string {
  if (interval) return intervalOf(name, interval);
  return kind === "exact" ? "exact" : "no interval";
}

/** Both ends in the unit of the measure, which is written once: `24.1–24.9 %`. */
export function intervalOf(name: string, [low, high]: readonly [number, number]): string {
  const [from, to] = [figureWords(name, low), figureWords(name, high)];
  return from === to ? to : `${from.replace(/\u00a0%$/, "")}–${to}`;
}

/** Where each word ends on the axis, from 0 to 1: room for the word, not for the number. */
export const EFFECT_ENDS = [0.14, 0.38, 0.68, 1] as const;

/** How far out an effect of this size lies: straight within its word, narrowing beyond the last bound. */
function distance(effect: number, bounds: Bounds): number {
  const size = Math.abs(effect);
  const band = bounds.findIndex((bound) => size < bound);
  const [from, to] = band < 0 ? [EFFECT_ENDS[2], EFFECT_ENDS[3]] : [band === 0 ? 0 : EFFECT_ENDS[band - 1]!, EFFECT_ENDS[band]!];
  const low = band <= 0 ? 0 : bounds[band - 1]!;
  const beyond = size - bounds[2];
  const within = band < 0 ? beyond / (beyond + 0.3) : (size - low) / (bounds[band]! - low);
  return from + within * (to - from);
}

/** Where an effect lies from -1 to 1: to the right where it is worse, whichever way the figure went. */
export function effectPlace({ effect, direction }: Pick<FigureChange, "effect" | "direction">, bounds: Bounds = EFFECT_BOUNDS): number {
  if (effect === null || effect === 0) return 0;
  const far = distance(effect, bounds);
  if (direction === "worse") return far;
  return direction === "better" ? -far : far * Math.sign(effect);
}

/** Both ends of the effect's interval on the same axis, the left one first; nothing where no interval is known. */
export function effectReach({ effect, direction, effect_interval: interval }: Pick<FigureChange, "effect" | "direction" | "effect_interval">, bounds: Bounds = EFFECT_BOUNDS): [number, number] | null {
  if (!interval || effect === null) return null;
  // Which way is worse is told by where the effect itself lies.
  const turned = (direction === "worse" && effect < 0) || (direction === "better" && effect > 0);
  const ends = interval.map((limit) => (limit === 0 ? 0 : distance(limit, bounds) * Math.sign(limit) * (turned ? -1 : 1)));
  return [Math.min(...ends), Math.max(...ends)];
}

/** Where what is behind a figure can be seen. */
export interface Behind {
  view: ViewName;
  state: Record<string, string>;
}

/** Measures of classes and coverage stand in Coverage under their dimension. */
const OF_CLASSES = new Set(["hill_0", "hill_1", "hill_2", "good_turing", "chao_jost", "chao1", "evenness", "tail_retention", "machine_tail_retention"]);

/** Measures of wording are of a slice, which is what they are about. */
const OF_WORDING = new Set(["compression_ratio", "self_repetition", "distinct_1", "distinct_2", "heaps_beta"]);

/** Where the samples behind a measure can be seen; nothing where it is of the whole. */
export function behindMeasure(measure: string, about: string): Behind | null {
  if (OF_CLASSES.has(measure)) return { view: "coverage", state: { unit: about } };
  const origin = /^(human|machine|mixed|unknown)_(tokens|share)$/.exec(measure)?.[1];
  if (origin) return { view: "samples", state: { filter: ofOriginIn("tokens", origin) } };
  if (measure === "samples" || measure === "tokens") return { view: "samples", state: { filter: "" } };
  if (measure === "conflict_share") return { view: "samples", state: { filter: CONTRADICTORY } };
  if (measure === "language_mismatch_share") return { view: "samples", state: { filter: "mismatch = 'true'" } };
  if (measure === "quarantined_share") return { view: "quarantine", state: {} };
  if (OF_WORDING.has(measure)) return { view: "samples", state: { filter: ofSlice(about) } };
  if (measure === "paragraph_share" || measure === "sentence_share") return { view: "duplicates", state: { show: "passages", unit: measure.replace("_share", "") } };
  if (/^(exact|normalised|near)_rate$/.test(measure)) return { view: "duplicates", state: {} };
  return null;
}
