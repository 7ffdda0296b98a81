import { expect, test } from "vitest";
import { pairOf, sideName, sidesOf } from "./sides";

const snapshot = (number: number, measured = true) => ({ number, created: "2026-11-14T10:12:40Z", samples: 1, tokens: 1, root: "sha256:00", measured });
const datasets = [{ name: "praxis", snapshots: [snapshot(1), snapshot(2), snapshot(3, false)], synthetic: null }, { name: "field", snapshots: [snapshot(1)], synthetic: null }];
const sides = sidesOf(datasets);

test("only measured snapshots can be compared, the latest first", () => {
  expect(sides.map((side) => side.name)).toEqual(["praxis@2", "praxis@1", "field@1"]);
});

test("the current snapshot is held against the one before it", () => {
  expect(pairOf(sides, {}, "praxis", 2)?.map((side) => side.name)).toEqual(["praxis@1", "praxis@2"]);
});

test("what was asked for is kept; what is no longer there is not", () => {
  expect(pairOf(sides, { a: "field@1", b: "praxis@1" }, "praxis", 2)?.map((side) => side.name)).toEqual(["field@1", "praxis@1"]);
  expect(pairOf(sides, { a: "gone@4" }, "praxis", 2)?.map((side) => side.name)).toEqual(["praxis@1", "praxis@2"]);
});

test("a dataset with one snapshot is held against another dataset, and one snapshot alone against nothing", () => {
  expect(pairOf(sides, {}, "field", 1)?.map((side) => side.name)).toEqual(["praxis@2", "field@1"]);
  expect(pairOf(sides.slice(2), {}, "field", 1)).toBeNull();
});

test("a side is named with its dataset only where that tells them apart", () => {
  expect([sideName(sides[0]!, false), sideName(sides[0]!, true)]).toEqual(["snapshot 2", "praxis / 2"]);
});
