import { expect, test } from "vitest";
import { drawnFrom } from "./queued";

test("samples of several queues are opened where all were drawn from one snapshot", () => {
  const [first, second, other] = [{ dataset: "field", snapshot: 2 }, { dataset: "field", snapshot: 2 }, { dataset: "field", snapshot: 3 }];
  expect(drawnFrom([first, second])).toEqual({ dataset: "field", snapshot: 2 });
  expect(drawnFrom([first, other])).toBeNull();
  expect(drawnFrom([])).toBeNull();
});
