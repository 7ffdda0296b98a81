// The review journey without a pointer, and as a screen reader is told of it: roles, names, what is announced.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { steps } from "../harness/steps.js";
import { until } from "../harness/processes.js";

const application = new Application();
let window;
const step = steps();

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(() => application.end());

/** The accessible name and role of what has the focus, as the page computes them. */
const focused = () => window.focused();

/** Moves on with Tab until what has the focus is called so. */
async function tabTo(name, { most = 80 } = {}) {
  for (let pressed = 0; pressed < most; pressed++) {
    const at = await focused();
    if (at.name.startsWith(name)) return at;
    await window.key("Tab");
  }
  throw new Error(`Tab never reached "${name}"; last at ${JSON.stringify(await focused())}`);
}

step("the sample is opened and a person named without a pointer", async () => {
  const button = await tabTo("Open the sample");
  assert.equal(button.role, "button");
  await window.key("Enter");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await window.command("Change person");
  await window.says("Who are you?");
  await tabTo("Name");
  await window.type("Noor Haddad");
  await tabTo("Continue");
  await window.key("Enter");
  await window.says("Noor Haddad");
});

step("a queue is drawn by keys", async () => {
  await window.command("New queue");
  await window.get("heading", "New queue", { exact: true });
  await tabTo("Name");
  await window.type("By keys");
  await tabTo("Samples");
  await window.type("domain = 'law' and origin = 'human'");
  await tabTo("Size");
  await window.key("Ctrl", "Backspace");
  for (let back = 0; back < 4; back++) await window.key("Backspace");
  await window.type("5");
  await window.says(/of \d+/);
  await tabTo("Draw and freeze");
  await window.key("Enter");
  await window.says(/1\s+of\s+5/);
});

step("a screen reader finds its way: one main, headings in order, every control with a name", async () => {
  const tree = await window.tree();
  assert.equal(tree.mains, 1, "one main landmark");
  assert.ok(tree.navigations >= 1, "a navigation landmark");
  assert.deepEqual(tree.nameless, [], "controls without a name");
  assert.ok(tree.headings.length > 0 && tree.headings[0].level === 1, JSON.stringify(tree.headings));
  for (const [before, next] of tree.headings.slice(1).map((heading, at) => [tree.headings[at], heading])) {
    assert.ok(next.level <= before.level + 1, `a level is left out before "${next.name}"`);
  }
  assert.ok(tree.live >= 1, "a live region is there before anything is announced");
  for (const verdict of ["Approve", "Exclude", "Unsure", "Skip"]) assert.ok(await window.has("button", verdict), verdict);
});

step("each verdict is one key, and is announced", async () => {
  await window.listen();
  const keys = ["a", "u", ["x", "1"], "s", "a"];
  for (const [place, pressed] of keys.entries()) {
    await window.settled();
    for (const key of [pressed].flat()) await window.key(key);
    if (place < keys.length - 1) await window.says(new RegExp(`${place + 2}\\s+of\\s+5`));
  }
  await window.says(/Saved #/);
  const heard = (await window.heard()).join("\n");
  for (const words of [/Saved #/, /Approve/i, /Exclu/i]) assert.match(heard, words);
});

step("undo, note and look around by keys; typing in a note decides nothing", async () => {
  await window.settled();
  await window.key("z");
  await until("the undo is announced", async () => /undo|taken back|undid/i.test((await window.heard()).join("\n")));
  await window.settled();
  await window.key("n");
  assert.equal((await focused()).role, "textbox");
  await window.type("aux");
  await window.key("Esc");
  const entries = application.assay("log").trim().split("\n").map((line) => JSON.parse(line));
  const decided = entries.filter((entry) => entry.body.kind === "decided").length;
  assert.equal(decided, 5, "five verdicts, none from the note");
  await window.key("k");
  await window.key("j");
  await window.key("?");
  await window.says(/Keys/);
  await window.key("Esc");
  await window.key("Alt", "1");
  await window.get("region", "Overview", { exact: true });
  assert.deepEqual(await window.complaints(), [], "the page broke its own rules");
});
