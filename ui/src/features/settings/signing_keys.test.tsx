import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { KeyInfo, KeyRevokeRequest } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { TestWindow } from "@/lib/test_window";
import { SigningKeys } from "./signing_keys";

const key = (person: string, more: Partial<KeyInfo> = {}): KeyInfo => ({
  key: { name: person, id: "7b1e33c0", fingerprint: "7b1e 33c0", is_here: true }, public: `${person}+7b1e`, person, since: "2026-06-01T09:00:00Z", until: null, compromised: false, ...more,
});

function open(role: "expert" | "lead") {
  render(<TestWindow start={{ view: "settings", state: {} }} scope="settings" session={{ person: { name: "Lin Qiao", role } }}><SigningKeys /></TestWindow>);
  return userEvent.setup();
}

it("a lead gives up anybody's key with a reason, others only their own", async () => {
  const asked: KeyRevokeRequest[] = [];
  answers({ keys: () => [key("Lin Qiao"), key("Amara Okafor")], key_revoke: (request: KeyRevokeRequest) => { asked.push(request); return { saved: { seq: 9, at: "2026-11-20T11:06:23Z" } }; } });
  const user = open("lead");
  await user.click(await screen.findByRole("button", { name: "Give up the key of Amara Okafor…" }));
  const dialog = screen.getByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "Give it up" })).toBeDisabled();
  await user.click(within(dialog).getByRole("radio", { name: /Somebody else may have it/ }));
  await user.type(within(dialog).getByLabelText("Reason"), "stolen laptop{Enter}");
  expect(asked).toMatchObject([{ public: "Amara Okafor+7b1e", compromised: true, reason: "stolen laptop" }]);
});

it("a public key is copied whole, for whoever verifies with it", async () => {
  answers({ keys: () => [key("Lin Qiao")] });
  const user = open("expert");
  await user.click(await screen.findByRole("button", { name: "Copy the public key of Lin Qiao" }));
  expect(await navigator.clipboard.readText()).toBe("Lin Qiao+7b1e");
  expect(await screen.findByText("Copied")).toBeInTheDocument();
});

it("an expert may not give up another's, and makes a key where there is none", async () => {
  answers({ keys: () => [key("Amara Okafor"), key("Lin Qiao", { until: "2026-10-02T08:00:00Z", compromised: true })] });
  const user = open("expert");
  expect(await screen.findByRole("button", { name: /^Give up the key of Amara Okafor/ })).toBeDisabled();
  expect(screen.getByText("compromised, given up 2 Oct 2026")).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Make a key…" }));
  expect(within(screen.getByRole("dialog", { name: "Make your key" })).getByLabelText("New passphrase")).toBeInTheDocument();
});
