import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { CardSection, Job, Person } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { TestWindow } from "@/lib/test_window";
import { CardDocument, groups, numericColumns } from "./card_document";
import { View } from "./index";

const sections: CardSection[] = [{
  title: "Origin",
  blocks: [
    { kind: "fact", label: "Human", value: "57.0 %", note: "286,318 tokens", filter: "origin = 'human'" },
    { kind: "fact", label: "Conflicts", value: "3", note: "", filter: null },
    { kind: "open", section: "purpose", label: "What the dataset is for" },
  ],
}];

function draw(shown: CardSection[], openSamples: (filter: string) => void) {
  render(<TestWindow start={{ view: "card", state: {} }} scope="card"><CardDocument title="sample" gloss="" dataset="sample" sections={shown} openSamples={openSamples} /></TestWindow>);
}

it("a fact opens the samples behind it; one without samples is no link", async () => {
  const openSamples = vi.fn();
  draw(sections, openSamples);
  await userEvent.click(screen.getByRole("button", { name: /Human: 57.0 %/ }));
  expect(openSamples).toHaveBeenCalledWith("origin = 'human'");
  expect(screen.queryByRole("button", { name: /Conflicts/ })).toBeNull();
});

it("a cell of a table opens its samples; one that no filter finds is no link", async () => {
  const openSamples = vi.fn();
  const table: CardSection = { title: "Duplication", blocks: [{ kind: "table", columns: ["Level", "Redundant", "Groups"], rows: [["Exact", "74", "31"]], filters: [[null, "redundant = 'exact'"]] }] };
  draw([table], openSamples);
  await userEvent.click(screen.getByRole("button", { name: "Exact, Redundant: 74. Open the samples behind it" }));
  expect(openSamples).toHaveBeenCalledWith("redundant = 'exact'");
  expect(screen.getAllByRole("button")).toHaveLength(1);
});

it("what only a person can write says so", () => {
  draw(sections, () => undefined);
  expect(screen.getByText(/only a person can/)).toBeInTheDocument();
});

it("what a person wrote is written anew in place, and who wrote it stands beside it", async () => {
  render(<TestWindow start={{ view: "card", state: {} }} scope="card" session={{ person: { name: "I. Marchetti", role: "curator" } as Person }}><View /></TestWindow>);
  await userEvent.click(await screen.findByRole("button", { name: "Write: What the dataset is for" }));
  const form = screen.getByRole("form", { name: "What the dataset is for" });
  expect(within(form).getByText(/Figures come from queries/)).toBeInTheDocument();
  await userEvent.type(within(form).getByRole("textbox"), "To teach triage.");
  await userEvent.click(within(form).getByRole("button", { name: "Save" }));
  expect(await screen.findByText("To teach triage.")).toBeInTheDocument();
  expect(await screen.findByText(/Written by/)).toHaveTextContent(/entry #/);
  await userEvent.click(screen.getByRole("button", { name: "Rewrite: purpose" }));
  const again = screen.getByRole("form", { name: "What the dataset is for" });
  expect(within(again).getByRole("textbox")).toHaveValue("To teach triage.");
  await userEvent.clear(within(again).getByRole("textbox"));
  await userEvent.click(within(again).getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Taken back by/)).toHaveTextContent("2 versions");
});

it("paragraphs of one written section are one text", () => {
  const of = (section: string, text: string) => ({ kind: "written" as const, section, text });
  expect(groups([of("purpose", "a"), of("purpose", "b"), of("rights", "c")]).map((group) => group.length)).toEqual([2, 1]);
});

it("facts that follow each other are one list", () => {
  expect(groups(sections[0]!.blocks).map((group) => group.length)).toEqual([2, 1]);
});

it("a column of numbers is told from a column of words", () => {
  expect(numericColumns([["Exact", "2.5 %"], ["Near", "14.8 %"]], 2)).toEqual([false, true]);
});

it("who signed stays in its place while it is asked again, and claims nothing meanwhile", async () => {
  const off = { id: "a", seq: 12, dataset: "praxis-instruct", snapshot: 7, meaning: "", at: "2026-10-05T09:12:00Z", by: ["Lin Qiao"], missing: 1, statement: { hex: "", words: ["ozone"] }, state: "stands" };
  const first = { sign_offs: [off], changes: [] };
  let asked = 0;
  answers({ sign_state: () => (asked++ === 0 ? first : new Promise(() => undefined)) });
  const lead = { name: "Ole Brandt", role: "lead" } as Person;
  const at = (seq: number) => <TestWindow start={{ view: "card", state: {} }} scope="card" session={{ person: lead, saved: { seq, at: "2026-10-05T09:12:00Z" } }}><View /></TestWindow>;
  const drawn = render(at(12));
  const join = await screen.findByRole("button", { name: "Sign it too…" });
  expect(screen.getByText(/the card says what was signed/)).toBeInTheDocument();
  drawn.rerender(at(13));
  expect(await screen.findByText(/comparing the card with what was signed/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Sign it too…" })).toBe(join);
  expect(asked).toBe(2);
});

it("the card's gates are measured by a job that can be stopped", async () => {
  const job = { id: 4_712, kind: "card", dataset: "praxis-instruct@7", state: "running", progress: { stage: "coverage", fraction: 0.3, bytes_done: 0, bytes_total: 0 } } as unknown as Job;
  const stopped = vi.fn(() => job);
  answers({ card_draft: () => ({ job, answer: null }), job_cancel: stopped });
  render(<TestWindow start={{ view: "card", state: {} }} scope="card"><View /></TestWindow>);
  await userEvent.click(await screen.findByRole("button", { name: "Stop" }));
  expect(stopped).toHaveBeenCalledWith({ id: 4_712 });
});
