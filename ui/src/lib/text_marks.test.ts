import { expect, test } from "vitest";
import { countMarks } from "./stretches";
import { segments, stepMark, tokenCounts } from "./text_marks";

test("what is found is set apart, whatever its case, and signs are only signs", () => {
  expect(segments("Ring today. RING again (ring).", "ring").filter((each) => each.kind === "hit").map((each) => each.text)).toEqual(["Ring", "RING", "ring"]);
  expect(countMarks("2.5 mg, 205 mg", "2.5").hits).toBe(1);
  expect(countMarks("a b\n\na  b", "a b").hits).toBe(2);
  expect(countMarks("فصلني صاحب العمل", "صاحب").hits).toBe(1);
});

test("nothing to find leaves the text whole", () => {
  expect(segments("as it is", "  ")).toEqual([{ kind: "plain", text: "as it is", name: "" }]);
});

test("characters that would vanish are marks, and are not found across", () => {
  const text = "pay\u200bload and \u202epay\u200b";
  expect(countMarks(text, "payload")).toEqual({ hits: 0, tokens: 3 });
  expect(tokenCounts(text)).toEqual([["zero-width space", 2], ["right-to-left override", 1]]);
});

test("steps go round", () => {
  expect([stepMark(null, 1, 3), stepMark(2, 1, 3), stepMark(0, -1, 3), stepMark(null, -1, 3), stepMark(null, 1, 0)]).toEqual([0, 0, 2, 2, null]);
});
