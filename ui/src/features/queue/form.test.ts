import { describe, expect, it } from "vitest";
import { bestClaim, handsWords, limitWords, requestOf, seedOf, sizeProblem, wholeNumber } from "./form";

const prices = [{ defective_below: 0.05, samples: 59 }, { defective_below: 0.01, samples: 299 }, { defective_below: 0.02, samples: 149 }];

it("the strictest claim that a size pays for", () => {
  expect(bestClaim(prices, 200)?.defective_below).toBe(0.02);
  expect(bestClaim(prices, 58)).toBeNull();
});

it("a limit is said without needless zeros", () => {
  expect(limitWords(0.05)).toBe("5\u00a0%");
  expect(limitWords(0.005)).toBe("0.5\u00a0%");
  expect(limitWords(0.0148)).toBe("1.48\u00a0%");
});

it("numbers are read as people write them, and nothing else is", () => {
  expect(wholeNumber("1,200")).toBe(1200);
  for (const text of ["", " ", "1.5", "-3", "abc", "1e400"]) expect(wholeNumber(text)).toBeNull();
});

describe("a draw", () => {
  const form = { name: " Legal ", filter: " domain = 'law' ", size: "59", seed: "7", blind: true, order: "random" as const, rubric: null, hands: {} };

  it("asks for one reviewer, and the default rubric unless another is chosen", () => {
    expect(requestOf(form, "sample", 2)).toEqual({ name: "Legal", dataset: "sample", snapshot: 2, filter: "domain = 'law'", size: 59, seed: 7, rubric: null, reviewers: 1, blind: true, order: "random" });
    expect(requestOf({ ...form, rubric: "law@2" }, "sample", 2)?.rubric).toBe("law@2");
  });

  it("takes what hands picked or left out along, and is not asked for once that is gone", () => {
    expect(requestOf({ ...form, hands: { left_out: ["a"] } }, "sample", 2)).toMatchObject({ left_out: ["a"] });
    expect(requestOf({ ...form, hands: { picked: ["a", "b"] } }, "sample", 2)).toMatchObject({ picked: ["a", "b"] });
    expect(requestOf({ ...form, hands: "gone" }, "sample", 2)).toBeNull();
    expect(handsWords({ left_out: ["a"] })).toBe("But 1 sample left out by hand.");
  });

  it("is not asked for while a number is unreadable", () => {
    expect(requestOf({ ...form, size: "" }, "sample", 2)).toBeNull();
    expect(requestOf({ ...form, seed: "x" }, "sample", 2)).toBeNull();
  });

  it("cannot be larger than its slice", () => {
    expect(sizeProblem("100", 99)).toBe("more than the slice holds");
    expect(sizeProblem("99", 99)).toBeUndefined();
  });
});

it("the day makes the seed", () => {
  expect(seedOf(new Date(2026, 10, 1))).toBe("20261101");
});
