import { describe, expect, it } from "vitest";
import { digitEffect, digitMeaning, type Situation, stepRow, unanswerable } from "./meaning";

const open: Situation = { painted: true, reasonsOpen: false, rowChosen: false, blocked: false, waiting: false, labels: 4, reasons: 9, criteria: 3, highest: 4 };

describe("digits", () => {
  it("are labels, then scores while a rubric row is chosen, then reasons while the strip is open", () => {
    expect(digitMeaning(open)).toBe("label");
    expect(digitMeaning({ reasonsOpen: false, rowChosen: true })).toBe("score");
    expect(digitMeaning({ reasonsOpen: true, rowChosen: true })).toBe("reason");
  });

  it("go back to labels when the strip closes", () => {
    expect(digitEffect(1, { ...open, reasonsOpen: true })).toEqual({ meaning: "reason", value: 1 });
    expect(digitEffect(1, open)).toEqual({ meaning: "label", value: 1 });
  });

  it("mean nothing where there is no such label, score or reason", () => {
    expect(digitEffect(5, open)).toMatchObject({ meaning: null });
    expect(digitEffect(5, { ...open, rowChosen: true })).toMatchObject({ meaning: null });
    expect(digitEffect(9, { ...open, reasonsOpen: true })).toEqual({ meaning: "reason", value: 9 });
  });

  it("mean nothing before the sample is painted", () => {
    expect(digitEffect(1, { ...open, painted: false })).toMatchObject({ meaning: null, why: "the sample is not painted yet" });
    expect(digitEffect(1, { ...open, reasonsOpen: true, painted: false })).toMatchObject({ meaning: null });
  });
});

describe("an answer", () => {
  it.each([
    ["the last one is not saved", { blocked: true }],
    ["an undo is on its way", { waiting: true }],
    ["the sample is not painted", { painted: false }],
  ])("cannot be given while %s, and the reason is said", (_, change) => {
    expect(unanswerable({ ...open, ...change })).toBeTruthy();
  });

  it("can be given otherwise", () => {
    expect(unanswerable(open)).toBeUndefined();
  });
});

describe("arrows over the rubric", () => {
  it("enter at the near end, step, and leave past either end", () => {
    expect(stepRow(null, 1, 3)).toBe(0);
    expect(stepRow(null, -1, 3)).toBe(2);
    expect(stepRow(2, 1, 3)).toBeNull();
    expect(stepRow(0, -1, 3)).toBeNull();
    expect(stepRow(null, 1, 0)).toBeNull();
  });
});
