import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
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
  await waitFor(async () => expect(await navigator.clipboard.readText()).toBe("part,share\r\nhuman,0.4449\r\nmixed,\r\n"));
  expect(await screen.findByText("CSV copied")).toBeInTheDocument();
});
