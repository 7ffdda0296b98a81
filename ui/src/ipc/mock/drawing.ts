/// What a draw would give, without a backend: sizes made up from the filter, prices and limits computed exactly.
import type { NamedSlice, QueueCreateRequest, QueuePreview, StratumRow } from "..";
import { price, supportedLimit } from "@/lib/hypergeometric";
import { fault, option } from "./options";
import { mockSlice } from "./slices";

const ALL = 61_204;
const POWERS: Record<string, number> = { proportional: 1, equal: 0, tail_weighted: 0.5 };
/** What share of a slice says what in a field. */
const SHARES: Record<string, [string, number][]> = {
  language: [["en", 0.719], ["zh", 0.163], ["ar", 0.117], ["", 0.001]],
  domain: [["law", 0.61], ["health", 0.29], ["finance", 0.1]],
  origin: [["human", 0.46], ["unknown", 0.31], ["machine", 0.15], ["mixed", 0.08]],
  source_class: [["human_authored", 0.44], ["web_crawled", 0.33], ["synthetic", 0.23]],
  source: Array.from({ length: 24 }, (_, i): [string, number] => [["court-decisions-fr/2026", "أسئلة قانونية، العيادة المجانية", "vendor-c/hi-banking-2026-10-with-a-name-that-is-much-too-long", "careforum-uk"][i % 4]! + (i < 4 ? "" : ` ${i}`), 1 / 2 ** (i / 3 + 2.32)]),
};

export function filterOf(request: QueueCreateRequest): string {
  return sliceOf(request)?.filter ?? request.filter.trim();
}

export function sliceOf(request: QueueCreateRequest): NamedSlice | null {
  return request.slice === undefined ? null : mockSlice(request.slice);
}

export function populationOf(request: QueueCreateRequest): number {
  if (request.picked) return request.picked.length;
  const filter = filterOf(request);
  if (/= 'none'/.test(filter)) return 0;
  const found = (filter === "" ? ALL : Math.max(12, ALL - filter.length * 431)) - (request.left_out?.length ?? 0);
  return request.one_per_cluster ? Math.round(found * 0.83) : found;
}

export function strataOf(request: QueueCreateRequest): StratumRow[] {
  if (!request.strata_by) return [];
  const shares = SHARES[request.strata_by];
  if (!shares) throw fault("unknown_field", `\`${request.strata_by}\` groups no samples`, `group by origin, source_class, language or one of: ${Object.keys(SHARES).join(", ")}`);
  const whole = populationOf(request);
  const populations = shares.map(([, share]) => Math.max(1, Math.round(whole * share)));
  const weights = populations.map((population) => population ** (POWERS[request.allocation ?? "proportional"] ?? 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return shares.map(([value], at) => {
    const drawn = Math.min(populations[at]!, Math.max(1, Math.round((request.size * weights[at]!) / total)));
    return { value, population: populations[at]!, drawn, supports_below: supportedLimit(populations[at]!, drawn) };
  });
}

/** How much more a draw from strata takes than one from the whole: as much as its thinnest stratum is drawn more thinly. */
function dearer(request: QueueCreateRequest): number {
  const rate = request.size / Math.max(1, populationOf(request));
  return Math.max(1, ...strataOf(request).filter((row) => row.population > 100).map((row) => (rate * row.population) / row.drawn));
}

export function drawnOf(request: QueueCreateRequest): number {
  return Math.min(request.size, populationOf(request));
}

function supports(request: QueueCreateRequest): number {
  return Math.min(1, supportedLimit(populationOf(request), drawnOf(request)) * dearer(request));
}

const PICKED: Record<string, string> = { uncertain_origin: "those of least certain origin first", machine_like_unknown: "of unknown origin, the most machine-like first", rarest_first: "those of the smallest classes of domain and language first", cluster_by_cluster: "cluster by cluster of near-duplicates, clusters in random order" };
const SHARED: Record<string, string> = { proportional: "in proportion to its size", equal: "as many from each", tail_weighted: "in proportion to the root of its size, so that small ones come up more often" };

export function statementOf(request: QueueCreateRequest): string {
  const [size, population] = [drawnOf(request).toLocaleString("en"), populationOf(request).toLocaleString("en")];
  const filter = filterOf(request);
  const place = `${request.dataset}, snapshot ${request.snapshot ?? 1}${filter ? `, where ${filter}` : ""}${request.one_per_cluster ? ", one of each cluster of near-duplicates" : ""}`;
  if (request.order !== "random") return `The first ${size} of ${population} distinct samples of ${place}, ${PICKED[request.order]} (ChaCha20, seed ${request.seed}). Not drawn at random: nothing may be estimated from it.`;
  const how = request.strata_by ? `from each ${request.strata_by} by itself, ${SHARED[request.allocation ?? "proportional"]}` : "each with the same chance";
  return `${size} of ${population} distinct samples of ${place}, drawn at random without replacement${request.strata_by ? " " : ", "}${how} (ChaCha20, seed ${request.seed}).`;
}

/** Refuses what the workbench would refuse, in its words. */
export function checkOrder(request: QueueCreateRequest): void {
  const refuse = (message: string, remedy: string) => {
    throw fault("usage", message, remedy);
  };
  const filter = request.filter.trim();
  if (/[=<>]$/.test(filter)) throw fault("invalid_expression", "a value is missing here", "write a value, as in domain = 'health'", { column: filter.length + 1 });
  if (request.strata_by && request.order !== "random") refuse("strata are for random draws", "draw at random, or leave the strata out");
  if (sliceOf(request)?.tier === "high_stakes" && (request.reviewers < 2 || !request.blind)) refuse("samples of a high-stakes slice are judged by two people or more, blind to each other", "ask two reviewers, blind");
  if (request.order === "machine_like_unknown" && option("style") === "refused") refuse(`${request.dataset}@${request.snapshot} has no style signal to order by: no group has enough human samples`, "borrow one with `assay style --with NAME`, or choose another order");
  if (strataOf(request).length > 200) refuse(`\`${request.strata_by}\` has too many values in this slice; strata are at most 200`, "choose a field with fewer values");
  if (populationOf(request) === 0) refuse("no sample is in this slice", "widen the filter");
}

export function previewOf(request: QueueCreateRequest): QueuePreview {
  checkOrder(request);
  const population = populationOf(request);
  const [random, strata] = [request.order === "random", strataOf(request)];
  const priced = (limit: number, allowed: number) => {
    const one = price(population, limit, allowed);
    return strata.length === 0 ? one : one === null || allowed > 0 ? null : Math.min(population, Math.ceil(one * dearer(request)));
  };
  const known = option("dwell") !== "none" && request.rubric?.startsWith("clinical advice") === true;
  return {
    slice_samples: population, slice_tokens: population * 320, statement: statementOf(request), estimates: random, supports_below: random ? supports(request) : 1,
    prices: random ? [0.05, 0.03, 0.02, 0.01, 0.005].map((limit) => ({ defective_below: limit, samples: [0, 1, 2].map((allowed) => priced(limit, allowed)) })) : [],
    size: drawnOf(request), strata, seconds_each: known ? 26 : null, seconds_from: known ? 412 : 4,
  };
}
