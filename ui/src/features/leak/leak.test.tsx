import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { referenceOf, View } from "./index";

const snapshot = (number: number) => ({ number, created: "2026-11-14T10:12:40Z", samples: 2_480, tokens: 1, root: "sha256:3f9c81d2", measured: true });
const datasets = [{ name: "praxis-instruct", synthetic: null, snapshots: [snapshot(7)] }, { name: "field-2023", synthetic: null, snapshots: [snapshot(1)] }];

function open(state: Record<string, string> = {}) {
  const seen: Place[] = [];
  const chosen: unknown[] = [];
  const workspace = { name: "W", path: "/w", datasets, person: null, people: [], last_entry: null, review_left: 0, disputes: 0, gold: 214 };
  const session = { workspace, dataset: datasets[0]!, snapshot: datasets[0]!.snapshots[0]!, choose: (...args: unknown[]) => void chosen.push(args) };
  render(<TestWindow start={{ view: "leak", state }} scope="leak" session={session} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen, chosen };
}

test("nothing is looked for before a reference is chosen", () => {
  open();
  expect(screen.getByText("Choose what to look for")).toBeInTheDocument();
  expect(screen.getByText(/Paraphrase and translation are invisible to n-grams/)).toBeInTheDocument();
});

test("each count lists as many matches as it says", async () => {
  const { user, seen } = open({ reference: "field-2023@1" });
  const kinds = within(await screen.findByRole("table", { name: "Found by kind" }));
  await user.click(kinds.getByRole("button", { name: "Near-duplicate: 31 matches, show them" }));
  expect(seen.at(-1)?.state.kind).toBe("near");
  expect(await screen.findByText("31 of 56")).toBeInTheDocument();
  expect(within(screen.getByRole("list", { name: "Matches" })).getAllByRole("listitem").length).toBe(31);
});

test("both sides are shown, and the run that they share is marked in each", async () => {
  open({ reference: "field-2023@1", kind: "near" });
  const both = within(await screen.findByRole("region", { name: "Both sides" }));
  for (const name of ["Reference", "Found in"]) expect(both.getByRole("region", { name }).querySelector("mark")?.textContent?.length).toBeGreaterThan(20);
  expect(both.getByText(/longest shared run: 14 tokens, marked/)).toBeInTheDocument();
});

test("a side opens its sample in its own snapshot", async () => {
  const { user, seen, chosen } = open({ reference: "field-2023@1" });
  const side = within(await screen.findByRole("region", { name: "Reference" }));
  await user.click(side.getByRole("button", { name: "open in Samples" }));
  expect(chosen).toEqual([["field-2023", 1]]);
  expect(seen.at(-1)?.state.filter).toMatch(/^digest = 'sha256:/);
});

test("nothing found is said to be nothing found by this method", async () => {
  open({ reference: "gold" });
  expect(await screen.findByText("None found by this method")).toBeInTheDocument();
  expect(screen.getByText(/of 214 reference samples, none in 2,480 samples/)).toBeInTheDocument();
});

test("what a comparison no longer keeps can be searched for again", async () => {
  open({ reference: "field-2023@1", data: "praxis-instruct@7", key: "c".repeat(64) });
  expect(await screen.findByText(/What this search found is no longer kept/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("table", { name: "Found by kind" })).toBeInTheDocument();
});

test("a reference is gold, a snapshot, or a picked file behind its handle", () => {
  expect(referenceOf("gold")).toEqual({ gold: true, snapshot: null, handle: null });
  expect(referenceOf("a@1")).toEqual({ gold: false, snapshot: "a@1", handle: null });
  expect(referenceOf("file:9f")).toEqual({ gold: false, snapshot: null, handle: "9f" });
});
