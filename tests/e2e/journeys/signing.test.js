// A lead signs the card in the real window; a later verdict shows as a change since; another lead's sign-off takes its place.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { steps } from "../harness/steps.js";

const PASSPHRASE = "four plain words here";
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

async function become(name) {
  await window.press("button", "Choose who you are").catch(() => window.press("button", "Ilse Marchetti, lead"));
  await window.write((await window.has("textbox", "Name")) ? "Name" : "Someone else", name);
  await window.press("radio", "Lead");
  await window.press("button", (await window.has("button", "Add and continue")) ? "Add and continue" : "Continue");
  await window.says(name);
}

/** Opens the panel and makes the key of whoever is there. */
async function toSigning() {
  await window.go("Card");
  await window.says(/Draft, unsigned|Changed since/, 120_000);
  await window.press("button", "Sign…");
  await window.says("What the signature covers", 120_000);
}

async function makeKey() {
  await window.write("New passphrase", PASSPHRASE);
  await window.write("The same again", PASSPHRASE);
  await window.press("button", "Make the key");
  await window.get("textbox", "Passphrase of your key", { wait: 60_000 });
}

/** Opens every exception where it can be seen, and comes back. */
async function openExceptions() {
  const names = await window.run("return [...document.querySelectorAll('ul[aria-label=Exceptions] button')].map((each) => each.getAttribute('aria-label'))");
  for (const name of names) {
    await window.press("button", name);
    await window.settled();
    if (!(await window.has("button", "Close without signing"))) await window.go("Card");
    await window.get("button", "Close without signing", { wait: 60_000 });
  }
  await window.says(new RegExp(`${names.length} of ${names.length} audit exception`));
  return names.length;
}

async function sign() {
  await window.write("Passphrase of your key", PASSPHRASE);
  await window.press("button", "Sign…");
  const [, entry] = await window.says(/Signed, entry #([\d,]+)/, 60_000);
  return Number(entry.replaceAll(",", ""));
}

function keyOf(person) {
  return JSON.parse(application.assay("person", "keys", "--json")).find((key) => key.person === person).public;
}

step("a lead makes a key, opens what is exceptional, and signs what the window shows", async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await become("Ilse Marchetti");
  await toSigning();
  await window.pictures("sign-key");
  await makeKey();
  await window.says(/Not yet: \d+ exceptions? to open/);
  assert.ok((await openExceptions()) > 0, "the sample has quarantined records and unwritten sections");
  await window.write("Passphrase of your key", "not this one at all");
  await window.press("button", "Sign…");
  await window.says(/Not signed: .*passphrase/, 60_000);
  await window.pictures("sign");
  await sign();
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
  await become("Ole Brandt");
  await toSigning();
  await makeKey();
  await window.says("Takes the place of the sign-off");
  await openExceptions();
  const entry = await sign();
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
