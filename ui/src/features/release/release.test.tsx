import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Person, ReleasePlan } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { releasingCommands } from "@/ipc/mock/releasing";
import { TestWindow } from "@/lib/test_window";
import { ratiosOf, View } from "./index";
import { goldWords, weightWords } from "./plan";
import { whyNot } from "./write_release";

const curator = { person: { name: "Ilse Marchetti", role: "curator" } as Person };

it("nothing is written before each rule's cost was seen, and what was previewed is what is written", async () => {
  const written = vi.fn(releasingCommands.release_write);
  answers({ release_write: written });
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "release", state: {} }} scope="release" session={curator}><View /></TestWindow>);
  expect(await screen.findByText(/Nothing is written before/)).toBeInTheDocument();
  await user.type(screen.getByLabelText(/Ablation sets/), "0, 0.5");
  await user.click(screen.getByRole("button", { name: "Preview" }));
  expect(await screen.findByText("2,280 of 2,940 samples")).toBeInTheDocument();
  expect(screen.getByRole("row", { name: /^gold 200/ })).toBeInTheDocument();
  expect(within(screen.getByRole("list", { name: "Rare classes that duplicates near reduces" })).getByText(/14 left of 22/)).toBeInTheDocument();
  expect(screen.getByText(/Gold stays out: 190 as they are/)).toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: "Parquet" }));
  await user.click(screen.getByRole("button", { name: "Write the release…" }));
  expect(await screen.findByText(/Written, entry #10,600/)).toBeInTheDocument();
  expect(written.mock.calls[0]![0]).toMatchObject({ format: "parquet", release: { dataset: expect.any(String), ablations: [0, 0.5] } });
});

it("a changed policy must be previewed again", async () => {
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "release", state: {} }} scope="release" session={curator}><View /></TestWindow>);
  await user.click(await screen.findByRole("button", { name: "Preview" }));
  await screen.findByText("2,280 of 2,940 samples");
  await user.type(screen.getByLabelText("Seed"), "7");
  expect(screen.getByText("The policy has changed since this preview.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /Write the release/ })).toBeDisabled();
});

const plan = releasingCommands.release_preview({ dataset: "d", snapshot: 1, policy: "name", seed: null, ablations: [] }).answer as ReleasePlan;

it("who may write, and when, is said", () => {
  expect(whyNot(plan, false, "lead")).toBeUndefined();
  expect(whyNot(plan, false, "expert")).toBe("curators and leads release");
  expect(whyNot({ ...plan, weights_locked: true }, false, "lead")).toBe("its weights wait for a sign-off");
  expect(whyNot({ ...plan, samples: 0 }, false, "lead")).toBe("nothing is left to release");
});

it("weights and gold are told in words", () => {
  expect(weightWords(plan)).toBe("Every sample counts the same");
  expect(weightWords({ ...plan, weights: [0.5, 3] })).toBe("Weights from 0.5 to 3");
  expect(goldWords({ ...plan, gold_exact: 0, gold_normalised: 0, gold_near: 0, not_compared: 2 })).toMatch(/^No gold in it.*not every pair/);
});

it("shares are read, and nothing else", () => {
  expect(ratiosOf("0, 0.25 1")).toEqual([0, 0.25, 1]);
  expect(ratiosOf("")).toEqual([]);
  expect(ratiosOf("2")).toBeNull();
  expect(ratiosOf("half")).toBeNull();
});
