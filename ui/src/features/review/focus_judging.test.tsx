import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { call } from "@/ipc";
import { key, noteSaved, open, painted, where } from "./focus_window";

// Finding by role in a simulated page is slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const curator = { name: "Dr. Amara Okafor", role: "curator" as const };
const dialog = () => screen.findByRole("dialog", { name: "Near-duplicates of this sample" });
const judgements = async () => (await call("duplicate_state", { dataset: "sample", snapshot: 1 })).judgements;

it("while comparing, T and M judge; M may be said of the whole cluster in one confirmation, and the sample is there again", async () => {
  const user = userEvent.setup();
  await open("q-legal", { person: curator });
  await painted();
  const start = where();
  key("m");
  expect(screen.queryByRole("dialog")).toBeNull();
  key("d");
  await within(await dialog()).findByRole("button", { name: /Not a duplicate/ });
  key("a");
  key("m");
  const asking = await screen.findByRole("dialog", { name: "Not a duplicate" });
  const before = (await judgements()).length;
  await user.click(within(asking).getByRole("checkbox", { name: "Say it of all 5 other samples in this cluster" }));
  await user.click(within(asking).getByRole("button", { name: "a fact differs: dose, date, name or number" }));
  await user.click(within(asking).getByRole("button", { name: "Not a duplicate of 5 samples" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect((await judgements()).length).toBe(before + 5);
  expect(screen.getByText("Not a duplicate of 5 samples. Saved.")).toBeInTheDocument();
  expect(noteSaved).toHaveBeenCalledTimes(1);
  expect(where()).toBe(start);
});

it("an expert judges as a curator does: what tells two texts apart is what they know", async () => {
  const user = userEvent.setup();
  await open("q-legal", { person: { name: "Lin Qiao", role: "expert" } });
  await painted();
  key("d");
  await within(await dialog()).findByRole("button", { name: /Not a duplicate/ });
  const before = (await judgements()).length;
  key("m");
  const asking = await screen.findByRole("dialog", { name: "Not a duplicate" });
  await user.click(within(asking).getByRole("button", { name: "a fact differs: dose, date, name or number" }));
  await user.click(within(asking).getByRole("button", { name: "Not a duplicate" }));
  await waitFor(async () => expect((await judgements()).length).toBe(before + 1));
});
