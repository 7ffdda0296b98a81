import { expect, test } from "vitest";
import type { Cell } from "@/ipc";
import { amountLevel, cellRows, matrix, shareLevel } from "./matrix";

const cell = (over: Partial<Cell>): Cell => ({ domain: "health", language: "en", origin: "human", source_class: "unknown", samples: 1, tokens: 10, ...over });

test("a cell holds the share of its own tokens, and nothing at all is not nought", () => {
  const of = matrix([cell({ tokens: 30 }), cell({ origin: "machine", tokens: 10 }), cell({ domain: "law", language: "de", tokens: 5 })], "machine", "tokens");
  expect(of.domains).toEqual(["health", "law"]);
  expect(of.cells[0]![0]!.text).toBe("25.0");
  expect(of.cells[0]![1]!.text).toBeNull();
  expect(of.whole.text).toBe("22.2");
});

test("what has no domain stands last", () => {
  expect(matrix([cell({ domain: "", tokens: 900 }), cell({})], "machine", "tokens").domains).toEqual(["health", ""]);
});

test("columns beyond ten are hidden but counted in the margins", () => {
  const many = Array.from({ length: 12 }, (_, i) => cell({ language: `l${i}`, tokens: 12 - i }));
  const of = matrix(many, "human", "tokens");
  expect(of.languages).toHaveLength(10);
  expect(of.hiddenLanguages).toBe(2);
  expect(of.rowMargins[0]!.text).toBe("78");
});

test("the steps of the ramp begin where the legend says", () => {
  expect([0, 0.0999, 0.1, 0.55, 0.7, 1].map(shareLevel)).toEqual([0, 0, 1, 5, 6, 6]);
  expect([100, 50, 1, 0].map((amount) => amountLevel(amount, 100))).toEqual([6, 5, 0, 0]);
});

test("the table has a row for each cell that holds anything, with the shares of its own tokens", () => {
  const rows = cellRows([cell({ tokens: 30 }), cell({ origin: "machine", tokens: 10 }), cell({ domain: "law", language: "de", tokens: 5 })], "tokens");
  expect(rows).toEqual([["health", "en", 40, 0.75, 0, 0.25, 0], ["law", "de", 5, 1, 0, 0, 0]]);
});
