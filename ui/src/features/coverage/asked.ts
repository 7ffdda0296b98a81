/// What does the view ask: against which reference, from how many observations on, and without which samples? Pure.
import type { AfterRemoval, ClassCount, Coverage, Origin } from "@/ipc";
import { allBut, classesAlsoIn, classesAlsoOutside, classesMissingFrom, classesOnlyIn, classesSeen, classesSeenIn, EVER, ofOriginIn, type Times, UNIQUE } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { anyOfAll, isFound } from "@/lib/unit_classes";

export type Removal = "nothing" | "duplicates" | "excluded" | "filter";

export interface Asked {
  /** `human`, `gold`, `NAME@N`. */
  readonly reference: string;
  readonly atLeast: number;
  readonly removal: Removal;
  /** The filter whose samples go, where the removal is one. */
  readonly filter: string;
}

const REMOVALS: readonly Removal[] = ["nothing", "duplicates", "excluded", "filter"];
export const AT_LEAST: readonly number[] = [1, 2, 3, 5, 10, 20];
export const EXCLUDED = "verdict = 'exclude'";

/** Reads the kept state of the view; what is not a choice any more is the standard one. */
export function askedOf(state: Record<string, string>): Asked {
  const atLeast = Number(state.least);
  return {
    reference: state.against || "human",
    atLeast: AT_LEAST.includes(atLeast) ? atLeast : 1,
    removal: REMOVALS.find((each) => each === state.removal) ?? "nothing",
    filter: state.without ?? "",
  };
}

/** The filter whose samples go; empty where nothing goes or the report already says what going costs. */
export function withoutOf(asked: Asked): string {
  if (asked.removal === "excluded") return EXCLUDED;
  return asked.removal === "filter" ? asked.filter.trim() : "";
}

/** Whether the stored report answers, so that nothing is counted anew. */
export function isStored(asked: Asked): boolean {
  return asked.reference === "human" && asked.atLeast === 1 && withoutOf(asked) === "";
}

/** A reference in words: what the engine calls it. */
export function referenceWords(reference: string): string {
  return reference === "human" ? "human part" : reference;
}

/** The state of the grid that shows a class's samples, of the reference where it is missing here. */
export function samplesOf(unit: string, name: string, within = ""): Record<string, string> {
  return isFound(unit) ? { filter: within, find: name } : { filter: both(equals(unit, name), within) };
}

/** What within a snapshot the reference is, as a filter; empty where it is all of it. */
export function referenceFilter(reference: string): string {
  if (reference === "human") return "origin = 'human'";
  return reference === "gold" ? "gold = 'true'" : "";
}

/**
 * The filter of the reference's samples whose classes, held so often there, are missing here; `null` where no filter says it.
 *
 * `here` is the snapshot (`NAME@N`) that is held against the reference. Topics are those of one snapshot, gold is no part of it.
 */
export function missingFilter(unit: Coverage, asked: Asked, times: Times, here: string): string | null {
  if (unit.sampled || asked.atLeast > 1 || asked.reference === "gold") return null;
  if (asked.reference === "human") return countedByOrigin(unit) ? classesOnlyIn("human", unit.unit, times) : null;
  return isCountedWhole(unit) ? classesMissingFrom(here, unit.unit, times) : null;
}

/** The filter of the reference's samples whose classes it holds so often, and of those that are here, too; `null` where no filter says it. */
export function heldThere(unit: Coverage, asked: Asked, times: Times, here: string): { classes: string | null; present: string | null } {
  const once = (present: string) => (asked.atLeast > 1 ? null : present);
  if (asked.reference === "human" && !unit.sampled && countedByOrigin(unit)) return { classes: classesSeenIn("human", unit.unit, times), present: once(classesAlsoOutside(unit.unit, times)) };
  if (!isCountedWhole(unit) || !isElsewhere(asked.reference)) return { classes: null, present: null };
  return { classes: classesSeen(unit.unit, times), present: once(classesAlsoIn(here, unit.unit, times)) };
}

/** Whether the reference is another snapshot, where its samples can be opened. */
export function isElsewhere(reference: string): boolean {
  return reference.includes("@");
}

/** Whether each part's counts follow the origins of now; where too much text was relabelled, the words' do not. */
function countedByOrigin(unit: Coverage): boolean {
  return unit.by_origin.length > 0;
}

/** Whether another snapshot's classes of the unit are the same and all counted: topics are its own, bigrams may be a sample's there. */
function isCountedWhole(unit: Coverage): boolean {
  return !unit.sampled && !unit.topics && (unit.unit === "word" || !isFound(unit.unit));
}

/** The filter of the samples that have a class of the unit at all: of words, every one. */
export function observedFilter(unit: Coverage): string | null {
  if (unit.sampled) return null;
  return isFound(unit.unit) ? "" : classesSeen(unit.unit, EVER);
}

/** Of those, the samples of one part. Words are counted by the part of a text that they stand in. */
export function observedOf(unit: Coverage, origin: Origin): string | null {
  const observed = observedFilter(unit);
  return observed === null ? null : both(observed, ofOriginIn(isFound(unit.unit) ? "tokens" : "samples", origin));
}

/** The filter of the samples that stay; `null` where nothing goes, or no filter says it. */
export function stayingFilter(unit: Coverage, asked: Asked): string | null {
  const stays = asked.removal === "duplicates" ? UNIQUE : allBut(withoutOf(asked));
  const observed = observedFilter(unit);
  return stays === null || observed === null ? null : both(observed, stays);
}

/** The filter of the reference's samples that have a class of the unit; `null` where it is not another snapshot's. */
export function observedThere(unit: Coverage, asked: Asked): string | null {
  if (!isCountedWhole(unit) || !isElsewhere(asked.reference)) return null;
  return isFound(unit.unit) ? "" : classesSeen(unit.unit, EVER);
}

/** The filter of the samples of all these classes; `null` where only the first of them are named, or they are found in texts. */
export function allNamed(unit: string, classes: readonly ClassCount[], whole: number, within = ""): string | null {
  return anyOfAll(unit, classes.map((each) => each.class), whole, within);
}

/** The filter of the samples whose classes go with what is taken away; `null` where no filter says it. */
export function lostFilter(unit: Coverage, removal: Removal, after: AfterRemoval | null): string | null {
  if (removal === "duplicates") return unit.sampled ? null : classesOnlyIn("redundant", unit.unit, EVER);
  return after && allNamed(unit.unit, after.lost, after.lost_count);
}

/** The figures once samples are gone, in words why there are none, or nothing where nothing was asked. */
export function afterOf(coverage: Coverage, removal: Removal): { after: NonNullable<Coverage["after_removal"]> } | { unknown: string } | null {
  if (removal === "nothing") return null;
  if (removal === "duplicates") {
    return coverage.after_removal ? { after: coverage.after_removal } : { unknown: "Not known: the copies hold too much text to be reread." };
  }
  if (!coverage.without) return null;
  return coverage.without.after ? { after: coverage.without.after } : { unknown: "Not known: what would go holds too much text to be reread." };
}
