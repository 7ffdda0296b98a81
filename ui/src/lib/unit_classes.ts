/// Samples by the classes of a unit that coverage counts: a dimension's values, or what is found in texts.
import { both, conditionText, equals } from "./expression";

/** Whether a unit was derived from the texts, so that its classes are no values to filter by: how often they are seen can be asked, not which. */
export function isFound(unit: string): boolean {
  return unit === "word" || unit === "bigram" || unit === "derived_bigram";
}

/** The filter of the samples of several classes. */
export function anyOf(unit: string, names: readonly string[]): string {
  if (names.length === 1) return equals(unit, names[0]!);
  return conditionText({ field: unit, operator: "in", values: [...names], numeric: false });
}

/** The filter of the samples of all these classes; `null` where only the first of the whole are named, or they are found in texts. */
export function anyOfAll(unit: string, names: readonly string[], whole: number, within = ""): string | null {
  return isFound(unit) || whole === 0 || names.length < whole ? null : both(anyOf(unit, names), within);
}
