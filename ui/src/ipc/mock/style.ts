/// The writing-style signal, and what each source brings, without a backend.
import type { Opinions, Proportion, SourceQuality, Stylometry } from "../types";
import { option } from "./options";

const Z = 1.959964;

/** A share with its Wilson interval. */
export function proportion(count: number, of: number): Proportion {
  const share = count / of;
  const centre = (share + (Z * Z) / (2 * of)) / (1 + (Z * Z) / of);
  const half = (Z / (1 + (Z * Z) / of)) * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  return { count, of, share, interval: [Math.max(0, centre - half), Math.min(1, centre + half)] };
}

const GROUPS: readonly [string, string, number, number][] = [
  ["domain", "health", 46, 649], ["domain", "law", 31, 402], ["domain", "finance", 22, 188], ["language", "en", 52, 812], ["language", "de", 19, 231], ["language", "es", 28, 196],
  ["role", "prompt", 60, 790], ["role", "response", 39, 449], ["source", "careforum-uk-en", 29, 380], ["source", "legal-clinic-es", 35, 112],
];

const FIGURES: readonly [string, number][] = [["type_token_ratio", 1.12], ["first_person", -0.94], ["sentence_variation", -0.81], ["connective", 0.74], ["typographic_mark", 0.66], ["apostrophe", -0.58], ["comma", 0.41], ["word_length", 0.38], ["emphasis", -0.36], ["space_run", -0.29], ["dash", 0.2]];

export const mockStylometry: Stylometry = option("style") === "refused"
  ? { refused: "it needs 50 human and 50 machine texts of 50 words or more whose origin was declared or judged; there are 12 and 0", human: 12, machine: 0, judged: 0, least_words: 50, languages: [], roles: [], figures: [], folds: 0, auc: null, threshold: 0.5, false_positives: null, true_positives: null, calibration_error: null, by_group: [], scored: [0, 0, 0, 0], machine_like: [0, 0, 0, 0], not_scored: [] }
  : {
      refused: null, human: 1_239, machine: 1_604, judged: 118, least_words: 50, languages: ["de", "en", "es"], roles: ["prompt", "response"],
      figures: FIGURES.map(([name, weight]) => ({ name, weight })), folds: 5, auc: [0.931, 0.944, 0.955], threshold: 0.5,
      false_positives: proportion(99, 1_239), true_positives: proportion(1_402, 1_604), calibration_error: 0.024,
      by_group: GROUPS.map(([dimension, value, count, of]) => ({ dimension, value, false_positives: proportion(count, of) })),
      scored: [1_120, 180, 560, 302], machine_like: [92, 96, 481, 141], not_scored: [{ reason: "too_short", samples: 214 }, { reason: "language_unseen", samples: 104 }],
    };

function source(name: string, samples: number, reviewed: [number, number] | null, machine: [number, number] | null, age: number): SourceQuality {
  return {
    source: name, samples, tokens: samples * 74, by_origin: [Math.round(samples * 0.5), Math.round(samples * 0.1), Math.round(samples * 0.25), Math.round(samples * 0.15)],
    approved: reviewed && proportion(...reviewed), undated: proportion(Math.round(samples * 0.04), samples), newest: "2026-04-19", median_day: "2026-02-03", median_age_days: [age - 9, age, age + 12],
    unique: proportion(Math.round(samples * 0.91), samples), distinct_words: [0.79, 0.81, 0.83], declared: proportion(Math.round(samples * 0.85), samples), confidence: [0.68, 0.7, 0.72],
    agreement: reviewed && reviewed[1] > 20 ? proportion(18, 20) : null, judged: { human: machine ? machine[1] - machine[0] : 0, mixed: 0, machine: machine ? machine[0] : 0, unknown: 0, disputed: 0 }, machine_judged: machine && proportion(...machine),
  };
}

export const mockSources: SourceQuality[] = [
  source("careforum-uk-en", 311, [28, 31], [3, 26], 74), source("taxhelp-2026-en", 284, [9, 14], [7, 12], 12), source("legal-clinic-es", 268, null, null, 310),
  source("legal-clinic-ar", 251, [5, 5], null, 290), source("careforum-uk-de", 240, null, null, 88), source("", 96, null, null, 640),
];

/** What machines say of the sample at this place of the grid or queue. */
export function mockOpinions(index: number, language: string, domain: string, name: string): Opinions {
  const rate = (dimension: string, value: string) => mockStylometry.by_group.find((group) => group.dimension === dimension && group.value === value)?.false_positives ?? null;
  const known = mockStylometry.languages.includes(language);
  const score = Math.round(100 * (0.08 + 0.84 * ((index * 37) % 101) / 101)) / 100;
  const style = {
    trained_on: "praxis-instruct@7", own: true, human: mockStylometry.human, machine: mockStylometry.machine, threshold: 0.5,
    false_positives: mockStylometry.false_positives, calibration_error: mockStylometry.calibration_error,
    groups: [["language", language], ["domain", domain], ["source", name], ["role", "response"]].map(([dimension, value]) => ({ dimension: dimension!, value: value!, false_positives: rate(dimension!, value!) })),
    scores: known ? [{ part: 1, score, learned_as: index % 3 === 0 ? ("machine" as const) : null }] : [],
    no_score: known ? null : `It learned from no text in this language; it knows ${mockStylometry.languages.join(", ")}.`,
  };
  const found = mockSources.find((one) => one.source === name);
  return {
    style,
    reputation: found?.machine_judged ? { source: name, judged: found.judged.human + found.judged.machine, ...found.judged, machine_share: found.machine_judged } : null,
  };
}
