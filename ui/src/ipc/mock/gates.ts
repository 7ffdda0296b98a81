/** Contract, gates and waivers without a backend: failing, passing, watched, waived and unmeasurable ones. */
import type { ContractInfo, ContractRequest, GateRow, Gates, GatesAnswer, GatesRequest, GateWaiver, WaiveRequest } from "..";
import { bundledContracts, bundledText, releaseContract } from "./contracts";
import { fault, later, option } from "./options";
import { mockPerson, workFor } from "./workspace";

let text: string | null = option("contract") === "none" ? null : releaseContract;
const waivers = new Map<string, GateWaiver>();

const gate = (over: Partial<GateRow> & Pick<GateRow, "id" | "measured" | "limit">): GateRow => ({
  slice: "", about: "", limit_is_least: false, unit: "share", interval: null, passed: true, severity: "fail", offending: 0, filter: null, made_of: null, classes: [], note: null, waived: null, line: 1, ...over,
});

const MISSING = ["copper metabolism", "visceral leishmaniasis", "complement defect", "effects of lead", "congenital myopathy", "Ehlers–Danlos", "cutaneous anthrax", "amniotic embolism", "Chagas, heart", "other porphyria", "Marburg fever", "tularaemia", "paragonimiasis", "argininaemia", "Gaucher, type 3", "سوء امتصاص الجلوكوز", "遗传性血管性水肿"];
const HEALTH = "domain = 'health'";
const LONG = "domain = 'health' and language in ('en', 'de', 'es') and source_class != 'synthetic'";

/** Every gate of the release contract; a bundled one shows those it has a limit for. */
const LIBRARY: readonly GateRow[] = [
  gate({ id: "max_machine_share", measured: 0.245, limit: 0.3, offending: 604, filter: "origin = 'machine'", made_of: "part_origin = 'machine'" }),
  gate({ id: "max_unknown_share", measured: 0.104, limit: 0.12, offending: 276, filter: "origin = 'unknown'" }),
  gate({ id: "min_human_tokens", measured: 102_644, limit: 80_000, limit_is_least: true, unit: "tokens", made_of: "part_origin = 'human'" }),
  gate({ id: "max_machine_share", slice: HEALTH, measured: 0.1194, limit: 0.1, passed: false, offending: 187, filter: `${HEALTH} and origin = 'machine'` }),
  gate({ id: "max_unknown_share", slice: HEALTH, measured: 0.07, limit: 0, passed: false, offending: 78, filter: `${HEALTH} and origin = 'unknown' and verdict is null` }),
  gate({ id: "max_machine_share", slice: "domain = 'law'", measured: 0.3004, limit: 0.3, passed: false, severity: "watch", offending: 214, filter: "domain = 'law' and origin = 'machine'" }),
  gate({ id: "max_exact_rate", measured: 0.021, limit: 0.03, offending: 52 }),
  gate({ id: "max_near_rate", measured: 0.069, limit: 0.05, passed: false, offending: 171 }),
  gate({ id: "min_tail_retention", about: "intent", measured: 0.655, limit: 0.7, limit_is_least: true, passed: false, interval: [0.638, 0.671], offending: 112, classes: MISSING }),
  gate({ id: "floor", about: "language", measured: 371, limit: 200, limit_is_least: true, unit: "count" }),
  gate({ id: "max_compression_ratio", measured: 3.12, limit: 3.5, unit: "ratio", interval: [3.09, 3.15] }),
  gate({ id: "max_leaked", measured: 0, limit: 0, unit: "count", note: "None found by this method: of 214 reference samples, none in 2,480 samples, by equal text, equal normalised text, near-duplicates verified at Jaccard 0.8 of 5-token shingles or containment 0.8, and shared runs of 13 tokens or more over 30 % of the shorter text. Paraphrases and translations share no runs of words and are not seen." }),
  gate({ id: "max_age_days", measured: 301.4, limit: 365, unit: "days" }),
  gate({ id: "min_reviewed_share", slice: HEALTH, measured: 0.031, limit: 0.02, limit_is_least: true, offending: 962, filter: `${HEALTH} and verdict is null` }),
  gate({ id: "max_defect_rate", slice: HEALTH, measured: 0.0086, limit: 0.01, interval: [0, 0.0086], note: "0 of 348 randomly drawn and judged samples excluded; the upper end of the interval counts" }),
  gate({ id: "max_share_above", slice: LONG, about: "reviewer_confidence_after_second_reading", measured: null, limit: 0.2, passed: false, note: "no sample has a value in reviewer_confidence_after_second_reading" }),
];

const keyOf = (row: Pick<GateRow, "id" | "slice" | "about">) => [row.id, row.slice, row.about].join("|");

function nameIn(contract: string): string {
  return /^name = "(.*)"$/m.exec(contract)?.[1] ?? "contract";
}

/** The gates for which the contract has a limit, each at its line. */
function rowsOf(contract: string): GateRow[] {
  const lines = contract.split("\n");
  const used = new Set<number>();
  return LIBRARY.flatMap((row) => {
    const sliced = row.slice !== "" && lines.some((line) => line.includes(row.slice));
    const from = sliced ? lines.findIndex((line) => line.includes(row.slice)) : 0;
    const word = row.id === "floor" ? "min_count" : row.id;
    const at = lines.findIndex((line, index) => index >= from && !used.has(index) && line.startsWith(word));
    if (at < 0 || (row.slice !== "" && !sliced)) return [];
    used.add(at);
    return [{ ...row, line: at + 1, waived: waivers.get(keyOf(row)) ?? null }];
  });
}

function measured(contract: string, snapshot: number): Gates {
  const some = rowsOf(contract);
  // `?gates=many`: the same gates again for each of four sources with long names.
  const copies = option("gates") === "many" ? ["careforum-uk-2026-second-quarter-with-corrections", "court-decisions-fr", "casos-clinicos-es", "法律援助中心"].map((source) => `source = '${source}'`) : [];
  const gates = [...some, ...copies.flatMap((slice) => some.map((row) => ({ ...row, slice: row.slice ? `${row.slice} and ${slice}` : slice })))];
  const fails = gates.filter((row) => !row.passed && row.severity !== "watch");
  return { contract: nameIn(contract), snapshot, passed: fails.length === 0, passed_with_waivers: fails.every((row) => row.waived), gates };
}

waivers.set(keyOf(LIBRARY[4]!), { by: "Lin Qiao", reason: "The 78 samples are queued and will be judged this month.", until: "2026-12-14", not_worse_than: 0.07 });

function contract(): ContractInfo {
  return { chosen: text === null ? null : { name: nameIn(text), text, gates: rowsOf(text).length }, bundled: bundledContracts };
}

export const gateCommands = {
  contract,
  contract_choose({ handle, bundled }: ContractRequest): ContractInfo {
    if (handle && option("state") === "error") throw fault("invalid_contract", "`max_machine_shar` is no limit; did you mean `max_machine_share`?", "correct it and choose the file again", { path: "contracts/release.toml", line: 6, column: 1 });
    const chosen = bundled ? bundledText(bundled) : releaseContract;
    if (chosen === undefined) throw fault("usage", "no contract of this name comes with Assay", "choose one of the list");
    text = chosen;
    return contract();
  },
  async gates({ dataset, snapshot }: GatesRequest): Promise<GatesAnswer> {
    await later(Number(option("wait") ?? 120));
    if (option("state") === "error") throw fault("unknown_field", "no field is called reviewer_confidence", "correct the contract, or map the field and index again", { path: "contract.toml", line: 46 });
    if (text === null) return { job: null, answer: null };
    const working = workFor("gates", `${dataset}@${snapshot ?? 7}`);
    return working ? { job: working, answer: null } : { job: null, answer: measured(text, snapshot ?? 7) };
  },
  gate_waive(request: WaiveRequest): Gates {
    const { person } = mockPerson();
    if (person?.role !== "lead") throw fault("not_allowed", `\`${person?.name}\` is an ${person?.role}; only leads may waive a gate`, "ask a lead");
    const row = LIBRARY.find((one) => keyOf(one) === keyOf({ ...request, id: request.gate }));
    if (!row || row.measured === null) throw fault("not_allowed", "a gate that could not be measured cannot be waived", "see its note for what is missing");
    waivers.set(keyOf(row), { by: person.name, reason: request.reason, until: request.until, not_worse_than: row.measured });
    return measured(text!, request.snapshot ?? 7);
  },
};
