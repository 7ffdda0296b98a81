import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Comparison } from "@/ipc";
import { changesOf, DiffSummary, WordDiff } from "./word_diff";

const comparison: Comparison = {
  changes: 2,
  parts: [{
    role: "document",
    runs: [
      { kind: "same", text: "once a " }, { kind: "only_a", text: "week" }, { kind: "only_b", text: "day" },
      { kind: "same", text: " with " }, { kind: "only_b", text: "<b>food</b>" },
    ],
  }],
};

it("a removal and an insertion that touch are one change", () => {
  expect(changesOf(comparison)).toEqual([{ gone: "week", come: "day" }, { gone: "", come: "<b>food</b>" }]);
});

it("each side shows its own words, and markup as text", () => {
  render(<><DiffSummary comparison={comparison} /><WordDiff comparison={comparison} first="one" second="two" /></>);
  expect(screen.getByText("2 changes")).toBeInTheDocument();
  expect(screen.getByRole("region", { name: "First text" })).toHaveTextContent("once a week with");
  expect(screen.getByRole("region", { name: "Second text" })).toHaveTextContent("once a day with <b>food</b>");
});
