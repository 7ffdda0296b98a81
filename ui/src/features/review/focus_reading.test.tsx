import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { blurQueue, showText } from "@/ipc/mock/focus";
import { key, noteSaved, open, paint, painted, where } from "./focus_window";

// Finding by role in a simulated page is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

afterEach(() => {
  blurQueue("q-legal", false);
  showText(null);
});

it("a chosen row shows gold samples under the steps they were given, and only there", async () => {
  await open("q-legal");
  await painted();
  expect(screen.queryByRole("figure")).toBeNull();
  key("ArrowDown");
  const steps = await screen.findByRole("list", { name: "What the steps of Correct mean" });
  const example = within(steps).getByRole("figure", { name: "Example from gold, Correct 3" });
  expect(example.closest("li")).toHaveTextContent("right but for a detail");
  expect(within(steps).queryByRole("figure", { name: "Example from gold, Correct 2" })).toBeNull();
  expect(within(example).queryByRole("button")).toBeNull();
  expect(noteSaved).not.toHaveBeenCalled();
});

it("where gold has no example, a chosen row has its words alone", async () => {
  await open("q-finance");
  await painted();
  key("ArrowDown");
  expect(await screen.findByRole("list", { name: "What the steps of Correct mean" })).toBeInTheDocument();
  expect(screen.queryByRole("figure")).toBeNull();
});

it("a blurred text is hidden from readers of every kind until B, and no verdict counts before", async () => {
  blurQueue("q-legal");
  await open("q-legal");
  await paint();
  const leaf = screen.getByRole("region", { name: "Text of the sample" });
  expect(within(leaf).getByRole("group", { name: "Text hidden, press B" })).toBeInTheDocument();
  expect(within(leaf).queryByRole("heading", { name: /^Response/ })).toBeNull();
  const start = where();
  key("a");
  expect(where()).toBe(start);
  expect(screen.getAllByText("No verdict: the text was not shown yet: press B.").length).toBeGreaterThan(1);
  expect(screen.getByRole("button", { name: "Approve" })).toBeDisabled();
  key("/");
  expect(screen.queryByRole("search")).toBeNull();
  key("b");
  await within(leaf).findByRole("heading", { name: /^Response/ });
  await painted();
  key("a");
  await waitFor(() => expect(noteSaved).toHaveBeenCalledTimes(1));
  // The next sample is hidden in its turn.
  expect(where()).not.toBe(start);
  expect(within(leaf).getByRole("group", { name: "Text hidden, press B" })).toBeInTheDocument();
});

it("an original and its translation stand side by side, each in its own language", async () => {
  showText("translation");
  await open("q-finance");
  const beside = screen.getByRole("region", { name: "Original and translation" });
  const [original, translation] = within(beside).getAllByRole("article");
  expect(within(original!).getByRole("heading", { name: /^Original/ })).toBeInTheDocument();
  expect([original, translation].map((each) => each!.querySelector("[lang]")?.getAttribute("lang"))).toEqual(["zh", "en"]);
  expect(screen.getByRole("heading", { name: /^Instruction/ }).closest("section[aria-label='Original and translation']")).toBeNull();
});
