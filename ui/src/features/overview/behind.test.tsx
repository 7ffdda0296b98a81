import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Job } from "@/ipc";
import { TestWindow } from "@/lib/test_window";
import { Behind, pendingWords } from "./behind";

function open(pending: Parameters<typeof Behind>[0]["pending"], jobs: Job[] = []) {
  render(<TestWindow start={{ view: "overview", state: {} }} scope="overview" session={{ jobs }}><Behind pending={pending} /></TestWindow>);
}

const job = { id: 3, kind: "origins", dataset: "praxis-instruct", snapshot: 7, state: "running", progress: { stage: "origins", fraction: 0.42 } } as Job;

test("what is newer than the figures is said, with the way to bring it in", () => {
  open({ judgements: 2, marks: 1, files: 0 });
  expect(screen.getByRole("status")).toHaveTextContent("2 judgements and 1 mark on a dataset newer than these figures.");
  expect(screen.getByRole("button", { name: "Recompute origins" })).toBeInTheDocument();
});

test("nothing is said where nothing is newer", () => {
  open({ judgements: 0, marks: 0, files: 0 });
  expect(screen.queryByRole("status")).toBeNull();
});

test("a running job is shown with its progress and can be stopped", () => {
  open({ judgements: 2, marks: 0, files: 0 }, [job]);
  expect(screen.getByRole("status")).toHaveTextContent("Recomputing origins, 42 %");
  expect(screen.getByRole("button", { name: "Stop" })).toBeInTheDocument();
});

test("counts are said in words", () => {
  expect(pendingWords({ judgements: 1, marks: 2, files: 1 })).toBe("1 judgement, 2 marks on datasets and 1 file of evidence");
});
