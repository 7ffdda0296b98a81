/// The filters of the samples behind figures that several views show: what is counted is what is opened.
///
/// `tests/fixtures/figures.json` lists figures of the report with the filters here; a test of the engine opens each on the
/// sample dataset and counts. Deliberately absent: filters that a view builds of names alone, such as those of its sources.
import type { NoScore } from "@/ipc";
import { both, conditionsOf, conditionText, equals } from "./expression";

/** Fields that ask for membership in a set of samples: a sample is in it or is not, and `is null` means nothing. */
const SETS = new Set(["flag", "also_in", "added_since", "left_out_of", "relabelled_since", "contradictory", "text_origin", "rarity_band", "class_seen", "evidence_file", "derivation"]);

/**
 * What stays when the samples of a filter go; `null` where the filter is no plain conjunction, or asks for a set.
 *
 * A condition on what a sample lacks is neither true nor false, so that `not` alone would lose it.
 */
export function allBut(filter: string): string | null {
  const conditions = conditionsOf(filter);
  if (conditions === null || conditions.length === 0 || conditions.some((each) => SETS.has(each.field))) return null;
  return conditions.flatMap((each) => {
    if (each.operator === "is null") return [conditionText({ ...each, operator: "is not null" })];
    if (each.operator === "is not null") return [conditionText({ ...each, operator: "is null" })];
    return [`not (${conditionText(each)})`, conditionText({ ...each, operator: "is null" })];
  }).join(" or ");
}

/** In what an origin's share is counted: tokens of parts, samples, or samples that stay when duplicates go. */
export type OriginUnit = "tokens" | "samples" | "unique";

/** Samples that an origin's figure is made of. Tokens follow the parts: a mixed sample with a machine part holds machine tokens. */
export function ofOriginIn(unit: OriginUnit, origin: string): string {
  if (unit === "tokens") return equals("part_origin", origin);
  return unit === "unique" ? both(equals("origin", origin), UNIQUE) : equals("origin", origin);
}

/** Samples that stay when duplicates go. */
export const UNIQUE = "redundant is null";

/** Samples whose own evidence contradicts itself, and all copies of a text that stands under contradictory origins. */
export const CONTRADICTORY = equals("contradictory", "true");

/** Human samples that taught the style signal, of one group or all: each cluster is one text, and its score comes from folds that did not see it. */
export function taughtAsHuman(group?: { dimension: string; value: string }): string {
  return both(equals("origin", "human"), group ? equals(group.dimension, group.value) : "", UNIQUE, "style_score is not null");
}

/** Of those, the samples that it calls machine-like, from this score on. */
export function calledMachine(threshold: number, group?: { dimension: string; value: string }): string {
  return both(equals("origin", "human"), group ? equals(group.dimension, group.value) : "", UNIQUE, `style_score >= ${threshold}`);
}

/** Machine samples and mixed ones with a machine part that it was tested on and calls machine-like. */
export function foundMachine(threshold: number): string {
  return both(equals("part_origin", "machine"), UNIQUE, `style_score >= ${threshold}`);
}

/** The samples that a slice of the report was measured on; its name is its expression, `all` or nothing that of the whole. */
export function ofSlice(slice: string): string {
  return slice === "all" ? "" : slice;
}

/** How often a class is seen: from, and to where the range ends. */
export interface Times {
  readonly from: number;
  readonly to: number | null;
}

/** Samples of the classes of a unit that the snapshot holds so often, all told, as coverage counts them. */
export function classesSeen(unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit}`);
}

/** The same as counted in one part alone, and the samples of that part: the human one, or what stays when duplicates go. */
export function classesSeenIn(part: "human" | "unique", unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit} in ${part}`);
}

/** Of those, the classes that one part holds so often and no other sample has: what a removal or a mapping would lose. */
export function classesOnlyIn(part: "human" | "redundant", unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit} in ${part} only`);
}

/** Of the human part's classes of such a count, those that another part has, too, and their human samples. */
export function classesAlsoOutside(unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit} in human and outside`);
}

/** Of those, the classes that another snapshot (`NAME@N`) has none of. */
export function classesMissingFrom(snapshot: string, unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit} missing from ${snapshot}`);
}

/** Of those, the classes that another snapshot has, too. */
export function classesAlsoIn(snapshot: string, unit: string, times: Times): string {
  return equals("class_seen", `${rangeText(times)} of ${unit} also in ${snapshot}`);
}

/** However often. */
export const EVER: Times = { from: 1, to: null };

function rangeText({ from, to }: Times): string {
  if (to === null) return `${from}+`;
  return from === to ? String(from) : `${from}-${to}`;
}

type ResultColumn = "loss" | "correct" | "confidence";

/** Samples of which a run says each of these. */
export function said(run: string, columns: readonly ResultColumn[]): string {
  return both(...columns.map((column) => conditionText({ field: `${run}:${column}`, operator: "is not null", values: [], numeric: false })));
}

/** Samples in a bin of a run's reliability: right or wrong is known, and the confidence lies between both ends. */
export function inBin(run: string, { from, to }: { from: number; to: number }): string {
  const end = (operator: ">=" | "<=", value: number) => conditionText({ field: `${run}:confidence`, operator, values: [String(value)], numeric: true });
  return both(said(run, ["correct"]), end(">=", from), end("<=", to));
}

/** Samples on which answers of so many people or more stand, as far as the person may know. */
export function answeredBy(people: number): string {
  return `answers >= ${people}`;
}

/** Samples on which answers differ and nobody has settled it. */
export const DISPUTED = equals("disputed", "true");

/** Samples that several people read: of a dispute that is known, whether or not its answers may be. */
export const READ_BY_SEVERAL = `${answeredBy(2)} or ${DISPUTED}`;

/** Samples that stand in the queue of this name. */
export function inQueue(name: string): string {
  return equals("queue", name);
}

/** Why a sample has no depth of derivation; a parent that is missing takes none away. */
export type NoDepth = "unrecorded" | "unknown" | "cyclic" | "missing_parent";

/** Samples without a depth of derivation, by why; or made from a parent that is not here. */
export function withoutDepth(why: NoDepth): string {
  return equals("derivation", why);
}

/** Samples without a score of style, by why. */
export function notScored(why: NoScore): string {
  return equals("style_reason", why);
}

/** Samples with a text that the style signal learned from as one of this origin. */
export function taughtAs(origin: "human" | "machine"): string {
  return equals("style_taught", origin);
}
