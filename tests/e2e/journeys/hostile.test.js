// Data that attacks its reader is shown as what it is in every view: nothing runs, loads, asks, leaves, hides or deceives.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application, root } from "../harness/application.js";
import { until } from "../harness/processes.js";
import { steps } from "../harness/steps.js";
import { Watch } from "../harness/watch.js";
import { image, NAMES } from "../hostile/dataset.js";
import { addByWindow, CONTRACT, EXPERTS, furnish, LEAD, POLICY, QUEUE, RUBRIC, WALLS } from "../hostile/workspace.js";

/** How each view is gone to: what is typed into the palette. The list of views is the window's own, so that a new one is looked at too. */
const WAYS = {
  overview: "Overview", samples: "Samples", duplicates: "Duplicates", coverage: "Coverage", review: "Review", queue: "New queue", adjudicate: "Adjudicate", gold: "Gold", gates: "Gates", card: "Card", activity: "Activity",
  quarantine: "Quarantined records", compare: "Compare snapshots", results: "Results", settings: "Settings", sources: "Sources and writing style", trends: "Trends of the warning signs", leak: "Look for a reference",
  agreement: "How far reviewers agree", packs: "Packs", rubrics: "Rubrics", release: "Release a training set",
};
/** These two need data to be picked, and come last. */
const LATER = ["fields", "indexing"];
const VIEWS = [...readFileSync(join(root, "ui/src/lib/place.tsx"), "utf8").match(/VIEWS = \[([^\]]+)\]/)[1].matchAll(/"(\w+)"/g)].map(([, view]) => view).filter((view) => !LATER.includes(view));

const application = new Application();
const step = steps();
let called = 0;
const listener = createServer((socket) => {
  called++;
  socket.destroy();
});
let window;
let watch;
let made;

before(async () => {
  await new Promise((done) => listener.listen(0, "127.0.0.1", done));
  made = furnish(application, { remote: `http://127.0.0.1:${listener.address().port}/x` });
  application.answers([made.workspace, made.contract, made.pack, made.data]);
  window = await application.open();
  watch = new Watch(window);
  await watch.start();
}, { timeout: 240_000 });
after(async () => {
  await application.end();
  listener.close();
});

async function still(where) {
  await watch.still(where);
  assert.equal(called, 0, `${where}: something was asked for`);
}

async function shows(where, texts) {
  let missing = texts;
  await until("they are drawn", async () => (missing = await watch.missing(texts)).length === 0).catch(() => {});
  assert.deepEqual(missing, [], `${where} shows these as they are`);
}

const CHOICES = "[...document.querySelectorAll('main [role=radiogroup] input[type=radio], main button[aria-expanded=false]:not([aria-haspopup])')]";

/** Presses every choice of the view that only changes what is shown. */
async function lookAround(where) {
  await still(where);
  const choices = await window.run(`return ${CHOICES}.length`);
  for (let index = 0; index < Math.min(choices, 24); index++) {
    await window.run(`${CHOICES}[arguments[0]]?.click()`, index);
    await window.settled();
    await still(`${where}, choice ${index + 1}`);
  }
}

step("the detector sees each thing that must not happen", async () => {
  await still("the first screen");
  const put = (kind, more = "") => `const one = document.createElement("${kind}"); one.dataset.control = ""; ${more}; document.body.append(one);`;
  const controls = [
    ["__ran(1)", /payload 1 ran/], [put("img"), /<img> stands/], [put("script", "one.textContent = '__ran(2)'"), /refused by the policy: script-src/], [put("iframe", "one.src = 'about:blank'"), /<iframe> stands/],
    [put("math"), /<math> stands/], [put("div", "one.setAttribute('onclick', '1')"), /<div> has the attribute onclick/], ["document.body.setAttribute('onclick', '1')", /<body> has the attribute onclick/],
    [put("a", "one.setAttribute('href', 'javascript:1')"), /<a> leads to javascript:1/], ["alert(1)", /alert was called: 1/], ["window.open('https://example.org')", /open was called/], ["Array.prototype.polluted = 1", /prototype was polluted/],
    ["document.title = 'taken'", /the title became taken/], ["fetch('http://127.0.0.1:9/').catch(() => {})", /refused by the policy: connect-src/], ["document.body.style.opacity = '0.5'", /the page was hidden/], ["history.pushState(null, '', '#x')", /the address became .*#x/],
  ];
  const found = await window.run(`
    const tidy = () => { document.querySelectorAll('[data-control]').forEach((each) => each.remove()); document.body.removeAttribute('onclick'); delete Array.prototype.polluted; document.title = 'Assay'; document.body.style.opacity = ''; if (location.hash) { history.replaceState(null, '', '/'); window.__watch.address = location.href; window.__watch.history = history.length; } };
    const moment = () => new Promise((done) => setTimeout(done, 60));
    return (async () => {
      const found = [];
      for (const act of [${controls.map(([script]) => `() => { ${script} }`).join(", ")}]) { act(); await moment(); found.push(window.__look().join("\\n")); tidy(); await moment(); window.__look(); }
      return found;
    })()`);
  for (const [index, [script, expected]] of controls.entries()) assert.match(found[index], expected, script);
  await window.run(put("p", "one.textContent = 'a\\u202eb z' + '\\u0301'.repeat(9)"));
  assert.equal((await watch.undisguised()).length, 1);
  assert.deepEqual(await watch.missing(["a\u202eb", "not there"]), ["not there"]);
  await window.run("document.querySelectorAll('[data-control]').forEach((each) => each.remove())");
  await until("the page is as it was", async () => (await watch.seen()).length === 0, 5_000);
});

step("a workspace, people and datasets with hostile names are opened and chosen", async () => {
  await window.press("button", "Open a workspace");
  await window.get("region", "Overview", { exact: true, wait: 60_000 });
  await window.press("button", `${LEAD}, lead: change person`);
  await still("choosing a person");
  await shows("the list of people", [LEAD, EXPERTS[1]]);
  await window.press("button", LEAD);
  await window.press("button", NAMES.other, { exact: true });
  await still("the datasets");
  await window.press("menuitem", NAMES.dataset);
  await window.says(/snapshot 2/);
  await window.settled();
  await shows("the overview", [NAMES.dataset, LEAD, image(9100)]);
  await addByWindow(window, made);
  // What furnishing sent is not what looking sends.
  await watch.commands();
});

for (const view of VIEWS) {
  step(`${view} shows hostile data as what it is`, async () => {
    assert.ok(WAYS[view], `no way to ${view} is known`);
    await window.command(WAYS[view]);
    await lookAround(view);
    await window.picture(`hostile/${view}`);
  });
}

/** Rolls the grid on by some windows, each read once its rows are there; answers false at its end. Runs in the page. */
const ROLL = `
  const grid = document.querySelector("[role=grid]");
  const flat = () => grid.textContent.replaceAll(/\\s+/g, "");
  const moment = () => new Promise((done) => setTimeout(done, 40));
  const filled = () => [...grid.querySelectorAll("[role=row]")].every((row) => row.textContent.length > 4);
  return (async () => {
    for (let times = 0; times < 8; times++) {
      for (let wait = 0; wait < 50 && !filled(); wait++) await moment();
      window.__read = (window.__read ?? "") + flat();
      const before = flat();
      [...grid.querySelectorAll("[role=row]")].at(-1).dispatchEvent(new WheelEvent("wheel", { deltaY: 500, bubbles: true, cancelable: true }));
      for (let wait = 0; wait < 50 && flat() === before; wait++) await moment();
      if (flat() === before) return false;
    }
    return true;
  })();`;

step("every payload of the corpus can be read in the grid", async () => {
  assert.ok(made.all.length >= 500, `${made.all.length} payloads`);
  await window.command("Samples");
  let windows = 0;
  while (await window.run(ROLL)) assert.ok(++windows < 100, "the grid ends");
  await still("the grid");
  const missed = await window.run("const flat = (text) => text.replaceAll(/\\s+/g, ''); return arguments[0].filter((text) => !window.__read.includes(flat(text)))", made.all.filter(({ kind }) => !["pile", "heap", "break"].includes(kind)).map(({ shown }) => shown.trim().slice(0, 40)));
  assert.deepEqual(missed, []);
  const piled = await window.run("return /\\+[\\d,]+marks/.test(window.__read)");
  assert.ok(piled, "stacked marks are counted");
});

step("one sample after the other is shown in full, with its evidence and its way", async () => {
  await window.run("document.querySelector('[role=grid]').focus()");
  await window.key("\ue011");
  for (let row = 0; row < 12; row++) {
    await window.key("j");
    await window.settled();
    await still(`row ${row + 2}`);
  }
  await window.press("button", "From file to release", { wait: 60_000 });
  await window.settled();
  await still("the lineage");
  await window.picture("hostile/detail");
  await window.press("button", "As text");
  await window.write("Filter as text", `domain = '${image(9999)} and`);
  await window.press("button", "Apply");
  await window.settled();
  await still("a filter that cannot be understood");
  await window.write("Filter as text", `source = '${image(9120)}'`);
  await window.press("button", "Apply");
  await window.settled();
  await still("a hostile filter");
});

step("every payload is read in full where samples are judged", async () => {
  await window.command("Review");
  await window.press("button", `Begin: ${WALLS}`);
  await window.says(/1\s+of\s+\d+/);
  const left = new Map(made.all.filter(({ kind }) => !["long", "heap"].includes(kind)).map((payload) => [payload.number, payload]));
  const walls = Number((await window.says(/1\s+of\s+(\d+)/))[1]);
  for (let wall = 1; wall <= walls; wall++) {
    await window.says(new RegExp(`${wall}\\s+of\\s+${walls}`));
    await window.settled();
    await still(`sample ${wall}`);
    const missed = new Set(await watch.missing([...left.values()].map(({ shown }) => shown)));
    for (const [number, { shown }] of left) if (!missed.has(shown)) left.delete(number);
    if (wall === 1) await window.picture("hostile/focus");
    if (wall < walls) await window.key("s");
  }
  assert.deepEqual([...left.values()].map(({ shown }) => shown), []);
});

step("reasons, notes and dialogs of a judgement are hostile and shown as they are", async () => {
  await window.key("q");
  await window.get("button", "New queue");
  await window.press("button", `Begin: ${QUEUE}`);
  await window.settled();
  await still("a queue that was answered");
  await window.key("q");
  await window.get("button", "New queue");
  await window.press("button", `Begin: own ${image(9415)}`);
  await window.says(/1\s+of\s+40/);
  await window.settled();
  await window.key("x");
  await window.says(/because/i);
  await still("the reasons");
  await shows("the reasons", [`wrong ${image(9420)}`, "pay U+202E001 out", RUBRIC]);
  await window.key("Esc");
  await window.key("?");
  await window.settled();
  await still("the keys");
  await window.key("Esc");
});

step("a contract, a policy and a pack of a stranger are shown as they are", async () => {
  await window.command("Gates");
  await window.press("button", "Choose a file", {}).catch(() => window.press("button", "Another contract"));
  await window.says(CONTRACT, 60_000);
  await window.settled();
  await lookAround("the gates of a hostile contract");
  await window.picture("hostile/gates");
  await window.command("Release a training set");
  await window.paste("Policy", POLICY);
  await window.press("button", "Preview");
  await window.says(/of [\d,]+ samples/, 120_000);
  await still("the preview of a hostile policy");
  await window.command("Packs");
  await window.press("button", "Open a pack or a return…");
  await window.says("Pack for");
  await still("a hostile pack");
  await window.key("Esc");
});

step("picked files are shown before and while they are indexed", async () => {
  await window.command("Index a folder…");
  await window.get("heading", "Fields", { exact: true });
  await window.settled();
  await lookAround("fields");
  await window.picture("hostile/fields");
  await window.write("Dataset", `again ${image(9500)}`);
  await window.press("button", "Index");
  await window.says(/Open the overview|machine share/i, 120_000);
  await window.command("Indexing");
  await lookAround("indexing");
  await window.picture("hostile/indexing");
});

step("only commands that a look needs were sent, and the first screen names the workspace as it is", async () => {
  await window.command("Close the workspace");
  await window.says("What is your data made of?");
  await still("the first screen");
  await shows("the first screen", [`Work ${image(9430)}`]);
  const sent = new Set(await watch.commands());
  const acts = /^(gold_(promote|revoke|freeze|export)|duplicate_(judge|withdraw|policy|settings)|bulk_act|training_(release|withdraw)|card_(export|text_write)|sign_card|sign_withdraw|key_create|pack_(issue|take|return)|release_write|evidence_withdraw|results_(add|remove)|rubric_add|synthetic_mark|dispute_settle|head_sign|heads_copy|gate_waive|chart_save|undo|redo|unseal)$/;
  assert.ok(sent.has("samples_rows") && sent.has("review_item"), "what was sent is seen");
  assert.deepEqual([...sent].filter((name) => acts.test(name)), []);
  assert.deepEqual([...sent].filter((name) => name.startsWith("plugin:") && !/^plugin:event\|(un)?listen$/.test(name)), []);
});
