// Every command of the window, asked wrongly in every way: each answers with an answer or a fault that says what to do, and the application lives on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application, root } from "../harness/application.js";
import { steps } from "../harness/steps.js";
import { Watch } from "../harness/watch.js";
import { commands, fields, plausible, requestTypes } from "../harness/wire.js";
import { NAMES } from "../hostile/dataset.js";
import { entryId, furnish, QUEUE } from "../hostile/workspace.js";

const application = new Application();
const types = requestTypes();
const codes = new Set([...readFileSync(join(root, "docs/errors.md"), "utf8").matchAll(/`(\w+)`/g)].map(([, code]) => code));
const step = steps();
let window;
let watch;
let known;

/** Commands that close the workspace, or open another one in its place, even where they are asked rightly. */
const APART = ["workspace_create", "workspace_close", "sample_open"];

before(async () => {
  const made = furnish(application, { remote: "http://127.0.0.1:9/x" });
  const queue = made.json("queue", "show", QUEUE).info.queue;
  known = { dataset: NAMES.dataset, snapshot: 2, queue, digest: made.drawn[0], a: `${NAMES.dataset}@1`, b: `${NAMES.dataset}@2`, data: `${NAMES.dataset}@2`, name: "x", handle: "00000000-0000-4000-8000-000000000000", key: "0".repeat(64), sample: 1, limit: 50, offset: 0, filter: "", find: "", entry: entryId(), reason: "why" };
  application.answers([made.workspace]);
  window = await application.open();
  watch = new Watch(window);
  await watch.start();
  await window.press("button", "Open a workspace");
  await window.get("region", "Overview", { exact: true, wait: 60_000 });
  known.view = (await window.invoke("samples_open", { request: plausible("SamplesOpenRequest", known) })).answer?.view;
  assert.equal(typeof known.view, "number", "a view of the samples is open");
}, { timeout: 240_000 });
after(() => application.end());

/** Runs in the page: asks all of these, each answered within its time. What cannot be sent as JSON is made here. */
const ASK = `
  const made = { nan: NaN, infinity: Infinity, undefined, deep: (() => { let at = []; for (let i = 0; i < 5000; i++) at = [at]; return at; })(), long: "x".repeat(100_000), huge: "x".repeat(2_000_000), bytes: new Uint8Array(64), list: Array(5_000).fill("x") };
  const revive = (value) => (value && typeof value === "object" && "made" in value ? made[value.made] : Array.isArray(value) ? value.map(revive) : value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, revive(each)])) : value);
  const cut = (fault) => (typeof fault === "string" ? fault.slice(0, 300) : fault && { ...fault, message: String(fault.message).slice(0, 300), size: JSON.stringify(fault).length });
  const ask = ({ command, sent }) => {
    let asked;
    try { asked = window.__TAURI_INTERNALS__.invoke(command, revive(sent)); } catch (error) { return Promise.resolve({ kind: "unsent", fault: String(error) }); }
    const late = new Promise((done) => setTimeout(() => done({ kind: "silent" }), 50_000));
    return Promise.race([asked.then(() => ({ kind: "answer" }), (fault) => ({ kind: "fault", fault: cut(fault) })), late]);
  };
  return Promise.all(arguments[0].map(ask));`;

const ask = (ways) => window.run(ASK, ways);

const MADE = (name) => ({ made: name });
const WRONG = [null, true, -1, 1.5, 2 ** 53, 1e308, "", "x", "\u0000\u202e../../etc/passwd", "domain = '", [null], { __proto__x: 1 }, MADE("long"), MADE("list"), MADE("undefined")];
const WHOLE = [MADE("undefined"), null, [], "", 5, {}, { request: null }, { request: [] }, { request: "" }, { request: 5 }, { request: {} }, { request: MADE("huge") }, { request: MADE("deep") }, { other: {} }, MADE("bytes")];

/** Every wrong way to ask a command: nothing, something else, and its own request with one field wrong, missing or too many. */
function wrongWays(command) {
  const type = types.get(command);
  const whole = WHOLE.map((sent) => ({ command, sent }));
  if (!type || type === "void") return whole;
  const right = plausible(type, known);
  const but = (name, value) => ({ command, sent: { request: { ...right, [name]: value } } });
  const each = fields(type).flatMap(({ name }) => WRONG.map((value) => but(name, value)));
  const without = fields(type).map(({ name }) => ({ command, sent: { request: Object.fromEntries(Object.entries(right).filter(([key]) => key !== name)) } }));
  return [...whole, ...each, ...without, but("unexpected", 1), { command, sent: { request: right } }];
}

/** What is wrong with an answer, if anything. A fault is no longer than can be read. */
function problem({ kind, fault }) {
  if (kind === "answer") return null;
  if (kind !== "fault") return kind === "unsent" ? null : "no answer within 50 s";
  // What nests deeper than any request can is refused by the shell before it knows which command is meant.
  if (/^recursion limit exceeded/.test(fault)) return null;
  if (typeof fault !== "object" || fault === null) return `a bare text: ${fault}`;
  if (!codes.has(fault.code)) return `no known code: ${JSON.stringify(fault)}`;
  if (fault.code === "INTERNAL") return `blames Assay: ${fault.message}`;
  if (!fault.message || !fault.remedy) return `without a message or a remedy: ${JSON.stringify(fault)}`;
  return fault.size > 8_000 ? `${fault.size} characters long: ${fault.message}` : null;
}

async function askAll(command) {
  const ways = wrongWays(command);
  const answers = [];
  // A passphrase is made slow to guess, and so to answer: few at once.
  const atOnce = fields(types.get(command) ?? "void").some(({ name }) => name === "passphrase") ? 2 : 16;
  for (let at = 0; at < ways.length; at += atOnce) answers.push(...await ask(ways.slice(at, at + atOnce)));
  assert.equal(answers.length, ways.length);
  return answers.flatMap((answer, index) => {
    const found = problem(answer);
    return found ? [`${command} ${JSON.stringify(ways[index].sent)?.slice(0, 160)}: ${found}`] : [];
  });
}

async function stillThere() {
  assert.ok((await window.invoke("app_state")).answer?.version, "the application answers");
  assert.doesNotMatch(application.said(), /panicked|stack overflow|SIGSEGV/i);
}

step("every command that exists is known, and its request can be made", () => {
  const all = commands();
  assert.ok(all.length > 100, `${all.length} commands`);
  assert.deepEqual(all.filter((command) => !types.has(command)), ["drop_handles"].filter((command) => all.includes(command) && !types.has(command)));
  assert.deepEqual(fields("HandleRequest"), [{ name: "handle", type: "string" }]);
  assert.equal(plausible("QueueCreateRequest", known).dataset, NAMES.dataset);
});

step("a command that the capability does not list is refused", async () => {
  for (const command of ["no_such_command", "plugin:fs|read_file", "plugin:shell|execute", "plugin:opener|open_url", "plugin:http|fetch", "plugin:webview|create_webview_window", "plugin:window|create", "plugin:event|emit", "plugin:app|version", "plugin:path|resolve_directory", "__initialized"]) {
    const { answer, fault } = await window.invoke(command, { path: "/etc/passwd", url: "https://example.org", label: "other", options: {} });
    assert.equal(answer, undefined, command);
    assert.ok(fault !== undefined, command);
  }
  assert.equal(await window.count(), 1);
});

const asked = commands().filter((name) => !APART.includes(name));
const GROUP = 20;

for (let at = 0; at < asked.length; at += GROUP) {
  const group = asked.slice(at, at + GROUP);
  step(`${group[0]} to ${group.at(-1)} answer, or say what to do`, async () => {
    const problems = [];
    for (const command of group) problems.push(...await askAll(command));
    await stillThere();
    assert.deepEqual(problems, []);
  });
}

step("without a workspace each says so, and what would open one is refused by its handle", async () => {
  assert.ok((await window.invoke("workspace_close")).answer, "the workspace closes");
  const problems = [];
  for (const command of asked) {
    const type = types.get(command);
    const sent = type && type !== "void" ? { request: plausible(type, known) } : {};
    const [answer] = await ask([{ command, sent }]);
    const found = problem(answer);
    if (found) problems.push(`${command}: ${found}`);
  }
  assert.deepEqual(problems, []);
  // No page of ours closes a workspace behind its own back: what it goes on showing is of no account here.
  await stillThere();
});
