import { expect, test } from "vitest";
import { guidanceLine, scaleWords } from "./scale_words";

const GUIDANCE = "1: wrong in substance. 2: an error that matters. 3: right but for a detail. 4: right throughout.";

test("a guidance that names its steps is read step by step", () => {
  expect([...scaleWords(GUIDANCE)]).toEqual([[1, "wrong in substance"], [2, "an error that matters"], [3, "right but for a detail"], [4, "right throughout"]]);
});

test("a guidance that is one sentence has no steps", () => {
  expect(scaleWords("agrees with current guidance, at 1: 1 of its words").size).toBe(0);
  expect(guidanceLine("agrees with current guidance", new Map(), 4, 2, 3)).toBe("agrees with current guidance");
});

test("the line at rest says the highest step, then the one given, then the one under the pointer", () => {
  const words = scaleWords(GUIDANCE);
  expect(guidanceLine(GUIDANCE, words, 4, null, undefined)).toBe("4: right throughout");
  expect(guidanceLine(GUIDANCE, words, 4, null, 2)).toBe("2: an error that matters");
  expect(guidanceLine(GUIDANCE, words, 4, 1, 2)).toBe("1: wrong in substance");
});
