// Lists of parts: what of npm's list runs in the page, and whether each list holds all that is linked.
//   node scripts/sbom.mjs page <LIST >LIST
//   node scripts/sbom.mjs check FOLDER
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [what, folder] = process.argv.slice(2);

function listed(name) {
  const list = JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), "utf8"));
  if (list.bomFormat !== "CycloneDX" || !list.metadata?.component) throw new Error(`${name}: this is no CycloneDX document`);
  const nameless = list.components.filter(({ name, version, purl }) => !name || !version || !purl);
  if (nameless.length > 0) throw new Error(`${name}: ${nameless.length} parts without a name, a version or a package URL`);
  const unlicensed = list.components.filter(({ licenses }) => !licenses?.length).map((part) => part.name);
  if (unlicensed.length > 0) throw new Error(`${name}: without a licence: ${unlicensed.join(", ")}`);
  return new Set(list.components.map(named));
}

const named = (part) => `${part.group ? `${part.group}/` : ""}${part.name} ${part.version}`;

/** What cargo links into a program on this system; crates of this workspace among them. */
function linked(crate, ...features) {
  const tree = execFileSync("cargo", ["tree", "--locked", "-p", crate, "-e", "normal", "--prefix", "none", "--format", "{p}", ...features], { encoding: "utf8", maxBuffer: 1 << 26 });
  const names = tree.split("\n").filter((line) => line !== "" && !line.includes("(proc-macro)")).map((line) => line.split(" ").slice(0, 2).join(" ").replace(/ v/, " "));
  return new Set(names.filter((name) => name.split(" ")[0] !== crate));
}

/** What npm would install to run the page. */
function bundled() {
  const { packages } = JSON.parse(readFileSync("ui/package-lock.json", "utf8"));
  const run = Object.entries(packages).filter(([path, part]) => path !== "" && !part.dev && !part.optional && !part.devOptional);
  return new Set(run.map(([path, part]) => `${path.split("node_modules/").at(-1)} ${part.version}`));
}

function check(name, wanted) {
  const parts = listed(name);
  const missing = [...wanted].filter((part) => !parts.has(part));
  if (missing.length > 0) throw new Error(`${name}: not listed: ${missing.join(", ")}`);
  console.log(`${name}: ${parts.size} parts, all ${wanted.size} that are linked here among them`);
}

/** npm leaves out of a list without tools what tools need too: so the whole list is asked for, and the page's parts are kept. */
function page(list) {
  const runs = bundled();
  const components = list.components.filter((part) => runs.has(named(part)));
  const kept = new Set([list.metadata.component["bom-ref"], ...components.map((part) => part["bom-ref"])]);
  const dependencies = list.dependencies.filter(({ ref }) => kept.has(ref)).map((each) => ({ ...each, dependsOn: (each.dependsOn ?? []).filter((ref) => kept.has(ref)) }));
  return { ...list, components, dependencies };
}

if (what === "page") {
  console.log(JSON.stringify(page(JSON.parse(readFileSync(0, "utf8"))), null, 2));
} else {
  check("assay-app", linked("assay-app", "--features", "custom-protocol"));
  check("assay", linked("assay-cli"));
  check("ui", bundled());
}
