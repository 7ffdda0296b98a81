import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { chosenColumns } from "./column_choice";
import { STANDARD } from "./columns";
import { View } from "./index";

function open(state: Record<string, string> = {}) {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "samples", state }} scope="samples" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

const grid = () => screen.findByRole("grid");

test("the grid says how long it is and draws only what is in the window", async () => {
  open();
  await waitFor(async () => expect(await grid()).toHaveAttribute("aria-rowcount", "2481"));
  expect(within(await grid()).getAllByRole("row").length).toBeLessThan(60);
});

test("End reaches the last row, which is fetched and opened", async () => {
  const { user } = open();
  await waitFor(async () => expect(within(await grid()).getAllByRole("row").some((row) => row.getAttribute("aria-busy") === "false")).toBe(true));
  (await grid()).focus();
  await user.keyboard("{End}");
  const last = await waitFor(async () => {
    const row = within(await grid()).getAllByRole("row").find((one) => one.getAttribute("aria-rowindex") === "2481");
    expect(row).toHaveAttribute("aria-selected", "true");
    expect(row).toHaveAttribute("aria-busy", "false");
    return row!;
  });
  expect(last).toHaveTextContent("2,480");
  expect(await screen.findByRole("complementary", { name: "Sample 2480" })).toHaveTextContent("Evidence");
});

test("a condition that is taken away leaves the others", async () => {
  const { user, seen } = open({ filter: "domain = 'health' and tokens >= 90" });
  await user.click(await screen.findByRole("button", { name: "Remove: domain is health" }));
  expect(seen.at(-1)?.state.filter).toBe("tokens >= 90");
});

test("a condition is made by choosing field and value", async () => {
  const { user, seen } = open();
  await user.click(await screen.findByRole("button", { name: "Add" }));
  await user.click(await screen.findByRole("option", { name: /^law/ }));
  expect(seen.at(-1)?.state.filter).toBe("domain = 'law'");
  expect(await screen.findByRole("button", { name: "Change: domain is law" })).toBeInTheDocument();
});

test("an `or` stays a text", async () => {
  open({ filter: "domain = 'law' or domain = 'health'" });
  expect(await screen.findByRole("textbox", { name: "Filter as text" })).toHaveValue("domain = 'law' or domain = 'health'");
});

test("an expression that names an unknown field says where and what is nearest", async () => {
  open({ filter: "domane = 'law'" });
  expect(await screen.findByText(/Column 1: there is no field domane; the nearest is domain/)).toBeInTheDocument();
});

test("nothing that matches is said, with the way back", async () => {
  const { user, seen } = open({ filter: "domain = 'astrology'" });
  await user.click(await screen.findByRole("button", { name: "Show all samples" }));
  expect(seen.at(-1)?.state.filter).toBeUndefined();
});

test("a column that is left out is gone from the grid, and the choice is kept", async () => {
  const kept: string[] = [];
  render(<TestWindow start={{ view: "samples", state: {} }} scope="samples" session={{ settings: { samples_columns: "origin tokens" }, setSetting: (key, value) => { kept.push(`${key}=${value}`); } }}><View /></TestWindow>);
  expect(within(await grid()).getAllByRole("columnheader").map((head) => head.textContent)).toEqual(["selected", "row", "origin", "text", "tokens"]);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Columns" }));
  await user.click(await screen.findByRole("checkbox", { name: "Domain" }));
  expect(kept).toEqual(["samples_columns=origin domain tokens"]);
});

test("a kept column that is no column any more is left out, and nothing kept is the standard", () => {
  expect(chosenColumns("tokens gone origin")).toEqual(["origin", "tokens"]);
  expect(chosenColumns(undefined)).toEqual(STANDARD);
});
