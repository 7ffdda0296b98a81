// Two experts on two machines answer the same queue blind; one disagreement is settled, agreement is shown, and what they agree on becomes gold.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { steps } from "../harness/steps.js";

const post = mkdtempSync(join(tmpdir(), "assay-post-"));
const file = (name) => join(post, name);
const [forAmara, forBen] = [file("amara.assaypack"), file("ben.assaypack")];
const [fromAmara, fromBen] = [file("amara.assayreturn"), file("ben.assayreturn")];

const curator = new Application({ answers: [forAmara, forBen] });
const experts = [];
let window;
const step = steps();

before(async () => {
  window = await curator.open();
}, { timeout: 120_000 });
after(async () => {
  for (const each of [curator, ...experts]) await each.end();
  rmSync(post, { recursive: true, force: true });
});

step("a lead draws a blind queue for two", async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await window.press("button", "Choose who you are");
  await window.write("Name", "Ilse Marchetti");
  await window.press("radio", "Lead");
  await window.press("button", "Continue");
  await window.says("Ilse Marchetti");
  await window.go("Review");
  await window.press("button", "New queue");
  await window.write("Name", "Health for two");
  await window.write("Samples", "domain = 'health' and origin = 'human' and language = 'en'");
  await window.write("Size", "4");
  await window.press("radio", "2", { exact: true });
  await window.says(/of \d+/);
  await window.press("button", "Draw and freeze", { wait: 20_000 });
  await window.says(/1\s+of\s+4/);
});

/** Goes to Packs by the palette. */
async function toPacks(at) {
  await at.settled();
  await at.key("Ctrl", "k");
  await at.get("option", null);
  await at.type("Packs");
  await at.settled();
  await at.key("Enter");
  await at.get("heading", "Packs", { exact: true });
}

/** Writes a pack of the queue for a new expert. */
async function packFor(person) {
  await window.press("button", "Make a pack…", { wait: 20_000 });
  if (await window.has("button", "Choose a queue…")) {
    await window.press("button", "Choose a queue…");
    await window.press("option", "Health for two");
  }
  await window.press("button", "Choose whom it is for…");
  await window.press("option", "Someone else…");
  await window.write("Name", person);
  await window.press("button", "Write the pack…");
  await window.says("Pack written");
  await window.press("button", "Done");
}

step("each expert gets a pack, and no pack holds anyone's answer", async () => {
  await toPacks(window);
  await packFor("Amara Okafor");
  await packFor("Ben Adler");
  await window.pictures("packs");
  for (const path of [forAmara, forBen]) assert.ok(!/"kind":"decided"/.test(readFileSync(path, "utf8")));
});

/** An expert's own machine, started with the pack as by a double click. */
async function answers(person, pack, returned, keys) {
  const application = new Application({ answers: [returned] });
  experts.push(application);
  const theirs = await application.open({ args: [pack] });
  await theirs.says(`Pack for ${person}`);
  if (person.startsWith("Amara")) await theirs.pictures("pack-opening");
  await theirs.press("button", "Open the pack");
  await theirs.says(/1\s+of\s+4/);
  for (const [place, pressed] of keys.entries()) {
    await theirs.settled();
    for (const key of [pressed].flat()) await theirs.key(key);
    if (place < keys.length - 1) await theirs.says(new RegExp(`${place + 2}\\s+of\\s+4`));
  }
  await theirs.says(/0 left|all (read|done|answered)/i);
  await toPacks(theirs);
  await theirs.press("button", "Write the return…");
  await theirs.says(/acts? written/);
  assert.deepEqual(await theirs.complaints(), [], "the page broke its own rules");
  await application.close();
}

step("both answer on machines of their own and write their returns", async () => {
  await curator.close();
  await answers("Amara Okafor", forAmara, fromAmara, ["a", "a", "a", "a"]);
  await answers("Ben Adler", forBen, fromBen, [["x", "1"], "a", "a", "a"]);
});

/** Takes the next return in; says what it brings first. */
async function takeIn(person) {
  await window.press("button", "Open a pack or a return…");
  await window.says(`Return from ${person}`);
  await window.pictures(`return-${person.split(" ")[0].toLowerCase()}`);
  await window.press("button", "Take it in");
  await window.says(/taken in/);
}

step("the returns come home; the second makes a dispute, and says so beforehand", async () => {
  curator.answers([fromAmara, fromBen]);
  window = await curator.open();
  await window.get("heading", "Packs");
  await takeIn("Amara Okafor");
  await window.press("button", "Close");
  await takeIn("Ben Adler");
  await window.says(/1 (sample|dispute)/);
  await window.press("button", "Go to Adjudicate");
});

step("the lead answers on a blank form, sees both answers unnamed, and settles", async () => {
  await window.get("region", "Adjudicate", { exact: true });
  await window.says("Sealed until you have answered");
  const blank = await window.text();
  assert.ok(!/Amara|Ben Adler/.test(blank), "no name before the answer");
  await window.pictures("adjudicate-blank");
  await window.settled();
  await window.key("a");
  await window.says(/Why they differ/);
  const revealed = await window.text();
  assert.ok(!/Amara|Ben Adler/.test(revealed), "no name after it either");
  await window.settled();
  await window.key("3");
  await window.pictures("adjudicate");
  await window.settled();
  await window.key("Enter");
  await window.says(/Settled so far/);
  await window.says(/nothing|no (open )?dispute/i);
});

step("agreement is shown with its interval", async () => {
  await window.key("g");
  await window.says(/AC1/);
  await window.says(/75/);
  await window.pictures("agreement");
});

step("a sample on which both agree becomes gold", async () => {
  await window.go("Gold");
  await window.says(/Candidates\s+\d+/);
  await window.press("radio", "Ready").catch(() => {});
  await window.write("Reason", "two experts agree");
  await window.press("button", "Promote");
  await window.says(/1\s+member/);
  await window.go("Activity");
  await window.says(/Whole: /);
  curator.assay("verify");
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
});
