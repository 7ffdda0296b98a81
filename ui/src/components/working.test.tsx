import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Job } from "@/ipc";
import type { Answer } from "@/lib/use_answer";
import { Working } from "./working";

const job = { id: 3, kind: "compare", dataset: "a@1 with a@2", state: "running", progress: { stage: "coverage", fraction: 0.4, bytes_done: 0, bytes_total: 0 } } as unknown as Job;
const answer = (over: Partial<Answer<string>>): Answer<string> => ({ answer: null, job: null, stopped: false, cause: null, asking: false, stop() {}, again() {}, ...over });

test("what takes long shows how far it is, and can be stopped", async () => {
  const stop = vi.fn();
  render(<Working of={answer({ job, stop })} what="Comparing the snapshots…" doing="Comparing" />);
  expect(screen.queryByText("Comparing the snapshots…")).toBeNull();
  expect(await screen.findByText(/^coverage, 40.%$/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(stop).toHaveBeenCalledOnce();
});

test("what was stopped says so and can be started again", async () => {
  const again = vi.fn();
  render(<Working of={answer({ stopped: true, again })} what="Comparing…" doing="Comparing" />);
  expect(screen.getByText(/Stopped on request/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Start again" }));
  expect(again).toHaveBeenCalledOnce();
});

test("what failed says what was being done, and what to do", () => {
  render(<Working of={answer({ cause: { code: "unknown_dataset", message: "dataset `a` has no snapshot 9", remedy: "choose another", path: null, line: null, column: null, byte_offset: null } })} what="Comparing…" doing="Comparing a@1 with a@9" />);
  expect(screen.getByRole("alert")).toHaveTextContent("Comparing a@1 with a@9 did not work");
  expect(screen.getByRole("alert")).toHaveTextContent("Choose another.");
});
