import { expect, test } from "vitest";
import type { GateRow } from "@/ipc";
import { dayAfter, dayProblem, whyNotWaive } from "./waiver";

const gate: GateRow = { id: "max_near_rate", slice: "", about: "", measured: 0.069, limit: 0.05, limit_is_least: false, unit: "share", interval: null, passed: false, severity: "fail", offending: 171, filter: null, made_of: null, classes: [], note: null, waived: null, line: 1 };
const lead = { name: "Lin Qiao", role: "lead" } as const;
const now = new Date("2026-11-21T15:00:00Z");

test("only a lead may waive, and only a gate that fails and was measured", () => {
  expect(whyNotWaive(gate, lead)).toBeUndefined();
  expect(whyNotWaive(gate, { name: "A", role: "expert" })).toBe("you are an expert; only a lead may waive a gate");
  expect(whyNotWaive(gate, null)).toBe("choose who you are first");
  expect(whyNotWaive({ ...gate, passed: true }, lead)).toMatch(/it holds/);
  expect(whyNotWaive({ ...gate, severity: "watch" }, lead)).toMatch(/only watched/);
  expect(whyNotWaive({ ...gate, measured: null }, lead)).toMatch(/could not be measured/);
});

test("a last day is a day that exists and is not over", () => {
  expect(dayProblem("2026-11-21", now)).toBeUndefined();
  expect(dayProblem("2026-11-20", now)).toBe("this day is over");
  expect(dayProblem("2027-06-31", now)).toBe("there is no such day");
  expect(dayProblem("31.1.2027", now)).toBe("write it as 2027-01-31");
});

test("days are counted over the end of a year", () => {
  expect(dayAfter(now, 90)).toBe("2027-02-19");
});
