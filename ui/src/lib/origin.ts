/// The four origins in the order in which they are always drawn, and what belongs to each.
import type { Origin } from "@/ipc";

export const ORIGINS: readonly Origin[] = ["human", "mixed", "machine", "unknown"];

export const ORIGIN_FILL: Record<Origin, string> = {
  human: "var(--origin-human)",
  mixed: "var(--origin-mixed)",
  machine: "var(--origin-machine)",
  unknown: "url(#hatch)",
};

/** One number for each origin. */
export type ByOrigin = Record<Origin, number>;

/** From the wire's `[human, mixed, machine, unknown]`. */
export function byOrigin(values: readonly number[]): ByOrigin {
  return { human: values[0] ?? 0, mixed: values[1] ?? 0, machine: values[2] ?? 0, unknown: values[3] ?? 0 };
}

export function sum(values: ByOrigin): number {
  return values.human + values.mixed + values.machine + values.unknown;
}
