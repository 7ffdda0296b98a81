/** Runs of a model on the samples without a backend: three generations whose tail is being lost. `?results=none` has none. */
import type { BandTable, CalibrationBin, GroupFigures, ModelSign, PairedChange, ResultsAdded, ResultsFile, ResultsFileRequest, ResultsReportRequest, ResultsView, RunDifference, RunFigures, RunInfo, RunRequest } from "..";
import { fault, later, option } from "./options";

const run = (name: string, trained: string, added: string): RunInfo => ({
  run: name, model: "tiny-gpt-120m", checkpoint: "step 3000", trained_on: trained, dataset: "praxis-instruct@7", added, results: 2_412,
  files: [{ name: `${name}.jsonl`, digest: `sha256:${name.at(-1)!.repeat(64)}`, rows: 2_431, unknown: 12, kept_unknown: 3, copies: 7, added, unknown_keys: ["case-9001", "case-9002", "case-9003"] }],
});

let runs: RunInfo[] = option("results") === "none" ? [] : [run("gen1", "human", "2026-11-10T09:00:00Z"), run("gen2", "40 % machine", "2026-11-11T09:00:00Z"), run("gen3", "80 % machine", "2026-11-12T09:00:00Z")];

/** The mean loss of a group in each generation, how many texts it has, and its filter. */
const GROUPS: readonly [by: string, value: string, filter: string | null, texts: number, losses: readonly number[]][] = [
  ["all", "", "", 2_438, [2.41, 2.39, 2.43]],
  ["origin", "human", "origin = 'human'", 1_402, [2.44, 2.5, 2.66]],
  ["origin", "mixed", "origin = 'mixed'", 182, [2.4, 2.37, 2.35]],
  ["origin", "machine", "origin = 'machine'", 590, [2.31, 2.12, 1.9]],
  ["origin", "unknown", "origin = 'unknown'", 264, [2.48, 2.49, 2.53]],
  ["band", "head", "intent in ('dose', 'deposit', 'account')", 1_300, [2.2, 2.12, 2.02]],
  ["band", "middle", "intent in ('fees', 'interaction', 'eviction')", 880, [2.5, 2.52, 2.6]],
  ["band", "tail", "intent in ('copper metabolism', 'Marburg fever')", 218, [3.1, 3.42, 4.05]],
  ["domain", "health", "domain = 'health'", 1_210, [2.38, 2.36, 2.4]],
  ["domain", "law", "domain = 'law'", 802, [2.45, 2.44, 2.5]],
  ["domain", "", "domain is null", 426, [2.42, 2.37, 2.39]],
  ["language", "en", "language = 'en'", 1_604, [2.36, 2.33, 2.36]],
  ["language", "ar", "language = 'ar'", 834, [2.51, 2.51, 2.57]],
];

const bins = (off: number): CalibrationBin[] => [0.12, 0.31, 0.45, 0.58, 0.69, 0.78, 0.86, 0.93, 0.98].map((confidence) => {
  const accuracy = Math.max(0.02, Math.min(0.99, confidence - off * confidence));
  return { from: confidence - 0.04, to: confidence + 0.02, n: 268, confidence, accuracy, interval: [Math.max(0, accuracy - 0.06), Math.min(1, accuracy + 0.06)] };
});

function group([by, value, filter, texts, losses]: (typeof GROUPS)[number], at: number): GroupFigures {
  const mean = losses[at]!;
  const half = 1.6 / Math.sqrt(texts);
  const right = Math.max(0.05, 1.02 - mean / 6);
  const off = 0.03 + at * 0.05;
  const around = (center: number, by: number): [number, number] => [Math.max(0, center - by), center + by];
  return {
    by, value, filter, texts, joined: texts - 12,
    loss: { n: texts - 12, mean, interval: around(mean, half), perplexity: Math.exp(mean), perplexity_interval: [Math.exp(mean - half), Math.exp(mean + half)], token_perplexity: null, tokens: null },
    accuracy: { n: texts - 12, value: right, interval: around(right, half / 3), interval_kind: "wilson" },
    calibration: { n: texts - 12, equal_mass: { value: off, interval: around(off, half / 4) }, equal_width: { value: off - 0.004, interval: around(off - 0.004, half / 4) }, brier: { value: 0.16 + off / 2, interval: around(0.16 + off / 2, half / 5) }, mass_bins: bins(off), width_bins: bins(off) },
  };
}

const generation = (name: string) => Math.max(0, Math.min(2, Number(name.at(-1)) - 1 || 0));

const figures = (info: RunInfo, slices: readonly string[]): RunFigures => ({
  info, joined: 2_412, unmatched: 12,
  groups: [...GROUPS, ...slices.map((slice): (typeof GROUPS)[number] => ["slice", slice, slice, 310, [2.4, 2.41, 2.5]])].map((one) => group(one, generation(info.run))),
});

const size = (effect: number) => (Math.abs(effect) < 0.02 ? "none" : Math.abs(effect) < 0.05 ? "small" : Math.abs(effect) < 0.15 ? "medium" : "large");
const meanOf = (by: string, value: string, at: number) => GROUPS.find((one) => one[0] === by && one[1] === value)![4][at]!;

function moved(by: string, value: string, a: number, b: number): PairedChange[] {
  const [before, after] = [meanOf(by, value, a), meanOf(by, value, b)];
  const effect = Math.log(after / before);
  return [{ measure: "loss", n: 200, a: before, b: after, change: after - before, interval: [after - before - 0.05, after - before + 0.05], effect, effect_kind: "log_ratio", size: size(effect), direction: after > before ? "worse" : "better" }];
}

function contrast(sign: string, about: string, [first, second]: readonly [readonly [string, string], readonly [string, string]], names: readonly [string, string], a: number, b: number): ModelSign {
  const [one, other] = [first, second].map(([by, value]) => [meanOf(by, value, a), meanOf(by, value, b)] as const) as [readonly [number, number], readonly [number, number]];
  const change = one[1] - other[1] - (one[0] - other[0]);
  const effect = Math.log(one[1] / one[0]) - Math.log(other[1] / other[0]);
  const motion = (by: number) => `${by > 0 ? "rises" : "falls"} by ${Math.abs(by).toFixed(3)}`;
  return { sign, about, a: one[0] - other[0], b: one[1] - other[1], change, interval: [change - 0.12, change + 0.12], effect, effect_kind: "log_ratio", size: size(effect), direction: "worse", note: `${names[0]} ${motion(one[1] - one[0])} while ${names[1]} ${motion(other[1] - other[0])}`, found: change > 0.12, filters: [first, second].map(([by, value]) => GROUPS.find((each) => each[0] === by && each[1] === value)![2]!) };
}

function difference(a: RunInfo, b: RunInfo): RunDifference {
  const [from, to] = [generation(a.run), generation(b.run)];
  const off = 0.05 * (to - from);
  return {
    a: a.run, b: b.run,
    groups: GROUPS.map(([by, value, filter, texts]) => ({ by, value, filter, paired: texts - 12, changes: moved(by, value, from, to) })),
    signs: [
      contrast("tail_against_head", "Mean loss of the tail minus that of the head, in nats a token", [["band", "tail"], ["band", "head"]], ["the tail", "the head"], from, to),
      { sign: "tail_accuracy_against_head", about: "Accuracy on the tail minus that on the head", a: null, b: null, change: null, interval: null, effect: null, effect_kind: "cohens_h", size: null, direction: "", note: "no figure in both runs for accuracy on the tail", found: false, filters: [] },
      { sign: "calibration", about: "Expected calibration error, bins of equal mass", a: 0.03, b: 0.03 + off, change: off, interval: [off - 0.01, off + 0.01], effect: 0.24, effect_kind: "cohens_h", size: "large", direction: "worse", note: `the calibration error rises by ${off.toFixed(3)}`, found: true, filters: [""] },
      contrast("human_against_machine", "Mean loss of human text minus that of machine text, in nats a token", [["origin", "human"], ["origin", "machine"]], ["human text", "machine text"], from, to),
    ],
  };
}

const bands = (dimension: string): BandTable => ({
  dimension, without: 40,
  definition: `Tail: the rarest classes of ${dimension} that together hold at most a tenth of its observations in this snapshot; head: the commonest with which half of them are reached. A text with several classes stands with its rarest.`,
  bands: [{ band: "head", classes: 12, observations: 1_312, texts: 1_300 }, { band: "middle", classes: 98, observations: 890, texts: 880 }, { band: "tail", classes: 234, observations: 221, texts: 218 }],
});

const file = (request: ResultsFileRequest): ResultsFile => ({
  file: "gen4.jsonl", digest: `sha256:${"4".repeat(64)}`, format: "JSON Lines", known: false, rows: 2_431, matched: 2_412, copies: 7, unknown: 12, kept_unknown: 3,
  unknown_keys: ["case-9001", "case-9002", "case-9003", "case-9004", "case-9005"],
  columns: [{ column: "id", field: request.columns.includes("id=doc_id") ? "doc_id" : "id" }, { column: "loss", field: "loss" }, { column: "correct", field: "correct" }, { column: "confidence", field: "confidence" }],
  ignored: ["topic", "prompt_tokens"], looked_up_in: request.dataset ?? "",
});

export const resultsCommands = {
  results_runs: (): RunInfo[] => runs,
  results_remove({ run: name }: RunRequest): RunInfo[] {
    runs = runs.filter((one) => one.run !== name);
    return runs;
  },
  async results_preview(request: ResultsFileRequest): Promise<ResultsFile> {
    await later(Number(option("wait") ?? 60));
    if (option("state") === "error" || request.columns.includes("loss=topic")) throw fault("invalid_results", "`loss` is `nan`, and must be a finite number", "correct it and add the file again; nothing of it was kept", { path: "gen4.jsonl", line: 214 });
    return file(request);
  },
  results_add(request: ResultsFileRequest): ResultsAdded {
    runs = [...runs, { ...run("gen3", request.trained_on, "2026-11-29T09:00:00Z"), run: request.run, model: request.model, checkpoint: request.checkpoint }];
    return { runs, file: file(request) };
  },
  async results_report(request: ResultsReportRequest): Promise<ResultsView> {
    await later(Number(option("wait") ?? 80));
    if (option("state") === "error") throw fault("unknown_field", "no field is called intention; did you mean `intent`?", "correct the slice");
    const shown = request.runs.length > 0 ? runs.filter((one) => request.runs.includes(one.run)) : runs;
    const pairs = shown.slice(1).map((later, index) => difference(shown[index]!, later));
    if (shown.length > 2) pairs.push(difference(shown[0]!, shown.at(-1)!));
    return {
      runs, dimensions: ["intent", "domain", "language", "word"],
      report: {
        dataset: request.dataset, snapshot: request.snapshot ?? 7, snapshot_root: "sha256:3f9c81d2", texts: 2_438, contradictory: 4,
        method: { resamples: 1000, seed: 20_260_101, bins: 15, perplexity: "exp of the mean loss, each text weighing the same", statement: "Losses are nats a token. Intervals are 95 %: Wilson for accuracy, otherwise a seeded bootstrap over texts." },
        bands: bands(request.dimension ?? "intent"), runs: shown.map((one) => figures(one, request.slices)), differences: pairs,
      },
    };
  },
};
