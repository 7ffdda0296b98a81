import { expect, test } from "vitest";
import { ruleNow } from "./rule";

test("the rule is open while samples are left, skipped ones too", () => {
  expect(ruleNow({ order: "random", size: 20, left: 3, excluded: 0, skipped: 0 }).state).toBe("open");
  expect(ruleNow({ order: "random", size: 20, left: 0, excluded: 0, skipped: 1 }).state).toBe("open");
});

test("one exclusion breaks it at once, and none in all of them makes it hold", () => {
  expect(ruleNow({ order: "random", size: 20, left: 19, excluded: 1, skipped: 0 })).toEqual({ state: "broken", words: "does not hold", why: "1 exclusion, none is allowed" });
  expect(ruleNow({ order: "random", size: 20, left: 0, excluded: 0, skipped: 0 }).words).toBe("holds");
});

test("a queue that was picked and not drawn has no rule", () => {
  expect(ruleNow({ order: "machine_like_unknown", size: 20, left: 0, excluded: 0, skipped: 0 }).words).toBe("none");
});
