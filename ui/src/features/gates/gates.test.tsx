import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { Person } from "@/ipc";
import { call } from "@/ipc";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";

const lead: Person = { name: "Lin Qiao", role: "lead" };
const curator: Person = { name: "Ilse Marchetti", role: "curator" };

function open(person: Person, state: Record<string, string> = {}) {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "gates", state }} scope="gates" session={{ person }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

const table = () => screen.findByRole("table", { name: "Gates" });
const row = async (name: RegExp) => within(await table()).getByRole("row", { name });

beforeEach(() => vi.restoreAllMocks());

test("failing gates stand first, each with a cross in words, and the head says how many", async () => {
  open(curator);
  const names = within(await table()).getAllByRole("rowheader").map((cell) => cell.textContent);
  expect(names.slice(0, 4).every((name) => name?.startsWith("fails:"))).toBe(true);
  expect(screen.getByText("5 of 16 fail")).toBeInTheDocument();
});

test("whoever is no lead reads why a gate cannot be waived", async () => {
  const { user } = open(curator);
  await table();
  expect(screen.getByRole("button", { name: /^Waive…/ })).toBeDisabled();
  expect(screen.getByText("Not possible: you are a curator; only a lead may waive a gate.")).toBeInTheDocument();
  await user.keyboard("w");
  expect(screen.queryByRole("form")).toBeNull();
});

test("the samples behind a gate are one press away, by its own filter", async () => {
  const { user, seen } = open(curator);
  await user.click(within(await row(/Machine share domain = 'health'|Machine sharedomain = 'health'/)).getByRole("button", { name: /187 samples/ }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "domain = 'health' and origin = 'machine'" } });
});

test("a gate is shown where the contract asks for it, as text", async () => {
  const { user } = open(curator);
  await user.click(within(await row(/Near-duplicates/)).getByRole("button", { name: /Near-duplicates$/ }));
  const text = screen.getByRole("region", { name: /The contract, line \d+ marked/ });
  expect(within(text).getByText("max_near_rate = 0.05").closest("li")).toHaveAttribute("aria-current", "true");
});

test("a lead waives with a reason and a day; the gate goes on failing", async () => {
  const { user } = open(lead);
  await user.click(within(await row(/Near-duplicates/)).getByRole("button", { name: /Near-duplicates$/ }));
  await user.keyboard("w");
  const form = await screen.findByRole("form", { name: "Waive Near-duplicates" });
  expect(within(form).getByRole("button", { name: "Waive the gate" })).toBeDisabled();
  expect(within(form).getByText("A waived gate still fails.")).toBeInTheDocument();
  await user.type(within(form).getByRole("textbox", { name: "Reason" }), "the copies are human texts");
  expect(within(form).getByText(/^Near-duplicates: 6\.9.%; the limit is at most 5.%\. Lin Qiao, lead, waives this until/)).toHaveTextContent("the copies are human texts");
  await user.click(within(form).getByRole("radio", { name: /Another day/ }));
  await user.type(within(form).getByRole("textbox", { name: /Last day/ }), "2020-01-31");
  expect(within(form).getByText("this day is over")).toBeInTheDocument();
  await user.click(within(form).getByRole("radio", { name: /30 days/ }));
  // The backend refuses: nobody at its keyboard is a lead. What was written stays, and the reason is said.
  await user.click(within(form).getByRole("button", { name: "Waive the gate" }));
  expect(await within(form).findByRole("alert")).toHaveTextContent("only leads may waive a gate");
  await call("person_choose", { name: "Lin Qiao", role: "lead" });
  await user.click(within(form).getByRole("button", { name: "Waive the gate" }));
  await waitFor(() => expect(screen.queryByRole("form")).toBeNull());
  expect(await row(/fails, waived: ?Near-duplicates/)).toBeInTheDocument();
  expect(screen.getByText("5 of 16 fail")).toBeInTheDocument();
});

test("Escape closes the panel without waiving, and the focus is where it was", async () => {
  const { user } = open(lead);
  await table();
  await user.click(screen.getByRole("button", { name: /^Waive…/ }));
  await screen.findByRole("form");
  expect(screen.getByRole("textbox", { name: "Reason" })).toHaveFocus();
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("form")).toBeNull();
  expect(screen.getByRole("button", { name: /^Waive…/ })).toHaveFocus();
});

test("another contract takes the place of the one that was chosen, and is measured", async () => {
  const { user } = open(curator);
  await table();
  await user.keyboard("c");
  const dialog = await screen.findByRole("dialog", { name: "Choose a contract" });
  await user.click(within(dialog).getByRole("button", { name: /high stakes/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(await screen.findByText(/of 8 fail/)).toBeInTheDocument();
});
