import { expect, test } from "vitest";
import type { GateRow } from "@/ipc";
import { behindWords, byConsequence, fails, gaugePlace, gateName, gateSentence, intervalWords, limitWords, measuredAndLimit, standing, waiverSentence } from "./gates";

const gate = (over: Partial<GateRow>): GateRow => ({
  id: "max_near_rate", slice: "", about: "", measured: 0.069, limit: 0.05, limit_is_least: false, unit: "share", interval: null, passed: false, severity: "fail",
  offending: 171, filter: null, made_of: null, classes: [], note: null, waived: null, line: 1, ...over,
});
const waived = { by: "Lin Qiao", reason: "queued", until: "2026-12-14", not_worse_than: 0.069 };

test("a waived gate still fails, a watched one cannot", () => {
  expect([gate({}), gate({ waived }), gate({ passed: true }), gate({ severity: "watch" })].map(standing)).toEqual(["fails", "waived", "passes", "watched"]);
  expect([gate({ waived }), gate({ severity: "watch" })].map(fails)).toEqual([true, false]);
});

test("failing gates stand first, else the order of the contract", () => {
  const ordered = byConsequence([gate({ id: "a", passed: true }), gate({ id: "b", waived }), gate({ id: "c" }), gate({ id: "d", passed: true }), gate({ id: "e" })]);
  expect(ordered.map((one) => one.id).join("")).toBe("cebad");
});

test("a figure never looks equal to a limit that it misses", () => {
  expect(measuredAndLimit(gate({ measured: 0.3004, limit: 0.3 }))).toEqual({ measured: "30.04\u00a0%", limit: "30\u00a0%" });
  expect(measuredAndLimit(gate({ measured: 365.2, limit: 365, unit: "days" })).measured).toBe("365.2 d");
  expect(measuredAndLimit(gate({ measured: 0.3, limit: 0.3 })).measured).toBe("30.0\u00a0%");
});

test("a limit is written as it was set", () => {
  const limit = (over: Partial<GateRow>) => limitWords(gate(over));
  expect(limit({})).toBe("≤ 5\u00a0%");
  expect(limit({ limit: 0.0005 })).toBe("≤ 0.05\u00a0%");
  expect(limit({ limit: 0, unit: "count", measured: 0 })).toBe("≤ 0");
  expect(limit({ limit: 80_000, limit_is_least: true, unit: "tokens", measured: 102_644 })).toBe("≥ 80\u00a0k");
  expect(limit({ limit: 3.5, unit: "ratio", measured: 3.12 })).toBe("≤ 3.5");
  expect(limit({ limit: 100, unit: "days", measured: 20 })).toBe("≤ 100 d");
});

test("an interval writes its unit once", () => {
  expect(intervalWords([0.638, 0.671], "share")).toBe("63.8–67.1\u00a0%");
  expect(intervalWords([3.09, 3.15], "ratio")).toBe("3.09–3.15");
});

test("what is behind a gate is named for what it is", () => {
  expect(behindWords(gate({ offending: 1 }))).toBe("1 sample");
  expect(behindWords(gate({ id: "min_tail_retention", offending: 112 }))).toBe("112 classes");
  expect(behindWords(gate({ offending: 0 }))).toBe("none");
});

test("gates are called by words, those of a slice by what they count", () => {
  expect(gateName(gate({ id: "max_unknown_share" }))).toBe("Unknown share");
  expect(gateName(gate({ id: "max_unknown_share", slice: "domain = 'health'" }))).toBe("Unknown, not reviewed");
  expect(gateName(gate({ id: "of_a_later_version", about: "intent" }))).toBe("of_a_later_version, intent");
});

test("what could not be measured is said in words, never as a number", () => {
  expect(gateSentence(gate({ measured: null }))).toBe("Could not be measured; at most 5\u00a0% is allowed.");
});

test("the sentence of a waiver holds the figure, the limit, who and until when", () => {
  expect(waiverSentence(gate({}), "Lin Qiao", "2026-12-14")).toBe("Near-duplicates: 6.9\u00a0%; the limit is at most 5\u00a0%. Lin Qiao, lead, waives this until 14 Dec 2026, while it is no worse than 6.9\u00a0%.");
});

test("every limit lies at 0, inside is below it and outside above, whichever way the limit goes", () => {
  const most = { limit: 0.1, limit_is_least: false, unit: "share" };
  const least = { limit: 0.7, limit_is_least: true, unit: "share" };
  expect(gaugePlace(0.1, most)).toBe(0);
  expect(gaugePlace(0, most)).toBe(-1);
  expect(gaugePlace(0.2, most)).toBe(0.5);
  expect(gaugePlace(1_000, most)).toBeLessThan(1);
  expect(gaugePlace(0.35, least)).toBe(0.5);
  expect(gaugePlace(1.4, least)).toBe(-0.5);
  expect(gaugePlace(0.05, { limit: 0, limit_is_least: false, unit: "share" })).toBe(0.5);
  expect(Math.abs(gaugePlace(0, { limit: 0, limit_is_least: false, unit: "count" }))).toBe(0);
});
