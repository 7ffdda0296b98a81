/** The gold set without a backend: promotions and revocations are remembered until the page is left. */
import type { DigestRequest, GoldCandidate, GoldCandidateDetail, GoldChanged, GoldCheck, GoldMember, GoldOverview, GoldRequest } from "..";
import { frozenCommands, frozenFacts } from "./frozen";
import { mockSample, textAt } from "./review";

const members: GoldMember[] = [];
const revoked: GoldMember[] = [];
let sequence = 10_460;

const domains = ["health", "law", "finance"];
const languages = ["en", "de", "es", "ar", "zh"];

function candidateAt(position: number): GoldCandidate {
  const text = textAt(position);
  const waits = ["ready", "ready", "licence not stated", "origin judgement", "ready", "1 of 2 approvals"][position % 6] ?? "ready";
  return { digest: mockSample(position).digest, title: `${text.title}. ${text.prompt.slice(0, 80)}`, domain: text.domain, language: text.language, checks: 7, checks_held: waits === "ready" ? 7 : 6, waits_for: waits };
}

const positions = Array.from({ length: 14 }, (_, index) => index);

function seed(): void {
  if (members.length > 0 || revoked.length > 0) return;
  for (const position of [20, 22, 23, 25, 27, 28]) {
    const text = textAt(position);
    members.push({ digest: mockSample(position).digest, title: text.title, domain: text.domain, language: text.language, reason: "Rare case, well told", by: "I. Marchetti", at: "2026-11-20T10:31:16Z", seq: sequence });
    sequence += 1;
  }
}

function checks(candidate: GoldCandidate): GoldCheck[] {
  const missing = candidate.waits_for;
  const check = (name: string, finding: string, waits: string, required = true): GoldCheck => ({ name, holds: missing !== waits, finding: missing === waits ? waits : finding, required });
  return [
    check("Enough approvals", "#10,288, approved by A. Okafor", "1 of 2 approvals"),
    check("No open dispute", "one answer, nothing to differ from", "dispute open"),
    check("Current rubric", "clinical advice, version 3", "older rubric"),
    check("Human by judgement", "judged human, confidence medium", "origin judgement"),
    check("Represents its cluster", "no near-duplicate at Jaccard 0.80 or above", "not the representative"),
    check("Licence known", "CC BY 4.0, from the record", "licence not stated"),
    check("No sensitive data flagged", "none flagged by the reviewer", "personal data", false),
  ];
}

export const goldCommands = {
  ...frozenCommands(() => members.length),
  gold_overview(): GoldOverview {
    seed();
    const isMember = (digest: string) => members.some((member) => member.digest === digest);
    return {
      members: [...members], revoked: [...revoked], candidates: positions.map(candidateAt).filter((each) => !isMember(each.digest)), root: "e17c04b95d2a77c1".repeat(4), domains, languages, ...frozenFacts(members),
      cells: domains.map((domain) => languages.map((language) => members.filter((member) => member.domain === domain && member.language === language).length)),
    };
  },
  gold_candidate(request: DigestRequest): GoldCandidateDetail {
    seed();
    const position = Array.from({ length: 60 }, (_, index) => index).find((index) => mockSample(index).digest === request.digest) ?? 0;
    const member = members.find((each) => each.digest === request.digest) ?? null;
    return { sample: { ...mockSample(position), gold: member !== null, origin: "human" }, checks: checks(candidateAt(position)), member };
  },
  gold_promote(request: GoldRequest): GoldChanged {
    sequence += 1;
    const at = new Date().toISOString();
    const candidate = positions.map(candidateAt).find((each) => each.digest === request.digest);
    if (candidate) members.unshift({ ...candidate, reason: request.reason, by: "I. Marchetti", at, seq: sequence });
    return { saved: { seq: sequence, at }, gold: members.length };
  },
  gold_revoke(request: GoldRequest): GoldChanged {
    sequence += 1;
    const at = new Date().toISOString();
    const index = members.findIndex((each) => each.digest === request.digest);
    const [gone] = index < 0 ? [] : members.splice(index, 1);
    if (gone) revoked.unshift({ ...gone, reason: request.reason, at, seq: sequence });
    return { saved: { seq: sequence, at }, gold: members.length };
  },
};
