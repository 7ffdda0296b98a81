/// What does the queue form hold, and what is asked of the workbench by it?
import type { NamedSlice, QueueCreateRequest } from "@/ipc";
import { counted } from "@/lib/format";
import { type Hands, handsOf } from "@/lib/hands";
import type { Claim } from "./claim";

export interface QueueForm {
  readonly name: string;
  readonly filter: string;
  /** The named slice in place of `filter`. */
  readonly slice: string | null;
  /** As typed, so that a field may be empty for a moment. */
  readonly size: string;
  readonly seed: string;
  readonly reviewers: number;
  readonly blind: boolean;
  readonly order: Order;
  /** `name@version`; the workspace's default where `null`. */
  readonly rubric: string | null;
  /** What was picked or left out by hand before; fixed here. */
  readonly hands: Hands | "gone";
  /** The field whose values are drawn from each by itself. */
  readonly strataBy: string | null;
  readonly allocation: Allocation;
  readonly onePerCluster: boolean;
  /** Registered before anyone looks. */
  readonly claim: Claim | null;
  readonly stop: Stop;
  /** Width of the interval in percent, as typed. */
  readonly narrower: string;
}

/** How the samples are chosen. Only random draws feed estimates. */
export type Order = "random" | "rarest_first" | "uncertain_origin" | "machine_like_unknown" | "cluster_by_cluster";
export type Allocation = "proportional" | "equal" | "tail_weighted";
export type Stop = "all" | "decided" | "narrow";

export const ORDERS: readonly { value: Order; name: string; means: string }[] = [
  { value: "random", name: "Random", means: "Without replacement; what is claimed and estimated rests on it." },
  { value: "rarest_first", name: "Rarest classes first", means: "By how many samples share domain and language." },
  { value: "uncertain_origin", name: "Least certain origin first", means: "Contradicted, then unknown, then least confident." },
  { value: "machine_like_unknown", name: "Most machine-like unknown first", means: "Those of unknown origin, by the writing-style signal." },
  { value: "cluster_by_cluster", name: "Cluster by cluster", means: "Near-duplicates after one another, clusters in random order." },
];

export const ALLOCATIONS: readonly { value: Allocation; label: string; means: string }[] = [
  { value: "proportional", label: "proportional", means: "From each in proportion to its size." },
  { value: "equal", label: "equal", means: "As many from each." },
  { value: "tail_weighted", label: "tail-weighted", means: "In proportion to the root of its size: small ones come up more often." },
];

export const REVIEWERS = [1, 2, 3] as const;

export function orderOf(word: string | undefined): Order {
  return ORDERS.find((order) => order.value === word)?.value ?? "random";
}

/** What a view's own state says of a form that is opened with it. */
export function opened(state: Record<string, string>, today: Date): QueueForm {
  return {
    name: state.name ?? "", filter: state.filter ?? "", slice: state.slice ?? null, size: "59", seed: seedOf(today), reviewers: 1, blind: true,
    order: orderOf(state.order), rubric: state.rubric ?? null, strataBy: state.strata ?? null, allocation: "proportional", onePerCluster: false, claim: null, stop: "all", narrower: "5",
    hands: handsOf(state.hands),
  };
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

/** A share that was typed in percent; `null` unless it lies between 0 and 100. */
export function shareOf(text: string): number | null {
  const value = Number(text.replace("%", "").replace(",", ".").trim());
  return text.trim() !== "" && value > 0 && value < 100 ? value / 100 : null;
}

/** What the form comes to: what its slice demands and its order rules out. */
export function effective(form: QueueForm, slice: NamedSlice | null): QueueForm {
  const high = slice?.tier === "high_stakes";
  const judged = high ? { ...form, reviewers: Math.max(2, form.reviewers), blind: true } : form;
  if (form.order !== "random") return { ...judged, strataBy: null, claim: null, stop: "all" };
  return form.stop === "decided" && form.claim === null ? { ...judged, stop: "all" } : judged;
}

/** The request, of a form that is `effective`; `null` while a number cannot be read. */
export function requestOf(form: QueueForm, dataset: string, snapshot: number): QueueCreateRequest | null {
  const size = wholeNumber(form.size);
  const seed = wholeNumber(form.seed);
  const narrower = form.stop === "narrow" ? shareOf(form.narrower) : undefined;
  if (size === null || size < 1 || seed === null || narrower === null || form.hands === "gone") return null;
  return {
    name: form.name.trim(), dataset, snapshot, filter: form.slice === null ? form.filter.trim() : "", size, seed, rubric: form.rubric, reviewers: form.reviewers, blind: form.blind, order: form.order,
    one_per_cluster: form.onePerCluster, ...form.hands,
    ...(form.slice === null ? {} : { slice: form.slice }),
    ...(form.strataBy === null ? {} : { strata_by: form.strataBy, allocation: form.allocation }),
    ...(form.claim === null ? {} : { defective_below: form.claim.below, allowed: form.claim.allowed }),
    ...(form.stop === "decided" ? { stop_when_decided: true } : {}),
    ...(narrower === undefined ? {} : { stop_narrower_than: narrower }),
  };
}

/** The same without what a preview does not depend on: it is not asked for anew while the queue is being named. */
export function previewOf(request: QueueCreateRequest): QueueCreateRequest {
  return { ...request, name: "preview" };
}

/** What hands did to the slice, in words; empty where they did nothing. */
export function handsWords(hands: Hands | "gone"): string {
  if (hands === "gone") return "Samples were chosen by hand, and that choice is gone. Select them again in Samples.";
  if (hands.picked) return `Only among ${counted(hands.picked.length, "sample")} picked by hand.`;
  return hands.left_out ? `But ${counted(hands.left_out.length, "sample")} left out by hand.` : "";
}
