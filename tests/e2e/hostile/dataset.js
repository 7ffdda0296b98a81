// A dataset that attacks its reader in every field a record, a file or a map can bring to the screen.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { corpus, randomness } from "./payloads.js";

/** A name that would run if it were taken for markup. Numbers from 9,000 on are names; below, texts of the corpus. */
export const image = (number) => `<img src=x onerror=__ran(${number})>`;
const drawing = (number) => `"><svg/onload=__ran(${number})>`;

export const NAMES = {
  dataset: `set ${image(9000)}`,
  other: `other ${image(9001)}`,
  textField: `text ${image(9002)}`,
  textRole: `role_${image(9003)}`,
  dimension: `kind ${drawing(9004)}`,
  dimensionField: `<b>${image(9005)}`,
};

/** Values that a few records share, so that they become rows and columns of tables and classes of charts. */
const DOMAINS = [image(9100), drawing(9101), "pay \u202e001", "{{constructor.constructor('__ran(9103)')()}}", `z${"\u0301".repeat(2_000)}z`, "__proto__", "a\u200bb", "javascript:__ran(9107)"];
const LANGUAGES = ["en", image(9110), "__proto__", "x-\u202eklingon", "<b>de</b>"];
const SOURCES = [image(9120), drawing(9121), "line\nbreak", "\u001b[31mred", "constructor", "W".repeat(600), "../../etc/passwd", "' or '1'='1"];
const LICENSES = [image(9130), "CC-BY\u202e", "=HYPERLINK(\"x\")", "[press](javascript:__ran(9133))"];
const MODELS = [image(9140), "gpt\u202e4", drawing(9142), "toString"];

/** File names that this system takes but a page, a log or a reader of paths may not. Two are not UTF-8. */
const FILES = [
  Buffer.from(`${image(9200)}.jsonl`), Buffer.from("line\nbreak.jsonl"), Buffer.from("gnp.\u202elnosj.jsonl"), Buffer.concat([Buffer.from("raw "), Buffer.from([0xff, 0xfe, 0x3c, 0x62, 0x3e]), Buffer.from(".jsonl")]),
  Buffer.from("'\";$(id)`&.jsonl"), Buffer.from("-rf --help.jsonl"), Buffer.from(`${"\u0301".repeat(60)}marks.jsonl`), Buffer.from("\u001b[2Jcleared.jsonl"),
];
const FOLDERS = [`"><svg onload=__ran(9210)>`, "__proto__"];

/** Sentences long enough to be near-duplicates of each other, each with a payload in the middle. */
const STORY = "The nurse wrote down which spacer the child had used, how often it was washed, and what the mother said about the mornings when breathing was hardest; then she asked for";

export const MAP = `
id = "id"
parent = "made_from"
[[part]]
field = ${JSON.stringify(NAMES.textField)}
role = ${JSON.stringify(NAMES.textRole)}
[[part]]
field = "messages"
role = "turn"
[dimensions]
domain = "domain"
language = "language"
source = "source"
license = "license"
collected_at = "collected_at"
intent = "intent"
${JSON.stringify(NAMES.dimension)} = ${JSON.stringify(NAMES.dimensionField)}
[[provenance]]
when = "model is not null"
source_class = "synthetic"
generator = "field:model"
prompt_ref = "field:reference"
[[provenance]]
when = "domain is not null"
source_class = "human_authored"
`;

function record(payload, pick, all) {
  const of = (list) => list[pick(list.length)];
  const other = all[pick(all.length)];
  const machine = pick(4) === 0;
  return {
    id: pick(9) === 0 ? `${payload.number} ${other.text.slice(0, 200)}` : String(payload.number),
    [NAMES.textField]: payload.text,
    messages: [{ role: `user ${image(9300 + pick(8))}`, content: `${STORY} help with number ${payload.number}: ${other.text}` }],
    domain: of(DOMAINS), language: of(LANGUAGES), source: of(SOURCES), license: of(LICENSES), collected_at: pick(5) === 0 ? other.text.slice(0, 80) : "2024-02-30",
    intent: all[pick(60)].text.slice(0, 160), [NAMES.dimensionField]: other.text.slice(0, 160), made_from: String(pick(all.length)),
    ...(machine ? { model: of(MODELS), reference: other.text.slice(0, 200) } : {}),
    [other.text.slice(0, 100)]: payload.text.slice(0, 100),
  };
}

/** Samples that hold many payloads each, a paragraph for every one, so that all of them are read in full. */
const WALL = 60;
export const WALL_COUNT = 9;

function walls(all) {
  const short = all.filter(({ kind }) => kind !== "long");
  return Array.from({ length: WALL_COUNT }, (_, index) => JSON.stringify({
    id: `wall ${index}`, [NAMES.textField]: short.slice(index * WALL, (index + 1) * WALL).map(({ text }) => text).join("\n\n"), domain: DOMAINS[index % DOMAINS.length], language: "en", source: SOURCES[index % SOURCES.length], intent: "walls",
  }));
}

/** A line that is no record, so that its excerpt is quarantined and shown. */
const broken = (payload) => `{"broken": ${JSON.stringify(payload.text.slice(0, 150))}, oops ${payload.text.slice(0, 60).replaceAll(/[\r\n]/g, " ")}`;


/** Writes the dataset below `folder`; `grown` is what a later snapshot has. Returns the corpus that was planted. */
export function writeDataset(folder, { remote, grown = false }) {
  const all = corpus({ remote });
  const pick = randomness(41);
  rmSync(folder, { recursive: true, force: true });
  for (const name of FOLDERS) mkdirSync(join(folder, name), { recursive: true });
  const files = FILES.map((name, index) => ({ path: Buffer.concat([Buffer.from(`${folder}/${FOLDERS[index % 3] ?? "."}/`), name]), lines: [] }));
  all.forEach((payload, index) => files[index % files.length].lines.push(JSON.stringify(record(payload, pick, all))));
  files[2].lines.push(...walls(all));
  // One text four times, and copies of one story, so that there is something to compare.
  files[0].lines.push(...[1, 2, 3].map(() => files[0].lines[0]));
  files.forEach((file, index) => file.lines.push(broken(all[index * 7])));
  if (grown) files[1].lines.push(...Array.from({ length: 20 }, (_, index) => JSON.stringify({ ...record(all[index], pick, all), [NAMES.textField]: `Later: ${all[index].text}` })));
  else files.push({ path: `${folder}/${image(9212).replaceAll("/", "")} gone.jsonl`, lines: all.slice(0, 20).map((payload) => JSON.stringify({ ...record(payload, pick, all), [NAMES.textField]: `Gone: ${payload.text}` })) });
  for (const { path, lines } of files) writeFileSync(path, `${lines.join("\n")}\n`);
  writeFileSync(join(folder, `notes ${image(9211).replaceAll("/", "")}.bin`), Buffer.from([0, 1, 2, 3, 255]));
  return all;
}
