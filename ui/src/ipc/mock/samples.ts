/// The grid of samples without a backend. `?rows=10000000` makes it as long as one likes: rows are computed, not kept.
import { type Condition, conditionsOf } from "../../lib/expression";
import type { ClassCount, FieldInfo, Origin, RowsPage, SampleDetail, SampleRow, SamplesSummary, SamplesView, Verdict } from "../types";
import { bulkOf } from "./bulk_acts";
import { fault, later, option } from "./options";
import { evidenceOf, historyOf, styleEvidence } from "./evidence";
import { mockOpinions } from "./style";
import { EXCHANGES, type Exchange } from "./texts";

export const TOTAL = Number(option("rows") ?? 2_480);

/** A number from 0 to 1 that depends on its arguments only. */
function chance(a: number, b: number): number {
  let x = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d);
  x = Math.imul(x ^ (x >>> 12), 0x297a2d39);
  return ((x ^ (x >>> 15)) >>> 0) / 4_294_967_296;
}

export interface Made {
  exchange: Exchange;
  origin: Origin;
  confidence: number;
  tokens: number;
  copies: number;
  verdict: Verdict | null;
  source: string;
  license: string | null;
}

const SOURCES: Record<string, string> = { health: "careforum-uk", law: "legal-clinic", finance: "taxhelp-2026" };

function made(index: number): Made {
  const exchange = EXCHANGES[Math.floor(chance(index, 1) * EXCHANGES.length)]!;
  const lean = exchange.domain === "finance" ? 0.22 : exchange.domain === "law" ? 0.08 : 0;
  const p = chance(index, 2);
  const origin: Origin = p < 0.52 - lean ? "human" : p < 0.62 - lean ? "mixed" : p < 0.86 ? "machine" : "unknown";
  const q = chance(index, 3);
  const verdict: Verdict | null = q < 0.05 ? "approve" : q < 0.07 ? "exclude" : q < 0.08 ? "unsure" : null;
  const tokens = Math.round((exchange.prompt.length + exchange.response.length) / (exchange.language === "zh" ? 1 : 5) + chance(index, 4) * 40);
  const confidence = origin === "unknown" ? 0 : Math.round((0.4 + chance(index, 5) * 0.6) * 100) / 100;
  const copies = chance(index, 6) < 0.88 ? 1 : 2 + Math.floor(chance(index, 7) ** 4 * 60);
  return { exchange, origin, confidence, tokens, copies, verdict, source: `${SOURCES[exchange.domain]}-${exchange.language}`, license: chance(index, 8) < 0.1 ? null : chance(index, 8) < 0.5 ? "CC BY 4.0" : "vendor contract 2026-04" };
}

function digest(index: number): string {
  return `sha256:${Array.from({ length: 8 }, (_, i) => Math.floor(chance(index, 20 + i) * 4_294_967_296).toString(16).padStart(8, "0")).join("")}`;
}

export function rowOf(index: number, row: number): SampleRow {
  const { exchange, origin, confidence, tokens, copies, verdict } = made(index);
  return {
    row, digest: digest(index), sample: index + 1, origin, confidence, tokens, copies, verdict, gold: verdict === "approve" && index % 3 === 0, topic: topicOf(index), bulk: bulkOf(digest(index)),
    text: `${exchange.prompt} · ${exchange.response}`.slice(0, 160), domain: exchange.domain, language: exchange.language,
  };
}

function topicOf(index: number): string | null {
  return index % 29 === 0 ? null : TOPICS[index % TOPICS.length]!;
}

const FIELDS: Record<string, (index: number) => string | number | null> = {
  domain: (i) => made(i).exchange.domain, language: (i) => made(i).exchange.language, origin: (i) => made(i).origin,
  source_class: (i) => classOf(made(i).origin), confidence: (i) => made(i).confidence, tokens: (i) => made(i).tokens,
  characters: (i) => made(i).tokens * 5, source: (i) => made(i).source, license: (i) => made(i).license, verdict: (i) => made(i).verdict,
  gold: (i) => (made(i).verdict === "approve" && i % 3 === 0 ? "true" : "false"), cluster: (i) => (made(i).copies > 1 ? 1 + (i % 184) : null),
  style_score: (i) => mockOpinions(i, made(i).exchange.language, made(i).exchange.domain, made(i).source).style?.scores[0]?.score ?? null, judged_origin: (i) => (made(i).verdict === null ? null : made(i).origin), collected_at: () => "2026-04-19",
  conflict: (i) => (i % 97 === 0 ? "true" : "false"), intent: (i) => INTENTS[Math.floor(chance(i, 9) ** 2 * INTENTS.length)]!, path: (i) => `${made(i).exchange.domain}/${made(i).source}.jsonl`, id: (i) => `case-${88_120 + i}`,
  tag: (i) => bulkOf(digest(i))?.tags[0] ?? null, routed: (i) => bulkOf(digest(i))?.routed ?? null, excluded_in_bulk: (i) => String(bulkOf(digest(i))?.excluded ?? false),
  dataset: () => "praxis-instruct", snapshot: () => 7, topic: topicOf,
  redundant: (i) => (made(i).copies < 2 || i % 3 === 0 ? null : i % 9 === 1 ? "exact" : i % 9 === 2 ? "normalised" : "near"), mismatch: (i) => (i % 160 === 3 ? "true" : "false"), flag: (i) => (i % 211 === 5 ? "personal_data" : i % 97 === 4 ? "duplicate_key" : null),
  // What a comparison with the snapshot before would find: so many of each that the counts differ.
  added_since: (i) => (i % 16 === 1 ? "praxis-instruct@6" : null), also_in: (i) => (i % 16 === 1 ? null : "praxis-instruct@6"), left_out_of: (i) => (i % 38 === 2 ? "praxis-instruct@7" : null), relabelled_since: (i) => (i % 137 === 6 ? "praxis-instruct@6" : null),
};

/** Names of topics, as the engine makes them. */
export const TOPICS = ["dose · warfarin · bleeding", "deposit · landlord · tenancy", "invoice · vat · refund", "fever · child · rash", "visa · permit · spouse", "pension · widow · claim", "insulin · pump · hypo", "notice · dismissal · tribunal"];

const INTENTS = ["dosage", "interaction", "triage", "deadline", "entitlement", "procedure", "self-care", "tenancy", "dismissal", "deduction", "complaint", "side effect", "appeal", "contract form"];

function holds({ field, operator, values }: Condition, index: number): boolean {
  // A sample may have several tags; any of them will do.
  if (field === "tag" && operator === "=") return bulkOf(digest(index))?.tags.includes(values[0]!) ?? false;
  const value = FIELDS[field]!(index);
  if (operator === "is null") return value === null;
  if (operator === "is not null") return value !== null;
  if (value === null) return false;
  const text = String(value);
  if (operator === "in") return values.includes(text);
  if (operator === "not in") return !values.includes(text);
  if (operator === "like" || operator === "not like") {
    const pattern = new RegExp(`^${values[0]!.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("%", ".*").replaceAll("_", ".")}$`, "i");
    return pattern.test(text) === (operator === "like");
  }
  const [a, b] = typeof value === "number" ? [value, Number(values[0])] : [text, values[0]!];
  return { "=": a === b, "!=": a !== b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[operator];
}

const views = new Map<number, number[] | null>();
let next = 1;

export function select(filter: string, find: string): number[] | null {
  const conditions = conditionsOf(filter);
  if (conditions === null && !/\b(or|not)\b|\(/i.test(filter)) {
    throw fault("invalid_expression", "an operator or the end was expected here", "compare a field with a value, such as domain = 'health'", { column: Math.max(1, filter.trimEnd().length) });
  }
  const unknown = conditions?.find((one) => !(one.field in FIELDS));
  if (unknown) throw fault("unknown_field", `there is no field ${unknown.field}; the nearest is domain`, "choose one from the list of fields", { column: filter.indexOf(unknown.field) + 1 });
  if (TOTAL > 200_000 || (!filter && !find)) return null;
  const all = Array.from({ length: TOTAL }, (_, i) => i);
  const words = find.toLowerCase();
  return all.filter((i) => (conditions ?? []).every((one) => holds(one, i)) && (!find || `${made(i).exchange.prompt} ${made(i).exchange.response}`.toLowerCase().includes(words)));
}

function rows(view: number, offset: number, limit: number): SampleRow[] {
  const chosen = views.get(view) ?? null;
  const end = Math.min(chosen?.length ?? TOTAL, offset + Math.min(200, limit));
  return Array.from({ length: Math.max(0, end - offset) }, (_, i) => rowOf(chosen ? chosen[offset + i]! : offset + i, offset + i + 1));
}

export function classOf(origin: Origin) {
  return ({ human: "human_authored", mixed: "model_assisted", machine: "synthetic", unknown: "unknown" } as const)[origin];
}

function detail(index: number): SampleDetail {
  const one = made(index);
  const { exchange, origin, confidence, tokens, copies, verdict, source, license } = one;
  const rtl = exchange.language === "ar";
  const response: Origin = origin === "mixed" ? "machine" : origin;
  const opinions = mockOpinions(index, exchange.language, exchange.domain, source);
  const dimensions = [["domain", exchange.domain], ["language", exchange.language], ["source", source], ["license", license], ["intent", FIELDS.intent!(index)], ["collected_at", "2026-04-19"]].filter(([, value]) => value) as [string, string][];
  return {
    sample: index + 1, digest: digest(index), id: `case-${88_120 + index}`, dataset: "praxis-instruct", snapshot: 7, path: `${exchange.domain}/${source}.jsonl`, line: index + 1, place: `line ${(index + 1).toLocaleString("en")}`,
    parts: index % 401 === 7 ? [] : [
      { role: "prompt", text: exchange.prompt, origin: origin === "machine" ? "machine" : origin === "unknown" ? "unknown" : "human", source_class: "human_authored", confidence, tokens: Math.round(tokens * 0.3), rtl },
      { role: "response", text: exchange.response, origin: response, source_class: classOf(response), confidence, tokens: tokens - Math.round(tokens * 0.3), rtl },
    ],
    evidence: [...evidenceOf(one, index), ...styleEvidence(opinions)], opinions, history: historyOf(one, index), contradicts: [], derivation: origin === "machine" && index % 4 === 0 ? { depth: 2, cyclic: false, parents: [`case-${88_119 + index}`] } : null, conflict: index % 97 === 0, origin, source_class: classOf(origin), confidence, tokens, characters: exchange.prompt.length + exchange.response.length, dimensions,
    detected_language: exchange.language, exact_copies: index % 5 === 0 && copies > 1 ? 1 : 0, cluster: copies > 1 ? 1 + (index % 184) : null, cluster_size: copies, verdict, gold: verdict === "approve" && index % 3 === 0, bulk: bulkOf(digest(index)),
    stale: index % 401 === 7 ? fault("source_changed", "line 8 no longer holds what was indexed: its digest differs", "index the folder again to make a new snapshot", { path: `${exchange.domain}/${source}.jsonl`, line: index + 1 }) : null,
  };
}

function counted(field: string): ClassCount[] {
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.min(TOTAL, 2_480); i++) {
    const value = FIELDS[field]!(i);
    if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ class: name, count })).sort((a, b) => b.count - a.count).slice(0, 50);
}

const NUMERIC = ["style_score", "confidence", "tokens", "characters", "cluster", "snapshot"];

export const sampleCommands = {
  async samples_open({ filter, find }: { filter: string; find: string }): Promise<SamplesView> {
    await later(24);
    if (option("state") === "error") throw fault("workspace_damaged", "the index could not be read: page 412 is damaged", "close Assay and run assay doctor; the ledger is not affected");
    const chosen = option("state") === "empty" ? [] : select(filter, find);
    const view = next++;
    views.set(view, chosen);
    return { view, rows: rows(view, 0, 200), total: chosen ? chosen.length : TOTAL, elapsed_ms: 18.4 };
  },
  async samples_summary({ view }: { view: number }): Promise<SamplesSummary> {
    await later(60);
    const chosen = views.get(view) ?? null;
    const by: [number, number, number, number] = [0, 0, 0, 0];
    const size = chosen?.length ?? TOTAL;
    const seen = Math.min(size, 5_000);
    let tokens = 0;
    for (let i = 0; i < seen; i++) {
      const one = made(chosen ? chosen[i]! : i);
      by[["human", "mixed", "machine", "unknown"].indexOf(one.origin)]! += 1;
      tokens += one.tokens;
    }
    const scale = seen ? size / seen : 1;
    return { samples: size, tokens: Math.round(tokens * scale), by_origin: by.map((n) => Math.round(n * scale)) as [number, number, number, number] };
  },
  async samples_rows({ view, offset, limit }: { view: number; offset: number; limit: number }): Promise<RowsPage> {
    await later(30);
    return { offset, rows: rows(view, offset, limit), elapsed_ms: 12.7 };
  },
  samples_close({ view }: { view: number }): null {
    views.delete(view);
    return null;
  },
  async sample_detail({ sample }: { sample: number }): Promise<SampleDetail> {
    await later(12);
    return detail(sample - 1);
  },
  fields(): FieldInfo[] {
    return Object.keys(FIELDS).map((name) => ({ name, kind: NUMERIC.includes(name) ? "number" : "text", values: NUMERIC.includes(name) ? [] : counted(name) }));
  },
};
