import { expect, test } from "vitest";
import { atMost, price, supportedLimit } from "./hypergeometric";

test("the chance that none is drawn is the hypergeometric one", () => {
  // C(45, 10) / C(50, 10), by hand: 0.3106.
  expect(atMost(50, 5, 10, 0)).toBeCloseTo(0.31056, 5);
  expect(atMost(50, 10, 5, 0)).toBeCloseTo(0.31056, 5);
  expect([atMost(50, 0, 10, 0), atMost(50, 50, 1, 0), atMost(50, 41, 10, 0)]).toEqual([1, 0, 0]);
});

test("a known hand of cards: at most one ace among five of 52", () => {
  expect(atMost(52, 4, 5, 1)).toBeCloseTo((1_712_304 + 778_320) / 2_598_960, 10);
  expect(atMost(10, 4, 8, 1)).toBe(0);
});

test("prices are those of the published tables for large lots", () => {
  const lot = 10_000_000;
  expect([0.05, 0.02, 0.01, 0.005].map((limit) => price(lot, limit, 0))).toEqual([59, 149, 299, 598]);
  expect([price(lot, 0.05, 1), price(lot, 0.05, 2), price(lot, 0.01, 1), price(lot, 0.01, 2)]).toEqual([93, 124, 473, 628]);
  expect(price(100, 0.01, 1)).toBeNull();
});

test("what a price buys is what it supports", () => {
  expect(supportedLimit(5_000, price(5_000, 0.01, 0)!)).toBeLessThanOrEqual(0.01);
  expect(supportedLimit(5_000, price(5_000, 0.01, 0)! - 1)).toBeGreaterThan(0.01);
  expect([supportedLimit(0, 5), supportedLimit(50, 0)]).toEqual([1, 1]);
});
