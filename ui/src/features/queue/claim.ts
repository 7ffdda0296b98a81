/// Which claim is registered with a queue, what does it cost, and does the size pay for it?
import type { ClaimPrice } from "@/ipc";
import { count } from "@/lib/format";

export interface Claim {
  /** Fewer than this share is defective. */
  readonly below: number;
  /** Defective samples that the rule allows. */
  readonly allowed: number;
}

/** The samples that a claim takes; `null` where no draw would do. */
export function priceOf(prices: readonly ClaimPrice[], claim: Claim): number | null {
  return prices.find((price) => price.defective_below === claim.below)?.samples[claim.allowed] ?? null;
}

/** Why a draw of `size` does not support the claim; `undefined` when it does. */
export function claimProblem(prices: readonly ClaimPrice[], claim: Claim, size: number): string | undefined {
  const price = priceOf(prices, claim);
  if (price === null) return `no draw supports ${claimWords(claim)}`;
  return size < price ? `it takes ${count(price)} samples` : undefined;
}

export function same(a: Claim | null, b: Claim): boolean {
  return a?.below === b.below && a.allowed === b.allowed;
}

/** `fewer than 1 % defective, none allowed` */
export function claimWords(claim: Claim): string {
  return `fewer than ${limitWords(claim.below)} defective, ${allowedWords(claim.allowed)}`;
}

export function allowedWords(allowed: number): string {
  return allowed === 0 ? "none allowed" : `${count(allowed)} allowed`;
}

/** A share as people say a limit: `5 %`, `0.5 %`. */
export function limitWords(share: number): string {
  return `${Number((share * 100).toFixed(share < 0.001 ? 3 : 2))}\u00a0%`;
}

const ORDINALS = ["first", "second", "third"];

/** When a rule is decided: all are read, or one more than it allows is defective. */
export function decidedWords(claim: Claim, size: number): string {
  return `after ${count(size)}, or at the ${ORDINALS[claim.allowed] ?? `${claim.allowed + 1}th`} defective sample`;
}

/** A limit that was computed, never said lower than it is: up to a hundredth of a percent, or to a tenth. */
export function boundWords(share: number, digits: 1 | 2 = 2): string {
  const steps = 100 * 10 ** digits;
  return limitWords(Math.ceil(share * steps - 1e-9) / steps);
}
