import { expect, test } from "vitest";
import { bulkSelection, EVERYTHING, handsOf, holds, isNothing, MOST_BY_HAND, NOTHING, problem, ranged, selectionWords, toggled } from "./selection";

const AT = { dataset: "letters", snapshot: 3 };

test("a sample is taken in and out again, and nothing else moves", () => {
  const one = toggled(NOTHING, "a");
  expect(holds(one, "a")).toBe(true);
  expect(holds(one, "b")).toBe(false);
  expect(isNothing(toggled(one, "a"))).toBe(true);
});

test("a range is taken in whole, whatever stood in it", () => {
  const some = ranged(toggled(NOTHING, "b"), ["a", "b", "c"], true);
  expect(["a", "b", "c", "d"].map((digest) => holds(some, digest))).toEqual([true, true, true, false]);
  expect(["a", "b", "c"].map((digest) => holds(ranged(some, ["a", "b"], false), digest))).toEqual([false, false, true]);
});

test("all that match is a predicate: single samples are left out and taken back", () => {
  const but = toggled(toggled(EVERYTHING, "a"), "b");
  expect([holds(but, "a"), holds(but, "b"), holds(but, "never seen")]).toEqual([false, false, true]);
  expect(selectionWords(but, 1_206)).toBe("All 1,206 rows selected, 2 samples left out");
  expect(selectionWords(toggled(toggled(but, "a"), "b"), 1_206)).toBe("All 1,206 rows selected");
  expect(holds(ranged(but, ["a", "c"], false), "c")).toBe(false);
  expect(holds(ranged(but, ["a", "c"], true), "a")).toBe(true);
});

test("what is sent names the picked, or the filter and those left out", () => {
  const picked = ranged(NOTHING, ["b", "a"], true);
  expect(bulkSelection(picked, AT, "domain = 'law'")).toEqual({ ...AT, filter: "domain = 'law'", picked: ["a", "b"], left_out: [] });
  expect(bulkSelection(toggled(EVERYTHING, "c"), AT, "")).toEqual({ ...AT, filter: "", picked: null, left_out: ["c"] });
  expect(handsOf(picked)).toEqual({ picked: ["a", "b"] });
  expect(handsOf(EVERYTHING)).toEqual({});
  expect(handsOf(toggled(EVERYTHING, "c"))).toEqual({ left_out: ["c"] });
});

test("what cannot be acted on says why", () => {
  const many = ranged(NOTHING, Array.from({ length: MOST_BY_HAND + 1 }, (_, i) => String(i)), true);
  expect(problem(NOTHING, "")).toBe("nothing is selected");
  expect(problem(many, "")).toContain("narrow the filter");
  expect(problem(EVERYTHING, "warfarin")).toContain("pick rows");
  expect(problem(EVERYTHING, "")).toBeUndefined();
  expect(problem(toggled(NOTHING, "a"), "warfarin")).toBeUndefined();
});
