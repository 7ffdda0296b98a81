// Every view, in both themes, looked at by axe-core: nothing serious, nothing critical.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Application } from "../harness/application.js";
import { become } from "../harness/lead.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RAIL = ["Overview", "Samples", "Duplicates", "Coverage", "Review", "Adjudicate", "Gold", "Gates", "Card", "Activity"];
const PALETTE = ["New queue", "Packs", "Rubrics", "How far reviewers agree", "Compare snapshots", "Trends of the warning signs", "Look for a reference", "Sources and writing style", "Results", "Quarantined records", "Settings"];

const application = new Application();
let window;

before(async () => {
  window = await application.open();
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await become(window, "Ilse Marchetti");
}, { timeout: 400_000 });
after(() => application.end());

/** What axe finds in the page as it is: each rule with the places it is broken at. */
async function findings() {
  await window.run(`if (!window.axe) { ${AXE} }`);
  await window.run("window.__axe = null; axe.run(document, { resultTypes: ['violations'], rules: { 'region': { enabled: false } } }).then((found) => { window.__axe = found.violations.filter((one) => ['serious', 'critical'].includes(one.impact)).map((one) => one.id + ': ' + one.nodes.slice(0, 4).map((node) => node.target.join(' ') + ' | ' + node.html.slice(0, 120)).join('; ')); }, (error) => { window.__axe = [String(error)]; });");
  for (let wait = 0; wait < 600; wait++) {
    const found = await window.run("return window.__axe");
    if (found) return found;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("axe did not end");
}

async function inBothThemes() {
  const found = {};
  for (const theme of ["dark", "light"]) {
    await window.run("document.documentElement.dataset.theme = arguments[0]", theme);
    await window.settled();
    found[theme] = await findings();
  }
  return found;
}

const NOTHING = { dark: [], light: [] };

for (const view of RAIL) {
  test(`${view} says what it is to everyone`, { timeout: 180_000 }, async () => {
    await window.go(view);
    assert.deepEqual(await inBothThemes(), NOTHING);
  });
}

for (const command of PALETTE) {
  test(`${command} says what it is to everyone`, { timeout: 180_000 }, async () => {
    await window.key("Ctrl", "k");
    await window.get("option", null);
    await window.type(command);
    await window.settled();
    await window.key("Enter");
    await window.settled();
    assert.deepEqual(await inBothThemes(), NOTHING);
  });
}

test("About says to everyone what holds for the process that reads data, as the doctor does", { timeout: 180_000 }, async () => {
  await window.command("About Assay");
  await window.says(/opens no connection and starts no program/, 60_000);
  const doctor = application.assay("doctor");
  for (const rule of ["reads only the folders of its files and writes none", "opens no connection and starts no program", "memory, processor time and file sizes are limited"]) {
    assert.equal((await window.text()).includes(`${rule}: not on this machine`), doctor.includes(`${rule}: not on this machine`), rule);
  }
  assert.deepEqual(await inBothThemes(), NOTHING);
  await window.pictures("about");
  await window.key("Esc");
});

test("a queue that is being read, and a dialog over it, say what they are to everyone", { timeout: 180_000 }, async () => {
  await window.go("Review");
  await window.press("button", "New queue");
  await window.write("Name", "Looked at");
  await window.write("Size", "5");
  await window.press("button", "Draw and freeze", { wait: 30_000 });
  await window.says(/1\s+of\s+5/);
  assert.deepEqual(await inBothThemes(), NOTHING);
  await window.key("?");
  await window.says(/Keys/);
  assert.deepEqual(await inBothThemes(), NOTHING);
});
