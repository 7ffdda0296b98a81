// A workspace in which people, queues, rubrics, verdicts, gold, results and cards are named by an attacker. Everything the command line can make is made by it.
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { image, MAP, NAMES, WALL_COUNT, writeDataset } from "./dataset.js";

export const LEAD = `Ilse ${image(9400)}`;
export const EXPERTS = [`Ada \u202e${image(9401)}`, `"><script>__ran(9402)</script> Ben`];
export const QUEUE = `queue ${image(9410)}`;
export const RUBRIC = `rubric-${image(9411)}`;
export const CONTRACT = `gate ${image(9412)}`;
export const POLICY = `name = ${JSON.stringify(`policy ${image(9413)}`)}\nseed = 3\nexclude = ${JSON.stringify(`domain = '${image(9100)}'`)}\n[duplicates]\nnear = 2\n`;
export const WALLS = `walls ${image(9416)}`;
export const RUN = `run ${image(9414)}`;

const REASONS = [`wrong ${image(9420)}`, "pay \u202e001 out", "z" + "\u0301".repeat(3_000), "__proto__"];
const LABELS = [image(9421), "W".repeat(900), "\u200bhidden", "constructor"];

const quoted = (text) => JSON.stringify(text);
const list = (texts) => `[${texts.map(quoted).join(", ")}]`;

const rubric = () => `name = ${quoted(RUBRIC)}
exclude_reasons = ${list(REASONS)}
labels = ${list(LABELS)}
[[criterion]]
id = "harm"
name = ${quoted(`criterion ${image(9422)}`)}
guidance = ${quoted(`1: ${image(9423)} 2: \u202ebackwards 3: <b>bold</b>`)}
max = 4
`;

const contract = () => `name = ${quoted(CONTRACT)}
[provenance]
unit = "tokens"
max_machine_share = 0.01
[[provenance.cap]]
where = ${quoted(`domain = '${image(9100)}'`)}
max_machine_share = 0.0
[duplication]
max_near_rate = 0.0
[[coverage.floor]]
dimension = "intent"
min_count = 9
[[coverage.floor]]
dimension = "domain"
min_count = 9999
[gold]
max_leaked = 0
`;

const lines = (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** Makes the workspace with the command line. Returns the corpus, and where the files lie that the window is given later. */
export function furnish(application, { remote }) {
  const files = join(application.home, "files");
  const data = join(application.home, "sources");
  const workspace = join(application.home, "home/workspaces", `Work ${image(9430)}.assay`);
  for (const folder of [files, workspace]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = (name, text) => {
    const path = join(files, name);
    writeFileSync(path, text);
    return path;
  };
  const assay = (...words) => application.assay(...words, "--quiet");
  const json = (...words) => JSON.parse(assay(...words, "--json"));
  const map = file("map.toml", MAP);

  const all = writeDataset(data, { remote });
  assay("index", join(data, "__proto__"), "--dataset", NAMES.other, "--map", map);
  assay("index", data, "--dataset", NAMES.dataset, "--map", map);
  writeDataset(data, { remote, grown: true });
  assay("index", data, "--dataset", NAMES.dataset, "--map", map);

  assay("person", "add", LEAD, "--role", "lead");
  for (const name of EXPERTS) assay("person", "add", name, "--role", "expert", "--actor", LEAD);
  assay("rubric", "add", file("rubric.toml", rubric()), "--actor", LEAD);
  const queue = (name, ...more) => assay("queue", "create", "--name", name, "--dataset", NAMES.dataset, "--rubric", `${RUBRIC}@1`, "--actor", LEAD, ...more);
  queue(QUEUE, "--where", `domain = '${image(9100)}' or domain = '__proto__'`, "--size", "12", "--reviewers", "2", "--open");
  queue(`own ${image(9415)}`, "--size", "40");
  queue(`sent ${image(9417)}`, "--size", "5");
  queue(WALLS, "--where", "intent = 'walls'", "--size", String(WALL_COUNT));

  const drawn = json("queue", "show", QUEUE).items.map(({ digest }) => digest);
  const answers = (verdict) => file("answers.jsonl", lines(drawn.map((sample, index) => answer(sample, verdict(index), index))));
  assay("decide", "--queue", QUEUE, "--actor", EXPERTS[0], answers(() => "approve"));
  assay("decide", "--queue", QUEUE, "--actor", EXPERTS[1], answers((index) => (index < 4 ? "exclude" : "approve")));
  const pack = join(files, `pack ${image(9431)}.assaypack`);
  assay("queue", "pack", `sent ${image(9417)}`, "--for", EXPERTS[0], "--out", pack, "--actor", LEAD);

  assay("evidence", "add", file(`evidence ${image(9432)}.jsonl`, lines(drawn.map(evidence))), "--actor", LEAD);
  for (const dataset of [NAMES.other, NAMES.dataset]) assay("report", "--dataset", dataset);
  promote(assay, drawn.slice(4, 10));
  for (const [index, generation] of ["gen1", "gen3"].entries()) bringResults(assay, file(`${generation} ${image(9433)}.jsonl`, ""), all, index);
  for (const [index, section] of SECTIONS.entries()) assay("card", "write", "--dataset", NAMES.dataset, "--section", section, "--text", all.slice(index * 40, index * 40 + 40).map(({ text }) => text.slice(0, 400)).join("\n\n"), "--actor", LEAD);
  return { all, drawn, files, data, workspace, pack, json, assay, map, contract: file(`contract ${image(9434)}.toml`, contract()) };
}

const SECTIONS = ["purpose", "out_of_scope", "creator", "rights", "collection", "biases", "personal_data", "maintenance"];

/** Some of what both experts approved becomes gold, and is frozen; the rest stay candidates. */
function promote(assay, approved) {
  for (const [index, sample] of approved.entries()) assay("gold", "promote", sample, "--reason", `rare ${image(9450 + index)}`, "--actor", LEAD);
  assay("gold", "freeze", "--reason", `frozen ${image(9449)}`, "--actor", LEAD);
}

function bringResults(assay, path, all, generation) {
  writeFileSync(path, lines(all.map(({ number }) => ({ id: String(number), loss: 2 + (number % 7) / 10 + generation, correct: number % 3 === 0, confidence: 0.5 + (number % 5) / 10, [image(9435)]: image(9436) }))));
  assay("results", "add", path, "--run", `${RUN} ${generation}`, "--dataset", NAMES.dataset, "--model", `model ${image(9437)}`, "--checkpoint", "\u202e0003", "--trained-on", `<b>${image(9438)}</b>`);
}

function evidence(sample, index) {
  return { sample, kind: "watermark", origin: "human", confidence: 0.9, source: `manifest ${image(9460 + index)}`, value: "\u202ec2pa", generator: MODEL, model: MODEL, prompt_ref: `"><svg onload=__ran(9470)>`, generated_at: "<b>2026</b>" };
}

const MODEL = `m ${image(9471)}`;

function answer(sample, verdict, index) {
  return { sample, verdict, reason: verdict === "exclude" ? REASONS[index % REASONS.length] : "", labels: [LABELS[index % LABELS.length]], rubric: { harm: 1 + (index % 4) }, origin: "human", confidence: "high", note: `note ${image(9440 + index)} \u202egnp` };
}

/** A UUIDv7, as the window makes one for every entry. */
export function entryId() {
  const hex = Date.now().toString(16).padStart(12, "0") + randomBytes(10).toString("hex");
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-7$3-8$4-$5");
}

/** What only the window can make: slices, an incident, tags and routes. */
export async function addByWindow(window, { drawn }) {
  const selection = { dataset: NAMES.dataset, snapshot: 2, filter: `domain = '${image(9100)}'`, picked: null, left_out: [] };
  const acts = {
    slice_define: { slice: { name: `slice ${image(9480)}`, filter: `domain = '${image(9100)}'`, tier: "high_stakes", blurred: false }, reason: `because ${image(9481)}` },
    incident_report: { title: `incident ${image(9482)} \u202e`, text: `asked <script>__ran(9483)</script> and answered z${"\u0301".repeat(500)}`, sample: null, happened: "2026-01-02", severity: "high" },
    bulk_act: { selection, act: "tag", word: `tag ${image(9484)} \u202e`, reason: `why ${image(9485)}` },
  };
  const faults = [];
  for (const [command, request] of Object.entries(acts)) {
    const { fault } = await window.invoke(command, { request: { ...request, entry: entryId() } });
    if (fault) faults.push(`${command}: ${JSON.stringify(fault)}`);
  }
  const routed = await window.invoke("bulk_act", { request: { selection: { ...selection, filter: "", picked: drawn.slice(0, 3) }, act: "route", word: EXPERTS[1], reason: `asks ${image(9486)}`, entry: entryId() } });
  if (routed.fault) faults.push(`route: ${JSON.stringify(routed.fault)}`);
  if (faults.length > 0) throw new Error(faults.join("\n"));
}
