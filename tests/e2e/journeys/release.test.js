// A curator releases a training set in the real window: what each rule takes is seen first, and a sample's way leads there and back.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { steps } from "../harness/steps.js";

const shelf = mkdtempSync(join(tmpdir(), "assay-release-"));
const out = join(shelf, "training");
const application = new Application({ answers: [out] });
let window;
const step = steps();

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(async () => {
  await application.end();
  rmSync(shelf, { recursive: true, force: true });
});

step("a mistake in the policy is told at its line, and nothing is written before the preview", async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await window.press("button", "Choose who you are");
  await window.write("Name", "Ilse Marchetti");
  await window.press("radio", "Curator");
  await window.press("button", "Continue");
  await window.says("Ilse Marchetti");
  await window.command("Release a training set");
  await window.says("Nothing is written before you have seen what each rule takes");
  const standard = await window.run("return document.querySelector('textarea').value");
  await window.write("Policy", "nonsense = true");
  await window.press("button", "Preview");
  await window.says(/nonsense|unknown/);
  await window.pictures("release-mistake");
  await window.press("button", "Back to the standard policy");
  assert.equal(await window.run("return document.querySelector('textarea').value"), standard);
});

step("each rule says what it takes, and what was previewed is written", async () => {
  await window.write("Ablation sets", "0, 0.5");
  await window.press("button", "Preview");
  await window.says(/of 2,340 samples/, 120_000);
  await window.says(/duplicates near/);
  await window.pictures("release");
  await window.press("radio", "Parquet");
  await window.press("button", "Write the release…");
  await window.says(/Written, entry #/, 120_000);
  await window.pictures("release-written");
  const told = JSON.parse(application.assay("verify", out, "--json"));
  assert.equal(told.whole, true);
  const manifest = JSON.parse(readFileSync(join(out, "release.json"), "utf8"));
  assert.ok(manifest.samples > 1_000 && manifest.samples < 2_340, `${manifest.samples} samples`);
  assert.ok(manifest.files.some((file) => file.role === "ablation 0.5"), "the ablation sets are there");
});

step("a sample's way leads from its file to the release, and back to the entry", async () => {
  await window.go("Samples");
  await window.get("row", null);
  await window.settled();
  await window.key("j");
  await window.get("any", "Sample");
  await window.press("button", "From file to release", { wait: 60_000 });
  await window.says(/holds it|left it out/, 60_000);
  await window.pictures("lineage");
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
});
