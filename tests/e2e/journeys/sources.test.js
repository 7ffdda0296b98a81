// From a folder to a verdict, to gold, to a card and a release, with every system call watched: no source file is ever opened to be written.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Application, sample } from "../harness/application.js";
import { steps } from "../harness/steps.js";
import { changes, opened, touching, untraceable } from "../harness/traced.js";
import { entryId } from "../hostile/workspace.js";

const why = untraceable();

if (why) {
  test("no source file is ever opened to be written", () => console.log(`SKIPPED: ${why}`));
} else {
  journey();
}

/** What every file of a folder holds, and when it was written. */
function statesOf(folder) {
  return readdirSync(folder, { recursive: true }).sort().map((name) => {
    const path = join(folder, name);
    const { mtimeMs, mode, size } = statSync(path);
    return { name, mtimeMs, mode, size, digest: statSync(path).isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "" };
  });
}

function journey() {
  const step = steps();
  const application = new Application({ traced: true });
  const [data, out] = [join(application.home, "sources"), join(application.home, "out")];
  let untouched;
  let window;

  before(async () => {
    cpSync(join(sample, "data"), data, { recursive: true });
    mkdirSync(out);
    untouched = statesOf(data);
    // A person who picks a source where something is to be written: first its folder, then one of its files.
    const file = join(data, readdirSync(data, { recursive: true }).find((name) => name.endsWith(".jsonl")));
    application.answers([data, join(sample, "assay-map.toml"), data, data, file, file, join(out, "chart.csv")]);
    window = await application.open();
  }, { timeout: 120_000 });
  after(() => application.end());

  step("a folder is indexed, a queue is drawn and answered, and gold is made", async () => {
    await window.press("button", "Choose a folder…");
    await window.get("heading", "Fields", { exact: true });
    await window.press("button", "Use a map file…");
    await window.says("by the map");
    await window.write("Dataset", "sample");
    await window.press("button", "Index with this map");
    await window.says(/Open the overview|machine share/i, 240_000);
    if (await window.has("button", "Open the overview")) await window.press("button", "Open the overview");
    await window.get("region", "Overview", { exact: true, wait: 60_000 });
    await window.press("button", "Choose who you are");
    await window.write("Name", "Ilse Marchetti");
    await window.press("radio", "Lead");
    await window.press("button", "Continue");
    await window.go("Review");
    await window.press("button", "New queue");
    await window.write("Name", "Read");
    await window.write("Samples", "domain = 'health' and origin = 'human' and language = 'en'");
    await window.write("Size", "3");
    await window.says(/of \d+/);
    await window.press("button", "Draw and freeze", { wait: 20_000 });
    await window.says(/1\s+of\s+3/);
    for (const place of [2, 3]) {
      await window.settled();
      await window.key("a");
      await window.says(new RegExp(`${place}\\s+of\\s+3`));
    }
    await window.go("Gold");
    await window.says(/Candidates\s+\d+/);
    await window.write("Reason", "clear");
    await window.press("button", "Promote");
    await window.says(/1\s+member/);
    await window.go("Card");
    await window.says(/Draft, unsigned/, 120_000);
  });

  step("what is picked inside a source is refused as a place to write to", async () => {
    const picked = async (purpose) => [await window.invoke("pick_save", { request: { title: "", purpose } })].flat()[0].answer.handle;
    const folder = await picked("export_folder");
    const asked = { dataset: "sample", snapshot: 1 };
    const card = await window.invoke("card_export", { request: { ...asked, handle: folder } });
    assert.equal(card.fault?.code, "inside_source", JSON.stringify(card));
    const copies = await window.invoke("heads_copy", { request: { handle: await picked("export_folder") } });
    assert.ok(copies.fault, JSON.stringify(copies));
    const chart = await window.invoke("chart_save", { request: { handle: await picked("chart_file"), text: "overwritten", bytes: null } });
    assert.equal(chart.fault?.code, "inside_source", JSON.stringify(chart));
    const frozen = await window.invoke("gold_freeze", { request: { reason: "first", entry: entryId() } });
    assert.ok(frozen.answer, JSON.stringify(frozen));
    const gold = await window.invoke("gold_export", { request: { number: 1, purpose: "test", handle: await picked("gold_file"), entry: entryId() } });
    assert.ok(gold.fault, JSON.stringify(gold));
    const elsewhere = await window.invoke("chart_save", { request: { handle: await picked("chart_file"), text: "a,b", bytes: null } });
    assert.equal(elsewhere.fault, undefined, "and is written where it may be");
  });

  step("every source was read, none was opened to be written, made, renamed, changed or removed", async () => {
    await application.close();
    const found = changes(application.trace);
    const written = touching(found, join(application.home, "home"));
    assert.ok(written.some(({ paths }) => paths.some((path) => path.endsWith("/ledger.db"))) && written.length > 50, `the workspace's own ${written.length} writes are seen`);
    assert.equal(touching(found, out).length > 0, true, "the export is seen");
    const read = new Set(opened(application.trace));
    const sources = untouched.filter(({ digest }) => digest !== "").map(({ name }) => Buffer.from(join(data, name)).toString("latin1"));
    assert.deepEqual(sources.filter((path) => !read.has(path)), [], "every source was read");
    assert.deepEqual(touching(found, data), []);
    assert.deepEqual(statesOf(data), untouched);
  });

  step("a write to a source would have been seen", () => {
    const log = join(application.home, "control");
    execFileSync("strace", ["-f", "-qq", "-y", "-s", "4096", "-xx", "-e", "trace=openat,rename,renameat2,chmod,fchmodat,utimensat", "-o", log, "sh", "-c", `cd '${data}' && touch health && echo x > new && mv new newer && chmod 600 newer`]);
    assert.ok(touching(changes(log), data).length >= 4);
  });
}
