import { expect, it } from "vitest";
import { barHeight, binName, heldByLargest } from "./size_bins";

it("bins are named by what they hold", () => {
  expect([[2, 2], [3, 4], [65, 128]].map(([from, to]) => binName({ from: from!, to: to!, clusters: 1, samples: 1 }))).toEqual(["2", "3–4", "to 128"]);
});

it("bars grow with the logarithm; one is seen, none is not", () => {
  expect(barHeight(0, 100, 80)).toBe(0);
  expect(barHeight(1, 100, 80)).toBe(6);
  expect(barHeight(10, 100, 80)).toBe(43);
  expect(barHeight(100, 100, 80)).toBe(80);
  expect(barHeight(1, 1, 80)).toBe(80);
});

it("says what the largest clusters hold", () => {
  const bins = [{ from: 2, to: 2, clusters: 90, samples: 180 }, { from: 33, to: 64, clusters: 10, samples: 420 }];
  expect(heldByLargest(bins, 0.01)).toEqual({ clusters: 0.1, held: 0.7 });
  expect(heldByLargest([], 0.01)).toBeNull();
});
