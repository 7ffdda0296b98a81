import { expect, test } from "vitest";
import { runs } from "./sparkline";

test("the line breaks where a figure was not defined", () => {
  expect(runs([1, null, 2, 3], 36, 16).map((line) => line.length)).toEqual([1, 2]);
});

test("the highest stands at the top and the lowest at the bottom, at its own scale", () => {
  expect(runs([0.1, 0.3], 36, 16)).toEqual([[[3, 13], [33, 3]]]);
});

test("what never changed is a level line, and nothing draws nothing", () => {
  expect(runs([5, 5], 36, 16)[0]!.map(([, y]) => y)).toEqual([8, 8]);
  expect(runs([null], 36, 16)).toEqual([]);
});
