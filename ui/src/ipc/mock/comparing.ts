/** Comparisons and trends without a backend: seven snapshots of one dataset, and two datasets against each other. */
import type { CompareSnapshotsRequest, ComparisonAnswer, EffectBounds, FigureChange, SharesMoved, TrendsAnswer, TrendsRequest } from "..";
import { fault, later, option } from "./options";
import { workFor } from "./workspace";

const CREATED = ["2026-02-03", "2026-03-17", "2026-05-06", "2026-06-19", "2026-08-12", "2026-10-02", "2026-11-14"];

interface Series {
  measure: string;
  about: string;
  /** One for each snapshot. */
  values: readonly number[];
  good: "more" | "less" | "";
  kind: "share" | "positive";
  sign?: true;
}

const series = (measure: string, good: Series["good"], kind: Series["kind"], values: readonly number[], about = "", sign?: true): Series => ({ measure, about, values, good, kind, ...(sign ? { sign } : {}) });

const SERIES: readonly Series[] = [
  series("human_tokens", "more", "positive", [61_204, 68_900, 77_120, 84_032, 91_870, 98_812, 102_644], "", true),
  series("human_share", "more", "share", [0.681, 0.668, 0.652, 0.639, 0.621, 0.609, 0.57]),
  series("machine_share", "less", "share", [0.102, 0.121, 0.139, 0.155, 0.183, 0.202, 0.245], "", true),
  series("mixed_share", "", "share", [0.071, 0.073, 0.074, 0.076, 0.077, 0.077, 0.081]),
  series("unknown_share", "less", "share", [0.146, 0.138, 0.135, 0.13, 0.119, 0.112, 0.104], "", true),
  series("samples", "", "positive", [1_204, 1_411, 1_640, 1_902, 2_177, 2_389, 2_480]),
  series("tokens", "", "positive", [89_800, 103_100, 118_300, 131_500, 147_900, 162_251, 180_220]),
  series("quarantined_share", "less", "share", [0.004, 0.004, 0.003, 0.003, 0.003, 0.0025, 0.0024]),
  series("conflict_share", "less", "share", [0.012, 0.011, 0.011, 0.0108, 0.0106, 0.0105, 0.0105]),
  series("exact_rate", "less", "share", [0.018, 0.018, 0.019, 0.02, 0.02, 0.021, 0.021]),
  series("normalised_rate", "less", "share", [0.022, 0.022, 0.023, 0.024, 0.025, 0.025, 0.026]),
  series("near_rate", "less", "share", [0.041, 0.045, 0.043, 0.049, 0.052, 0.056, 0.069], "", true),
  series("paragraph_share", "less", "share", [0.031, 0.033, 0.034, 0.036, 0.037, 0.039, 0.044]),
  series("sentence_share", "less", "share", [0.061, 0.062, 0.066, 0.068, 0.071, 0.073, 0.079]),
  series("language_mismatch_share", "less", "share", [0.009, 0.008, 0.007, 0.007, 0.006, 0.006, 0.0062]),
  series("compression_ratio", "less", "positive", [2.61, 2.66, 2.74, 2.79, 2.87, 2.94, 3.42], "", true),
  series("heaps_beta", "more", "positive", [0.66, 0.652, 0.644, 0.636, 0.624, 0.612, 0.524], "", true),
  series("self_repetition", "less", "positive", [3.1, 3.2, 3.3, 3.4, 3.6, 3.9, 4.3]),
  series("distinct_2", "more", "share", [0.58, 0.57, 0.56, 0.55, 0.54, 0.53, 0.51]),
  series("compression_ratio", "less", "positive", [3.2, 3.24, 3.31, 3.4, 3.46, 3.55, 3.66], "origin = 'machine'"),
  series("distinct_2", "more", "share", [0.44, 0.43, 0.42, 0.41, 0.4, 0.39, 0.38], "origin = 'machine'"),
  series("hill_0", "more", "positive", [290, 301, 312, 322, 331, 340, 344], "intent", true),
  series("hill_1", "more", "positive", [121, 120, 118, 115, 113, 108, 97], "intent", true),
  series("hill_2", "more", "positive", [62, 61, 60, 59, 57, 54, 51], "intent", true),
  series("hill_1", "more", "positive", [3.02, 3.02, 3.01, 3.01, 3, 2.99, 2.98], "domain", true),
  series("hill_1", "more", "positive", [9.9, 9.8, 9.8, 9.6, 9.4, 9.3, 9.1], "source", true),
  series("chao_jost", "more", "share", [0.962, 0.966, 0.969, 0.974, 0.977, 0.981, 0.983], "intent"),
  series("good_turing", "more", "share", [0.961, 0.965, 0.968, 0.973, 0.976, 0.98, 0.982], "intent"),
  series("evenness", "more", "share", [0.846, 0.84, 0.83, 0.822, 0.815, 0.803, 0.783], "intent"),
];

/** `?signs=many`: as many dimensions as real data has, most of them as before. */
const MANY: readonly Series[] = option("signs") !== "many" ? [] : ["intent", "licence", "collected", "reviewer_confidence_after_second_reading", "المجال الطبي", "遗传病", "register", "audience", "template", "vendor", "region", "year", "topic"].flatMap((about, index) => [
  series("hill_0", "more", "positive", [20, 20, 20, 20, 20, 20, 20 + (index % 3 === 0 ? 0.1 : 0)], about, true),
  series("evenness", "more", "share", [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8 - index / 5_000], about, true),
  series("tail_retention", "more", "share", [1, 1, 1, 1, 1, 1, 1], `${about} 2`, true),
]);

let bounds: EffectBounds = { none: 0.02, small: 0.05, medium: 0.15 };

const KINDS: Record<string, string> = { compression_ratio: "resamples", heaps_beta: "resamples", self_repetition: "resamples", good_turing: "estimator", human_tokens: "exact", tokens: "exact", samples: "exact", near_rate: "unknown", exact_rate: "unknown", normalised_rate: "unknown", hill_0: "unknown", hill_1: "unknown", hill_2: "unknown" };

function around(measure: string, kind: Series["kind"], value: number): [number, number] | null {
  const from = KINDS[measure] ?? (kind === "share" ? "samples" : "unknown");
  if (from === "unknown" || from === "exact") return null;
  const half = kind === "share" ? 0.006 + value * 0.02 : value * 0.012;
  return [Math.max(0, value - half), kind === "share" ? Math.min(1, value + half) : value + half];
}

function change({ measure, about, good, kind, sign }: Series, a: number, b: number): FigureChange {
  const scale = (value: number) => (kind === "share" ? 2 * Math.asin(Math.sqrt(value)) : Math.log(value));
  const effect = scale(b) - scale(a);
  const size = Math.abs(effect) < bounds.none ? "none" : Math.abs(effect) < bounds.small ? "small" : Math.abs(effect) < bounds.medium ? "medium" : "large";
  const direction = good === "" ? "" : a === b ? "same" : (good === "more") === b > a ? "better" : "worse";
  const [inA, inB] = [around(measure, kind, a), around(measure, kind, b)];
  const reach = inA && inB ? Math.hypot(scale(b) - scale(inB[0]), scale(inA[1]) - scale(a)) * 0.4 : null;
  return {
    measure, about, a, b, change: b - a, effect, effect_kind: kind === "share" ? "cohens_h" : "log_ratio", size, direction, warning_sign: sign === true,
    a_interval: inA, b_interval: inB, effect_interval: reach === null ? null : [effect - reach, effect + reach], interval_kind: KINDS[measure] ?? (kind === "share" ? "samples" : "unknown"),
  };
}

const MOVED: SharesMoved = {
  by: "source", others: 19, others_points: [-0.004, 0.001, 0.005, -0.002],
  groups: [
    { name: "vendor-c, hi-banking", a: [0, 0, 4_100, 0], b: [0, 0, 9_300, 0], points: [-0.01, 0, 0.026, 0] },
    { name: "vendor-b, rewritten", a: [300, 900, 5_000, 0], b: [280, 1_900, 7_600, 0], points: [-0.003, 0.004, 0.012, 0] },
    { name: "orion-qa-ar", a: [0, 0, 3_900, 0], b: [0, 0, 5_600, 0], points: [0, 0, 0.007, 0] },
    { name: "court-decisions-fr", a: [16_000, 0, 2_100, 0], b: [17_900, 0, 1_300, 0], points: [0.001, 0, -0.005, 0] },
    { name: "careforum-uk", a: [33_000, 400, 1_200, 9_000], b: [31_000, 300, 900, 7_100], points: [-0.031, -0.001, -0.002, -0.016] },
    { name: "legal-clinic-ar", a: [8_000, 0, 900, 2_000], b: [8_100, 0, 900, 2_100], points: [-0.003, 0, 0, -0.001] },
    { name: "", a: [1_000, 0, 0, 400], b: [1_000, 0, 0, 400], points: [-0.001, 0, 0, 0] },
  ],
};

const at = (name: string) => Number(name.split("@")[1] ?? 7) - 1;
const datasetOf = (name: string) => name.split("@")[0]!;

const METHOD = "equal text, equal normalised text, near-duplicates verified at Jaccard 0.8 of 5-token shingles or containment 0.8, and shared runs of 13 tokens or more over 30 % of the shorter text";
const UNSEEN = "Paraphrases and translations share no runs of words and are not seen.";

export const comparingCommands = {
  async compare({ a, b }: CompareSnapshotsRequest): Promise<ComparisonAnswer> {
    await later(Number(option("wait") ?? 200));
    if (option("state") === "error") throw fault("unknown_dataset", `no snapshot is called ${a}`, "choose another snapshot");
    const across = datasetOf(a) !== datasetOf(b);
    const same = a === b;
    const working = workFor("compare", `${a} with ${b}`);
    if (working) return { job: working, answer: null };
    const missing = ["copper metabolism", "visceral leishmaniasis", "complement defect", "effects of lead", "congenital myopathy", "Ehlers–Danlos", "cutaneous anthrax", "amniotic embolism, with a name that goes on for as long as a diagnosis can", "سوء امتصاص الجلوكوز", "遗传性血管性水肿"];
    const answer = {
      changes: [...SERIES, ...MANY].map((one) => change(one, one.values[across ? 2 : at(a)]!, one.values[across ? 6 : at(b)]!)).concat(change(series("tail_retention", "more", "share", [], "intent", true), 1, same ? 1 : 0.871)),
      retention: [{ unit: "intent", tail: 78, retention: same ? 1 : 0.871, missing: same ? [] : missing }, { unit: "source", tail: 4, retention: 1, missing: [] }, { unit: "domain", tail: 0, retention: null, missing: [] }],
      kept: across ? { human: 12, mixed: 1, machine: 40, unknown: 3 } : { human: 1_404, mixed: 180, machine: 480, unknown: 260 },
      added: same ? { human: 0, mixed: 0, machine: 0, unknown: 0 } : { human: 24, mixed: 11, machine: 114, unknown: 7 },
      left_out: same ? { human: 0, mixed: 0, machine: 0, unknown: 0 } : { human: 30, mixed: 5, machine: 13, unknown: 17 },
      kept_tokens: across ? 8_240 : 148_200, added_tokens: same ? 0 : 32_020, left_out_tokens: same ? 0 : 14_051,
      relabelled: same ? 0 : 18,
      moved: same ? null : MOVED,
      sizes: [bounds.none, bounds.small, bounds.medium] as [number, number, number],
      leaks: across ? [
        { key: "a".repeat(64), direction: "a in b", reference: a, data: b, found: 56, of: 9_120, exact: 12, normalised: 4, near: 31, passage: 9, statement: `56 of 9120 reference samples found in 2480 samples: 12 exact, 4 equal after normalising, 31 near, 9 by a shared passage. Method: ${METHOD}. ${UNSEEN}` },
        { key: "b".repeat(64), direction: "b in a", reference: b, data: a, found: 0, of: 2_480, exact: 0, normalised: 0, near: 0, passage: 0, statement: `None found by this method: of 2480 reference samples, none in 9120 samples, by ${METHOD}. ${UNSEEN}` },
      ] : [],
    };
    return { job: null, answer };
  },
  trends({ dataset }: TrendsRequest): TrendsAnswer {
    const working = workFor("trends", dataset);
    if (working) return { job: working, answer: null };
    const one = dataset === "field-2023" || option("state") === "one";
    const tails = [series("tail_retention", "more", "share", [1, 0.97, 0.95, 0.93, 0.92, 0.9, 0.871], "intent", true), series("machine_tail_retention", "more", "share", [0.41, 0.42, 0.4, 0.39, 0.39, 0.38, 0.37], "intent", true)];
    const signs = [...SERIES.filter((each) => each.sign), ...tails, ...MANY];
    const sizes: [number, number, number] = [bounds.none, bounds.small, bounds.medium];
    const sign = (each: Series, values: (number | null)[]) => ({ measure: each.measure, about: each.about, values, intervals: values.map((value) => (value === null ? null : around(each.measure, each.kind, value))), interval_kind: KINDS[each.measure] ?? (each.kind === "share" ? "samples" : "unknown") });
    if (one) return { job: null, answer: { snapshots: [{ snapshot: 1, created: "2026-05-02T08:00:00Z" }], signs: signs.map((each) => ({ ...sign(each, [each.values[0]!]), change: null })), sizes } };
    return {
      job: null,
      answer: {
        snapshots: CREATED.map((day, index) => ({ snapshot: index + 1, created: `${day}T10:12:40Z` })),
        signs: signs.map((each) => ({ ...sign(each, each.measure === "heaps_beta" ? [null, ...each.values.slice(1)] : [...each.values]), change: change(each, each.values[5]!, each.values[6]!) })),
        sizes,
      },
    };
  },
  effect_sizes: (): EffectBounds => bounds,
  effect_sizes_set(next: EffectBounds): EffectBounds {
    if (!(0 < next.none && next.none < next.small && next.small < next.medium)) throw fault("usage", "the bounds of effects must ascend from above 0", "such as 0.02, 0.05 and 0.15");
    bounds = next;
    return bounds;
  },
};
