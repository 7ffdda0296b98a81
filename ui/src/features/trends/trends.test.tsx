import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";
import { band, runsOf } from "./sign_chart";

const snapshots = [6, 7].map((number) => ({ number, created: "2026-11-14T10:12:40Z", samples: 2_480, tokens: 1, root: "sha256:3f9c81d2", measured: true }));

function open(name = "praxis-instruct", state: Record<string, string> = {}) {
  const seen: Place[] = [];
  const chosen: unknown[] = [];
  const dataset = { name, synthetic: null, snapshots };
  const session = { dataset, snapshot: snapshots[1]!, choose: (...args: unknown[]) => void chosen.push(args) };
  render(<TestWindow start={{ view: "trends", state }} scope="trends" session={session} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen, chosen };
}

const signs = async () => within(await screen.findByRole("table", { name: "Warning signs" }));

test("every warning sign is there, worse first by the last step", async () => {
  open();
  const rows = (await signs()).getAllByRole("row").slice(1).map((row) => row.textContent ?? "");
  for (const name of ["Human tokens", "Machine share", "Unknown share", "Near-duplicates", "Compression ratio", "Heaps β", "Classes", "Tail retention"]) {
    expect(rows.some((row) => row.startsWith(name)), name).toBe(true);
  }
  expect(rows[0]).toContain("worse, large");
  expect(rows.at(-1)).toContain("no effect");
});

test("where a sign stands opens what it counts in the last snapshot", async () => {
  const { user, seen, chosen } = open();
  await user.click((await signs()).getByRole("button", { name: "24.5\u00a0%, Machine share in snapshot 7: open" }));
  expect(chosen).toEqual([["praxis-instruct", 7]]);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "part_origin = 'machine'" } });
});

test("a sign shows its interval, its effect and where the bounds of the words are set", async () => {
  const { user } = open();
  await user.click((await signs()).getByRole("button", { name: /^Machine share/ }));
  const step = within(screen.getByRole("region", { name: "The last step" }));
  expect(step.getByText("24.5 %")).toHaveTextContent("24.5 % 23.4–25.6 %");
  expect(step.getByText(/Cohen’s h, 95 % interval/)).toBeInTheDocument();
  expect(screen.getByText(/An effect below 0.02 is called none, below 0.05 small, below 0.15 medium/)).toBeInTheDocument();
});

test("a count says that it is exact, and a rate of pairs that no interval is known", async () => {
  const { user } = open();
  await user.click((await signs()).getByRole("button", { name: /^Human tokens/ }));
  expect(screen.getByText(/A count: it is exact/)).toBeInTheDocument();
  await user.click((await signs()).getByRole("button", { name: /^Near-duplicates/ }));
  expect(screen.getByText(/How far it would vary with the samples drawn is not known/)).toBeInTheDocument();
});

test("a point opens what is behind it in its own snapshot, by mouse or by key", async () => {
  const { user, seen, chosen } = open("praxis-instruct", { sign: "machine_share|" });
  const point = await screen.findByRole("button", { name: /^Snapshot 3, .* 13\.9.%, .*open what is behind it/ });
  point.focus();
  await user.keyboard("{Enter}");
  expect(chosen).toEqual([["praxis-instruct", 3]]);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "part_origin = 'machine'" } });
});

test("one snapshot alone has figures and no change", async () => {
  open("field-2023");
  expect((await signs()).getAllByRole("row").length).toBeGreaterThan(8);
  expect(screen.getByText(/One snapshot so far: a second one is needed/)).toBeInTheDocument();
});

test("where a sign was not defined the line and its band have a gap", () => {
  const runs = runsOf({ values: [1, null, 2, 3], intervals: [null, null, [1, 3], [2, 4]] });
  expect(runs.map((run) => run.map((point) => point.at))).toEqual([[0], [2, 3]]);
  const same = (value: number) => value;
  expect(band(runs[0]!, same, same)).toBeNull();
  expect(band(runs[1]!, same, same)).toBe("M2 3L3 4L3 2L2 1Z");
});
