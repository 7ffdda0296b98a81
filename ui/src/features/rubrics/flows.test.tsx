import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Person, Rubric, RubricAddRequest, RubricFollowRequest, RubricInfo } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { reviewCommands } from "@/ipc/mock/review";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { readAs } from "./criterion_fields";
import { View } from "./index";

const CURATOR: Person = { name: "Ilse Marchetti", role: "curator" };
const second: Rubric = { name: "health", version: 2, labels: [{ key: 1, name: "Typical" }], criteria: [{ id: "harm", name: "Harm", guidance: "1: harms. 2: harmless.", max: 2 }], exclude_reasons: ["Wrong"] };
const first: Rubric = { ...second, version: 1, labels: [{ key: 1, name: "Usual" }, { key: 2, name: "Typical" }], criteria: [{ ...second.criteria[0]!, max: 3 }] };
const info = (rubric: Rubric, more: Partial<RubricInfo>): RubricInfo => ({ id: `${rubric.name}@${rubric.version}`, rubric, recorded: true, latest: false, added: "2026-06-14T09:30:00Z", added_by: "Ilse Marchetti", queues: [], ...more });
const ALL = [info(second, { latest: true }), info(first, { queues: [{ queue: "q-health", name: "Health", answers: 40 }] })];

function open(state: Record<string, string> = {}, all: RubricInfo[] = ALL, person: Person = CURATOR) {
  const added: RubricAddRequest[] = [];
  const followed: RubricFollowRequest[] = [];
  const seen: Place[] = [];
  answers({
    rubrics: () => all,
    rubric_add: (request) => {
      added.push(request);
      return { id: "health@3", saved: { seq: 9, at: "" } };
    },
    rubric_follow: (request) => {
      followed.push(request);
      return { saved: { seq: 10, at: "" }, queue: reviewCommands.queues()[0]! };
    },
  });
  render(<TestWindow start={{ view: "rubrics", state }} scope="rubrics" session={{ person }} onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), added, followed, seen };
}

test("the next version shows what it asks otherwise before it is saved, and says where it went", async () => {
  const { user, added } = open({ edit: "next", rubric: "health@2" });
  expect(await screen.findByText("It asks the same.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: /Save as version 3/ })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: "Add a reason" }));
  expect(screen.getAllByText(/a reason to exclude has no name/i)).not.toHaveLength(0);
  await user.type(screen.getByRole("textbox", { name: "Reasons to exclude, 2" }), "Copied");
  expect(screen.getByText("Reason 2", { exact: false })).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: /Save as version 3/ }));
  expect(await screen.findByRole("status")).toHaveTextContent("Saved #9 as health@3");
  expect(added).toEqual([expect.objectContaining({ name: "health", labels: ["Typical"], exclude_reasons: ["Wrong", "Copied"] })]);
});

test("a new rubric whose name holds an @ cannot be saved, and the field says why", async () => {
  const { user } = open({ edit: "new" });
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "law@2");
  expect(screen.getByRole("textbox", { name: "Name" })).toBeInvalid();
  expect(screen.getByRole("button", { name: /Save as version 1/ })).toBeDisabled();
});

test("a draft that was kept is gone on with", async () => {
  open({ edit: "new", draft: JSON.stringify({ name: "law", labels: ["Tenancy"], criteria: [], exclude_reasons: ["Wrong"] }) });
  expect(await screen.findByRole("textbox", { name: "Labels, 1" })).toHaveValue("Tenancy");
});

test("what asks the same already is not recorded, and said", async () => {
  const { user } = open({ edit: "new", draft: JSON.stringify({ name: "law", labels: [], criteria: [], exclude_reasons: ["Wrong"] }) });
  answers({ rubric_add: () => ({ id: "law@4", saved: null }) });
  await user.click(await screen.findByRole("button", { name: /Save as version 1/ }));
  expect(await screen.findByRole("status")).toHaveTextContent("law@4 asks the same already: nothing was recorded.");
});

test("answers are mapped: what stays is carried over, what has no place is named, and the request says both", async () => {
  const { user, followed } = open({ queue: "q-health", rubric: "health@2" });
  expect(await screen.findByText("40 answers, as far as you may know")).toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: /^Map them/ }));
  expect(screen.getByText("Left out of what was answered: label “Usual”, score 3 of harm.")).toBeInTheDocument();
  await user.type(screen.getByRole("textbox", { name: "Reason" }), "a score was never used");
  await user.click(screen.getByRole("button", { name: /Give it this version/ }));
  await screen.findByText(/Saved #10/);
  expect(followed).toEqual([expect.objectContaining({ queue: "q-health", to: "health@2", answers: "map", labels: { Typical: "Typical" }, criteria: { harm: { to: "harm", scores: { 1: 1, 2: 2 } } }, reason: "a score was never used" })]);
});

test("what becomes of answers is not chosen for anyone", async () => {
  open({ queue: "q-health", rubric: "health@2" });
  const group = await screen.findByRole("radiogroup", { name: "What becomes of its answers" });
  expect(within(group).getAllByRole("radio").filter((radio) => (radio as HTMLInputElement).checked)).toEqual([]);
  expect(screen.getByRole("button", { name: /Give it this version/ })).toBeDisabled();
});

test("a queue that asks the latest version already is told so", async () => {
  open({ queue: "q-new" }, [info(second, { latest: true, queues: [{ queue: "q-new", name: "New", answers: 0 }] }), info(first, {})]);
  expect(await screen.findByText(/asks the latest version of health already/)).toBeInTheDocument();
});

test("experts read rubrics and change none", async () => {
  open({}, ALL, { name: "Dr Amara Okafor", role: "expert" });
  expect(await screen.findByRole("button", { name: "New rubric…" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Next version…" })).toBeDisabled();
});

test("guidance says how a reviewer will meet it", () => {
  expect(readAs({ guidance: "1: harms. 2: harmless.", max: 2 })).toBe("Each score shows its own meaning.");
  expect(readAs({ guidance: "1: harms. 2: harmless.", max: 4 })).toBe("Says nothing of 3, 4.");
  expect(readAs({ guidance: "1: a. 2: b. 3: c.", max: 2 })).toBe("Says what 3 means, and scores end at 2.");
  expect(readAs({ guidance: "As you see it.", max: 4 })).toMatch(/^Read as one line/);
});
