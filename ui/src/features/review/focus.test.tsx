import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { failNextSaves } from "@/ipc/mock/review";
import { key, label, noteSaved, open, paint, painted, where } from "./focus_window";

// Finding by role in a simulated page is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

it("keys before the sample is painted, held down or composing decide nothing", async () => {
  await open("q-legal");
  const start = where();
  key("a");
  expect(where()).toBe(start);
  await painted();
  key("a", { repeat: true });
  key("a", { isComposing: true });
  key("Backspace");
  key("Delete");
  expect(where()).toBe(start);
  expect(noteSaved).not.toHaveBeenCalled();
});

it("digits are labels, then scores, then reasons, and labels lose their caps meanwhile", async () => {
  await open("q-legal");
  await painted();
  key("1");
  expect(label("Interaction")).toHaveAttribute("aria-pressed", "true");
  key("ArrowDown");
  key("4");
  expect(screen.getByRole("radiogroup", { name: /^Correct/ })).toHaveTextContent("4");
  expect(within(screen.getByRole("radiogroup", { name: /^Correct/ })).getByRole("radio", { name: "4" })).toBeChecked();
  expect(screen.getByText("digits are scores now")).toBeInTheDocument();
  key("Escape");
  key("x");
  expect(screen.getByText("digits are reasons now")).toBeInTheDocument();
  key("Escape");
  expect(screen.queryByRole("group", { name: "Reason to exclude" })).toBeNull();
  expect(screen.getByText("keys 1 to 4")).toBeInTheDocument();
});

it("a verdict goes on at once and is announced when it is on disk; undo comes back to it", async () => {
  await open("q-legal");
  await painted();
  key("x");
  key("3");
  expect(where()).toBe("Sample 2 of 59");
  await waitFor(() => expect(noteSaved).toHaveBeenCalledTimes(1));
  expect(screen.getByText(/^Exclude, sample 1\. Saved, entry/)).toBeInTheDocument();
  await painted();
  key("z");
  await waitFor(() => expect(where()).toBe("Sample 1 of 59"));
});

it("a save that fails blocks the next verdict until it is tried again", async () => {
  await open("q-legal");
  await painted();
  failNextSaves(1);
  key("u");
  await screen.findByRole("alertdialog", { name: "Not saved" });
  expect(screen.getByRole("button", { name: /Approve/ })).toBeDisabled();
  await painted();
  key("a");
  expect(where()).toBe("Sample 1 of 59");
  key("r");
  await waitFor(() => expect(noteSaved).toHaveBeenCalledTimes(1));
  expect(screen.queryByRole("alertdialog")).toBeNull();
  expect(where()).toBe("Sample 2 of 59");
});

it("/ finds in the text, Enter goes to the next hit, and verdict keys are only letters there", async () => {
  await open("q-legal");
  await painted();
  const user = userEvent.setup();
  const start = where();
  key("/");
  const field = screen.getByRole("textbox", { name: "Find in this sample" });
  await user.type(field, "ال");
  const said = () => screen.getByRole("search").textContent ?? "";
  expect(said()).toMatch(/^1 of \d+/);
  await user.keyboard("{Enter}");
  expect(said()).toMatch(/^2 of \d+/);
  expect(document.querySelector("[data-reached]")?.textContent).toBe("ال");
  expect(where()).toBe(start);
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("search")).toBeNull();
  expect(document.querySelector("[data-reached]")).toBeNull();
});

it("F raises the flag once it is on disk and takes it down again, and neither decides", async () => {
  await open("q-legal");
  await painted();
  const start = where();
  const history = () => screen.getByRole("complementary", { name: "History and progress" });
  failNextSaves(1);
  key("f");
  expect(await screen.findByRole("alert")).toHaveTextContent("The flag was not saved");
  expect(within(history()).queryByText("flagged")).toBeNull();
  key("f");
  await waitFor(() => expect(within(history()).getByText("flagged")).toBeInTheDocument());
  expect(await screen.findByRole("button", { name: "Flagged" })).toHaveAttribute("aria-pressed", "true");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(noteSaved).toHaveBeenCalledTimes(1);
  key("f");
  await waitFor(() => expect(within(history()).queryByText("flagged")).toBeNull());
  expect(noteSaved).toHaveBeenCalledTimes(2);
  expect(where()).toBe(start);
});

it("machine opinions stay sealed until answered, then one key shows them with how often they are wrong", async () => {
  await open("q-finance");
  await painted();
  const panel = () => screen.getByRole("region", { name: "Machine opinions" });
  await waitFor(() => expect(panel()).toHaveTextContent("Unsealing is written to the ledger"));
  expect(panel()).not.toHaveTextContent("style 0.");
  key("e");
  await waitFor(() => expect(panel()).toHaveTextContent(/unsealed .*#/));
  const rates = await screen.findByRole("table", { name: "How often it is wrong about people" });
  expect(rates).toHaveTextContent("of 1,239");
  expect(noteSaved).toHaveBeenCalled();
  await paint();
  key("u");
  await waitFor(() => expect(panel()).toHaveTextContent("revised after reveal"));
});

it("before an answer the seal cannot be broken", async () => {
  await open("q-legal");
  await painted();
  key("e");
  expect(screen.getByRole("region", { name: "Machine opinions" })).toHaveTextContent("Sealed until you have answered.");
  expect(screen.queryByRole("table", { name: "How often it is wrong about people" })).toBeNull();
});
