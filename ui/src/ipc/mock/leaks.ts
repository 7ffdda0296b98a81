/** Searches for a reference without a backend: a few of each kind, with both texts. */
import type { LeakAnswer, LeakFinding, LeakPair, LeakPairs, LeakPairsRequest, LeakRequest, LeakSample } from "..";
import { fault, later, option } from "./options";
import { EXCHANGES } from "./texts";
import { workFor } from "./workspace";

const METHOD = "equal text, equal normalised text, near-duplicates verified at Jaccard 0.8 of 5-token shingles or containment 0.9, and shared runs of 13 tokens or more over 30 % of the shorter text";
const UNSEEN = "Paraphrases and translations share no runs of words and are not seen.";
const COUNTS = { exact: 12, normalised: 4, near: 31, passage: 9 };

function sample(index: number, dataset: string, text: string, opens: boolean): LeakSample {
  return { dataset, snapshot: 1, opens, path: `questions/part-${1 + (index % 3)}.jsonl`, line: 11 + index * 7, id: `q-${4_000 + index}`, digest: `sha256:${String(index).padStart(64, "0")}`, text, cut: false, rtl: false };
}

function pairOf(kind: keyof typeof COUNTS, index: number): LeakPair {
  const { prompt, response } = EXCHANGES[index % EXCHANGES.length]!;
  const text = `${prompt}\n${response}`;
  const run = response.split(/\s+/).slice(0, 14).join(" ");
  const other = kind === "exact" ? text : kind === "normalised" ? text.toUpperCase() : kind === "near" ? `${text} Ask again if in doubt.` : `Somebody wrote to us: ${run}. What would you say?`;
  const alike = kind === "exact" || kind === "normalised";
  return { kind, a: sample(index, "field-2023", text, true), b: sample(index, "praxis-instruct", other, true), jaccard: alike ? 1 : kind === "near" ? 0.91 : 0.22, containment: alike ? 1 : kind === "near" ? 0.97 : 0.41, run: alike ? null : { tokens: 14, text: run.toLowerCase().replace(/[^\p{L}\p{N} ]/gu, "") } };
}

const PAIRS = (Object.keys(COUNTS) as (keyof typeof COUNTS)[]).flatMap((kind, at) => Array.from({ length: COUNTS[kind] }, (_, index) => pairOf(kind, index + at * 3)));

export const leakCommands = {
  async leak({ reference, data }: LeakRequest): Promise<LeakAnswer> {
    await later(Number(option("wait") ?? 60));
    const name = reference.snapshot ?? (reference.gold ? "gold" : "benchmark.jsonl");
    const working = workFor("leak", `${name} in ${data}`);
    if (working) return { job: working, answer: null };
    const none = reference.gold;
    const answer: LeakFinding = {
      key: "a".repeat(64), direction: "", reference: name, data, found: none ? 0 : PAIRS.length, of: none ? 214 : 9_120, exact: none ? 0 : COUNTS.exact, normalised: none ? 0 : COUNTS.normalised, near: none ? 0 : COUNTS.near, passage: none ? 0 : COUNTS.passage,
      statement: none ? `None found by this method: of 214 reference samples, none in 2,480 samples, by ${METHOD}. ${UNSEEN}` : `56 of 9,120 reference samples found in 2,480 samples: 12 exact, 4 equal after normalising, 31 near, 9 by a shared passage. Method: ${METHOD}. ${UNSEEN}`,
    };
    return { job: null, answer };
  },
  leak_pairs({ key, kind, offset, limit }: LeakPairsRequest): LeakPairs {
    if (key !== "a".repeat(64)) throw fault("not_found", "what this search found is no longer kept", "search again");
    const of = PAIRS.filter((pair) => kind === null || pair.kind === kind);
    return { offset, total: of.length, listed: of.length, pairs: of.slice(offset, offset + limit) };
  },
  chart_save: (): null => null,
};
