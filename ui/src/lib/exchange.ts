/// Filters of the samples that two snapshots share, and of those that only one has: the same that a comparison counts.
import { equals, literal } from "./expression";

const of = (field: string, name: string) => `${field} = ${literal(name, false)}`;

/** Samples of the open snapshot that are also in `name`; copies are matched one by one. */
export const alsoIn = (name: string): string => of("also_in", name);

/** Samples of the open snapshot that `name`, an earlier one, has not. */
export const addedSince = (name: string): string => of("added_since", name);

/** Samples of the open snapshot that `name`, a later one, no longer has. */
export const leftOutOf = (name: string): string => of("left_out_of", name);

/** Samples of the open snapshot that `name` has under another origin. */
export const relabelledSince = (name: string): string => of("relabelled_since", name);

/** Of those, the ones of an origin. */
export const ofOrigin = (filter: string, origin: string): string => `${filter} and ${equals("origin", origin)}`;

const WORDS: Record<string, string> = { also_in: "also in", added_since: "added since", left_out_of: "left out of", relabelled_since: "relabelled since" };

/** How a condition on such a field is said: `added since praxis@6`; nothing for another field. */
export function exchangeWords(field: string, operator: string): { field: string; operator: string } | null {
  const words = WORDS[field];
  if (!words || !["=", "!="].includes(operator)) return null;
  return { field: operator === "=" ? words : `not ${words}`, operator: "" };
}
