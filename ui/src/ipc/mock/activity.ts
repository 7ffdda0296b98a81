/** The ledger and the card without a backend. */
import type { ActivityPage, ActivityRequest, ActivityRow, CardAnswer, CardBlock, CardDraft, CardExportRequest, CardTextRequest, CardTextRow, CardTextSaved, CardTextsRequest, Exported, LedgerCheck, SnapshotRequest } from "..";
import { later, option } from "./options";
import { textAt } from "./review";
import { workFor } from "./workspace";

const people = ["A. Okafor", "I. Marchetti", "L. Qiao"];

function rowAt(seq: number): ActivityRow {
  const title = textAt(seq).title;
  const shape = [
    { kind: "verdict", what: `Approve, ${title}`, verdict: "approve" as const },
    { kind: "verdict", what: `Exclude, ${title}: out of date`, verdict: "exclude" as const },
    { kind: "verdict", what: `Unsure, ${title}`, verdict: "unsure" as const },
    { kind: "undo", what: `Undo of #${seq - 1}`, verdict: null },
    { kind: "verdict", what: `Skip, ${title}`, verdict: "skip" as const },
    { kind: "gold_promote", what: `Promoted to gold, ${title}`, verdict: null },
    { kind: "gold_revoke", what: `Revoked from gold, ${title}: licence withdrawn`, verdict: null },
    { kind: "queue", what: "Queue drawn and frozen: Health, English", verdict: null },
    { kind: "person", what: "Person added: L. Qiao, expert", verdict: null },
  ];
  const each = shape[(seq * 7) % 23 < 14 ? seq % 3 : (seq % 6) + 3] ?? { kind: "verdict", what: "", verdict: null };
  const actor = people[seq % people.length] ?? "";
  const body = { actor, at: "2026-11-18T16:40:27Z", kind: each.kind, previous: `57b9cfc0${seq}`, queue: "q-health", rubric: "clinical-advice@3", sample: "c40b77d1", seq, verdict: each.verdict };
  return {
    seq, id: "0192f0c1-a2b3-7fff-bfff-000000000000", at: new Date(Date.UTC(2026, 10, 20, 11, 6, 23) - (412 - seq) * 47_000).toISOString(), actor, by_machine: false, kind: each.kind, what: each.what, verdict: each.verdict,
    leaf: ((seq + 11) * 2_654_435_761).toString(16).padStart(16, "e").repeat(4).slice(0, 64), body: JSON.stringify(body),
  };
}

const all = Array.from({ length: 413 }, (_, seq) => rowAt(seq)).reverse();

export const activityCommands = {
  activity_page(request: ActivityRequest): ActivityPage {
    const rows = all.filter((row) => (request.kinds.length === 0 || request.kinds.includes(row.kind)) && (request.actor === null || row.actor === request.actor));
    const page = rows.filter((row) => request.before === null || row.seq < request.before).slice(0, request.limit);
    return { rows: page, total: rows.length, kinds: [...new Set(all.map((row) => row.kind))].sort() };
  },
  ledger_verify(): LedgerCheck {
    return { whole: true, entries: all.length, root: "e17c04b95d2a77c1".repeat(4), failure: null, elapsed_ms: 31.4, at: new Date().toISOString() };
  },
  async card_draft(request: SnapshotRequest): Promise<CardAnswer> {
    await later(Number(option("wait") ?? 0));
    const working = workFor("card", `${request.dataset}@${request.snapshot ?? 1}`);
    return working ? { job: working, answer: null } : { job: null, answer: draftOf(request) };
  },
  card_export(request: CardExportRequest): Exported {
    return { folder: `exports/${request.dataset}`, files: ["README.md", "croissant.json", "card.html", "card.json"] };
  },
  card_texts(_request: CardTextsRequest): CardTextRow[] {
    return texts;
  },
  card_text_write({ section, text }: CardTextRequest): CardTextSaved {
    const saved = { seq: texts.length + 10_600, at: new Date().toISOString() };
    texts = [{ section, asks: ASKS[section] ?? section, seq: saved.seq, text, by: "I. Marchetti", at: saved.at }, ...texts];
    return { saved };
  },
};

const ASKS: Record<string, string> = { purpose: "What the dataset is for", rights: "By what right the texts are used" };

let texts: CardTextRow[] = [];

/** The section as its latest text stands: paragraphs of it, or what it asks for. */
function sectionOf(section: string): CardBlock[] {
  const text = texts.find((row) => row.section === section)?.text ?? "";
  if (text === "") return [{ kind: "open", section, label: ASKS[section] ?? section }];
  return text.split("\n\n").map((paragraph) => ({ kind: "written", section, text: paragraph }));
}

function draftOf(request: SnapshotRequest): CardDraft {
  return {
    markdown: `---\nlicense: other\nlanguage:\n  - en\n  - de\n  - es\n  - ar\n  - zh\nsize_categories:\n  - 1K<n<10K\n---\n\n# ${request.dataset}, snapshot ${request.snapshot ?? 1}\n\n2,940 samples, 502,312 tokens.\n\n## Origin\n\n| origin | samples | tokens | share of tokens |\n|---|---:|---:|---:|\n| human | 1,612 | 286,318 | 57.0 % |\n| mixed | 221 | 40,687 | 8.1 % |\n| machine | 802 | 123,066 | 24.5 % |\n| unknown | 305 | 52,241 | 10.4 % |\n`,
    sections: [
      { title: "Summary", blocks: [
        { kind: "paragraph", text: "2,940 samples in 9 files, 502,312 tokens, in 3 domains and 5 languages. 7 records could not be read and are listed with their places." },
        { kind: "fact", label: "Samples", value: "2,940", note: "seen 2,947, quarantined 7", filter: "" },
        { kind: "fact", label: "Tokens", value: "502,312", note: "words; Han by character", filter: "" },
        ...sectionOf("purpose"),
      ] },
      { title: "Origin", blocks: [
        { kind: "fact", label: "Human", value: "57.0 %", note: "286,318 tokens", filter: "part_origin = 'human'" },
        { kind: "fact", label: "Mixed", value: "8.1 %", note: "40,687 tokens", filter: "part_origin = 'mixed'" },
        { kind: "fact", label: "Machine", value: "24.5 %", note: "123,066 tokens", filter: "part_origin = 'machine'" },
        { kind: "fact", label: "Unknown", value: "10.4 %", note: "52,241 tokens; nobody has said", filter: "part_origin = 'unknown'" },
      ] },
      { title: "Duplication", blocks: [
        { kind: "table", columns: ["kind", "rate", "redundant"], rows: [["Exact", "2.5 %", "74"], ["Same after normalising", "2.8 %", "83"], ["Near, Jaccard 0.80 or above, every pair verified", "14.8 %", "434"]], filters: ["redundant = 'exact'", "redundant in ('exact', 'normalised')", "redundant is not null"].map((filter) => [null, filter, filter]) },
      ] },
      { title: "Review", blocks: [
        { kind: "paragraph", text: "One expert gave 40 verdicts. 160 samples of the queue are still to be read, so no claim is made." },
        ...sectionOf("rights"),
      ] },
    ],
  };
}
