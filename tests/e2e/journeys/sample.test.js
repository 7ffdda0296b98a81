// One click on the first screen opens the bundled sample.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Application, sample } from "../harness/application.js";

const planted = JSON.parse(readFileSync(join(sample, "planted.json"), "utf8"));
const application = new Application();
let window;

before(async () => {
  window = await application.open();
}, { timeout: 120_000 });
after(() => application.end());

test("one click opens the sample, indexed and measured", { timeout: 300_000 }, async () => {
  await window.press("button", "Open the sample");
  await window.get("region", "Overview", { exact: true, wait: 240_000 });
  const indexed = String(planted.samples.indexed).replace(/(\d)(?=(\d{3})+$)/g, "$1[,\\u202f\\u00a0 ]?");
  await window.says(new RegExp(indexed), 60_000);
});

test("the second time it is there at once", { timeout: 120_000 }, async () => {
  await application.close();
  window = await application.open();
  await window.get("region", "Overview", { exact: true, wait: 30_000 });
});
