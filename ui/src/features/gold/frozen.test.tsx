import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { GoldExportRequest, GoldFreezeRequest, GoldOverview, Person, PickRequest } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { ageWords, freezingUnavailable, sinceWords } from "./frozen_sets";
import { View } from "./index";

const LEAD: Person = { name: "Lin Qiao", role: "lead" };
const MEMBER = { digest: "sha256:aa", title: "A", domain: "law", language: "en", reason: "rare", by: "Lin Qiao", at: "2026-11-02T15:04:00Z", seq: 1 };
const SET = { number: 2, size: 1, root: "sha256:b04e77d1", reason: "release 11", by: "Lin Qiao", at: "2026-11-02T15:04:00Z", seq: 10, since_added: 2, since_revoked: 1 };

function overview(more: Partial<GoldOverview> = {}): GoldOverview {
  return { members: [MEMBER], revoked: [], candidates: [], root: "e17c", domains: ["law"], languages: ["en"], cells: [[1]], frozen: [SET], exports: [], ages: { youngest: 0, median: 12, oldest: 40 }, ...more };
}

function open(gold: GoldOverview, person: Person = LEAD) {
  const asked: unknown[] = [];
  const seen: Place[] = [];
  const noted = <Answer,>(what: unknown, answer: Answer): Answer => {
    asked.push(what);
    return answer;
  };
  answers({
    gold_overview: () => gold,
    gold_freeze: ({ reason }: GoldFreezeRequest) => noted(reason, { saved: { seq: 11, at: "" }, number: 3 }),
    pick_save: ({ name }: PickRequest) => noted(name, { handle: "h", label: "l" }),
    gold_export: ({ number, purpose, handle }: GoldExportRequest) => noted([number, purpose, handle], { saved: { seq: 12, at: "" }, written: 1, path: "/x/gold 2.jsonl" }),
  });
  render(<TestWindow start={{ view: "gold", state: { page: "frozen" } }} scope="gold" session={{ person }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), asked, seen };
}

test("a set is frozen under the next number, with a reason, and then listed", async () => {
  const { user, asked, seen } = open(overview());
  await user.click(await screen.findByRole("button", { name: "Freeze…" }));
  expect(screen.getByRole("button", { name: "Freeze as 3" })).toBeDisabled();
  await user.type(screen.getByRole("textbox", { name: "Reason" }), "  for release 12 ");
  await user.click(screen.getByRole("button", { name: "Freeze as 3" }));
  expect(await screen.findByRole("listitem", { name: "Gold set 2" })).toHaveTextContent("gold since: +2 −1");
  expect(asked).toEqual(["for release 12"]);
  expect(seen.at(-1)?.state.act).toBeUndefined();
});

test("a frozen set is exported with a purpose into the file that was picked", async () => {
  const { user, asked } = open(overview());
  await user.click(await screen.findByRole("button", { name: "Export…: Gold set 2" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("button", { name: "Export…" })).toBeDisabled();
  await user.type(within(dialog).getByRole("textbox", { name: "Purpose" }), "evaluation");
  await user.click(within(dialog).getByRole("button", { name: "Export…" }));
  expect(await screen.findByText("/x/gold 2.jsonl")).toBeInTheDocument();
  expect(asked).toEqual(["gold 2.jsonl", [2, "evaluation", "h"]]);
});

test("dismissing the file dialog records nothing", async () => {
  const { user, asked } = open(overview());
  answers({ pick_save: () => null });
  await user.click(await screen.findByRole("button", { name: "Export…" }));
  await user.type(await screen.findByRole("textbox", { name: "Purpose" }), "evaluation{Enter}");
  expect(within(await screen.findByRole("dialog")).getByRole("button", { name: "Export…" })).toBeEnabled();
  expect(asked).toEqual([]);
});

test("experts neither freeze nor export", async () => {
  open(overview(), { name: "Dr Amara Okafor", role: "expert" });
  expect(await screen.findByRole("button", { name: "Freeze…" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Export…" })).toBeDisabled();
});

test("nothing is frozen twice, and nothing empty", () => {
  expect(freezingUnavailable(0, undefined, "")).toBe("the gold set is empty");
  expect(freezingUnavailable(1, SET, "b04e77d1")).toBe("gold set 2 is the same");
  expect(freezingUnavailable(1, SET, "e17c")).toBeUndefined();
});

test("ages and what came and went are said in words", () => {
  expect(ageWords({ youngest: 0, median: 12, oldest: 40 })).toBe("0 to 40 days old, half of them over 12");
  expect(ageWords({ youngest: 1, median: 1, oldest: 1 })).toBe("1 day old");
  expect(sinceWords({ since_added: 0, since_revoked: 0 })).toBe("unchanged");
});
