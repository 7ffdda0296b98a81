import { expect, it } from "vitest";
import type { QueueItem } from "@/ipc";
import { comingUp, nextOpen } from "./order";

const items = (verdicts: (QueueItem["verdict"])[]): QueueItem[] => verdicts.map((verdict, position) => ({ position, digest: `${position}`, title: "", verdict }));

it("the next item is the next one without an answer, then from the start, then none", () => {
  expect(nextOpen(items([null, "approve", null]), 0)).toBe(2);
  expect(nextOpen(items([null, "approve", "skip"]), 2)).toBe(0);
  expect(nextOpen(items(["approve", "approve"]), 1)).toBe(1);
});

it("what is held in memory is what comes next, the next open item first", () => {
  expect(comingUp(items([null, null, null, null]), 0, 2)).toEqual([1, 2]);
  expect(comingUp(items([null, "approve", "approve", "approve"]), 1, 20)).toEqual([0, 2, 3]);
});
