/** Comparisons and trends without a backend: seven snapshots of one dataset, and two datasets against each other. */
import type { CompareSnapshotsRequest, FigureChange, SnapshotComparison, Trends, TrendsRequest } from "..";
import { fault, later, option } from "./options";

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

function change({ measure, about, good, kind, sign }: Series, a: number, b: number): FigureChange {
  const effect = kind === "share" ? 2 * Math.asin(Math.sqrt(b)) - 2 * Math.asin(Math.sqrt(a)) : Math.log(b / a);
  const size = Math.abs(effect) < 0.02 ? "none" : Math.abs(effect) < 0.05 ? "small" : Math.abs(effect) < 0.15 ? "medium" : "large";
  const direction = good === "" ? "" : a === b ? "same" : (good === "more") === b > a ? "better" : "worse";
  return { measure, about, a, b, change: b - a, effect, effect_kind: kind === "share" ? "cohens_h" : "log_ratio", size, direction, warning_sign: sign === true };
}

const at = (name: string) => Number(name.split("@")[1] ?? 7) - 1;
const datasetOf = (name: string) => name.split("@")[0]!;

const METHOD = "equal text, equal normalised text, near-duplicates verified at Jaccard 0.8 of 5-token shingles or containment 0.8, and shared runs of 13 tokens or more over 30 % of the shorter text";
const UNSEEN = "Paraphrases and translations share no runs of words and are not seen.";

export const comparingCommands = {
  async compare({ a, b }: CompareSnapshotsRequest): Promise<SnapshotComparison> {
    await later(Number(option("wait") ?? 200));
    if (option("state") === "error") throw fault("unknown_dataset", `no snapshot is called ${a}`, "choose another snapshot");
    const across = datasetOf(a) !== datasetOf(b);
    const same = a === b;
    const missing = ["copper metabolism", "visceral leishmaniasis", "complement defect", "effects of lead", "congenital myopathy", "Ehlers–Danlos", "cutaneous anthrax", "amniotic embolism, with a name that goes on for as long as a diagnosis can", "سوء امتصاص الجلوكوز", "遗传性血管性水肿"];
    return {
      changes: SERIES.map((one) => change(one, one.values[across ? 2 : at(a)]!, one.values[across ? 6 : at(b)]!)).concat(change(series("tail_retention", "more", "share", [], "intent", true), 1, same ? 1 : 0.871)),
      retention: [{ unit: "intent", tail: 78, retention: same ? 1 : 0.871, missing: same ? [] : missing }, { unit: "source", tail: 4, retention: 1, missing: [] }, { unit: "domain", tail: 0, retention: null, missing: [] }],
      kept: across ? { human: 12, mixed: 1, machine: 40, unknown: 3 } : { human: 1_404, mixed: 180, machine: 480, unknown: 260 },
      added: same ? { human: 0, mixed: 0, machine: 0, unknown: 0 } : { human: 24, mixed: 11, machine: 114, unknown: 7 },
      left_out: same ? { human: 0, mixed: 0, machine: 0, unknown: 0 } : { human: 30, mixed: 5, machine: 13, unknown: 17 },
      relabelled: same ? 0 : 18,
      leaks: across ? [
        { direction: "a in b", found: 56, of: 9_120, exact: 12, normalised: 4, near: 31, passage: 9, statement: `56 of 9120 reference samples found in 2480 samples: 12 exact, 4 equal after normalising, 31 near, 9 by a shared passage. Method: ${METHOD}. ${UNSEEN}` },
        { direction: "b in a", found: 0, of: 2_480, exact: 0, normalised: 0, near: 0, passage: 0, statement: `None found by this method: of 2480 reference samples, none in 9120 samples, by ${METHOD}. ${UNSEEN}` },
      ] : [],
    };
  },
  trends({ dataset }: TrendsRequest): Trends {
    const one = dataset === "field-2023" || option("state") === "one";
    const signs = SERIES.filter((each) => each.sign);
    if (one) return { snapshots: [{ snapshot: 1, created: "2026-05-02T08:00:00Z" }], signs: signs.map(({ measure, about, values }) => ({ measure, about, values: [values[0]!], change: null })) };
    return {
      snapshots: CREATED.map((day, index) => ({ snapshot: index + 1, created: `${day}T10:12:40Z` })),
      signs: signs.map((each) => ({ measure: each.measure, about: each.about, values: each.measure === "heaps_beta" ? [null, ...each.values.slice(1)] : [...each.values], change: change(each, each.values[5]!, each.values[6]!) })),
    };
  },
};
