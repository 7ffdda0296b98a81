import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Person, SignLook, SignState } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { signingCommands } from "@/ipc/mock/signing";
import { TestWindow } from "@/lib/test_window";
import { placeOf } from "./exceptions";
import { SignedStrip } from "./signed_strip";
import { SignPanel, whyNot } from "./sign_panel";

const lead = { person: { name: "Lin Qiao", role: "lead" } as Person };

function draw() {
  render(<TestWindow start={{ view: "card", state: {} }} scope="card" session={lead}><SignPanel dataset="praxis-instruct" snapshot={7} onClose={() => undefined} /></TestWindow>);
}

it("a lead makes a key, opens every exception, gives the passphrase, and signs what was shown", async () => {
  const signed = vi.fn(signingCommands.sign_card);
  answers({ sign_card: signed });
  const user = userEvent.setup();
  draw();
  const made = await screen.findByRole("form", { name: "Make your key" });
  await user.type(within(made).getByLabelText("New passphrase"), "four plain words here");
  await user.type(within(made).getByLabelText("The same again"), "four plain words heer");
  expect(within(made).getByText("not the same")).toBeInTheDocument();
  await user.clear(within(made).getByLabelText("The same again"));
  await user.type(within(made).getByLabelText("The same again"), "four plain words here");
  await user.click(within(made).getByRole("button", { name: "Make the key" }));
  expect(await screen.findByText("copper harbor fennel winter")).toBeInTheDocument();
  expect(screen.getByRole("radio", { name: /^Approved for training not possible/ })).toBeDisabled();
  expect(screen.getByRole("radio", { name: /with waivers/ })).toBeChecked();
  expect(screen.getByText("0 of 3 audit exceptions opened")).toBeInTheDocument();
  await user.type(screen.getByLabelText(/Passphrase of your key/), "four plain words here");
  expect(screen.getByText("Not yet: 3 exceptions to open.")).toBeInTheDocument();
  for (const button of within(screen.getByRole("list", { name: "Exceptions" })).getAllByRole("button")) await user.click(button);
  expect(screen.getByText("3 of 3 audit exceptions opened")).toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: /Reviewed, not approved/ }));
  await user.click(screen.getByRole("button", { name: "Sign…" }));
  expect(await screen.findByText(/Signed, entry #/)).toBeInTheDocument();
  expect(signed.mock.calls[0]![0]).toMatchObject({ meaning: "reviewed", statement: "27a9f3d1".repeat(8), passphrase: "four plain words here" });
});

it("a passphrase is never shown and a refusal says why", async () => {
  answers({ sign_look: () => ({ job: null, answer: { ...look(), exceptions: [] } }) });
  const user = userEvent.setup();
  draw();
  const field = await screen.findByLabelText(/Passphrase of your key/);
  expect(field).toHaveAttribute("type", "password");
  await user.type(field, "wrong{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("Not signed: The passphrase does not open the key.");
});

function look(): SignLook {
  return signingCommands.sign_look({ dataset: "praxis-instruct", snapshot: 7 }).answer!;
}

it("who may not sign is told, not asked for a passphrase", () => {
  const refused = { ...look(), refused: "`Lin` alone reviewed it" };
  expect(whyNot(refused, refused.meanings[2], 0, "x", false)).toBe("somebody else must sign it");
  expect(whyNot({ ...look(), key: null }, look().meanings[2], 0, "x", false)).toBe("your key is made first");
});

it("every kind of exception has a place, or stands on the card itself", () => {
  expect(["gate", "refused", "quarantined", "conflicts", "unread", "revised", "open"].map((kind) => placeOf(kind)?.view)).toEqual(["gates", "quarantine", "quarantine", "samples", "review", "activity", undefined]);
});

const off = { id: "a", seq: 12, dataset: "d", snapshot: 7, meaning: "", at: "2026-10-05T09:12:00Z", by: ["Lin Qiao"], missing: 0, statement: { hex: "", words: ["ozone", "drill", "grab", "fiber"] }, state: "stands" };

function strip(state: SignState, snapshot = 7) {
  render(<TestWindow start={{ view: "card", state: {} }} scope="card" session={lead}><SignedStrip state={state} snapshot={snapshot} onJoin={() => undefined} /></TestWindow>);
}

it("a card that says what was signed says so, with the words of its statement", () => {
  strip({ sign_offs: [off], changes: [] });
  expect(screen.getByText(/the card says what was signed/)).toHaveTextContent("ozone drill grab fiber");
});

it("what changed since the sign-off is told figure by figure", async () => {
  strip({ sign_offs: [off], changes: [{ figure: "gold › members", then: "4", now: "3" }] });
  expect(screen.getByText("Changed since sign-off")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Show what changed" }));
  expect(screen.getByRole("row", { name: "gold › members 4 3" })).toBeInTheDocument();
});

it("another snapshot's sign-off, a missing lead and a withdrawal are each said", () => {
  strip({ sign_offs: [{ ...off, snapshot: 6, missing: 1 }], changes: [] });
  expect(screen.getByText("This snapshot is not signed.")).toBeInTheDocument();
  expect(screen.getByText(/It counts once 1 more lead has signed/)).toBeInTheDocument();
  strip({ sign_offs: [{ ...off, state: "withdrawn" }], changes: null });
  expect(screen.getByText(/was withdrawn\. No other stands/)).toBeInTheDocument();
});
