import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { OriginCounts } from "@/ipc";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { foldWords, grouped } from "./figures";
import { additionParts } from "./flow";
import { View } from "./index";
import { movedRows } from "./moved";
import { goneFilter } from "./retention";

const snapshot = (number: number) => ({ number, created: "2026-11-14T10:12:40Z", samples: 2_480, tokens: 1, root: "sha256:3f9c81d2", measured: true });
const praxis = { name: "praxis-instruct", snapshots: [snapshot(6), snapshot(7)], synthetic: null };
const field = { name: "field-2023", snapshots: [snapshot(1)], synthetic: null };

function open(datasets: typeof praxis[], state: Record<string, string> = {}) {
  const seen: Place[] = [];
  const chosen: unknown[] = [];
  const workspace = { name: "W", path: "/w", datasets, person: null, people: [], last_entry: null, review_left: 0, disputes: 0, gold: 0 };
  const session = { workspace, dataset: datasets[0]!, snapshot: datasets[0]!.snapshots.at(-1)!, choose: (...args: unknown[]) => void chosen.push(args) };
  render(<TestWindow start={{ view: "compare", state }} scope="compare" session={session} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen, chosen };
}

const figures = () => screen.findByRole("table", { name: "Figures of both snapshots" });

test("the signs that grew worse stand first, with figures, change and the word for the effect", async () => {
  open([praxis]);
  const first = within(await figures()).getAllByRole("row").find((row) => row.textContent?.startsWith("Machine share"));
  expect(first).toHaveTextContent("20.2 %24.5 %23.4–25.6 %+4.3 ptmedium");
});

test("a figure opens what it counts in its own snapshot", async () => {
  const { user, seen, chosen } = open([praxis]);
  await user.click(within(await figures()).getByRole("button", { name: /Machine share 20\.2.% in praxis-instruct \/ 6/ }));
  expect(chosen).toEqual([["praxis-instruct", 6]]);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "part_origin = 'machine'" } });
});

test("signs that are as before stay folded behind their number until they are asked for, by key too", async () => {
  const { user, seen } = open([praxis]);
  const table = within(await figures());
  expect(table.queryByRole("rowheader", { name: /^Classes\s?domain/ })).not.toBeInTheDocument();
  const fold = table.getByRole("button", { name: /^2 as before/ });
  expect(fold).toHaveAttribute("aria-expanded", "false");
  fold.focus();
  await user.keyboard("{Enter}");
  expect(seen.at(-1)?.state).toMatchObject({ before: "shown" });
  expect(table.getByRole("button", { name: /^2 as before/ })).toHaveAttribute("aria-expanded", "true");
  expect(table.getAllByRole("row").at(-1)).toHaveTextContent(/no effect/);
});

test("two equal snapshots show what is as before, for there is nothing else to see", async () => {
  open([praxis], { a: "praxis-instruct@7", b: "praxis-instruct@7" });
  expect(within(await figures()).getByRole("button", { name: /as before/ })).toHaveAttribute("aria-expanded", "true");
});

test("of what is as before, figures that differ at all come first", () => {
  const figure = (about: string, change: number, size: string | null, direction = "same") => ({ measure: "hill_0", about, a: 1, b: 1 + change, change, effect: change, effect_kind: "log_ratio", size, direction, warning_sign: true, a_interval: null, b_interval: null, effect_interval: null, interval_kind: "unknown" });
  const { moved, before } = grouped([figure("still", 0, "none"), figure("a little", 0.001, "none", "better"), figure("worse", 1, "large", "worse"), figure("counted", 9, "large", "")] as never);
  expect(moved.map((group) => [group.name, group.rows.map((row) => row.about)])).toEqual([["Worse", ["worse"]], ["Neither worse nor better", ["counted"]]]);
  expect(before.map((row) => row.about)).toEqual(["a little", "still"]);
  expect(foldWords(before)).toBe("1 differs by less than an effect");
});

test("classes that are gone open together where all of them are named", () => {
  const row = { unit: "intent", tail: 10, retention: 0.8, missing: ["gout", "author's"] };
  expect(goneFilter(row)).toBe("intent in ('gout', 'author''s')");
  expect(goneFilter({ ...row, tail: 100 })).toBeNull();
  expect(goneFilter({ ...row, unit: "word" })).toBeNull();
});

test("a missing class opens its samples in the first snapshot", async () => {
  const { user, seen, chosen } = open([praxis]);
  await user.click(await screen.findByRole("button", { name: "copper metabolism" }));
  expect(chosen).toEqual([["praxis-instruct", 6]]);
  expect(seen.at(-1)?.state).toEqual({ filter: "intent = 'copper metabolism'" });
});

test("two datasets are searched for each other's samples, with the method in words", async () => {
  open([praxis, field], { a: "field-2023@1", b: "praxis-instruct@7" });
  const leaks = await screen.findByRole("table", { name: "One in the other" });
  expect(within(leaks).getByRole("row", { name: /field-2023 in praxis-instruct/ })).toHaveTextContent("field-2023 in praxis-instruct12431956");
  expect(screen.getAllByText(/Paraphrases and translations share no runs of words/).length).toBe(2);
});

test("swapping the sides is one key, and a single snapshot says what is missing", async () => {
  const { user, seen } = open([praxis]);
  await figures();
  await user.keyboard("s");
  expect(seen.at(-1)?.state).toEqual({ a: "praxis-instruct@7", b: "praxis-instruct@6" });
});

test("one snapshot alone cannot be compared, and the view says so", async () => {
  open([field]);
  expect(await screen.findByText("One snapshot so far")).toBeInTheDocument();
});

test("what was added is said against what was there", () => {
  const counts = (human: number, machine: number) => ({ human, machine, mixed: 0, unknown: 0 });
  const words = (added: OriginCounts, before: OriginCounts) => additionParts(added, before).map((part) => part.words).join("");
  expect(words(counts(1, 3), counts(3, 1))).toBe("Of what was added, 75\u00a0% is machine text and 25\u00a0% is human. Of what was there, 25\u00a0% and 75\u00a0%.");
  expect(words(counts(0, 0), counts(3, 1))).toBe("Nothing was added.");
  expect(additionParts(counts(1, 3), counts(2, 1)).flatMap((part) => (part.open ? [part.open] : []))).toEqual([
    { side: "b", origin: "machine", count: 3 }, { side: "b", origin: "human", count: 1 }, { side: "a", origin: "machine", count: 1 }, { side: "a", origin: "human", count: 2 },
  ]);
});

test.each([
  ["Left out: 65 samples", 6, "left_out_of = 'praxis-instruct@7'"],
  ["Kept: 2,324 samples", 7, "also_in = 'praxis-instruct@6'"],
  ["Added: 156 samples", 7, "added_since = 'praxis-instruct@6'"],
  ["Added, machine: 114 samples", 7, "added_since = 'praxis-instruct@6' and origin = 'machine'"],
  ["18 samples with another origin", 7, "relabelled_since = 'praxis-instruct@6'"],
])("%s opens the samples that it counts", async (name, snapshot, filter) => {
  const { user, seen, chosen } = open([praxis]);
  await user.click(await screen.findByRole("button", { name: new RegExp(name) }));
  expect(chosen).toEqual([["praxis-instruct", snapshot]]);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter } });
});

test("the source that moved a share is named, and the parts sum to the whole", async () => {
  const { user, seen } = open([praxis]);
  const moved = within(await screen.findByRole("table", { name: "What moved machine share" }));
  expect(moved.getAllByRole("row")[0]).toHaveTextContent("vendor-c, hi-banking+2.6 pt");
  expect(moved.getAllByRole("row").at(-1)).toHaveTextContent("Machine share, all+4.3 pt");
  await user.click(moved.getByRole("button", { name: /^vendor-c, hi-banking/ }));
  expect(seen.at(-1)?.state).toEqual({ filter: "source = 'vendor-c, hi-banking' and part_origin = 'machine'" });
});

test("a count of matches opens both sides of them", async () => {
  const { user, seen } = open([praxis, field], { a: "field-2023@1", b: "praxis-instruct@7" });
  await user.click(await screen.findByRole("button", { name: "field-2023 in praxis-instruct, 31 near matches: open both sides" }));
  expect(seen.at(-1)).toEqual({ view: "leak", state: { key: "a".repeat(64), kind: "near", reference: "field-2023@1", data: "praxis-instruct@7" } });
});

test("others are summed so that nothing is left out of the change", () => {
  const moved = { by: "source", others: 2, others_points: [0, 0, 0.5, 0] as [number, number, number, number], groups: Array.from({ length: 9 }, (_, at) => ({ name: `s${at}`, a: [0, 0, 1, 0] as [number, number, number, number], b: [0, 0, 2, 0] as [number, number, number, number], points: [0, 0, at / 100, 0] as [number, number, number, number] })) };
  const { rows, others, whole } = movedRows(moved, "machine");
  expect(others).toBe(5);
  expect(rows.reduce((sum, row) => sum + row.points, 0)).toBeCloseTo(whole);
  expect(rows.at(-1)?.name).toBeNull();
});
