import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ReadingLine } from "./reading_line";

test("arrows move it by a step, with Shift by ten, and it says what is read there", () => {
  const [onStep, onEnd] = [vi.fn(), vi.fn()];
  render(<svg aria-label="chart"><ReadingLine label="Coverage" x={60} top={0} bottom={100} from={10} to={110} words="at 0.9: human part 98" onStep={onStep} onEnd={onEnd} onMove={() => undefined} /></svg>);
  const line = screen.getByRole("slider", { name: "Coverage" });
  expect(line).toHaveAttribute("aria-valuetext", "at 0.9: human part 98");
  expect(line).toHaveAttribute("aria-valuenow", "50");
  fireEvent.keyDown(line, { key: "ArrowRight" });
  fireEvent.keyDown(line, { key: "ArrowLeft", shiftKey: true });
  fireEvent.keyDown(line, { key: "End" });
  fireEvent.keyDown(line, { key: "a" });
  expect(onStep.mock.calls).toEqual([[1], [-10]]);
  expect(onEnd.mock.calls).toEqual([[true]]);
});
