import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { AgreementFigures, AgreementRequest, AgreementView, Coefficient } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { TestWindow } from "@/lib/test_window";
import { View } from ".";
import { criterionName } from "./criteria";
import { axisOf } from "./dot_rows";

vi.setConfig({ testTimeout: 120_000 });

const figure = (name: string, value: number, low: number, high: number): Coefficient => ({ name, value, low, high, undefined: null });
const VERDICTS: AgreementFigures = {
  items: 448, rated_by_several: 406, raters: 3, ratings: 871,
  coefficients: [figure("percent", 0.857, 0.823, 0.889), figure("alpha_nominal", -0.042, -0.071, 0.012), { name: "cohen", value: null, low: null, high: null, undefined: "there are more than two raters; see Fleiss' kappa" }],
  per_class: [{ value: "exclude", n: 214, specific: 0.748, low: 0.682, high: 0.806 }, { value: "unsure", n: 1, specific: null, low: null, high: null }],
  pairs: [{ a: "Amara", b: "ليلى", items: 38, coefficients: [figure("percent", 0.9, 0.8, 1), figure("ac1", 0.81, 0.7, 0.9), figure("cohen", 0.5, 0.3, 0.7)] }],
};
const NONE: AgreementFigures = { items: 0, rated_by_several: 0, raters: 0, ratings: 0, coefficients: [], per_class: [], pairs: [] };
const VIEW: AgreementView = { verdicts: VERDICTS, origin: NONE, criteria: [{ criterion: "clinical advice/safe", figures: { ...NONE, rated_by_several: 366, coefficients: [figure("alpha_ordinal", 0.61, 0.53, 0.68)] } }], sealed_queues: 2 };

const asked: AgreementRequest[] = [];

function show(view: AgreementView, queue?: string) {
  asked.length = 0;
  answers({ agreement: (request) => { asked.push(request); return view; }, queues: () => [] });
  render(<TestWindow start={{ view: "agreement", state: queue ? { queue } : {} }} scope="agreement"><View /></TestWindow>);
}

const rowOf = (table: string, name: RegExp) => within(screen.getByRole("table", { name: table })).getByRole("rowheader", { name }).closest("tr")!;

it("each coefficient stands with its interval and its numbers, or with why it is not defined", async () => {
  show(VIEW);
  await screen.findByRole("table", { name: "Verdicts" });
  expect(asked).toEqual([{ queue: null }]);
  expect(screen.getByText("406 of 448 samples read by several, 3 reviewers, 871 answers")).toBeInTheDocument();
  expect(rowOf("Verdicts", /Percent agreement/)).toHaveTextContent("85.7 %, 95 % 82.3 % to 88.9 %");
  const alpha = rowOf("Verdicts", /alpha, nominal/);
  expect(alpha).toHaveTextContent("−0.04, 95 % −0.07 to 0.01");
  expect(within(alpha).getByRole("img", { name: /−0\.04/ })).toBeInTheDocument();
  const kappa = rowOf("Verdicts", /Cohen’s kappa/);
  expect(kappa).toHaveTextContent("not defined: there are more than two raters; see Fleiss' kappa");
  expect(within(kappa).queryByRole("img")).toBeNull();
});

it("values, pairs and criteria have figures of their own, and what is sealed is told in words", async () => {
  show(VIEW);
  await screen.findByRole("table", { name: "Verdict by verdict" });
  expect(rowOf("Verdict by verdict", /Exclude/)).toHaveTextContent("74.8 %, 95 % 68.2 % to 80.6 %214 answers");
  expect(rowOf("Verdict by verdict", /Unsure/)).toHaveTextContent("not defined");
  expect(rowOf("Two by two, on verdicts", /Amara and ليلى/)).toHaveTextContent("0.81, 95 % 0.70 to 0.90");
  expect(rowOf("By criterion", /Safe/)).toHaveTextContent("0.61, 95 % 0.53 to 0.68");
  expect(screen.getByText("2 queues are left out: you review in them, blind.")).toBeInTheDocument();
});

it("the table twin has the numbers that are drawn", async () => {
  const user = userEvent.setup();
  show(VIEW);
  const chart = await screen.findByRole("region", { name: "Verdicts" });
  await user.click(within(chart).getByRole("button", { name: "as a table" }));
  const cells = within(chart).getAllByRole("cell").map((cell) => cell.textContent);
  expect(cells.slice(0, 5)).toEqual(["Percent agreement", "0.857", "0.823", "0.889", "–"]);
  expect(cells.slice(-5)).toEqual(["Cohen’s kappa", "–", "–", "–", "there are more than two raters; see Fleiss' kappa"]);
});

it("a queue that one reviews in blind is sealed, not empty", async () => {
  show({ verdicts: NONE, origin: NONE, criteria: [], sealed_queues: 1 }, "q-1");
  expect(await screen.findByText("Sealed for you")).toBeInTheDocument();
  expect(asked).toEqual([{ queue: "q-1" }]);
});

it("the axis reaches below zero where an interval does, and no further", () => {
  const row = (low: number) => ({ key: "k", name: "n", value: 0.5, low, high: 0.6, words: "" });
  expect(axisOf([row(0.4)], 300).ticks[0]).toBe(0);
  expect(axisOf([row(-0.07)], 300).ticks[0]).toBeCloseTo(-0.2);
});

it("a criterion is told apart from its rubric, whatever the rubric is called", () => {
  expect(criterionName("a/b/safe")).toEqual({ name: "Safe", rubric: "a/b" });
});
