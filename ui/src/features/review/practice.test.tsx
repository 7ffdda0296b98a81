import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useKeyListener } from "@/lib/commands";
import { type Session, SessionContext } from "@/lib/session";
import { visiblePieces } from "@/lib/visible";
import { key, paint, painted, where } from "./focus_window";
import { isExpected, PRACTICE, PRACTICE_RUBRIC } from "./practice";
import { Practice } from "./practice_view";

// Twelve answers in a simulated page are slow on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const send = vi.hoisted(() => vi.fn());
vi.mock("@/ipc/bridge", () => ({ send, subscribe: () => () => undefined }));

function Keys() {
  useKeyListener("review");
  return null;
}

const noteSaved = vi.fn();

function practise() {
  const session = { settings: {}, setSetting: () => undefined, noteSaved, person: null } as unknown as Session;
  render(<QueryClientProvider client={new QueryClient()}><SessionContext value={session}><Keys /><Practice onLeave={() => undefined} /></SessionContext></QueryClientProvider>);
}

it("twelve samples, each with a verdict, a reason of the rubric where excluded, and a why", () => {
  expect(PRACTICE).toHaveLength(12);
  for (const { expected, why } of PRACTICE) {
    expect(why.length).toBeGreaterThan(40);
    expect(expected.verdict === "exclude").toBe(PRACTICE_RUBRIC.exclude_reasons.includes(expected.reason));
  }
  expect(PRACTICE.map(({ language }) => language)).toEqual(expect.arrayContaining(["ar", "zh"]));
  expect(PRACTICE.filter(({ response }) => visiblePieces(response).some((piece) => piece.kind === "token"))).toHaveLength(1);
  expect(isExpected(PRACTICE.findIndex(({ language }) => language === "ar"), "skip")).toBe(true);
  expect(isExpected(0, "skip")).toBe(false);
});

it("the same keys answer, take back and give again; the why follows, and nothing is sent or saved", async () => {
  practise();
  await paint();
  expect(screen.getByText("nothing is recorded")).toBeInTheDocument();
  key("a");
  await waitFor(() => expect(screen.getByText(/^Approve, sample 1\. Practice: nothing is recorded\.$/)).toBeInTheDocument());
  expect(where()).toBe("Sample 2 of 12");
  const said = () => screen.getAllByRole("status").map((each) => each.textContent).join(" ");
  expect(said()).toMatch(/The one before.*Cleaning a spacer.*as expected/);
  await painted();
  key("a");
  await waitFor(() => expect(said()).toMatch(/expected Exclude, wrong or harmful/));
  expect(within(screen.getByRole("complementary", { name: "Your answers" })).getByText("not as expected")).toBeInTheDocument();
  await painted();
  key("z");
  await waitFor(() => expect(where()).toBe("Sample 2 of 12"));
  expect(screen.queryByText("not as expected")).toBeNull();
  await painted();
  key("Z", { shiftKey: true });
  await waitFor(() => expect(screen.getByText("not as expected")).toBeInTheDocument());
  expect(send).not.toHaveBeenCalled();
  expect(noteSaved).not.toHaveBeenCalled();
});

it("when all are answered a summary says how many were as expected", async () => {
  practise();
  for (let at = 0; at < 12; at += 1) {
    await (at === 0 ? paint() : painted());
    key("u");
    await waitFor(() => expect(screen.getByText(new RegExp(`^Unsure, sample ${at + 1}\\.`))).toBeInTheDocument());
  }
  expect(await screen.findByRole("heading", { name: "1 of 12 as expected" })).toBeInTheDocument();
  expect(within(screen.getByRole("list", { name: "Not as expected" })).getAllByRole("listitem")).toHaveLength(11);
  expect(screen.queryByRole("region", { name: "Text of the sample" })).toBeNull();
});
