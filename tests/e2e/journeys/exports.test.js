// What is exported from hostile data and opened elsewhere: no cell of a table is a formula to a spreadsheet, and a picture holds nothing that runs. JSON Lines and Parquet are held against their source in tests/integration.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { Application } from "../harness/application.js";
import { steps } from "../harness/steps.js";

const CELLS = [
  "=1+1", "=HYPERLINK(\"http://127.0.0.1:9/\",\"press\")", "+1+1", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "'=1+1", "=cmd|'/C calc'!A1", "a;=1+1", "a\t=1+1", "a,=1+1", "a|=1+1", "\"=1+1", "\",=1+1,\"", "\"\n=1+1", "\uff1d1+1", "=\u202e1+1", " =1+1", "=1+1;=2+2", "a;=1+\"\"",
  "{=1+1}", "=DDE(\"cmd\";\"/C calc\";\"x\")", "=WEBSERVICE(\"http://127.0.0.1:9/\")", "<img src=x onerror=__ran(1)>", "<script>__ran(2)</script>", "&lt;b&gt;", "]]><script>__ran(3)</script>",
];

const application = new Application();
const out = join(application.home, "out");
const file = (name) => join(out, name);
const [classes, composition, picture] = [file("classes.csv"), file("composition.csv"), file("picture.svg")];
const step = steps();
let window;

before(async () => {
  const data = join(application.home, "sources");
  const workspace = join(application.home, "home/workspaces/Cells.assay");
  for (const folder of [data, out, workspace]) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rows = CELLS.flatMap((cell, index) => [0, 1, 2].map((copy) => ({ id: `${index}.${copy}`, text: `${cell} ${"and then what was asked of the patient ".repeat(copy + 1)}${index}`, kind: cell })));
  writeFileSync(join(data, "cells.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const map = join(application.home, "map.toml");
  writeFileSync(map, 'id = "id"\n[[part]]\nfield = "text"\nrole = "document"\n[dimensions]\ndomain = "kind"\nlanguage = "=en"\n');
  application.assay("index", data, "--dataset", "cells", "--map", map, "--quiet");
  application.answers([workspace, composition, picture, classes]);
  window = await application.open();
  await window.press("button", "Open a workspace");
  await window.get("region", "Overview", { exact: true, wait: 60_000 });
}, { timeout: 180_000 });
after(() => application.end());

step("tables and pictures are saved from the window", async () => {
  await window.press("button", "Export Composition");
  await window.press("menuitem", "Save the numbers…");
  await window.says(/saved as composition\.csv/);
  await window.press("button", "Export Composition");
  await window.press("menuitem", "Save the picture…");
  await window.says(/saved as picture\.svg/);
  await window.go("Coverage");
  await window.press("button", "Export Classes", { wait: 60_000 });
  await window.press("menuitem", "Save the numbers…");
  await window.says(/saved as classes\.csv/);
  for (const cell of ["'=1+1", "'@SUM(1)", "a;'=1+1"]) assert.ok(readFileSync(composition, "utf8").includes(cell), `${cell} is in the table`);
});

step("a saved picture is a drawing and nothing else", async () => {
  const kinds = await window.run("const page = new DOMParser().parseFromString(arguments[0], 'image/svg+xml'); return [...page.querySelectorAll('*')].flatMap((each) => [each.localName, ...each.getAttributeNames().filter((name) => /^on|href/i.test(name))])", readFileSync(picture, "utf8"));
  assert.ok(kinds.includes("text"), "labels are drawn");
  assert.deepEqual([...new Set(kinds)].filter((kind) => !/^(svg|g|path|line|rect|circle|polygon|polyline|text|tspan|title|desc|defs|clipPath|pattern|style)$/.test(kind)), []);
});

/** The formulas that a spreadsheet finds in a file whose cells are parted by this character; null where none is installed. */
function formulas(path, separator) {
  const filter = `CSV:${separator.codePointAt(0)},34,76,1,,0,false,true,false,false,false,-1`;
  const ran = spawnSync("soffice", ["--headless", "--norestore", `-env:UserInstallation=file://${join(application.home, "office")}`, `--infilter=${filter}`, "--convert-to", "fods", "--outdir", out, path], { encoding: "utf8", timeout: 120_000 });
  if (ran.error?.code === "ENOENT") return null;
  const sheet = path.replace(/\.csv$/, ".fods");
  assert.ok(existsSync(sheet), `converted: ${ran.stdout}${ran.stderr}`);
  return [...readFileSync(sheet, "utf8").matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
}

step("no cell is a formula to a spreadsheet, whatever it takes for a separator", () => {
  const control = file("control.csv");
  writeFileSync(control, "class,count\r\n=1+1,2\r\n");
  const seen = formulas(control, ",");
  if (seen === null) {
    console.log("SKIPPED: LibreOffice is not installed (libreoffice-calc)");
    return;
  }
  assert.deepEqual(seen, ["of:=1+1"], "a formula would be seen");
  for (const path of [composition, classes]) for (const separator of [",", ";", "\t", "|"]) assert.deepEqual(formulas(path, separator), [], `${path} parted by ${JSON.stringify(separator)}`);
});
