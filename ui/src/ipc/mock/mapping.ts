/// The mapping screen without a backend: fourteen fields, six records, and what a changed map would do.
import type { FieldMap, FieldPreview, MappingPreview, MappingRequest, Origin, RecordPreview, RulePreview } from "../types";
import { later } from "./options";

const RECORDS: Record<string, string | null>[] = [
  { id: "cf-88231", title: "Two new tablets, which old ones stop?", prompt: "My mother, 81, was discharged on Friday with two new tablets and nobody wrote down which of the old ones stop. Whom do I ring at the weekend?", reply: "Ring the ward’s discharge pharmacist first. The number is on the letter. Until you have spoken, keep to the new list and set the old boxes aside.", mod_note: "dup of cf-87790? left open, mk", topic: "health", lang: "en", icd10: "Z79.8", posted: "2026-08-14", posted_by: "member", reply_by: "nurse", model: null, tox: "0.02", "thread.url": "https://careforum.example/88231" },
  { id: "cf-88232", title: "Ibuprofen und Apixaban", prompt: "Darf ich Ibuprofen nehmen, wenn ich wegen Vorhofflimmerns Apixaban bekomme?", reply: "Bitte nicht ohne Rücksprache. Beide zusammen erhöhen das Blutungsrisiko deutlich.", mod_note: null, topic: "pharmacy", lang: "de", icd10: "I48.9", posted: "2026-08-15", posted_by: "member", reply_by: "nurse+model", model: null, tox: "0.01", "thread.url": "https://careforum.example/88232" },
  { id: "cf-88233", title: "فصل شفهي بلا إشعار", prompt: "فصلني صاحب العمل شفهيًا دون إشعار مكتوب بعد ست سنوات من الخدمة. هل يحق لي التعويض؟", reply: "الأصل أن العقد غير محدد المدة لا يُنهى إلا بإشعار مكتوب، فإن أُنهي دونه استحق العامل أجر مدة الإشعار.", mod_note: null, topic: "legal", lang: "ar", icd10: null, posted: "2026-08-15", posted_by: "member", reply_by: null, model: "orion-2", tox: "0.00", "thread.url": "https://careforum.example/88233" },
  { id: "cf-88234", title: "孕期血糖", prompt: "孕二十八周，空腹血糖五点四，餐后一小时十点二，需要开始用胰岛素吗？", reply: "先调整饮食并记录一到两周，再与产科医生讨论用药。", mod_note: "ok", topic: "health", lang: "zh", icd10: "O24.4", posted: null, posted_by: null, reply_by: null, model: null, tox: "0.01", "thread.url": "https://careforum.example/88234" },
  { id: "cf-88235", title: null, prompt: "Discharge summary: 64F, NSTEMI, two stents to LAD.", reply: "Ticagrelor for twelve months with aspirin, then aspirin alone.", mod_note: null, topic: "health", lang: "en", icd10: "I21.4", posted: "2026-08-16", posted_by: "member", reply_by: "nurse", model: null, tox: "0.03", "thread.url": "https://careforum.example/88235" },
];

const FILLED: Record<string, number> = { id: 1, title: 0.984, prompt: 1, reply: 1, mod_note: 0.689, topic: 1, lang: 1, icd10: 0.412, posted: 0.979, posted_by: 0.937, reply_by: 0.692, model: 0.134, tox: 1, "thread.url": 1 };

const RECOGNISED: FieldMap = {
  id: "id",
  part: [{ field: "title", role: "title" }, { field: "prompt", role: "prompt" }, { field: "reply", role: "response" }, { field: "mod_note", role: "response" }],
  dimensions: { domain: "topic", language: "lang", collected_at: "posted", icd10: "icd10", toxicity: "tox" },
  provenance: [
    { part: "response", when: "model is not null", source_class: "synthetic", generator: "field:model" },
    { part: "response", when: "reply_by = 'nurse'", source_class: "human_authored" },
    { part: "response", when: "reply_by = 'nurse+model'", source_class: "model_assisted" },
    { when: "posted_by = 'member'", source_class: "human_authored" },
  ],
};

function becomes(field: string, map: FieldMap): string {
  if (map.id === field) return "identity";
  const part = map.part?.find((one) => one.field === field);
  if (part) return `part:${part.role}`;
  const dimension = Object.entries(map.dimensions ?? {}).find(([, from]) => from === field);
  if (dimension) return `dimension:${dimension[0]}`;
  return map.provenance?.some((rule) => new RegExp(`\\b${field.replace(".", "\\.")}\\b`).test(`${rule.when} ${rule.generator ?? ""}`)) ? "evidence" : "";
}

const HOW: Record<string, string> = { id: "unique in all", title: "by name", prompt: "by name", reply: "by name and order", mod_note: "guessed, by length", topic: "7 values, 1 new", lang: "detected en in 99.1 %", icd10: "611 classes", posted: "a date in all", posted_by: "rule 4", reply_by: "rules 2 and 3", model: "rule 1", tox: "for gates" };

function fieldOf(field: string, map: FieldMap): FieldPreview {
  const now = becomes(field, map);
  return { field, filled: FILLED[field]!, kind: field === "tox" ? "number" : "text", becomes: now, how: now === becomes(field, RECOGNISED) ? (HOW[field] ?? "") : "by the map", distinct: field === "id" ? 1_000 : 7, values: RECORDS.map((record) => record[field] ?? null) };
}

function originOf(role: string, record: Record<string, string | null>): [Origin, string] {
  if (role === "response" && record.model) return ["machine", "rule 1"];
  if (role === "response" && record.reply_by === "nurse") return ["human", "rule 2"];
  if (role === "response" && record.reply_by === "nurse+model") return ["mixed", "rule 3"];
  return record.posted_by === "member" && role !== "response" ? ["human", "rule 4"] : ["unknown", ""];
}

function recordOf(record: Record<string, string | null>, index: number, map: FieldMap): RecordPreview {
  const parts = (map.part ?? []).flatMap(({ field, role }) => {
    const text = record[field];
    const [origin, decided_by] = originOf(role, record);
    return text ? [{ role, field, text, origin, decided_by }] : [];
  });
  const dimensions = Object.entries(map.dimensions ?? {}).map(([name, field]) => [name, record[field] ?? ""] as [string, string]);
  return { line: 412 + index, parts, dimensions, detected_language: record.lang ?? null, problem: parts.length ? null : "no part holds text" };
}

function rules(map: FieldMap, limit: number): RulePreview[] {
  const share = limit / 2_000;
  const all: RulePreview[] = [
    { number: 1, part: "response", when: "model is not null", origin: "machine", records: 268 },
    { number: 2, part: "response", when: "reply_by = 'nurse'", origin: "human", records: 902 },
    { number: 3, part: "response", when: "reply_by = 'nurse+model'", origin: "mixed", records: 214 },
    { number: null, part: "response", when: "", origin: "unknown", records: 616 },
    { number: 4, part: "prompt, title", when: "posted_by = 'member'", origin: "human", records: 1_873 },
    { number: null, part: "prompt, title", when: "", origin: "unknown", records: 127 },
  ];
  const extra = (map.provenance ?? []).slice(4).map((rule, i): RulePreview => ({ number: 5 + i, part: rule.part ?? "all", when: rule.when ?? "always", origin: "unknown", records: 12 }));
  return [...all, ...extra].map((rule) => ({ ...rule, records: Math.round(rule.records * share) }));
}

function toml(map: FieldMap): string {
  const lines = map.id ? [`id = "${map.id}"`] : [];
  for (const part of map.part ?? []) lines.push("", "[[part]]", `field = "${part.field}"`, `role = "${part.role}"`);
  lines.push("", "[dimensions]", ...Object.entries(map.dimensions ?? {}).map(([name, field]) => `${name} = "${field}"`));
  for (const rule of map.provenance ?? []) lines.push("", "[[provenance]]", ...Object.entries(rule).map(([key, value]) => `${key} = "${value}"`));
  return `${lines.join("\n")}\n`;
}

export const mappingCommands = {
  async mapping_preview(request: MappingRequest): Promise<MappingPreview> {
    await later(120);
    const map = request.map ?? RECOGNISED;
    const limit = request.limit ?? 2_000;
    const few = Object.keys(FILLED).filter((field) => !["mod_note", "tox", "thread.url", "icd10"].includes(field));
    const brief: FieldMap = { ...map, part: map.part?.filter((part) => few.includes(part.field)) ?? [] };
    return {
      dataset: "careforum-uk", files_seen: 14, refused: [{ path: "notes/model.pkl", code: "never_loaded", message: "pickles are never loaded", line: null, remedy: "export the rows as JSON Lines" }],
      shapes: [
        {
          path: "careforum-uk/2026-q3.jsonl", read_as: "JSON Lines", files: 12, records_read: limit, map, map_toml: toml(map), fields: Object.keys(FILLED).map((field) => fieldOf(field, map)), records: RECORDS.map((record, i) => recordOf(record, i, map)),
          rules: rules(map, limit), unknown: [{ what: "license", why: "no field says it", records: limit }, { what: "origin of response", why: "no rule matches", records: Math.round(limit * 0.308) }, { what: "origin of prompt", why: "posted_by is empty", records: Math.round(limit * 0.064) }, { what: "collected_at", why: "posted is empty", records: Math.round(limit * 0.021) }],
          overlaps: 19, quarantined: map.part?.length ? 0 : limit, problem: map.part?.length ? null : "no field is text; choose at least one part",
        },
        {
          path: "casos-clinicos-es/2026.csv", read_as: "CSV, ; and UTF-8", files: 1, records_read: 120, map: brief, map_toml: toml(brief), fields: few.map((field) => fieldOf(field, brief)), records: RECORDS.slice(0, 3).map((record, i) => recordOf(record, i, brief)),
          rules: rules(brief, 120), unknown: [{ what: "license", why: "no field says it", records: 120 }], overlaps: 0, quarantined: 2, problem: null,
        },
      ],
    };
  },
};
