import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { CardSection, Job } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { TestWindow } from "@/lib/test_window";
import { CardDocument, groups, numericColumns } from "./card_document";
import { View } from "./index";

const sections: CardSection[] = [{
  title: "Origin",
  blocks: [
    { kind: "fact", label: "Human", value: "57.0 %", note: "286,318 tokens", filter: "origin = 'human'" },
    { kind: "fact", label: "Conflicts", value: "3", note: "", filter: null },
    { kind: "open", label: "Purpose" },
  ],
}];

it("a fact opens the samples behind it; one without samples is no link", async () => {
  const openSamples = vi.fn();
  render(<CardDocument title="sample" gloss="" sections={sections} openSamples={openSamples} />);
  await userEvent.click(screen.getByRole("button", { name: /Human: 57.0 %/ }));
  expect(openSamples).toHaveBeenCalledWith("origin = 'human'");
  expect(screen.queryByRole("button", { name: /Conflicts/ })).toBeNull();
});

it("a cell of a table opens its samples; one that no filter finds is no link", async () => {
  const openSamples = vi.fn();
  const table: CardSection = { title: "Duplication", blocks: [{ kind: "table", columns: ["Level", "Redundant", "Groups"], rows: [["Exact", "74", "31"]], filters: [[null, "redundant = 'exact'"]] }] };
  render(<CardDocument title="sample" gloss="" sections={[table]} openSamples={openSamples} />);
  await userEvent.click(screen.getByRole("button", { name: "Exact, Redundant: 74. Open the samples behind it" }));
  expect(openSamples).toHaveBeenCalledWith("redundant = 'exact'");
  expect(screen.getAllByRole("button")).toHaveLength(1);
});

it("what only a person can write says so", () => {
  render(<CardDocument title="sample" gloss="" sections={sections} openSamples={() => undefined} />);
  expect(screen.getByText(/only a person can/)).toBeInTheDocument();
});

it("facts that follow each other are one list", () => {
  expect(groups(sections[0]!.blocks).map((group) => group.length)).toEqual([2, 1]);
});

it("a column of numbers is told from a column of words", () => {
  expect(numericColumns([["Exact", "2.5 %"], ["Near", "14.8 %"]], 2)).toEqual([false, true]);
});

it("the card's gates are measured by a job that can be stopped", async () => {
  const job = { id: 4_712, kind: "card", dataset: "praxis-instruct@7", state: "running", progress: { stage: "coverage", fraction: 0.3, bytes_done: 0, bytes_total: 0 } } as unknown as Job;
  const stopped = vi.fn(() => job);
  answers({ card_draft: () => ({ job, answer: null }), job_cancel: stopped });
  render(<TestWindow start={{ view: "card", state: {} }} scope="card"><View /></TestWindow>);
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
  expect(stopped).toHaveBeenCalledWith({ id: 4_712 });
});
