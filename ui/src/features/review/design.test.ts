import { expect, test } from "vitest";
import { designWords, enoughWhy, stopWords, tierMark } from "./design";

const slice = { name: "Dosing", filter: "intent = 'dosage'", tier: "high_stakes", blurred: false };
const stop = { when_decided: true, narrower_than: null, enough: null };

test("a tier is marked where it asks for more, and blurring with it", () => {
  expect(tierMark({ slice })).toBe("High stakes");
  expect(tierMark({ slice: { ...slice, tier: "standard", blurred: true } })).toBe("blurred");
  expect(tierMark({ slice: { ...slice, tier: "standard" } })).toBeNull();
  expect(tierMark({ slice: null })).toBeNull();
});

test("the design of a draw is told as far as it has one", () => {
  const strata = [{ value: "en", population: 10, drawn: 2, supports_below: 0.9 }];
  expect(designWords({ slice: null, reviewers: 1, blind: true, strata_by: "", strata: [], one_per_cluster: false, stop: null })).toBe("1 reviewer each, blind");
  expect(designWords({ slice, reviewers: 2, blind: true, strata_by: "source_class", strata, one_per_cluster: true, stop })).toBe("slice Dosing; 2 reviewers each, blind; from 1 stratum by source class; one from each cluster of near-duplicates; enough is read when the claim is decided");
});

test("enough is said once it was read, with why", () => {
  expect(enoughWhy({ stop })).toBeNull();
  expect(enoughWhy({ stop: null })).toBeNull();
  expect(enoughWhy({ stop: { ...stop, enough: "decided" } })).toBe("the claim is decided; reading on is fine.");
  expect(enoughWhy({ stop: { when_decided: false, narrower_than: 0.07, enough: "narrow" } })).toBe("the interval is narrower than 7\u00a0%; reading on is fine.");
  expect(stopWords({ when_decided: true, narrower_than: 0.05, enough: null })).toBe("enough is read when the claim is decided or the interval is narrower than 5\u00a0%");
});
