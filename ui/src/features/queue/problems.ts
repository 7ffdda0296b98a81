/// Why could a queue not be drawn as the form stands?
import type { QueuePreview } from "@/ipc";
import { claimProblem } from "./claim";
import { type QueueForm, shareOf, wholeNumber } from "./form";

/** Why the size cannot be used; `undefined` when it can. */
export function sizeProblem(size: string, slice: number | null): string | undefined {
  const value = wholeNumber(size);
  if (value === null || value < 1) return "a whole number of at least 1";
  return slice !== null && value > slice ? "more than the slice holds" : undefined;
}

export function seedProblem(seed: string): string | undefined {
  return wholeNumber(seed) === null ? "a whole number" : undefined;
}

export function narrowerProblem(form: Pick<QueueForm, "stop" | "narrower">): string | undefined {
  return form.stop === "narrow" && shareOf(form.narrower) === null ? "a share between 0 and 100 %" : undefined;
}

export const STRATA_NEED_RANDOM = "strata are for random draws";
export const CLAIM_NEEDS_RANDOM = "nothing may be claimed of what was picked";

/** Why a way to stop cannot be chosen. */
export function stopUnavailable(stop: QueueForm["stop"], form: Pick<QueueForm, "order" | "claim">): string | undefined {
  if (stop === "all") return undefined;
  if (form.order !== "random") return "nothing is estimated from what was picked";
  return stop === "decided" && form.claim === null ? "choose a claim first" : undefined;
}

/** The first thing that stands in the way of an `effective` form. */
export function firstProblem(form: QueueForm, preview: QueuePreview | null): string | undefined {
  return (
    (form.hands === "gone" ? "the choice by hand is gone" : undefined) ??
    (form.name.trim() === "" ? "the queue has no name yet" : undefined) ??
    (preview?.slice_samples === 0 ? "no sample matches" : undefined) ??
    prefixed("size: ", sizeProblem(form.size, preview?.slice_samples ?? null)) ??
    prefixed("claim: ", form.claim && preview ? claimProblem(preview.prices, form.claim, preview.size) : undefined) ??
    prefixed("stop: ", narrowerProblem(form)) ??
    prefixed("seed: ", seedProblem(form.seed))
  );
}

function prefixed(prefix: string, problem: string | undefined): string | undefined {
  return problem && prefix + problem;
}
