// Everything larger: to 400 %, where each view is one column that scrolls down and nothing needs scrolling sideways (WCAG 1.4.10).
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { become } from "../harness/lead.js";
import { until } from "../harness/processes.js";
import { steps } from "../harness/steps.js";

const VIEWS = [
  "Overview", "Samples", "Duplicates", "Coverage", "Review", "Adjudicate", "Gold", "Gates", "Card", "Activity", "New queue", "Packs", "Rubrics",
  "How far reviewers agree", "Compare snapshots", "Trends of the warning signs", "Look for a reference", "Sources and writing style", "Results", "Quarantined records", "Release a training set", "Settings",
];

const application = new Application();
const step = steps();
let window;

before(async () => {
  window = await application.open();
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  await window.says("Composition", 240_000);
  await become(window, "Ilse Marchetti");
}, { timeout: 400_000 });
after(() => application.end());

const width = () => window.run("return innerWidth");
/** Waits until the window is this many times as large, and gives the width it has in its own pixels. */
const drawn = (times, actual) => until(`everything is ${times} times as large`, async () => Math.abs((await width()) * times - actual) <= 2 * times && width());

/** Waits until the view is drawn and stands still: what it still opens would come later, and wider. */
const stands = () => until("the view stands still", async () => {
  const [before, after] = [await read(), await new Promise((done) => setTimeout(done, 400)).then(read)];
  return before === after && before.length > 20 && !/^(Opening|Reading|Measuring|Comparing) .*…$/m.test(before);
}, 60_000);
const read = () => window.run("return document.querySelector('main').innerText");

step("one key makes everything larger, another smaller, a third sets it back", async () => {
  const actual = await width();
  await window.key("Ctrl", "+");
  await drawn(1.1, actual);
  await window.key("Ctrl", "+");
  await drawn(1.25, actual);
  await window.key("Ctrl", "-");
  await drawn(1.1, actual);
  await window.key("Ctrl", "0");
  await drawn(1, actual);
});

step("it is kept from session to session, and Settings says how large it is", async () => {
  const actual = await width();
  for (let press = 0; press < 4; press++) await window.key("Ctrl", "+");
  await drawn(1.75, actual);
  await application.close();
  window = await application.open();
  await window.get("region", "Overview", { exact: true, wait: 60_000 });
  await drawn(1.75, actual);
  await window.command("Settings");
  await window.says("175 % of its actual size");
  await window.pictures("zoomed-settings");
});

step("at 400 % no view needs scrolling sideways", async () => {
  await window.key("Ctrl", "0");
  const actual = await width();
  for (let press = 0; press < 8; press++) await window.key("Ctrl", "+");
  assert.ok((await drawn(4, actual)) <= 400, "as narrow as a telephone");
  const wide = [];
  for (const view of VIEWS) {
    await window.command(view);
    await stands();
    const [needs, has] = await window.run("const page = document.scrollingElement; return [Math.max(page.scrollWidth, document.body.scrollWidth), page.clientWidth]");
    if (needs > has) wide.push(`${view} needs ${needs} of ${has}`);
    await window.picture(`zoomed-${view.toLowerCase().replaceAll(" ", "-")}`);
  }
  assert.deepEqual(wide, []);
});
