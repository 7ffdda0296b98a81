// Holds each list of parts against what cargo and npm link: node scripts/sbom_check.mjs FOLDER
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];

function listed(name) {
  const list = JSON.parse(readFileSync(join(folder, `${name}.cdx.json`), "utf8"));
  if (list.bomFormat !== "CycloneDX" || !list.metadata?.component) throw new Error(`${name}: this is no CycloneDX document`);
  const nameless = list.components.filter(({ name, version, purl }) => !name || !version || !purl);
  if (nameless.length > 0) throw new Error(`${name}: ${nameless.length} parts without a name, a version or a package URL`);
  const unlicensed = list.components.filter(({ licenses }) => !licenses?.length).map((part) => part.name);
  if (unlicensed.length > 0) throw new Error(`${name}: without a licence: ${unlicensed.join(", ")}`);
  return new Set(list.components.map((part) => `${part.group ? `${part.group}/` : ""}${part.name} ${part.version}`));
}

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

check("assay-app", linked("assay-app", "--features", "custom-protocol"));
check("assay", linked("assay-cli"));
check("ui", bundled());
