// What every command of the window takes, read from the wire types that Rust wrote: enough to make a request that is right but for one thing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./application.js";

const ipc = join(root, "ui/src/ipc");

/** Every command that the application registers, in its order. */
export function commands() {
  return [...readFileSync(join(root, "src-tauri/build.rs"), "utf8").match(/COMMANDS: &\[&str\] = &\[([^\]]+)\]/)[1].matchAll(/"(\w+)"/g)].map(([, name]) => name);
}

/** The type that each command takes; `void` where it takes none. */
export function requestTypes() {
  const found = readFileSync(join(ipc, "commands.ts"), "utf8").matchAll(/^ {2}(\w+): \[(?:T\.)?(\w+), /gm);
  return new Map([...found].map(([, command, type]) => [command, type]));
}

const definitions = new Map();

/** A type's definition without comments: `{ handle: string, }`. */
function definition(name) {
  if (!definitions.has(name)) {
    const text = readFileSync(join(ipc, "bindings", `${name}.ts`), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/^(\/\/|import).*$/gm, "");
    definitions.set(name, text.match(/export type \w+ = ([\s\S]*);/)[1].trim());
  }
  return definitions.get(name);
}

/** Splits at a separator that stands outside all brackets and quotes. */
function split(text, separator) {
  const parts = [""];
  let depth = 0;
  let quoted = false;
  for (const letter of text) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && "{[(<".includes(letter)) depth++;
    if (!quoted && "}])>".includes(letter)) depth--;
    if (!quoted && depth === 0 && letter === separator) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** The fields of an object type with the type of each. */
export function fields(type) {
  if (type === "void") return [];
  const body = definition(type);
  if (!body.startsWith("{") || split(body, "|").length > 1) return [];
  return split(body.slice(1, -1), ",").filter((field) => !field.startsWith("[")).map((field) => {
    const [name, ...rest] = field.split(":");
    return { name: name.replaceAll(/["?\s]/g, ""), type: rest.join(":").trim() };
  });
}

/** A value of this type; `known` gives those of fields by their name, such as a dataset that exists. */
export function plausible(type, known, name = "") {
  if (Object.hasOwn(known, name) && (typeof known[name] === type || type.startsWith(`${typeof known[name]} |`))) return known[name];
  const [first, ...more] = split(type, "|");
  if (more.includes("null")) return null;
  if (first.startsWith('"')) return JSON.parse(first);
  if (first === "string") return "x";
  if (first === "number") return 1;
  if (first === "boolean") return false;
  if (first === "null") return null;
  if (first.startsWith("Array<")) return [];
  if (first.startsWith("[")) return split(first.slice(1, -1), ",").map((each) => plausible(each, known));
  if (first.startsWith("{")) return objectOf(first, known);
  return /^\w+$/.test(first) ? plausible(definition(first), known) : null;
}

function objectOf(body, known) {
  const entries = split(body.slice(1, -1), ",").filter((field) => !field.startsWith("[")).map((field) => {
    const [name, ...rest] = field.split(":");
    return name.includes("?") ? null : [name.replaceAll(/["\s]/g, ""), plausible(rest.join(":").trim(), known, name.trim())];
  });
  return Object.fromEntries(entries.filter(Boolean));
}
