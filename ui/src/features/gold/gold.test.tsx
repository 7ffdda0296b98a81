import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { anchored } from "./anchor_cells";
import { View } from "./index";

vi.setConfig({ testTimeout: 60_000 });

const CURATOR = { name: "I. Marchetti", role: "curator" } as const;

function open(page: string, person: { name: string; role: "curator" | "expert" | "lead" } | null = CURATOR) {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "gold", state: { page } }} scope="gold" session={{ person }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

test("a cell without gold is none, below the limit thin, from it on enough", () => {
  const cell = (members: number) => ({ domain: "a", language: "en", members, samples: 9, filter: "" });
  expect([0, 1, 4, 5].map((members) => anchored(cell(members), 5))).toEqual(["none", "thin", "thin", "enough"]);
});

test.each([["Open its samples", "samples"], ["Make a queue from these", "queue"]])("a cell says what it holds: %s", async (act, view) => {
  const { user, seen } = open("anchor");
  await user.click(await screen.findByRole("button", { name: "Finance, Arabic: 0 members beside 28 human samples, no gold" }));
  await user.click(screen.getByRole("button", { name: act }));
  expect(seen.at(-1)).toEqual({ view, state: { filter: "domain = 'finance' and language = 'ar' and origin = 'human'" } });
});

test("a slice that moved on opens what was added", async () => {
  const { user, seen } = open("anchor");
  await user.click(await screen.findByRole("button", { name: "61 samples added to Health, English: open" }));
  expect(seen.at(-1)?.state.filter).toContain("added_since = 'praxis-instruct@6'");
});

test("an old member opens its place in the list", async () => {
  const { user, seen } = open("anchor");
  const old = await screen.findByRole("table", { name: "Members past the limit of age" });
  await user.click(within(old).getAllByRole("button")[0]!);
  expect(seen.at(-1)?.state).toMatchObject({ list: "members" });
});

test("a snapshot with gold is refused for training until a reason is given", async () => {
  const { user, seen } = open("training");
  const region = await screen.findByRole("region", { name: "Gold in this snapshot" });
  // Asked for anew: the button stands in another place once it can be pressed.
  const release = () => within(region).getByRole("button", { name: "Release for training" });
  expect(release()).toBeDisabled();
  await user.type(within(region).getByRole("textbox"), "an ablation");
  expect(release()).toBeEnabled();
  await user.click(release());
  expect(await screen.findByText(/can no longer become gold/)).toHaveTextContent("an ablation");
  expect(within(screen.getByRole("table", { name: "Snapshots released for training" })).getByRole("row", { name: /praxis-instruct/ })).toHaveTextContent("301");
  await user.click(screen.getByRole("button", { name: "Open the 318 samples" }));
  expect(seen.at(-1)?.state.filter).toMatch(/^gold = true or digest in/);
});

test("an expert sees the releases and cannot make one", async () => {
  open("training", { name: "A. Okafor", role: "expert" });
  const table = await screen.findByRole("table", { name: "Snapshots released for training" });
  expect(within(table).getByRole("row", { name: /field-2023/ })).toBeInTheDocument();
  const region = screen.queryByRole("button", { name: "Release for training" });
  if (region) expect(region).toBeDisabled();
});

test("wrong labels are a rate with its interval, and each list opens its samples", async () => {
  const { user, seen } = open("labels");
  const rate = await screen.findByRole("table", { name: "Estimated rate of wrong labels" });
  expect(rate).toHaveTextContent(/of 80/);
  const list = screen.getByRole("table", { name: "Duplicates with different labels" });
  await user.click(within(list).getAllByRole("button")[0]!);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "digest in ('sha256:c40b77d1', 'sha256:9e01ab52')" } });
});

test("an incident shows what is most like it, as samples and as a queue", async () => {
  const { user, seen } = open("incidents");
  await user.click(await screen.findByRole("button", { name: "Make a queue from these" }));
  expect(seen.at(-1)?.view).toBe("queue");
  expect(seen.at(-1)?.state.filter).toMatch(/^digest in \('sha256:/);
});

test("an incident is reported with its text, and stands first", async () => {
  const { user } = open("incidents");
  await user.click(await screen.findByRole("button", { name: "Report an incident…" }));
  const form = screen.getByRole("form", { name: "Report an incident" });
  expect(within(form).getByRole("button", { name: "Report" })).toBeDisabled();
  await user.type(within(form).getByLabelText("What went wrong"), "It named a drug that is no longer sold");
  await user.type(within(form).getByLabelText("What was asked and answered"), "What helps against hay fever?");
  await user.click(within(form).getByRole("button", { name: "Report" }));
  const table = await screen.findByRole("table", { name: "Reported incidents" });
  expect(within(table).getAllByRole("row")[1]).toHaveTextContent("no longer sold");
});
