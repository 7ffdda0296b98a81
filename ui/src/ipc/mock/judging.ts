/** Judgements, pairs, passages and datasets side by side without a backend: what is said stands until it is taken back. */
import type { AcrossAnswer, AcrossPairsRequest, ClusterDetail, DuplicateSettingsRequest, DuplicateState, JudgementSaved, JudgeRequest, KeepPolicyRequest, Origin, PairSide, PairsPage, PairsRequest, PassagesPage, PassagesRequest, SamplePair, StandingJudgement, WithdrawRequest } from "..";
import { later, option } from "./options";
import { mockTexts } from "./review_texts";
import { workFor } from "./workspace";

let standing: StandingJudgement[] = [];
let seq = 4_812;
let settings = { near_threshold: 0.8, removal_limit: 0.5 };
let stale = false;

function saved(): JudgementSaved {
  seq += 1;
  stale = true;
  return { saved: { seq, at: "2026-11-29T10:00:00Z" }, job: null };
}

/** A cluster as the backend answers: with what was said since it was measured. */
export function withJudgements(detail: ClusterDetail): ClusterDetail {
  const leading = detail.members[0]?.digest;
  const members = detail.members.map((member) => {
    const said = standing.find((each) => each.kind === "not_duplicate" && [each.a, each.b].includes(member.digest) && leading !== undefined && [each.a, each.b].includes(leading));
    return { ...member, judged: said && !member.representative ? { entry: said.entry, by: said.by, reason: said.reason } : null };
  });
  return { ...detail, members };
}

const ORIGINS: Origin[] = ["human", "mixed", "machine", "unknown"];

function side(sample: number, origin: Origin, source: string, dataset: string, snapshot: number): PairSide {
  const text = mockTexts[sample % mockTexts.length];
  return { sample, digest: `sha256:${sample.toString(16).padStart(64, "0")}`, dataset, snapshot, path: "health/leaflets.jsonl", line: 400 + sample, id: "", origin, source, tokens: 120 + sample, text: text?.response.slice(0, 120) ?? "", representative: sample % 2 === 0 };
}

function pair(index: number, request: Pick<PairsRequest, "kind" | "accepted" | "judged" | "origins" | "sources">, at: readonly [string, string] | null): SamplePair {
  const [originA, originB] = request.origins ?? [ORIGINS[index % 4]!, ORIGINS[(index + 2) % 4]!];
  const [sourceA, sourceB] = request.sources ?? ["trust-leaflets", "vendor-b, rewritten"];
  const name = (text: string | undefined) => { const [dataset, snapshot] = (text ?? "praxis-instruct@7").split("@"); return [dataset!, Number(snapshot ?? 1)] as const; };
  const judged = request.judged ? { entry: `e${index}`, by: "Dr. Amara Okafor", reason: "the dose differs" } : null;
  const accepted = judged === null && (request.accepted ?? index % 3 > 0);
  return {
    a: side(index * 2, originA, sourceA, ...name(at?.[0])), b: side(index * 2 + 1, originB, sourceB, ...name(at?.[1])),
    kind: request.kind ?? (accepted && index % 5 === 0 ? "exact" : "near"), jaccard: accepted || judged ? 0.97 - (index % 17) / 100 : 0.62, containment: accepted ? 0.98 : 0.71, accepted, judged,
  };
}

function page(total: number, offset: number, limit: number, of: (index: number) => SamplePair): PairsPage {
  return { total, rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => of(offset + index)) };
}

export const judgingCommands = {
  pairs_page(request: PairsRequest): PairsPage {
    const total = request.judged ? 3 : request.origins ? 84 : request.sources ? 212 : request.accepted === false ? 517 : 1_206;
    return page(option("state") === "empty" ? 0 : total, request.offset, request.limit, (index) => pair(index, request, null));
  },
  passages_page(request: PassagesRequest): PassagesPage {
    const rows = mockTexts.map((text, index) => ({ unit: index % 2 ? "sentence" : "paragraph", text: text.response.slice(0, 260), tokens: 44 + index, samples: 90 - index * 7, found_in: [1, 2, 3].map((sample) => ({ sample, digest: `sha256:${String(sample).repeat(64)}`, path: "health/leaflets.jsonl", line: sample * 17 })) }));
    const wanted = rows.filter((row) => request.unit === null || row.unit === request.unit);
    return { total: wanted.length, rows: wanted.slice(request.offset, request.offset + request.limit) };
  },
  duplicate_state(): DuplicateState {
    return { stale, ...settings, judgements: [...standing].reverse() };
  },
  duplicate_judge(request: JudgeRequest): JudgementSaved {
    const answer = saved();
    const kind = request.act === "keep" ? "kept" : "not_duplicate";
    for (const [at, b] of [request.b, ...request.rest].entries()) standing.push({ entry: at === 0 ? request.entry : `${request.entry}+${at}`, seq, kind, a: request.a, b, by: "Dr. Amara Okafor", reason: request.reason });
    return answer;
  },
  duplicate_withdraw(request: WithdrawRequest): JudgementSaved {
    standing = standing.filter((each) => each.entry !== request.judgement);
    return saved();
  },
  duplicate_policy: (_request: KeepPolicyRequest): JudgementSaved => saved(),
  duplicate_settings({ near_threshold, removal_limit }: DuplicateSettingsRequest): JudgementSaved {
    settings = { near_threshold, removal_limit };
    stale = true;
    return { saved: null, job: null };
  },
  measure_start() {
    stale = false;
    return null;
  },
  async across_matrix(): Promise<AcrossAnswer> {
    await later(Number(option("wait") ?? 150));
    const working = workFor("across", "every two datasets");
    if (working) return { job: working, answer: null };
    const sides = [{ name: "praxis-instruct@7", dataset: "praxis-instruct", snapshot: 7, samples: 2_480 }, { name: "field-2023@1", dataset: "field-2023", snapshot: 1, samples: 9_120 }];
    const cell = (a: number, b: number, samples: number) => ({ a: sides[a]!.name, b: sides[b]!.name, exact: 12, normalised: 4, near: 31, samples, share: samples / sides[a]!.samples });
    return { job: null, answer: { key: "a".repeat(64), threshold: settings.near_threshold, sides, cells: [cell(0, 1, 56), cell(1, 0, 49)], crowded: 0 } };
  },
  across_pairs(request: AcrossPairsRequest): PairsPage {
    const none = { kind: request.kind, accepted: true, judged: null, origins: null, sources: null };
    return page(47, request.offset, request.limit, (index) => pair(index, none, [request.a, request.b]));
  },
};
