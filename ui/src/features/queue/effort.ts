/// How long would a queue take its reviewers, as far as the time of an answer is known?
import { counted } from "@/lib/format";

/** `4.3 h`; minutes below a tenth of an hour. */
export function hours(seconds: number): string {
  if (seconds < 360) return `${Math.max(1, Math.round(seconds / 60))}\u00a0min`;
  const value = seconds / 3600;
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)}\u00a0h`;
}

/** `297 samples, 4.3 h of expert time in all, about 2.1 h each.` No number where none is known. */
export function effortWords(size: number, reviewers: number, seconds_each: number | null): string {
  const samples = counted(size, "sample");
  if (seconds_each === null) return `${samples} for ${expertsWords(reviewers)}; the time of an answer is not known yet.`;
  const each = size * seconds_each;
  return reviewers === 1 ? `${samples}, ${hours(each)} of expert time.` : `${samples}, ${hours(each * reviewers)} of expert time in all, about ${hours(each)} each.`;
}

const NUMBERS = ["no expert", "one expert", "two experts", "three experts"];

export function expertsWords(reviewers: number): string {
  return NUMBERS[reviewers] ?? `${reviewers} experts`;
}
