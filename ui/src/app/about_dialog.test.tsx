import { render, screen, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import * as ipc from "@/ipc";
import { TestWindow } from "@/lib/test_window";
import { AboutDialog } from "./about_dialog";

it("says which Assay this is, what holds for the process that reads data, and what does not on this machine", async () => {
  const asked = vi.spyOn(ipc, "call").mockResolvedValueOnce({ version: "7.1.0", licence: "Apache-2.0", reader: [{ what: "opens no connection", holds: true }, { what: "memory is limited", holds: false }] } satisfies ipc.About);
  render(<TestWindow start={{ view: "settings", state: {} }} scope="settings"><AboutDialog onClose={() => {}} /></TestWindow>);
  const dialog = await screen.findByRole("dialog", { name: "About Assay" });
  expect(await within(dialog).findByText(/Assay 7\.1\.0, under Apache-2\.0/)).toBeInTheDocument();
  expect(within(dialog).getAllByRole("listitem").map((item) => item.textContent)).toEqual(["opens no connection", "memory is limited: not on this machine"]);
  expect(asked).toHaveBeenCalledWith("about");
});
