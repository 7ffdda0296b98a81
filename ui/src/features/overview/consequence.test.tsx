import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { FigureChange } from "@/ipc";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { GatesRegion } from "./gates_region";
import { atAGlance, WarningSigns } from "./warning_signs";

function show(what: "gates" | "signs") {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "overview", state: {} }} scope="overview" onPlace={(place) => seen.push(place)}>{what === "gates" ? <GatesRegion /> : <WarningSigns />}</TestWindow>);
  return { user: userEvent.setup(), seen };
}

test("failing gates stand with what is behind them; what passes is one line each", async () => {
  const { user, seen } = show("gates");
  const failing = await screen.findByRole("table", { name: "Gates that fail" });
  expect(within(failing).getAllByRole("row")).toHaveLength(6);
  await user.click(within(failing).getByRole("button", { name: "171 samples" }));
  expect(seen.at(-1)?.view).toBe("duplicates");
});

test("the signs since the snapshot before lead to the comparison of the two", async () => {
  const { user, seen } = show("signs");
  await user.click(await screen.findByRole("button", { name: "compare" }));
  expect(seen.at(-1)).toEqual({ view: "compare", state: { a: "praxis-instruct@6", b: "praxis-instruct@7" } });
});

test("only so many signs stand at a glance; the rest is counted", () => {
  const change = (direction: string, effect: number): FigureChange => ({ measure: `m${effect}`, about: "", a: 1, b: 2, change: 1, effect, effect_kind: "log_ratio", size: "large", direction, warning_sign: true, a_interval: null, b_interval: null, effect_interval: null, interval_kind: "unknown" });
  const { worse, better, rest } = atAGlance([...[1, 2, 3, 4, 5, 6, 7].map((n) => change("worse", n)), ...[1, 2, 3].map((n) => change("better", n))]);
  expect([worse.length, better.length, rest]).toEqual([5, 2, 3]);
  expect(worse[0]!.effect).toBe(7);
});
