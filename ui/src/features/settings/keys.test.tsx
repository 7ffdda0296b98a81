import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useEffect, useState } from "react";
import { expect, it } from "vitest";
import { readGiven, setKeys } from "@/lib/commands";
import { TestWindow } from "@/lib/test_window";
import { Keys } from "./keys";

function Settings() {
  const [settings, set] = useState<Record<string, string>>({});
  useEffect(() => setKeys(readGiven(settings.keys)), [settings.keys]);
  return <TestWindow start={{ view: "settings", state: {} }} scope="settings" session={{ settings, setSetting: (key, value) => set({ ...settings, [key]: value }) }}><Keys /></TestWindow>;
}

const row = (title: string) => screen.getByRole("rowheader", { name: new RegExp(`^${title}`) }).closest("tr")!;
const keyOf = (title: string) => row(title).cells[1]!.textContent;

it("a command takes the key that is pressed, refuses one that is taken, and gets its own back", async () => {
  const user = userEvent.setup();
  render(<Settings />);
  const press = async (key: string) => {
    await user.click(within(row("Approve")).getByRole("button", { name: "Change the key of Approve" }));
    fireEvent.keyDown(within(row("Approve")).getByRole("button", { name: /^Press a key/ }), { key });
  };
  await press("x");
  expect(within(row("Approve")).getByRole("alert")).toHaveTextContent("Not changed: X is “Exclude, with a reason” in review.");
  await press("3");
  expect(within(row("Approve")).getByRole("alert")).toHaveTextContent("digits are labels");
  await press("y");
  expect(keyOf("Approve")).toContain("Y");
  expect(within(row("Approve")).queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Put back the key of Approve" }));
  expect(keyOf("Approve")).toContain("A");
  expect(screen.queryByRole("button", { name: "Put back the key of Approve" })).toBeNull();
});
