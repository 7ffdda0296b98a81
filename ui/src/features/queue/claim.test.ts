import { expect, it } from "vitest";
import { plansOf } from "./chance_chart";
import { boundWords, claimProblem, claimWords, decidedWords, limitWords, priceOf } from "./claim";
import { effortWords, hours } from "./effort";

const prices = [{ defective_below: 0.05, samples: [59, 93, 124] }, { defective_below: 0.01, samples: [297, 470, null] }, { defective_below: 0.02, samples: [148, 235, 312] }];

it("the price of a claim depends on what it allows", () => {
  expect(priceOf(prices, { below: 0.01, allowed: 1 })).toBe(470);
  expect(priceOf(prices, { below: 0.01, allowed: 2 })).toBeNull();
});

it("a draw too small for its claim says what it takes", () => {
  expect(claimProblem(prices, { below: 0.02, allowed: 1 }, 234)).toBe("it takes 235 samples");
  expect(claimProblem(prices, { below: 0.02, allowed: 1 }, 235)).toBeUndefined();
  expect(claimProblem(prices, { below: 0.01, allowed: 2 }, 10_000)).toContain("no draw supports");
});

it("claims and limits are said without needless zeros", () => {
  expect(limitWords(0.05)).toBe("5\u00a0%");
  expect(limitWords(0.0148)).toBe("1.48\u00a0%");
  expect(claimWords({ below: 0.005, allowed: 0 })).toBe("fewer than 0.5\u00a0% defective, none allowed");
  expect(decidedWords({ below: 0.01, allowed: 1 }, 470)).toBe("after 470, or at the second defective sample");
});

it("a computed limit is never said lower than it is", () => {
  expect([boundWords(0.01002), boundWords(0.01), boundWords(0.0688, 1)]).toEqual(["1.01\u00a0%", "1\u00a0%", "6.9\u00a0%"]);
});

it("the time of a queue is that of all its reviewers, and unknown where no answer was measured", () => {
  expect(effortWords(297, 2, 26)).toBe("297 samples, 4.3\u00a0h of expert time in all, about 2.1\u00a0h each.");
  expect(effortWords(59, 1, 26)).toBe("59 samples, 0.4\u00a0h of expert time.");
  expect(effortWords(1, 1, null)).toBe("1 sample for one expert; the time of an answer is not known yet.");
  expect([hours(20), hours(359), hours(360), hours(720_000)]).toEqual(["1\u00a0min", "6\u00a0min", "0.1\u00a0h", "200\u00a0h"]);
});

it("the curves are the plan that is drawn and those that would support the same claim", () => {
  expect(plansOf({ drawn: 300, claim: { below: 0.01, allowed: 0 }, prices })).toEqual([{ drawn: 300, allowed: 0 }, { drawn: 470, allowed: 1 }]);
  expect(plansOf({ drawn: 59, claim: null, prices })).toEqual([{ drawn: 59, allowed: 0 }]);
});
