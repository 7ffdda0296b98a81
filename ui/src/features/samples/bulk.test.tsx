import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Person } from "@/ipc";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";

const CURATOR: Person = { name: "Ilse Marchetti", role: "curator" };

async function open(person: Person | null = CURATOR, state: Record<string, string> = {}) {
  const seen: Place[] = [];
  const saved: number[] = [];
  render(<TestWindow start={{ view: "samples", state }} scope="samples" session={{ person, noteSaved: (entry) => { saved.push(entry.seq); } }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  const grid = await screen.findByRole("grid");
  await within(grid).findByRole("checkbox", { name: "Select row 1" });
  return { user: userEvent.setup(), seen, saved, grid, tick: (row: number) => within(grid).getByRole("checkbox", { name: `Select row ${row}` }) };
}

const bar = () => screen.findByRole("region", { name: "Selected samples" });

test("ticks take single rows, Shift takes all between, Space the row that is chosen", async () => {
  const { user, grid, tick } = await open();
  await user.click(tick(2));
  expect(await bar()).toHaveTextContent("1 sample selected");
  await user.keyboard("{Shift>}");
  await user.click(tick(6));
  await user.keyboard("{/Shift}");
  await waitFor(async () => expect(await bar()).toHaveTextContent("5 samples selected"));
  expect(tick(4)).toHaveAttribute("aria-checked", "true");
  expect(tick(7)).toHaveAttribute("aria-checked", "false");
  grid.focus();
  await user.keyboard("{Home} ");
  expect(await bar()).toHaveTextContent("6 samples selected");
});

test("all that match but one are tagged after 20 hits, a count and a reason, and taken back as a whole", async () => {
  const { user, grid, saved, seen, tick } = await open(CURATOR, { filter: "domain = 'law'" });
  grid.focus();
  await user.keyboard("{Control>}a{/Control}");
  await user.click(tick(1));
  expect(await bar()).toHaveTextContent(/All [\d,]+ rows selected, 1 sample left out/);
  await user.click(screen.getByRole("button", { name: "Tag the selected…" }));
  const dialog = await screen.findByRole("dialog", { name: "Tag in bulk" });
  const hits = await within(dialog).findByRole("list", { name: "Random hits" });
  expect(within(hits).getAllByRole("listitem")).toHaveLength(20);
  expect(dialog).toHaveTextContent(/of gold (is|are) left out/);
  const act = () => within(dialog).getByRole("button", { name: /^Tag [\d,]+ samples$/ });
  expect(act()).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: "Tag" }), "statutes");
  await user.type(within(dialog).getByRole("textbox", { name: "Reason" }), "to be read together");
  await user.click(act());
  await waitFor(async () => expect(await bar()).toHaveTextContent(/Saved #[\d,]+: [\d,]+ samples tagged statutes/));
  expect(seen.at(-1)?.state.filter ?? "domain = 'law'").toBe("domain = 'law'");
  grid.focus();
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(async () => expect(await bar()).toHaveTextContent("taken back"));
  expect(saved).toHaveLength(2);
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  await waitFor(async () => expect(await bar()).toHaveTextContent("samples tagged statutes"));
});

test("an expert may tag, and is told why the rest is not theirs", async () => {
  const { user, tick } = await open({ name: "Dr Amara Okafor", role: "expert" });
  await user.click(tick(3));
  await bar();
  expect(screen.getByRole("button", { name: "Exclude the selected…: for curators and leads" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Route the selected…: for curators and leads" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Tag the selected…" })).toBeEnabled();
});

test("Ctrl+A in a field is the field's", async () => {
  const { user } = await open();
  await user.click(screen.getByPlaceholderText(/find/i));
  await user.keyboard("{Control>}a{/Control}");
  expect(screen.queryByRole("region", { name: "Selected samples" })).toBeNull();
});

test("all that match is not offered for found words", async () => {
  const { user, grid } = await open(CURATOR, { find: "a" });
  grid.focus();
  await user.keyboard("{Control>}a{/Control}");
  expect(screen.queryByRole("region", { name: "Selected samples" })).toBeNull();
});

test("a queue of the selection takes what was picked along", async () => {
  const { user, seen, tick } = await open();
  await user.click(tick(1));
  await user.click(tick(2));
  await user.click(await screen.findByRole("button", { name: "Make a queue of the selected…" }));
  expect(seen.at(-1)?.view).toBe("queue");
  expect(seen.at(-1)?.state.hands).toBeDefined();
});
