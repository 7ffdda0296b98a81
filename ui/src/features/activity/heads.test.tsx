import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Trust } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { headWords, lastSignedWords } from "@/lib/trust";
import { TestWindow } from "@/lib/test_window";
import { Heads } from "./heads";
import { entriesAway } from "./timeline";

const bare: Trust = { entries: 12, head: null, by: [], since: null, strength: "none", broken: null, trouble: null, copies: null, is_unlocked: false, last_signed: null, marks: [], heads: 0, has_key: false, is_kept: false, has_keychain: false, keeping: { recovered: null, backups: null, backed_up: null, trouble: null, has_ballast: true } };

it("how far signatures reach is said in a line", () => {
  expect(headWords(bare)).toBe("No signed head");
  expect(headWords({ head: 10_401, strength: "other_drive", since: "2026-11-18T17:02:11Z" })).toBe("Head #10,400 on another drive since 18 Nov 2026");
  expect(lastSignedWords(bare)).toBeNull();
});

it("without a head it says what could happen, and a passphrase signs one", async () => {
  let trust = bare;
  answers({ trust: () => trust, head_sign: () => (trust = { ...bare, head: 12, by: ["Lin Qiao"], strength: "this_machine", since: "2026-11-18T17:02:11Z", is_unlocked: true }) });
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  expect(await screen.findByText(/could rewrite the ledger unseen/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Sign a head…" }));
  await user.type(screen.getByLabelText("Passphrase of your key"), "four plain words here{Enter}");
  expect(await screen.findByText(/Head #11 on this machine only/)).toBeInTheDocument();
  expect(screen.getByText(/Nothing came after it/)).toBeInTheDocument();
  expect(screen.getByText(/every 100 entries/)).toBeInTheDocument();
});

it("a ledger that contradicts a head is an alarm", async () => {
  answers({ trust: () => ({ ...bare, head: 12, strength: "this_machine", broken: "a signed head says 20 entries; the ledger holds 12: its end was cut off" }) });
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  expect(await screen.findByRole("alert")).toHaveTextContent(/contradicts a signed head: .*cut off/);
});

it("each strength has its longest head on the line, and what came after the last that left is counted", async () => {
  const marks = [
    { entries: 40, at: "2026-10-05T09:12:00Z", strength: "cosigned", by: ["Lin Qiao", "Amara Okafor"] },
    { entries: 60, at: "2026-11-18T17:02:11Z", strength: "this_machine", by: ["Lin Qiao"] },
  ];
  const trust = { ...bare, entries: 64, head: 60, strength: "this_machine", by: ["Lin Qiao"], heads: 7, marks };
  answers({ trust: () => trust });
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  const line = await screen.findByRole("list", { name: /Signed heads/ });
  expect([...line.children].map((item) => item.textContent)).toEqual([
    "#0and 5 earlier heads",
    "#39, signed by two5 Oct 2026, Lin Qiao and Amara Okafor",
    "#59, this machine18 Nov 2026, Lin Qiao",
    "#63, now24 entries not yet elsewhere",
  ]);
  expect(entriesAway(trust)).toBe(40);
  expect(line.children[2]).toHaveAttribute("data-then", "unsigned");
});

it("a head over everything is where the line ends", async () => {
  const marks = [{ entries: 12, at: "2026-11-18T17:02:11Z", strength: "this_machine", by: ["Lin Qiao"] }];
  answers({ trust: () => ({ ...bare, head: 12, strength: "this_machine", by: ["Lin Qiao"], heads: 1, marks }) });
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  const line = await screen.findByRole("list", { name: /Signed heads/ });
  expect([...line.children].map((item) => item.textContent)).toEqual(["#0the first entry", "#11, now, this machine18 Nov 2026, Lin Qiao"]);
});

it("what came back at opening, a failed backup and a missing ballast are said", async () => {
  const keeping = { recovered: "2 entries came back from the journal", backups: "/b", backed_up: 11, trouble: "the drive is full", has_ballast: false };
  answers({ trust: () => ({ ...bare, keeping }) });
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  expect(await screen.findByText(/2 entries came back from the journal/)).toBeInTheDocument();
  expect(screen.getAllByRole("alert").map((alert) => alert.textContent)).toEqual([
    "The last backup failed: the drive is full", "No room is kept aside for a full disk: free some, and open the workspace again.",
  ]);
  expect(screen.getByText(/Backed up to entry #10/)).toBeInTheDocument();
});

it("where the system has a keychain, the key may be kept in it", async () => {
  let trust: Trust = { ...bare, has_keychain: true };
  answers({ trust: () => trust, head_sign: ({ keep }: { keep: boolean }) => (trust = { ...trust, head: 12, strength: "this_machine", is_unlocked: true, is_kept: keep }) });
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "activity", state: {} }} scope="activity"><Heads /></TestWindow>);
  await user.click(await screen.findByRole("button", { name: "Sign a head…" }));
  await user.click(screen.getByRole("checkbox", { name: /Keep the key in this system’s keychain/ }));
  await user.type(screen.getByLabelText("Passphrase of your key"), "four plain words here{Enter}");
  expect(await screen.findByText(/with the key in the keychain/)).toBeInTheDocument();
});
