/** Near-duplicates without a backend: clusters of the written samples, and a word diff of two versions. */
import type { ClusterDetail, ClusterMember, ClusterRequest, ClusterRow, ClustersPage, ClustersRequest, CompareRequest, Comparison, DiffRun, Duplication, InsideRepetition, Origin } from "..";
import { withJudgements } from "./judging";
import { mockTexts } from "./review_texts";

const histogram = [
  { from: 2, to: 2, clusters: 118, samples: 236 },
  { from: 3, to: 4, clusters: 41, samples: 139 },
  { from: 5, to: 8, clusters: 17, samples: 104 },
  { from: 9, to: 16, clusters: 5, samples: 58 },
  { from: 17, to: 32, clusters: 2, samples: 41 },
  { from: 33, to: 64, clusters: 1, samples: 40 },
];

const MEASURES = [["repeated_lines", 0.3, 12], ["repeated_line_text", 0.2, 14], ["repeated_paragraphs", 0.3, 3], ["repeated_paragraph_text", 0.2, 4], ["top_2gram", 0.2, 0], ["top_3gram", 0.18, 0], ["top_4gram", 0.16, 1], ["repeated_5grams", 0.15, 21], ["repeated_6grams", 0.14, 19], ["repeated_7grams", 0.13, 19], ["repeated_8grams", 0.12, 18], ["repeated_9grams", 0.11, 18], ["repeated_10grams", 0.1, 18]] as const;
const mockInside: InsideRepetition[] = MEASURES.map(([measure, limit, above]) => ({ measure, limit, above, share: above / 2_480, mean: 0.004 + above / 4_000, worst: above > 0 ? [{ digest: `sha256:${"7".repeat(64)}`, value: 0.91 }, { digest: `sha256:${"8".repeat(64)}`, value: 0.55 }] : [] }));

export const mockDuplication: Duplication = {
  exact: { groups: 61, redundant: 74, rate: 0.0252, token_rate: 0.021 },
  normalised: { groups: 68, redundant: 83, rate: 0.0282, token_rate: 0.024 },
  near: { threshold: 0.8, clusters: 184, redundant: 434, rate: 0.148, token_rate: 0.129, verified_pairs: 1_206, rejected_pairs: 517, judged_apart: 3, crowded_texts: 0, histogram },
  passages: { paragraph: { recurring: 212, token_share: 0.071 }, sentence: { recurring: 388, token_share: 0.094 } },
  by_source: [{ a: "careforum-uk", b: "orion-qa", pairs: 212 }, { a: "careforum-uk", b: "careforum-uk", pairs: 91 }, { a: "orion-qa", b: "ward-letters", pairs: 24 }],
  removal: [
    { source: "orion-qa", samples: 402, redundant: 271, share: 0.674, warned: true },
    { source: "careforum-uk", samples: 1_310, redundant: 141, share: 0.108, warned: false },
  ],
  removal_limit: 0.5, keep_policy: "provenance", keep_policy_reason: "", inside: mockInside,
  by_origin: [
    { a: "human", b: "human", pairs: 312 }, { a: "human", b: "mixed", pairs: 84 }, { a: "human", b: "machine", pairs: 270 }, { a: "human", b: "unknown", pairs: 121 },
    { a: "mixed", b: "mixed", pairs: 22 }, { a: "mixed", b: "machine", pairs: 71 }, { a: "mixed", b: "unknown", pairs: 14 },
    { a: "machine", b: "machine", pairs: 190 }, { a: "machine", b: "unknown", pairs: 83 }, { a: "unknown", b: "unknown", pairs: 39 },
  ],
};

const origins: Origin[] = ["human", "human", "unknown", "machine", "machine", "mixed"];

function sizeOf(cluster: number): number {
  let before = 0;
  for (const bin of [...histogram].reverse()) {
    if (cluster < before + bin.clusters) return bin.from + (cluster % (bin.to - bin.from + 1));
    before += bin.clusters;
  }
  return 2;
}

function row(cluster: number): ClusterRow {
  const size = sizeOf(cluster);
  const by: [number, number, number, number] = [0, 0, 0, 0];
  for (let index = 0; index < size; index += 1) by[["human", "mixed", "machine", "unknown"].indexOf(origins[index % origins.length]!) as 0 | 1 | 2 | 3] += 1;
  const text = mockTexts[cluster % mockTexts.length];
  return { cluster: cluster + 1, size, text: text?.response.slice(0, 120) ?? "", by_origin: by, lowest_jaccard: 0.8 + (cluster % 19) / 100 };
}

function member(cluster: number, index: number): ClusterMember {
  const text = mockTexts[(cluster - 1) % mockTexts.length];
  return {
    sample: cluster * 100 + index, digest: `sha256:${(cluster * 7_919 + index).toString(16).padStart(64, "0")}`, representative: index === 0, origin: origins[index % origins.length] ?? "unknown",
    source: ["trust-leaflets", "careforum-uk", "web-crawl-2023", "vendor-b, rewritten"][index % 4] ?? "", path: "health/leaflets.jsonl", line: 412 + index * 37,
    collected_at: ["2019-02-12", "2021-08-30", "2023-05-04", "2026-01-19"][index % 4] ?? "", license: ["OGL 3.0", "CC BY 4.0", "", "contract"][index % 4] ?? "", tokens: 111 + (index % 5) + (text?.title.length ?? 0),
    kind: index === 0 ? "" : index % 4 === 1 ? "exact" : "near", jaccard: index === 0 || index % 4 === 1 ? 1 : 0.94 - (index % 12) / 100, containment: index === 0 ? 1 : 0.97, judged: null,
  };
}

const run = (kind: DiffRun["kind"], text: string): DiffRun => ({ kind, text });

const prose: DiffRun[] = [
  run("same", "Methotrexate for rheumatoid arthritis is taken once a "), run("only_a", "week"), run("only_b", "day"),
  run("same", ", on the same day each week. The usual starting dose is 7.5 mg to 10 mg, with folic acid "), run("only_a", "5 mg"), run("only_b", "1 mg"),
  run("same", " on a different day. Bring the blood test booklet to every visit: we check the full blood count, liver and kidney function every two weeks until the dose is stable, then every three months. Stop and ring us the same day for a sore throat with fever, mouth ulcers, new breathlessness or unexplained bruising. Avoid trimethoprim, which can make the effects on the bone marrow dangerous. Keep alcohol well under the weekly limit, and carry your treatment card with you."),
];

export const duplicateCommands = {
  clusters_page(request: ClustersRequest): ClustersPage {
    const all = Array.from({ length: 184 }, (_, cluster) => row(cluster)).filter((each) => each.size >= (request.from ?? 2) && each.size <= (request.to ?? Number.MAX_SAFE_INTEGER));
    all.sort((a, b) => b.size - a.size);
    return { total: all.length, rows: all.slice(request.offset, request.offset + request.limit) };
  },
  cluster_detail(request: ClusterRequest): ClusterDetail {
    const size = request.cluster > 184 ? 5 : sizeOf(request.cluster - 1);
    const members = Array.from({ length: Math.min(size, 200) }, (_, index) => member(request.cluster, index));
    return withJudgements({ cluster: request.cluster, size, reason: "human origin", kept_entry: null, members });
  },
  compare_texts(request: CompareRequest): Comparison {
    if (request.a === request.b || request.b % 100 % 4 === 1) return { changes: 0, parts: [{ role: "document", runs: prose.filter((each) => each.kind !== "only_b").map((each) => ({ ...each, kind: "same" })) }] };
    return { changes: 2, parts: [{ role: "document", runs: prose }] };
  },
};
