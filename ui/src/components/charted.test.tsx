import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { answers } from "@/ipc/mock/backend";
import type { ChartSaveRequest, PickRequest } from "@/ipc";
import { fileName } from "./chart_menu";
import { Charted } from "./charted";

const chart = (
  <Charted title="Parts" columns={[{ head: "part" }, { head: "share", numeric: true, format: (share) => `${(share * 100).toFixed(1)} %` }]} rows={[["human", 0.4449], ["mixed", null]]}>
    <p>drawn</p>
  </Charted>
);

test("the table is one press away, with its numbers dressed and what is not known said", async () => {
  const user = userEvent.setup();
  render(chart);
  expect(screen.getByText("drawn")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "as a table" }));
  expect(screen.getAllByRole("cell").map((cell) => cell.textContent)).toEqual(["human", "44.5 %", "mixed", "–"]);
  await user.click(screen.getByRole("button", { name: "as a chart" }));
  expect(screen.getByText("drawn")).toBeInTheDocument();
});

test("the numbers are copied undressed, and it is said that they were", async () => {
  const user = userEvent.setup();
  render(chart);
  await user.click(screen.getByRole("button", { name: "Export Parts" }));
  await user.click((await screen.findAllByRole("menuitem"))[0]!);
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('"part","share"\r\n"human",0.4449\r\n"mixed",\r\n'));
  expect(await screen.findByText("CSV copied")).toBeInTheDocument();
});

test("a chart is saved where the dialog says, under a name made of its title", async () => {
  const user = userEvent.setup();
  const asked: PickRequest[] = [];
  const saved: ChartSaveRequest[] = [];
  answers({
    pick_save: (request) => { asked.push(request); return { handle: "h-1", label: "parts.csv" }; },
    chart_save: (request) => { saved.push(request); return null; },
  });
  render(chart);
  await user.click(screen.getByRole("button", { name: "Export Parts" }));
  await user.click(await screen.findByRole("menuitem", { name: /Save the numbers/ }));
  expect(await screen.findByText("saved as parts.csv")).toBeInTheDocument();
  expect(asked).toEqual([{ title: "Save Parts", purpose: "chart_file", name: "parts.csv" }]);
  expect(saved).toEqual([{ handle: "h-1", text: '"part","share"\r\n"human",0.4449\r\n"mixed",\r\n', bytes: null }]);
});

test("a title makes a file name that every system takes", () => {
  expect(fileName("What moved machine share", "svg")).toBe("what-moved-machine-share.svg");
  expect(fileName("../../etc: «Übersicht»?", "png")).toBe("etc-übersicht.png");
  expect(fileName("…", "csv")).toBe("chart.csv");
});
