/// What does the queue form hold, and why could it not be drawn?
import type { ClaimPrice, QueueCreateRequest } from "@/ipc";
import { counted } from "@/lib/format";
import type { Hands } from "@/lib/hands";

export interface QueueForm {
  readonly name: string;
  readonly filter: string;
  /** As typed, so that a field may be empty for a moment. */
  readonly size: string;
  readonly seed: string;
  readonly blind: boolean;
  readonly order: Order;
  /** `name@version`; the workspace's default where `null`. */
  readonly rubric: string | null;
  /** What was picked or left out by hand before; fixed here. */
  readonly hands: Hands | "gone";
}

/** How the samples are chosen. Only random draws feed estimates. */
export type Order = "random" | "uncertain_origin" | "machine_like_unknown";

export const ORDERS: readonly { value: Order; name: string; means: string }[] = [
  { value: "random", name: "Random, without replacement", means: "feeds estimates" },
  { value: "uncertain_origin", name: "Uncertain origin first", means: "contradicted, then unknown, then least confident; no estimates" },
  { value: "machine_like_unknown", name: "Machine-like unknowns first", means: "by the writing-style signal; no estimates" },
];

export function orderOf(word: string | undefined): Order {
  return ORDERS.find((order) => order.value === word)?.value ?? "random";
}

/** The day as a seed: stated, repeatable, chosen by nobody. */
export function seedOf(day: Date): string {
  return `${day.getFullYear()}${String(day.getMonth() + 1).padStart(2, "0")}${String(day.getDate()).padStart(2, "0")}`;
}

/** Largest seed that a number on the wire holds exactly. */
const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

export function wholeNumber(text: string): number | null {
  const value = Number(text.replaceAll(",", "").trim());
  return text.trim() !== "" && Number.isSafeInteger(value) && value >= 0 && value <= LARGEST_SEED ? value : null;
}

/** Why the numbers cannot be used; `undefined` when they can. */
export function sizeProblem(size: string, slice: number | null): string | undefined {
  const value = wholeNumber(size);
  if (value === null || value < 1) return "a whole number of at least 1";
  return slice !== null && value > slice ? "more than the slice holds" : undefined;
}

export function seedProblem(seed: string): string | undefined {
  return wholeNumber(seed) === null ? "a whole number" : undefined;
}

export function requestOf(form: QueueForm, dataset: string, snapshot: number): QueueCreateRequest | null {
  const size = wholeNumber(form.size);
  const seed = wholeNumber(form.seed);
  if (size === null || size < 1 || seed === null || form.hands === "gone") return null;
  return { name: form.name.trim(), dataset, snapshot, filter: form.filter.trim(), size, seed, rubric: form.rubric, reviewers: 1, blind: form.blind, order: form.order, ...form.hands };
}

/** What hands did to the slice, in words; empty where they did nothing. */
export function handsWords(hands: Hands | "gone"): string {
  if (hands === "gone") return "Samples were chosen by hand, and that choice is gone. Select them again in Samples.";
  if (hands.picked) return `Only among ${counted(hands.picked.length, "sample")} picked by hand.`;
  return hands.left_out ? `But ${counted(hands.left_out.length, "sample")} left out by hand.` : "";
}

/** The strictest claim that `size` pays for; `null` when it pays for none. */
export function bestClaim(prices: readonly ClaimPrice[], size: number): ClaimPrice | null {
  return prices.filter((price) => price.samples <= size).reduce<ClaimPrice | null>((best, price) => (best === null || price.defective_below < best.defective_below ? price : best), null);
}

/** A share as people say a limit: `5 %`, `0.5 %`. */
export function limitWords(share: number): string {
  return `${Number((share * 100).toFixed(share < 0.001 ? 3 : 2))}\u00a0%`;
}
