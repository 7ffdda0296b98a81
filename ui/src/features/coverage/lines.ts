/// Which lines does a coverage chart draw, and what do they say? Pure, so that both charts and both tables agree.
import type { Coverage, Origin, RarefactionPoint } from "@/ipc";
import { valueAt } from "@/lib/scale";

export interface Line {
  /** `whole`, an origin, or a reference from outside the snapshot. */
  readonly of: "whole" | "reference" | Origin;
  readonly name: string;
  readonly observations: number;
  /** Rank, and share of observations. */
  readonly ranks: readonly (readonly [number, number])[];
  readonly curve: readonly RarefactionPoint[];
}

/** The whole first, then the origins that have anything, in their order. */
export function linesOf(coverage: Coverage): Line[] {
  const shares = (points: readonly (readonly [number, number])[], observations: number) => points.map(([rank, count]) => [rank, observations > 0 ? count / observations : 0] as const);
  const whole: Line = { of: "whole", name: "all", observations: coverage.observations, ranks: shares(coverage.rank_frequency, coverage.observations), curve: coverage.rarefaction };
  const parts = coverage.by_origin
    .filter((part) => part.observations > 0)
    .map((part): Line => ({ of: part.origin, name: `${part.origin} part`, observations: part.observations, ranks: shares(part.rank_frequency, part.observations), curve: part.rarefaction }));
  const there = coverage.tail?.there;
  const reference: Line[] = there ? [{ of: "reference", name: coverage.tail!.reference, observations: there.observations, ranks: shares(there.rank_frequency, there.observations), curve: there.rarefaction }] : [];
  return [whole, ...parts, ...reference];
}

export const LINE_STROKE: Record<Line["of"], string> = {
  whole: "var(--chart-ink)",
  reference: "var(--chart-reference)",
  human: "var(--origin-human)",
  mixed: "var(--origin-mixed)",
  machine: "var(--origin-machine)",
  unknown: "var(--origin-unknown)",
};

export const LINE_TEXT: Record<Line["of"], string> = {
  whole: "var(--text)",
  reference: "var(--text-2)",
  human: "var(--text-human)",
  mixed: "var(--text-mixed)",
  machine: "var(--text-machine)",
  unknown: "var(--text-unknown)",
};

/** Coverage and classes of a curve, ascending in coverage. */
export function curvePoints(line: Line): (readonly [number, number])[] {
  return line.curve.map((point) => [point.coverage, point.classes] as const);
}

/** The coverage that every line reaches with what was observed: where they can be compared. */
export function commonCoverage(lines: readonly Line[]): number | null {
  const ends = lines.map((line) => line.curve.filter((point) => !point.extrapolated).at(-1)?.coverage);
  const known = ends.filter((end): end is number => end !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}

/** Classes expected at one coverage, line by line; `null` where a line does not reach it. */
export function classesAt(lines: readonly Line[], coverage: number): { line: Line; classes: number | null }[] {
  return lines.map((line) => ({ line, classes: valueAt(curvePoints(line), coverage) }));
}
