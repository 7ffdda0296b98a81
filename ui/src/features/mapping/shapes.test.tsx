import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { TestWindow } from "@/lib/test_window";
import { View } from "./index";

test("the fields of each record shape can be stepped to, and stepping back comes to the first", async () => {
  const handles = JSON.stringify([{ handle: "picked-1", label: "careforum-uk" }]);
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "fields", state: { handles } }} scope="fields"><View /></TestWindow>);
  expect(await screen.findByRole("button", { name: /^Shape 1 of 2/ })).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /^tox becomes/ })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Next shape" }));
  expect(await screen.findByText("casos-clinicos-es/2026.csv")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^tox becomes/ })).toBeNull();
  await user.keyboard("{Shift>}K{/Shift}");
  expect(await screen.findByRole("button", { name: /^Shape 1 of 2/ })).toBeInTheDocument();
});
