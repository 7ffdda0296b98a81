/** Disputes without a backend: nothing of the reviewers' answers is given out before one's own is kept. */
import type {
  Answer, Code, Dispute, DisputeAnswerRequest, DisputeDetail, DisputeRequest, Disputes, DisputeSettled, DisputeSettleRequest, OwnAnswer, SavedEntry, SettledDispute,
} from "..";
import { CASES, type Case } from "./dispute_cases";
import { fault, option } from "./options";
import { mockRubric, mockSample, saveOrFail, textAt } from "./review";
import { mockPerson } from "./workspace";

const SEVERAL = 406;

interface Held extends Case {
  readonly digest: string;
  own: OwnAnswer | null;
}

const many = option("disputes") === "many" ? 300 : CASES.length;
let open: Held[] = Array.from({ length: many }, (_, index) => ({ ...CASES[index % CASES.length]!, digest: mockSample(200 + index).digest, own: null }));
let settled: SettledDispute[] = [];
let sequence = 10_500;
let latest: SavedEntry | null = null;
const done = new Map<string, DisputeSettled>();

const causes = [["guideline_gap", 14], ["slip", 9], ["edge_case", 4], ["ambiguous_text", 3], ["true_difference", 1]] as const;
for (const [cause, times] of causes) {
  for (let index = 0; index < times; index += 1) {
    const at = settled.length;
    settled.push({ digest: mockSample(600 + at).digest, title: textAt(at).title, verdict: (["approve", "exclude", "exclude", "unsure"] as const)[at % 4]!, cause, by: at % 3 ? "Lin Qiao" : "Ilse Marchetti", at: `2026-11-${String(19 - (at % 9)).padStart(2, "0")}T10:12:40Z`, seq: 10_390 - at * 7 });
  }
}
if (option("disputes") === "none") [open, settled] = [[], []];
if (option("disputes") === "settled") open = [];

function refuse(code: Code, message: string, remedy: string): never {
  throw fault(code, message, remedy);
}

function keeper(): string {
  const { person } = mockPerson();
  if (!person) return refuse("unknown_person", "nobody has said who is at the keyboard", "say who you are first");
  if (person.role === "expert") return refuse("not_allowed", `\`${person.name}\` is an expert; only curators and leads may adjudicate`, "ask a curator or a lead");
  if (option("state") === "error") return refuse("workspace_damaged", "The index could not be read: page 4,112 does not match its checksum.", "Run assay doctor, or index again; decisions are kept elsewhere");
  return person.name;
}

function row({ digest, position, distance, differs_in, own }: Held): Dispute {
  const text = textAt(position);
  return { digest, title: `${text.title}. ${text.prompt.slice(0, 60)}`, domain: text.domain, language: text.language, queue: "q-health", queue_name: "Health, English: dosing and triage", distance, differs_in: [...differs_in], begun: own !== null };
}

function find(digest: string): Held {
  keeper();
  return open.find((each) => each.digest === digest) ?? refuse("not_allowed", `sample ${digest.slice(7, 15)} is not in dispute`, "see the list of disputes");
}

function detail(held: Held): DisputeDetail {
  return { dispute: row(held), sample: { ...mockSample(held.position), digest: held.digest }, rubric: mockRubric, blurred: false, own: held.own, answers: held.own ? [...held.answers] : [] };
}

function next(): SavedEntry {
  sequence += 1;
  latest = { seq: sequence, at: new Date().toISOString() };
  return latest;
}

/** Settles it behind the window, as another machine would. */
export function settleMeanwhile(digest: string): void {
  const held = open.find((each) => each.digest === digest);
  if (!held) return;
  close(held, "unsure", "edge_case", "Lin Qiao", next());
}

function close(held: Held, verdict: Answer["verdict"], cause: SettledDispute["cause"], by: string, saved: SavedEntry): void {
  open = open.filter((each) => each !== held);
  settled = [{ digest: held.digest, title: row(held).title, verdict, cause, by, at: saved.at, seq: saved.seq }, ...settled];
}

/** The last entry written here. */
export function latestOfDisputes(): SavedEntry | null {
  return latest;
}

/** Disputes that wait on the rail. */
export function openDisputes(): number {
  return mockPerson().person?.role === "expert" ? 0 : open.length;
}

export const disputeCommands = {
  disputes(): Disputes {
    keeper();
    return { open: open.map(row), settled, read_by_several: option("disputes") === "none" ? 0 : SEVERAL, not_yours: option("disputes") ? 0 : 2 };
  },
  dispute_open({ digest }: DisputeRequest): DisputeDetail {
    return detail(find(digest));
  },
  async dispute_answer({ digest, answer }: DisputeAnswerRequest): Promise<DisputeDetail> {
    await saveOrFail();
    if (option("meanwhile")) settleMeanwhile(digest);
    const held = find(digest);
    // A repeated answer is the same answer.
    held.own ??= { answer, saved: next() };
    return detail(held);
  },
  async dispute_settle({ digest, entry, answer, cause }: DisputeSettleRequest): Promise<DisputeSettled> {
    await saveOrFail();
    const known = done.get(entry);
    if (known) return known;
    const held = find(digest);
    if (!held.own) refuse("not_allowed", `you have not answered sample ${digest.slice(7, 15)} yourself`, "answer first, on a blank form");
    const saved = next();
    close(held, answer.verdict, cause, keeper(), saved);
    const result = { saved, left: open.length };
    done.set(entry, result);
    return result;
  },
};
