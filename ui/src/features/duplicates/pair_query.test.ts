import { expect, it } from "vitest";
import { closed, measureWords, type PairQuery, queryOf, requestOf, stateOf, titleOf } from "./pair_query";

const queries: PairQuery[] = [
  {}, { kind: "near", accepted: false }, { judged: true }, { origins: ["human", "machine"], accepted: true },
  { sources: ["", "a \"quoted\" source"] }, { across: ["praxis@7", "field, 2023@1"], kind: "exact" },
];

it("the state of the view holds the whole query", () => {
  for (const query of queries) expect(queryOf(stateOf(query))).toEqual(query);
});

it("opening pairs closes whatever was open", () => {
  expect(stateOf({ kind: "near" })).toMatchObject({ show: "pairs", cluster: undefined, pair: undefined, from: undefined });
  expect(Object.values(closed()).every((value) => value === undefined)).toBe(true);
});

it("the query that is sent restricts by what is given and by nothing else", () => {
  expect(requestOf({ sources: ["a", ""] }, "d", 3, 100, 50)).toEqual({ dataset: "d", snapshot: 3, offset: 100, limit: 50, kind: null, accepted: null, judged: null, origins: null, sources: ["a", ""] });
});

it("a list says what it holds", () => {
  expect(titleOf({ kind: "near", accepted: false, sources: ["", "b"] })).toBe("Near pairs, rejected, no source and b");
  expect(titleOf({ judged: true })).toBe("Pairs, judged no duplicates");
  expect(measureWords("repeated_5grams")).toBe("Repeated 5-grams");
});
