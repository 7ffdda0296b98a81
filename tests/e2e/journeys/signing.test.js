// A lead signs the card in the real window; a later verdict shows as a change since; another lead's sign-off takes its place.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { become, makeKey, openExceptions, sign, toSigning } from "../harness/lead.js";
import { steps } from "../harness/steps.js";

const shelf = mkdtempSync(join(tmpdir(), "assay-cards-"));
const [first, second] = [join(shelf, "first"), join(shelf, "second")];
const application = new Application({ answers: [first, first, second] });
let window;
const step = steps();

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(async () => {
  await application.end();
  rmSync(shelf, { recursive: true, force: true });
});

function keyOf(person) {
  return JSON.parse(application.assay("person", "keys", "--json")).find((key) => key.person === person).public;
}

step("a lead makes a key, opens what is exceptional, and signs what the window shows", async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await become(window, "Ilse Marchetti");
  await toSigning(window);
  await window.pictures("sign-key");
  await makeKey(window);
  await window.says(/Not yet: \d+ exceptions? to open/);
  assert.ok((await openExceptions(window)) > 0, "the sample has quarantined records and unwritten sections");
  await window.pictures("sign");
  await window.write("Passphrase of your key", "not this one at all");
  await window.press("button", "Sign…");
  await window.says(/Not signed: .*passphrase/, 60_000);
  await sign(window);
  await window.pictures("signed");
  await window.press("button", "Done");
  await window.says(/Signed by Ilse Marchetti/);
  await window.says("the card says what was signed");
  await window.says(/Last signed: snapshot 1/);
  await window.says(/Head #[\d,]+ on this machine only/);
});

step("anybody verifies the folder, and one changed byte voids it", async () => {
  const found = JSON.parse(application.assay("verify", first, "--key", keyOf("Ilse Marchetti"), "--json"));
  assert.equal(found.whole, true);
  assert.ok(found.proved_entries > 0);
});

step("a verdict that came later shows as a change since the sign-off, figure by figure", async () => {
  await window.go("Review");
  await window.press("button", "New queue");
  await window.write("Name", "Afterwards");
  await window.write("Samples", "domain = 'health' and language = 'en'");
  await window.write("Size", "3");
  await window.says(/of \d+/);
  await window.press("button", "Draw and freeze", { wait: 20_000 });
  await window.says(/1\s+of\s+3/);
  await window.settled();
  await window.key("a");
  await window.says(/2\s+of\s+3/);
  await window.go("Card");
  await window.says("Changed since sign-off", 120_000);
  await window.press("button", "Show what changed");
  await window.says(/review › Afterwards/);
  await window.pictures("changed-since");
});

step("who alone reviewed does not also sign; another lead does, and takes the earlier sign-off's place", async () => {
  await window.press("button", "Sign…");
  await window.says(/alone reviewed/, 120_000);
  await window.says("somebody else must sign it");
  await window.press("button", "Close without signing");
  await become(window, "Ole Brandt");
  await toSigning(window);
  await makeKey(window);
  await window.says("Takes the place of the sign-off");
  await openExceptions(window);
  const entry = await sign(window);
  await window.press("button", "Done");
  await window.says(/Signed by Ole Brandt/);
  const found = JSON.parse(application.assay("verify", second, "--key", keyOf("Ole Brandt"), "--json"));
  assert.equal(found.whole, true);
  const log = application.assay("log").trim().split("\n").map((line) => JSON.parse(line));
  assert.equal(log.filter((one) => one.body.kind === "signed_off").length, 2);
  assert.ok(entry > 0);
  application.assay("verify");
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
});

step("withdrawing says so on the card and erases nothing", async () => {
  await window.press("button", "Withdraw…");
  await window.write("Reason", "a source took its consent back");
  await window.press("button", "Withdraw", { exact: true });
  await window.says("was withdrawn. No other stands");
  assert.equal(JSON.parse(application.assay("verify", second, "--json")).whole, true);
});
