import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { answers } from "@/ipc/mock/backend";
import { bulkCommands } from "@/ipc/mock/bulk";
import { reviewCommands } from "@/ipc/mock/review";
import { sliceCommands } from "@/ipc/mock/slices";
import type { Place } from "@/lib/place";
import type { BulkPreviewRequest, Role } from "@/ipc";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";
import { selectionOf } from "./slice_texts";

function open(state: Record<string, string> = {}, role: Role = "curator") {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "queue", state: { name: "Spot check", ...state } }} scope="queue" session={{ person: { name: "Ilse Marchetti", role } }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

const draw = () => screen.getByRole("button", { name: /^Draw and freeze/ });
const cell = (words: RegExp) => screen.findByRole("button", { name: words });

test("a cell of the price table sets the size and the claim, and a smaller size is then refused with what it takes", async () => {
  const { user, seen } = open();
  await user.click(await cell(/to claim fewer than 2.% defective, 1 allowed/));
  const size = screen.getByRole("textbox", { name: "Size" });
  const priced = (size as HTMLInputElement).value;
  expect(Number(priced)).toBeGreaterThan(59);
  expect(await screen.findByText(/Registered with the list/)).toBeVisible();
  await user.clear(size);
  await user.type(size, "100");
  expect(await screen.findByText(`This draw does not support it: it takes ${priced} samples.`)).toBeVisible();
  expect(draw()).toBeDisabled();
  await user.click(screen.getByRole("button", { name: `Draw ${priced}` }));
  await waitFor(() => expect(draw()).toBeEnabled());
  await user.click(draw());
  await waitFor(() => expect(seen.at(-1)?.view).toBe("review"));
  expect(reviewCommands.queues().at(-1)).toMatchObject({ name: "Spot check", size: Number(priced), rule: { defective_below: 0.02, allowed: 1 } });
});

test("a high-stakes slice is judged by two at least, blind, whatever the form said before", async () => {
  open({ slice: "Dosing, high stakes" });
  expect(await screen.findByText("High stakes")).toBeVisible();
  expect(await screen.findByRole("radio", { name: "2" })).toBeChecked();
  expect(screen.queryByRole("radio", { name: "1" })).toBeNull();
  expect(screen.getByRole("checkbox", { name: "blind to each other" })).toBeDisabled();
});

test("what is refused stands beside the form, and what could be drawn before stays", async () => {
  const { user } = open();
  const statement = await screen.findByText(/drawn at random without replacement/);
  answers({ queue_preview: () => { throw { code: "usage", message: "there is no style signal to order by", remedy: "choose another order" }; } });
  await user.click(screen.getByRole("radio", { name: /Most machine-like unknown/ }));
  expect(await screen.findByRole("alert")).toHaveTextContent("It cannot be drawn so. There is no style signal to order by. Choose another order.");
  expect(statement).toBeVisible();
  expect(draw()).toBeDisabled();
  answers({ queue_preview: reviewCommands.queue_preview });
});

test("a stratum opens its samples; strata are for random draws, and over them nothing is said of how often it passes", async () => {
  const { user, seen } = open({ strata: "language", filter: "domain = 'law' or domain = 'tax'" });
  expect(await screen.findByRole("region", { name: "Strata" })).toHaveTextContent("Arabic");
  await user.click(screen.getByRole("button", { name: /^Language Arabic: [\d,]+ samples in the slice, open them$/i }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "(domain = 'law' or domain = 'tax') and language = 'ar'" } });
  expect(screen.getByText(/Not defined for a draw from strata/)).toBeVisible();
  await user.click(screen.getByRole("radio", { name: /Rarest classes first/ }));
  expect(await screen.findByText("None: strata are for random draws.")).toBeVisible();
  expect(await screen.findByText(/says nothing of the rest/)).toBeVisible();
});

test("an expert draws from slices and names none", async () => {
  open({ slice: "Dosing, high stakes" }, "expert");
  await screen.findByText("High stakes");
  expect(screen.getByRole("button", { name: "Change…" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Remove…" })).toBeDisabled();
});

test("five texts of the slice are shown before it is drawn from, those of the slice and of nothing else", async () => {
  const asked: BulkPreviewRequest[] = [];
  answers({ bulk_preview: (request) => { asked.push(request); return bulkCommands.bulk_preview(request); } });
  open({ filter: "domain = 'health'" });
  const list = await screen.findByRole("list", { name: "Texts of the slice" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(5);
  for (const item of within(list).getAllByRole("listitem")) expect(item).toHaveTextContent(/health$/);
  expect(asked.at(-1)!.selection).toEqual({ dataset: "praxis-instruct", snapshot: 7, filter: "domain = 'health'", picked: null, left_out: [] });
});

test("texts of a blurred slice wait until they are asked for", async () => {
  const asked: BulkPreviewRequest[] = [];
  answers({
    slices: () => [{ name: "Graphic", filter: "domain = 'health'", tier: "standard", blurred: true }],
    bulk_preview: (request) => { asked.push(request); return bulkCommands.bulk_preview(request); },
  });
  const { user } = open({ slice: "Graphic" });
  const show = await screen.findByRole("button", { name: "Show 5 of its blurred texts" });
  expect(asked).toHaveLength(0);
  await user.click(show);
  expect(await screen.findByRole("list", { name: "Texts of the slice" })).toBeVisible();
  answers({ slices: sliceCommands.slices });
});

test("what was picked by hand is what is shown, and nothing where that choice is gone", () => {
  const at = { dataset: "praxis-instruct", snapshot: 7 };
  expect(selectionOf(at, { filter: " tokens > 5 ", hands: { picked: ["sha256:aa"] } }, null)).toEqual({ ...at, filter: "tokens > 5", picked: ["sha256:aa"], left_out: [] });
  expect(selectionOf(at, { filter: "", hands: "gone" }, null)).toBeNull();
});
