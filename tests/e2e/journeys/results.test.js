// What two generations of a model made of the bundled sample: a file is chosen, looked at, kept, and its numbers open samples.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Application } from "../harness/application.js";

const folder = mkdtempSync(join(tmpdir(), "assay-results-"));
const files = ["gen1.jsonl", "gen3.jsonl"].map((name) => join(folder, name));
const application = new Application({ answers: files });
let window;

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(async () => {
  await application.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Losses that rise with the generation where an intent is rare, and fall where it is common. */
function results(generation) {
  const samples = application.assay("samples").trim().split("\n").map((line) => JSON.parse(line));
  const counts = new Map();
  for (const { dimensions } of samples) counts.set(dimensions.intent, (counts.get(dimensions.intent) ?? 0) + 1);
  const texts = new Map(samples.map((sample) => [sample.digest, sample]));
  return [...texts.values()].map(({ digest, dimensions }) => {
    const rare = (counts.get(dimensions.intent) ?? 99) < 12;
    const spread = Number.parseInt(digest.slice(-3), 16) / 4096;
    return `${JSON.stringify({ sample: digest, loss: 2 + spread + (generation - 1) * (rare ? 0.6 : -0.1), correct: spread > 0.4, confidence: 0.5 + spread / 2 })}\n`;
  }).join("");
}

test("results of two generations are brought, and say what became of the tail", { timeout: 300_000 }, async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await window.says(/Measured in/, 60_000);
  files.forEach((file, index) => writeFileSync(file, results(index === 0 ? 1 : 3)));
  await window.go("Results");
  await window.says("No results yet");
  await window.pictures("results-empty");
  for (const [index] of files.entries()) {
    await window.press("button", index === 0 ? "Choose a file" : "Bring results");
    await window.says(/Samples found/, 60_000);
    await window.press("button", "Keep the results", { wait: 20_000 });
    await window.says(index === 0 ? /Bring a second run/ : /Tail loss against the head/i, 60_000);
  }
  const [, rises] = await window.says(/The tail rises by ([\d.]+) while the head falls/);
  // Classes of the tail that are not among the rarest dilute the planted 1.2.
  assert.ok(Number(rises) > 0.3, rises);
  await window.pictures("results");
});
