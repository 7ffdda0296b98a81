/// Gates in words: what each limit is called, how its figures are written, and how it stands.
import type { GateRow } from "@/ipc";
import { count, date, percentNumber, short } from "./format";
import type { ViewName } from "./place";

const GAP = "\u00a0";
const MOST_DIGITS = 4;

/** What the keys of a contract are called; `about` is the dimension or field. */
const NAMES: Record<string, (about: string) => string> = {
  max_machine_share: () => "Machine share",
  max_unknown_share: () => "Unknown share",
  min_human_tokens: () => "Human tokens",
  max_exact_rate: () => "Exact duplicates",
  max_near_rate: () => "Near-duplicates",
  min_tail_retention: (about) => `Tail retention, ${about}`,
  floor: (about) => `Rarest class, ${about}`,
  max_compression_ratio: () => "Compression ratio",
  max_leaked: () => "Gold samples in it",
  max_age_days: () => "Oldest gold member",
  max_share: () => "Personal data",
  min_reviewed_share: () => "Reviewed",
  max_defect_rate: () => "Defects, upper end",
  max: (about) => `Greatest ${about}`,
  max_share_above: (about) => `Share above, ${about}`,
};

type Named = Pick<GateRow, "id" | "slice" | "about">;

/** `Tail retention, intent`; the key itself where a later contract has one this window does not know. */
export function gateName({ id, slice, about }: Named): string {
  // In a slice, only what no reviewer has approved counts.
  if (id === "max_unknown_share" && slice !== "") return "Unknown, not reviewed";
  return NAMES[id]?.(about) ?? [id, about].filter(Boolean).join(", ");
}

/** What tells one gate of a contract from every other, also where two limits are set for the same. */
export function gateKey({ id, slice, about, line }: Named & Pick<GateRow, "line">): string {
  return [id, slice, about, line].join("|");
}

export type Standing = "fails" | "waived" | "passes" | "watched";

/** How a gate stands. A waived gate still fails; a watched one cannot. */
export function standing(gate: GateRow): Standing {
  if (gate.severity === "watch") return "watched";
  if (gate.passed) return "passes";
  return gate.waived ? "waived" : "fails";
}

/** Whether the contract fails by it, waived or not. */
export function fails(gate: GateRow): boolean {
  return !gate.passed && gate.severity !== "watch";
}

/** The gates in the order in which they ask for something: failing, waived, passing, watched; else as in the contract. */
export function byConsequence(gates: readonly GateRow[]): GateRow[] {
  const order: Standing[] = ["fails", "waived", "passes", "watched"];
  return gates.toSorted((a, b) => order.indexOf(standing(a)) - order.indexOf(standing(b)));
}

function written(value: number, unit: string, digits: number): string {
  switch (unit) {
    case "share": return `${percentNumber(value, digits)}${GAP}%`;
    case "tokens": return digits > 1 ? count(Math.round(value)) : short(Math.round(value));
    case "count": return count(value);
    case "days": return `${count(Math.floor(value))} d`;
    case "ratio": return value.toFixed(digits + 1);
    default: return count(Number(value.toPrecision(digits + 4)));
  }
}

/** A figure of a gate in its unit: `11.9 %`, `102.6 k`, `301 d`. */
export function gateFigure(value: number, unit: string): string {
  if (unit === "share" && value > 0 && value < 0.0005) return `< 0.1${GAP}%`;
  return written(value, unit, 1);
}

/** Both figures with as many digits as it takes to see that they differ: 30.04 % is never said to be over 30.0 %. */
export function measuredAndLimit({ measured, limit, unit }: Pick<GateRow, "measured" | "limit" | "unit">): { measured: string; limit: string } {
  if (measured === null) return { measured: "unmeasured", limit: trimmed(written(limit, unit, 1)) };
  let digits = 1;
  while (digits < MOST_DIGITS && measured !== limit && written(measured, unit, digits) === written(limit, unit, digits)) digits += 1;
  const alike = measured !== limit && digits > 1;
  // Days and counts are whole: a part of a day over the limit is said in the limit's own unit.
  const shown = unit === "days" && alike ? `${measured.toFixed(1)} d` : written(measured, unit, digits);
  // Enough digits for the limit itself: a limit of 0.05 % is not one of 0.1 %.
  const exact = unit === "share" ? digitsOf(limit * 100) : digits;
  return { measured: shown, limit: trimmed(written(limit, unit, Math.max(1, exact))) };
}

function digitsOf(value: number): number {
  return Math.min(MOST_DIGITS, (Number(value.toPrecision(9)).toString().split(".")[1] ?? "").length);
}

/** A limit is a round number: `10 %`, not `10.0 %`. */
function trimmed(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D*$)/, "$1").replace(/\.(?=\D*$)/, "");
}

/** `≤ 10 %` or `≥ 70 %`; `none` where nothing at all is allowed. */
export function limitWords(gate: Pick<GateRow, "measured" | "limit" | "unit" | "limit_is_least">): string {
  return `${gate.limit_is_least ? "≥" : "≤"} ${measuredAndLimit(gate).limit}`;
}

/** `3.09–3.15`, in the unit of the gate, which is written once. */
export function intervalWords([low, high]: readonly [number, number], unit: string): string {
  const [from, to] = [gateFigure(low, unit), gateFigure(high, unit)];
  return unit === "share" ? `${from.replace(`${GAP}%`, "")}–${to}` : `${from}–${to}`;
}

/** Samples or classes behind a gate: `187 samples`, `112 classes`. */
export function behindWords(gate: Pick<GateRow, "id" | "offending">): string {
  const classes = gate.id === "min_tail_retention" || gate.id === "floor";
  const members = gate.id === "max_age_days" || gate.id === "max_leaked";
  const [one, many] = classes ? ["class", "classes"] : members ? ["gold member", "gold members"] : ["sample", "samples"];
  return gate.offending === 0 ? "none" : `${count(gate.offending)} ${gate.offending === 1 ? one : many}`;
}

/** Where what is behind a gate can be seen: samples by its filter, copies, classes, members; nothing where no view lists it. */
export function placeBehind({ id, about, filter }: Pick<GateRow, "id" | "about" | "filter">): { view: ViewName; state?: Record<string, string> } | null {
  if (filter !== null) return { view: "samples", state: { filter } };
  if (id === "max_exact_rate" || id === "max_near_rate") return { view: "duplicates", state: {} };
  if (id === "min_tail_retention") return { view: "coverage", state: { unit: about } };
  if (id === "max_leaked") return { view: "leak", state: { reference: "gold" } };
  if (id === "max_age_days") return { view: "gold" };
  return null;
}

/** What is measured against what, in a sentence. */
export function gateSentence(gate: GateRow): string {
  const { measured, limit } = measuredAndLimit(gate);
  const asked = gate.limit_is_least ? `at least ${limit} is asked for` : gate.limit === 0 ? "none is allowed" : `at most ${limit} is allowed`;
  return gate.measured === null ? `Could not be measured; ${asked}.` : `${measured} is measured; ${asked}.`;
}

/** The waiver as it will stand on the card. The last day and the figure end it, whichever comes first. */
export function waiverSentence(gate: GateRow, by: string, until: string): string {
  const { measured, limit } = measuredAndLimit(gate);
  const where = gate.slice === "" ? "" : ` where ${gate.slice}`;
  const asked = gate.limit_is_least ? `at least ${limit}` : `at most ${limit}`;
  return `${gateName(gate)}${where}: ${measured}; the limit is ${asked}. ${by}, lead, waives this until ${date(until)}, while it is no worse than ${measured}.`;
}

/**
 * Where a figure lies beside its limit, from -1 (far inside) over 0 (the limit) to 1 (far outside), so that every
 * limit stands at the same place. Towards zero the axis is straight, away from it it narrows: nothing leaves it.
 */
export function gaugePlace(value: number, { limit, limit_is_least: least, unit }: Pick<GateRow, "limit" | "limit_is_least" | "unit">): number {
  // Nothing is a tenth of a limit of zero: there a twentieth of a share, or ten of what is counted, is halfway out.
  const scale = limit > 0 ? limit : unit === "share" ? 0.05 : 10;
  const beyond = (value - limit) / scale;
  const place = beyond <= 0 ? Math.max(-1, beyond) : beyond / (1 + beyond);
  return least ? -place : place;
}
