// A slice of high stakes needs two leads: the first one's signature waits for the second, who signs the same bytes.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { become, makeKey, openExceptions, PASSPHRASE, sign, toSigning } from "../harness/lead.js";
import { steps } from "../harness/steps.js";

const shelf = mkdtempSync(join(tmpdir(), "assay-two-leads-"));
const folder = join(shelf, "card");
const application = new Application({ answers: [folder, folder] });
let window;
const step = steps();

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(async () => {
  await application.end();
  rmSync(shelf, { recursive: true, force: true });
});

const state = () => JSON.parse(application.assay("verify", folder, "--json"));

step("a lead names a slice of high stakes, and signs alone", async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await become(window, "Ilse Marchetti");
  await window.go("Review");
  await window.press("button", "New queue");
  await window.write("Samples", "domain = 'health'");
  await window.press("button", "Name this slice…");
  await window.write("Name", "Health");
  await window.press("radio", "High stakes");
  await window.press("button", "Name it");
  await window.says(/High stakes/);
  await window.settled();
  await window.press("button", "Cancel");
  await toSigning(window);
  await makeKey(window);
  await openExceptions(window);
  await window.says(/it counts once 2 leads have signed/);
  await sign(window);
  await window.press("button", "Done");
  await window.gone("button", "Done");
  await window.says(/It counts once 1 more lead has signed/);
  await window.pictures("waits-for-a-second-lead");
});

step("the second lead signs the same bytes, and then it counts", async () => {
  const before = readFileSync(join(folder, "envelope.json"), "utf8");
  await become(window, "Ole Brandt");
  await toSigning(window);
  await makeKey(window);
  await window.press("button", "Close without signing");
  await window.press("button", "Sign it too…");
  await window.write("Passphrase of your key", PASSPHRASE);
  await window.press("button", "Choose the folder and sign…");
  await window.says(/Signed by Ilse Marchetti, Ole Brandt|Signed by Ole Brandt, Ilse Marchetti/, 60_000);
  assert.ok(!(await window.text()).includes("more lead has signed"));
  await window.pictures("signed-by-two");
  const [first, second] = [JSON.parse(before), JSON.parse(readFileSync(join(folder, "envelope.json"), "utf8"))];
  assert.equal(first.payload, second.payload, "the statement is the same, byte for byte");
  assert.equal(second.signatures.length, 2);
  assert.equal(state().whole, true);
});
