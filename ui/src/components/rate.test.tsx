import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { proportion } from "@/ipc/mock/style";
import { RateRow, rateWords } from "./rate";

test("a rate is said with its interval and what it was counted over", () => {
  expect(rateWords(proportion(81, 263))).toBe("30.8\u00a0% (25.5–36.6) of 263");
});

test("a group that was too small says so, and draws no dot", () => {
  render(<table><tbody><RateRow label="of these, in Swahili" rate={null} absent="fewer than 30" /></tbody></table>);
  expect(screen.getByText("fewer than 30")).toBeInTheDocument();
  expect(screen.queryByRole("img")).toBeNull();
});
