import { expect, test } from "vitest";
import { chanceCurve, nearestCount, noneFound } from "./chance";

test("the chance is the hypergeometric one", () => {
  // C(45, 10) / C(50, 10), by hand: 0.3106.
  expect(noneFound(50, 5, 10)).toBeCloseTo(0.31056, 5);
  expect(noneFound(50, 10, 5)).toBeCloseTo(0.31056, 5);
  expect([noneFound(50, 0, 10), noneFound(50, 50, 1), noneFound(50, 41, 10)]).toEqual([1, 0, 0]);
});

test("59 of very many leave 5 % defective undiscovered one time in twenty", () => {
  expect(noneFound(1_000_000, 50_000, 59)).toBeCloseTo(0.0485, 3);
});

test("a small slice has a point for each number of defective samples, and no more", () => {
  const curve = chanceCurve(20, 10, 0.2);
  expect(curve.map((point) => point.share * 20)).toEqual([0, 1, 2, 3, 4]);
  expect(curve.every((point, at) => at === 0 || point.chance <= curve[at - 1]!.chance)).toBe(true);
  expect(nearestCount(20, 0.12)).toBe(2);
});
