import { expect, test } from "vitest";
import { chanceCurve, nearestCount } from "./chance";

test("a small slice has a point for each number of defective samples, and no more", () => {
  const curve = chanceCurve(20, 10, 0.2);
  expect(curve.map((point) => point.share * 20)).toEqual([0, 1, 2, 3, 4]);
  expect(curve.every((point, at) => at === 0 || point.chance <= curve[at - 1]!.chance)).toBe(true);
  expect(nearestCount(20, 0.12)).toBe(2);
});

test("what is allowed passes", () => {
  expect(chanceCurve(20, 20, 0.2, 1).map((point) => point.chance)).toEqual([1, 1, 0, 0, 0]);
});
