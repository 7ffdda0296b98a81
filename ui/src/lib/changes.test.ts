import { expect, test } from "vitest";
import type { FigureChange } from "@/ipc";
import { behindMeasure, byMeaning, changeWords, EFFECT_ENDS, effectPlace, effectReach, figureWords, intervalOf, sureness, measureGloss, measureName } from "./changes";

const change = (over: Partial<FigureChange>): FigureChange => ({ measure: "machine_share", about: "", a: 0.202, b: 0.245, change: 0.043, effect: 0.1, effect_kind: "cohens_h", size: "medium", direction: "worse", warning_sign: true, a_interval: null, b_interval: null, effect_interval: null, interval_kind: "unknown", ...over });

test("shares change in points, amounts in per cent, the rest in their own unit", () => {
  expect(changeWords(change({}))).toBe("+4.3 pt");
  expect(changeWords(change({ a: 0.0105, b: 0.0102, change: -0.0003 }))).toBe("−0.03 pt");
  expect(changeWords(change({ measure: "human_tokens", a: 98_812, b: 102_644, change: 3_832 }))).toBe("+3.9\u00a0%");
  expect(changeWords(change({ measure: "human_tokens", a: 0, b: 12_000, change: 12_000 }))).toBe("+12.0\u00a0k");
  expect(changeWords(change({ measure: "heaps_beta", a: 0.612, b: 0.594, change: -0.018 }))).toBe("−0.018");
  expect(changeWords(change({ measure: "hill_1", a: 268, b: 241, change: -27 }))).toBe("−27");
});

test("what is not defined is a dash, what did not change says so", () => {
  expect(changeWords(change({ a: null, change: null }))).toBe("–");
  expect(figureWords("heaps_beta", null)).toBe("–");
  expect(changeWords(change({ change: 0 }))).toBe("none");
});

test("a measure is called by its words, and says what it is about", () => {
  expect(measureName(change({ measure: "hill_1" }))).toBe("Classes, q = 1");
  expect(measureGloss(change({ measure: "hill_1", about: "intent" }))).toBe("intent, effective number");
  expect(measureGloss(change({ measure: "distinct_2", about: "origin = 'machine'" }))).toBe("machine part, of word pairs");
  expect(measureName(change({ measure: "of_a_later_version" }))).toBe("Of a later version");
});

test("worse first by effect; what has no effect or no direction is neither", () => {
  const all = [change({ measure: "a", effect: 0.03 }), change({ measure: "b", effect: -0.3 }), change({ measure: "c", effect: 0.2, direction: "better" }), change({ measure: "d", effect: 0.9, direction: "" }), change({ measure: "e", effect: 0.001, size: "none" }), change({ measure: "f", effect: null, size: null })];
  const { worse, better, other } = byMeaning(all);
  expect(worse.map((one) => one.measure).join("")).toBe("baf");
  expect(better.map((one) => one.measure).join("")).toBe("c");
  expect(other.map((one) => one.measure).join("")).toBe("de");
});

test("an effect lies to the right where it is worse, whichever way the figure went", () => {
  expect(effectPlace({ effect: -0.05, direction: "worse" })).toBeCloseTo(0.38);
  expect(effectPlace({ effect: -0.05, direction: "better" })).toBeCloseTo(-0.38);
  expect(effectPlace({ effect: -0.05, direction: "" })).toBeCloseTo(-0.38);
  expect(effectPlace({ effect: null, direction: "" })).toBe(0);
});

test("an effect lies within the room of its word, and none leaves the axis", () => {
  const place = (effect: number) => effectPlace({ effect, direction: "worse" });
  expect([0.02, 0.05, 0.15].map(place)).toEqual(EFFECT_ENDS.slice(0, 3));
  expect(place(0.01)).toBeLessThan(place(0.019));
  expect(place(9)).toBeLessThan(1);
});

test("a figure opens what it counts; one of the whole opens nothing", () => {
  expect(behindMeasure("machine_share", "")).toEqual({ view: "samples", state: { filter: "part_origin = 'machine'" } });
  expect(behindMeasure("hill_1", "intent")).toEqual({ view: "coverage", state: { unit: "intent" } });
  expect(behindMeasure("near_rate", "")?.view).toBe("duplicates");
  expect(behindMeasure("quarantined_share", "")?.view).toBe("quarantine");
  expect(behindMeasure("made_up", "")).toBeNull();
});

test("the interval of an effect lies around it, on the side that is worse", () => {
  const grown = { effect: 0.1, direction: "worse", effect_interval: [0.06, 0.14] as [number, number] };
  const [low, high] = effectReach(grown)!;
  expect(low).toBeLessThan(effectPlace(grown));
  expect(high).toBeGreaterThan(effectPlace(grown));
  const fallen = { effect: -0.1, direction: "worse", effect_interval: [-0.14, 0.01] as [number, number] };
  const [left, right] = effectReach(fallen)!;
  expect([left < 0, right > effectPlace(fallen)]).toEqual([true, true]);
  expect(effectReach({ ...grown, effect_interval: null })).toBeNull();
});

test("the workspace's own bounds move an effect's place", () => {
  const grown = { effect: 0.1, direction: "worse" };
  expect(effectPlace(grown, [0.1, 0.2, 0.5])).toBeCloseTo(0.14);
  expect(effectPlace(grown)).toBeGreaterThan(0.38);
});

test("a figure says how sure it is, or that nobody knows", () => {
  expect(intervalOf("machine_share", [0.241, 0.249])).toBe("24.1–24.9\u00a0%");
  expect(sureness("compression_ratio", [3.09, 3.15], "resamples")).toBe("3.09–3.15");
  expect(sureness("human_tokens", null, "exact")).toBe("exact");
  expect(sureness("near_rate", null, "unknown")).toBe("no interval");
});
