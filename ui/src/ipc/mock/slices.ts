/// Named slices without a backend: what is named, changed and removed is remembered until the page is left. `?slices=none|error`.
import type { NamedSlice, SliceRequest } from "..";
import { fault, option } from "./options";

let slices: NamedSlice[] = option("slices") === "none" ? [] : [
  { name: "Dosing, high stakes", filter: "domain = 'health' and intent in ('dosage', 'interaction')", tier: "high_stakes", blurred: false },
  { name: "Harm to oneself", filter: "domain = 'health' and topic like '%self-harm%'", tier: "high_stakes", blurred: true },
  { name: "Legal, origin not settled", filter: "domain = 'law' and origin in ('mixed', 'unknown') and language in ('en', 'ar', 'zh')", tier: "standard", blurred: false },
  { name: "أسئلة قانونية، المصدر غير معروف", filter: "domain = 'law' and language = 'ar' and origin = 'unknown'", tier: "standard", blurred: false },
  { name: "Everything that came from vendors or from the web and has neither a licence nor a date", filter: "(source like 'vendor-%' or source_class = 'web_crawled') and license is null and collected_at is null", tier: "standard", blurred: false },
];

export function mockSlice(name: string): NamedSlice {
  const slice = slices.find((one) => one.name === name);
  if (!slice) throw fault("usage", `there is no slice \`${name}\``, slices.length === 0 ? "name one first" : `known: ${slices.map((one) => one.name).join(", ")}`);
  return slice;
}

function keeper(): void {
  if (option("role") === "expert") throw fault("not_allowed", "`Dr Amara Okafor` is an expert; only curators and leads may name slices", "ask a curator or a lead");
}

export const sliceCommands = {
  slices(): NamedSlice[] {
    if (option("slices") === "error") throw fault("workspace_damaged", "The ledger could not be read.", "Run assay doctor");
    return slices;
  },
  slice_define({ slice }: SliceRequest): NamedSlice[] {
    keeper();
    if (slice.filter.trim() === "") throw fault("usage", "a slice needs a condition", "say which samples it holds");
    if (/[=<>]\s*$/.test(slice.filter)) throw fault("invalid_expression", "a value is missing here", "write a value, as in domain = 'health'", { column: slice.filter.length + 1 });
    slices = [...slices.filter((one) => one.name !== slice.name), slice].toSorted((a, b) => a.name.localeCompare(b.name));
    return slices;
  },
  slice_remove({ slice, reason }: SliceRequest): NamedSlice[] {
    keeper();
    if (reason.trim() === "") throw fault("usage", "removing a slice needs a reason", "say why");
    mockSlice(slice.name);
    slices = slices.filter((one) => one.name !== slice.name);
    return slices;
  },
};
