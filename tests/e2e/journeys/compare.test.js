// Two snapshots in the real window: every count that is pressed lists as many samples as it says.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Application, sample } from "../harness/application.js";

const application = new Application();
const workspace = join(application.home, "home/workspaces/Two.assay");
const data = join(application.home, "data");
let window;
let compared;

const number = (text) => Number(text.replaceAll(/[^0-9]/g, ""));
const all = (by) => by.human + by.mixed + by.machine + by.unknown;

/** Two snapshots of the bundled sample: in the second, one file is gone and another has three records more. */
function twoSnapshots() {
  mkdirSync(workspace, { recursive: true, mode: 0o700 });
  cpSync(join(sample, "data"), data, { recursive: true });
  const index = () => application.assay("index", data, "--dataset", "sample", "--map", join(sample, "assay-map.toml"), "--quiet");
  index();
  const files = new Set(application.assay("samples").trim().split("\n").map((line) => JSON.parse(line).path));
  const lines = [...files].filter((path) => path.endsWith(".jsonl")).sort((a, b) => statSync(join(data, a)).size - statSync(join(data, b)).size);
  assert.ok(lines.length >= 2, "the sample has files of lines");
  rmSync(join(data, lines[0]));
  const grown = join(data, lines[1]);
  const records = readFileSync(grown, "utf8").trimEnd().split("\n");
  const more = [1, 2, 3].map((each) => records[0].replace(/"([^"]{40,})"/, `"Added in the second snapshot, number ${each}: $1"`));
  assert.notEqual(more[0], records[0], "a record with a long text");
  writeFileSync(grown, `${[...records, ...more].join("\n")}\n`);
  index();
}

before(async () => {
  twoSnapshots();
  compared = JSON.parse(application.assay("compare", "sample@1", "sample@2", "--json", "--quiet"));
  writeFileSync(join(application.home, "answers"), `${workspace}\n${join(application.home, "chart.svg")}\n`);
  window = await application.open();
}, { timeout: 300_000 });
after(() => application.end());

/** Presses a count and reads how many samples the grid then has. */
async function opens(name) {
  await window.press("button", name);
  await window.get("region", "Samples", { exact: true });
  const [, total] = await window.says(/^([\d,\u202f\u00a0 ]+)\s+samples?, /m);
  return number(total);
}

async function back() {
  await window.key("Alt", "\ue012");
  await window.get("region", "Compare", { exact: true });
  await window.says("What changed");
}

test("the workspace opens, and its signs have moved", { timeout: 120_000 }, async () => {
  await window.press("button", "Open a workspace");
  await window.get("region", "Overview", { exact: true, wait: 60_000 });
  await window.says(/Warning signs/);
  await window.press("button", "compare", { exact: true, wait: 60_000 });
  await window.get("region", "Compare", { exact: true });
  await window.says("What changed", 60_000);
  await window.pictures("compare");
});

for (const [fate, name] of [["left_out", "Left out: "], ["kept", "Kept: "], ["added", "Added: "]]) {
  test(`${name}the number pressed is the number listed`, { timeout: 120_000 }, async () => {
    assert.equal(await opens(name), all(compared.samples[fate]), fate);
    await back();
  });
}

test("a chart is saved where the dialog says", { timeout: 60_000 }, async () => {
  await window.press("button", "Export What changed");
  await window.press("menuitem", "Save the picture…");
  await window.says(/saved as chart\.svg/);
  const file = join(application.home, "chart.svg");
  assert.ok(existsSync(file));
  assert.match(readFileSync(file, "utf8"), /^<svg /);
});

test("every sign is followed, and a point opens what is behind it", { timeout: 120_000 }, async () => {
  await window.press("button", "Trends", { exact: true });
  await window.get("region", "Trends", { exact: true });
  await window.says(/Human tokens/, 60_000);
  for (const sign of ["Machine share", "Unknown share", "Near-duplicates", "Compression ratio", "Heaps", "Tail retention"]) await window.says(new RegExp(sign));
  await window.pictures("trends");
});

test("a long answer left no complaint of the page's own rules", async () => {
  assert.deepEqual(await window.complaints(), []);
});
