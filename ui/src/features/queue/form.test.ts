import { describe, expect, it } from "vitest";
import type { NamedSlice } from "@/ipc";
import { effective, handsWords, opened, type QueueForm, requestOf, seedOf, shareOf, wholeNumber } from "./form";

const plain: QueueForm = { ...opened({}, new Date(2026, 10, 1)), name: " Legal ", filter: " domain = 'law' ", seed: "7" };
const high: NamedSlice = { name: "Dosing", filter: "intent = 'dosage'", tier: "high_stakes", blurred: false };

it("numbers are read as people write them, and nothing else is", () => {
  expect(wholeNumber("1,200")).toBe(1200);
  for (const text of ["", " ", "1.5", "-3", "abc", "1e400"]) expect(wholeNumber(text)).toBeNull();
});

it("a share is typed in percent", () => {
  expect([shareOf("5"), shareOf("2.5 %"), shareOf("0,5")]).toEqual([0.05, 0.025, 0.005]);
  for (const text of ["", "0", "100", "x"]) expect(shareOf(text)).toBeNull();
});

it("the day makes the seed", () => {
  expect(seedOf(new Date(2026, 10, 1))).toBe("20261101");
});

describe("a request", () => {
  it("says no more than was chosen", () => {
    expect(requestOf(plain, "sample", 2)).toEqual({ name: "Legal", dataset: "sample", snapshot: 2, filter: "domain = 'law'", size: 59, seed: 7, rubric: null, reviewers: 1, blind: true, order: "random", one_per_cluster: false });
  });

  it("names the slice in place of the filter", () => {
    expect(requestOf({ ...plain, slice: "Dosing" }, "sample", 2)).toMatchObject({ slice: "Dosing", filter: "" });
  });

  it("has the strata with their allocation, the claim with what it allows, and the stop", () => {
    const form: QueueForm = { ...plain, strataBy: "language", allocation: "equal", claim: { below: 0.01, allowed: 1 }, stop: "decided" };
    expect(requestOf(form, "sample", 2)).toMatchObject({ strata_by: "language", allocation: "equal", defective_below: 0.01, allowed: 1, stop_when_decided: true });
    expect(requestOf({ ...form, stop: "narrow", narrower: "4" }, "sample", 2)).toMatchObject({ stop_narrower_than: 0.04 });
    expect(requestOf({ ...form, stop: "narrow", narrower: "4" }, "sample", 2)).not.toHaveProperty("stop_when_decided");
  });

  it("takes what hands picked or left out along, and is not made once that is gone", () => {
    expect(requestOf({ ...plain, hands: { left_out: ["a"] } }, "sample", 2)).toMatchObject({ left_out: ["a"] });
    expect(requestOf({ ...plain, hands: { picked: ["a", "b"] } }, "sample", 2)).toMatchObject({ picked: ["a", "b"] });
    expect(requestOf({ ...plain, hands: "gone" }, "sample", 2)).toBeNull();
    expect(handsWords({ left_out: ["a"] })).toBe("But 1 sample left out by hand.");
  });

  it("is not made while a number is unreadable", () => {
    for (const part of [{ size: "" }, { size: "0" }, { seed: "x" }, { stop: "narrow", narrower: "" }] as const) expect(requestOf({ ...plain, ...part }, "sample", 2)).toBeNull();
  });
});

describe("what the form comes to", () => {
  it("a high-stakes slice has two reviewers at least, blind", () => {
    expect(effective({ ...plain, blind: false }, high)).toMatchObject({ reviewers: 2, blind: true });
    expect(effective({ ...plain, reviewers: 3 }, high).reviewers).toBe(3);
    expect(effective({ ...plain, blind: false }, { ...high, tier: "standard" })).toMatchObject({ reviewers: 1, blind: false });
  });

  it("what is picked has no strata, no claim and no early stop; drawn at random again it has them back", () => {
    const form: QueueForm = { ...plain, strataBy: "language", claim: { below: 0.01, allowed: 0 }, stop: "decided" };
    expect(effective({ ...form, order: "rarest_first" }, null)).toMatchObject({ strataBy: null, claim: null, stop: "all" });
    expect(effective(form, null)).toEqual(form);
  });

  it("without a claim there is nothing to be decided", () => {
    expect(effective({ ...plain, stop: "decided" }, null).stop).toBe("all");
  });
});
