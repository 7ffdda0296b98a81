// The main journey: from a folder to gold and a card, by a person who starts with nothing, and a restart at the end.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { readFileSync } from "node:fs";
import { Application, sample } from "../harness/application.js";
import { until } from "../harness/processes.js";

const planted = JSON.parse(readFileSync(join(sample, "planted.json"), "utf8"));
const application = new Application({ answers: [join(sample, "data"), join(sample, "assay-map.toml")] });
let window;
let digest;

const number = (text) => Number(text.replaceAll(/[^0-9]/g, ""));
const count = (value) => new RegExp(String(value).replace(/(\d)(?=(\d{3})+$)/g, "$1[,\\u202f\\u00a0 ]?"));

let broken = null;

/** A step of the journey: what comes after a broken one cannot be tried. */
function step(name, options, body = options) {
  test(name, typeof options === "object" ? options : {}, async () => {
    assert.equal(broken, null, "an earlier step failed");
    broken = name;
    await body();
    broken = null;
  });
}

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(() => application.end());

step("the first screen says what will happen, and nothing is open", async () => {
  await window.says("What is your data made of?");
  await window.get("button", "Open the sample");
  await window.pictures("first-run");
});

step("a chosen folder makes a workspace and shows its fields before anything is indexed", async () => {
  await window.press("button", "Choose a folder…");
  await window.get("heading", "Fields", { exact: true });
  await window.says("Nothing is indexed yet");
  await window.press("button", "Use a map file…");
  await window.says("by the map");
  await window.pictures("mapping");
});

step("it is indexed while one watches, and seen is indexed plus quarantined", { timeout: 300_000 }, async () => {
  await window.write("Dataset", "sample");
  await window.press("button", "Index with this map");
  await window.says(/Index(ing|ed)|Overview/);
  await window.picture("indexing");
  await window.says(/Open the overview|machine share/i, 240_000);
  if (await window.has("button", "Open the overview")) await window.press("button", "Open the overview");
  const main = await window.get("region", "Overview", { exact: true });
  await window.says(count(planted.samples.indexed), 60_000);
  assert.ok(await main.isDisplayed());
  await window.pictures("overview");
});

step("a filter shows the samples of the report", async () => {
  await window.go("Samples");
  await window.says(count(planted.samples.indexed));
  await window.press("button", "As text");
  await window.write("Filter as text", "domain = 'health' and origin = 'human'");
  await window.press("button", "Apply");
  const wanted = planted.domain_origin["health human"];
  await window.says(new RegExp(`${wanted}\\s+samples`));
  const rows = await window.all("row");
  await rows[Math.min(3, rows.length - 1)].click();
  await window.says(/Evidence/i);
  await window.pictures("samples");
});

step("duplicates, coverage and the quarantine show what was planted", async () => {
  await window.go("Duplicates");
  await window.says(count(planted.duplication.near.clusters));
  await window.pictures("duplicates");
  await window.go("Coverage");
  await window.says(/intent/i);
  await window.pictures("coverage");
});

step("someone says who they are, and draws a queue from a slice", async () => {
  await window.press("button", "Choose who you are");
  await window.write("Name", "Ilse Marchetti");
  await window.press("button", "Continue");
  await window.says("Ilse Marchetti");
  await window.go("Review");
  await window.press("button", "New queue");
  await window.get("heading", "New queue", { exact: true });
  await window.write("Name", "Health, English");
  await window.write("Samples", "domain = 'health' and origin = 'human' and language = 'en'");
  await window.write("Size", "20");
  await window.says(/of \d+/);
  await window.pictures("queue");
  await window.press("button", "Draw and freeze", { wait: 20_000 });
  await window.says(/1\s+of\s+20/);
});

/** The number of the last entry known to be on disk. */
async function saved() {
  const [, entry] = await window.says(/Saved #([\d,.\u202f\u00a0]+)/);
  return number(entry);
}

step("ten samples are reviewed by keyboard, each saved before the next is asked for", { timeout: 120_000 }, async () => {
  await window.pictures("review");
  let last = await saved();
  const verdicts = ["a", "a", "u", "a", ["x", "1"], "a", "s", "a", "a", "u"];
  for (const [place, keys] of verdicts.entries()) {
    await window.settled();
    for (const key of [keys].flat()) {
      await window.key(key);
      if (key === "x") {
        await window.says(/reason/i);
        await window.pictures("exclude");
      }
    }
    await window.says(new RegExp(`${place + 2}\\s+of\\s+20`));
    const now = await saved();
    assert.ok(now >= last, `#${now} after #${last}`);
    last = now;
  }
  await window.says(/10/);
  const entries = application.assay("log").trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(entries.length >= 10, `${entries.length} entries`);
});

step("one answer is taken back, and given again", async () => {
  await window.settled();
  await window.key("z");
  await window.says(/10\s+of\s+20/);
  await window.settled();
  await window.key("u");
  await window.says(/11\s+of\s+20/);
  await window.pictures("review-under-way");
});

step("an approved sample is promoted with a reason and stands in Gold", async () => {
  await window.go("Gold");
  await window.says(/Candidates\s+\d+/);
  await window.press("radio", "Ready").catch(() => {});
  await window.write("Reason", "clear, rare and well told");
  await window.pictures("gold-candidate");
  await window.press("button", "Promote");
  await window.says(/1\s+member/);
  await window.press("radio", "Members 1");
  await window.says("clear, rare and well told");
  await window.pictures("gold");
  [digest] = application.assay("gold", "list", "--json").match(/sha256:[0-9a-f]{64}/);
});

step("the card is drafted and every act stands in Activity", async () => {
  await window.go("Card");
  await window.says(/Draft, unsigned/);
  await window.pictures("card");
  await window.press("radio", "README.md");
  await window.says("license:");
  await window.go("Activity");
  await window.says(/Whole: /);
  await window.says("Ilse Marchetti");
  await window.pictures("activity");
});

step("a contract is chosen, its gates are measured, and what fails can be opened", { timeout: 120_000 }, async () => {
  await window.go("Gates");
  await window.pictures("contract");
  await window.press("button", "high stakes");
  await window.says(/fail/);
  await window.pictures("gates");
  await window.go("Overview");
  await window.says(/Warning signs/);
  await window.pictures("overview-gates");
  await window.go("Activity");
  await window.says(/Whole: /);
});

/** Where the reviewer is in the queue of twenty. */
async function position() {
  const [, place] = await window.says(/(\d+)\s+of\s+20/);
  return Number(place);
}

step("after a restart everything is as it was", { timeout: 120_000 }, async () => {
  const before = await saved();
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
  await application.close();
  window = await application.open();
  // The same view, the same person, the same last entry.
  await window.get("region", "Activity", { exact: true });
  await window.says("Ilse Marchetti");
  await window.says(/Whole: /);
  assert.equal(await saved(), before);
  await window.go("Overview");
  await window.says(count(planted.samples.indexed));
  await window.go("Gold");
  await window.says(/1\s+member/);
  assert.ok(application.assay("gold", "list", "--json").includes(digest));
  await window.go("Review");
  await position();
  // Nine answers of twenty: the skipped one is still open.
  await window.says(/11 left/);
});

step("kill -9 while reviewing loses nothing that was acknowledged", { timeout: 180_000 }, async () => {
  await window.settled();
  const at = await position();
  const before = await saved();
  await window.key("u");
  await until("the answer is saved", async () => (await saved()) > before);
  const acknowledged = await saved();
  assert.notEqual(await position(), at);
  await window.settled();
  await window.key("a");
  await application.kill();
  window = await application.open();
  assert.ok((await saved()) >= acknowledged);
  await window.go("Activity");
  await window.says(/Whole: /);
  const entries = application.assay("log").trim().split("\n").map((line) => JSON.parse(line));
  assert.ok(entries.some((entry) => entry.seq === acknowledged), `#${acknowledged} is in the ledger`);
  application.assay("verify");
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
});
