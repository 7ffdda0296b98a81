// How long from a verdict key to the next sample on the glass, and to the answer on the disk, in the real window?
//
//   node tests/e2e/latency.js WORKSPACE [VERDICTS]
//
// The workspace is not changed but for one new queue and its answers. Prints medians and 95th percentiles as JSON.
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { Application } from "./harness/application.js";

const [folder, wanted = "100"] = process.argv.slice(2);
if (!folder) throw new Error("which workspace? node tests/e2e/latency.js WORKSPACE [VERDICTS]");
const workspace = resolve(folder);
const verdicts = Number(wanted);
const application = new Application();
const assay = (...args) => execFileSync(join(application.binary, "../assay"), [...args, "--workspace", workspace], { encoding: "utf8", maxBuffer: 1 << 28 });

const PERSON = "Latency";
const queue = `latency ${Date.now()}`;
if (!assay("person", "list").includes(PERSON)) assay("person", "add", PERSON, "--role", "lead");
const began = Date.now();
assay("queue", "create", "--name", queue, "--size", String(verdicts + 20), "--seed", "7", "--actor", PERSON);
const drawn = Date.now() - began;

/** In the page: from the next key on, when the next place stands in the page, when it is painted, and when the entry is known to be on disk. */
const WATCH = `
  const place = () => /(\\d[\\d,]*)\\s+of\\s+(\\d[\\d,]*)/.exec(document.body.textContent)?.[1];
  const saved = () => /Saved #([\\d,.]+)/.exec(document.body.textContent)?.[1];
  const seen = (window.__seen = {});
  const [from, entry] = [place(), saved()];
  addEventListener("keydown", () => {
    // Not the time stamp of the event: a driven key carries that of another clock.
    const start = performance.now();
    const watch = new MutationObserver(() => {
      if (seen.painted === undefined && place() !== from) {
        seen.painted = null;
        seen.changed = performance.now() - start;
        requestAnimationFrame(() => requestAnimationFrame((now) => { seen.painted = now - start; }));
      }
      if (seen.durable === undefined && saved() !== entry) seen.durable = performance.now() - start;
      if (typeof seen.painted === "number" && seen.durable !== undefined) watch.disconnect();
    });
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { capture: true, once: true });
`;

const figures = { changed: [], painted: [], durable: [] };
try {
  const window = await application.open({ args: [workspace] });
  await window.go("Review");
  await window.press("button", `Begin: ${queue}`);
  await window.says(new RegExp(`of\\s+${verdicts + 20}`), 60_000);
  for (let number = 0; number < verdicts; number++) {
    await window.settled();
    await window.run(WATCH);
    await window.key("a");
    for (let wait = 0; wait < 200; wait++) {
      const seen = await window.run("return window.__seen");
      if (typeof seen.painted === "number" && seen.durable !== undefined) {
        figures.changed.push(seen.changed);
        figures.painted.push(seen.painted);
        figures.durable.push(seen.durable);
        break;
      }
      await new Promise((done) => setTimeout(done, 10));
    }
  }
} finally {
  await application.end();
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1];
const summary = (values) => ({ count: values.length, median_ms: at(values, 0.5), p95_ms: at(values, 0.95), worst_ms: at(values, 1) });
console.log(JSON.stringify({ workspace: folder, queue_drawn_ms: drawn, changed: summary(figures.changed), painted: summary(figures.painted), durable: summary(figures.durable) }, null, 2));
