/** Releases and one sample's way without a backend; option `release=locked` has a policy whose weights wait for a sign-off. */
import type { LineageStep, OriginCount, ReleaseAnswer, ReleasePolicy, ReleaseRequest, ReleaseRule, ReleaseWriteAnswer, ReleaseWriteRequest } from "..";
import { fault, option } from "./options";

const POLICY = `name = "default"
leave_out_excluded = true
[duplicates]
exact = "one"
normalised = "one"
near = "one"
[gold]
handling = "exclude"
`;

const origins = (human: number, machine: number, mixed: number, unknown: number): OriginCount => ({ human, machine, mixed, unknown });
const rule = (name: string, samples: number, before: OriginCount, after: OriginCount, tail: ReleaseRule["tail"] = []): ReleaseRule => ({ rule: name, samples, tokens: samples * 171, before, after, tail });

const all = origins(1_612, 802, 221, 305);
const judged = origins(1_598, 790, 221, 305);
const kept = origins(1_398, 790, 221, 305);
const single = origins(1_270, 520, 201, 289);

function planOf({ policy, seed, ablations }: ReleaseRequest): ReleaseAnswer {
  if (!policy.includes("name")) throw fault("invalid_policy", "line 1: the policy has no name", "write name = \"…\"");
  return {
    job: null,
    answer: {
      policy: "default", seed: seed ?? 0, candidates: 2_940, samples: 2_280, rows: 2_280, tokens: 389_880, origins: single,
      rules: [rule("include", 0, all, all), rule("verdicts", 26, all, judged), rule("gold", 200, judged, kept), rule("duplicates near", 434, kept, single, [{ dimension: "icd", class: "A15", before: 22, after: 14 }])],
      gold_exact: 190, gold_normalised: 4, gold_near: 6, not_compared: 0, weights: [1, 1], weights_locked: option("release") === "locked", signed_off: null,
      ablations: ablations.map((ratio) => ({ ratio, samples: 1_000 })),
    },
  };
}

export const releasingCommands = {
  release_policy: (): ReleasePolicy => ({ text: POLICY }),
  release_preview: planOf,
  release_write({ release }: ReleaseWriteRequest): ReleaseWriteAnswer {
    return { job: null, answer: { saved: { seq: 10_600, at: new Date().toISOString() }, folder: `/home/ilse/releases/${release.dataset}-7`, files: 12, samples: 2_280, rows: 2_280, manifest: "4c1f09aa".repeat(8) } };
  },
  sample_lineage(): LineageStep[] {
    const step = (stage: string, what: string, detail: string, more: Partial<LineageStep> = {}): LineageStep => ({ stage, what, detail, filter: null, entry: null, ...more });
    return [
      step("source", "clinic/letters-2023.jsonl", "line 7,001"),
      step("file", `SHA-256 ${"9b1c40aa".repeat(8)}`, "18204113 bytes when it was read"),
      step("sample", `sha256:${"3f9c81d2".repeat(8)}`, "question human, answer machine"),
      step("evidence", "generation record: machine", "model m-7"),
      step("evidence", "declared: human", "field author"),
      step("duplicates", "near-duplicate cluster of 5", "every pair verified", { filter: "cluster = 12" }),
      step("snapshot", "praxis-instruct@7", "once"),
      step("verdict", "approve by Dr Amara Okafor", "Health, English", { entry: 10_391 }),
      step("gold", "promoted", "", { entry: 10_404 }),
      step("release", "praxis-instruct@7, 2280 samples", "left it out", { entry: 10_600 }),
    ];
  },
};
