import { expect, test } from "vitest";
import { ruleNow } from "./rule";

test("the rule is open while samples are left, skipped ones too", () => {
  expect(ruleNow({ order: "random", size: 20, left: 3, excluded: 0, skipped: 0, rule: null }).state).toBe("open");
  expect(ruleNow({ order: "random", size: 20, left: 0, excluded: 0, skipped: 1, rule: null }).state).toBe("open");
});

test("one exclusion breaks it at once, and none in all of them makes it hold", () => {
  expect(ruleNow({ order: "random", size: 20, left: 19, excluded: 1, skipped: 0, rule: null })).toEqual({ state: "broken", words: "does not hold", why: "1 exclusion, none is allowed" });
  expect(ruleNow({ order: "random", size: 20, left: 0, excluded: 0, skipped: 0, rule: null }).words).toBe("holds");
});

test("a queue that was picked and not drawn has no rule", () => {
  expect(ruleNow({ order: "machine_like_unknown", size: 20, left: 0, excluded: 0, skipped: 0, rule: null }).words).toBe("none");
});

test("a registered rule says what it claims, and what it would cost after a rejection", () => {
  const info = { order: "random", size: 299, left: 200, excluded: 0, skipped: 0 };
  const rule = { defective_below: 0.01, allowed: 1, holds: null, further: null };
  expect(ruleNow({ ...info, rule }).state).toBe("open");
  expect(ruleNow({ ...info, excluded: 1, left: 0, rule: { ...rule, holds: true } }).words).toBe("holds");
  expect(ruleNow({ ...info, rule: { ...rule, holds: false, further: 174 } }).why).toContain("174 more");
  expect(ruleNow({ ...info, rule: { ...rule, holds: false } }).why).toContain("no further look");
});
