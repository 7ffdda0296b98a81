import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { TestWindow } from "./test_window";
import { useFailingGates, useGates } from "./use_gates";

function Rail() {
  return <p>{useFailingGates() ?? "not measured"}</p>;
}

function Measures() {
  return <p>{useGates().measured ? "measured" : "measuring"}</p>;
}

function Both() {
  const [on, setOn] = useState(false);
  return <><Rail />{on && <Measures />}<button type="button" onClick={() => setOn(true)}>open the view</button></>;
}

test("the number of failing gates is known only once a view has measured them", async () => {
  render(<TestWindow start={{ view: "overview", state: {} }} scope="overview"><Both /></TestWindow>);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(screen.getByText("not measured")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button"));
  expect(await screen.findByText("measured")).toBeInTheDocument();
  expect(screen.getByText("5")).toBeInTheDocument();
});
