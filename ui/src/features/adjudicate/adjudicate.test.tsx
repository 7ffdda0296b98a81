import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Answer, Dispute, DisputeAnswerRequest, DisputeDetail, Disputes, DisputeSettleRequest, Person } from "@/ipc";
import { answers } from "@/ipc/mock/backend";
import { mockRubric, mockSample } from "@/ipc/mock/review";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { View } from ".";

// Finding by role in a simulated page is slow on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

let frames: FrameRequestCallback[] = [];

/** Two frames: what was rendered is on the glass. */
async function paint() {
  await waitFor(() => expect(frames.length).toBeGreaterThan(0));
  for (let frame = 0; frame < 2; frame += 1) {
    const due = frames;
    frames = [];
    await act(async () => { for (const call of due) call(0); });
  }
}

const answer = (verdict: Answer["verdict"], scores: Answer["scores"], note: string): Answer => ({ verdict, reason: verdict === "exclude" ? "Out of date" : "", labels: ["Triage"], scores, origin: "machine", confidence: "low", note });
const REVIEWERS = [answer("approve", { safe: 4 }, "Peer one finds it sound."), answer("exclude", { safe: 1 }, "Peer two finds it harmful.")];
const dispute = (name: string, distance: number): Dispute => ({ digest: `sha256:${name}`, title: `Sample ${name}`, domain: "health", language: "en", queue: "q", queue_name: "Q", distance, differs_in: ["verdict", "safe by 3"], begun: false });

let open: Dispute[];
let own: Record<string, DisputeDetail["own"]>;
let answered: DisputeAnswerRequest[];
let settled: DisputeSettleRequest[];
/** Whether the slice is blurred. */
let blurred: boolean;
/** What the next save is refused with. */
let refusal: { code: string; message: string; remedy: string } | null;

const all = (): Disputes => ({ open, settled: settled.map((each, index) => ({ digest: each.digest, title: each.digest, verdict: each.answer.verdict, cause: each.cause, by: "Ilse", at: "2026-11-20T10:00:00Z", seq: 200 + index })), read_by_several: 406, not_yours: 1 });
const detail = (digest: string): DisputeDetail => ({ dispute: open.find((each) => each.digest === digest)!, sample: { ...mockSample(3), digest }, rubric: mockRubric, blurred, own: own[digest] ?? null, answers: own[digest] ? REVIEWERS : [] });
function saving() {
  if (!refusal) return;
  const fault = refusal;
  refusal = null;
  throw fault;
}

const CURATOR: Person = { name: "Ilse", role: "curator" };
const noteSaved = vi.fn();

beforeEach(() => {
  frames = [];
  vi.stubGlobal("requestAnimationFrame", (call: FrameRequestCallback) => frames.push(call));
  vi.stubGlobal("cancelAnimationFrame", () => undefined);
  open = [dispute("far", 0.86), dispute("middle", 0.5), dispute("near", 0.25)];
  [own, answered, settled, refusal, blurred] = [{}, [], [], null, false];
  noteSaved.mockClear();
  answers({
    disputes: all,
    dispute_open: ({ digest }) => detail(digest),
    dispute_answer(request) {
      answered.push(request);
      saving();
      own[request.digest] = { answer: { ...request.answer, note: "" }, saved: { seq: 101, at: "2026-11-20T10:00:00Z" } };
      return detail(request.digest);
    },
    dispute_settle(request) {
      saving();
      settled.push(request);
      open = open.filter((each) => each.digest !== request.digest);
      return { saved: { seq: 102, at: "2026-11-20T10:00:01Z" }, left: open.length };
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

async function show(person: Person | null = CURATOR, onPlace: (place: Place) => void = () => undefined) {
  render(<TestWindow start={{ view: "adjudicate", state: {} }} scope="adjudicate" session={{ person, noteSaved }} onPlace={onPlace}><View /></TestWindow>);
  if (person?.role === "curator") {
    await screen.findByRole("complementary", { name: "Your answer" });
    await paint();
  }
}

const key = (name: string, more: Partial<KeyboardEventInit> = {}) => fireEvent.keyDown(document.body, { key: name, ...more });
const chosen = () => within(screen.getByRole("complementary", { name: "Disputes" })).getAllByRole("button").find((each) => each.getAttribute("aria-current") === "true")?.textContent ?? "";

it("the worst comes first, with how far apart they are and in what, and J goes on", async () => {
  await show();
  const rows = within(screen.getByRole("complementary", { name: "Disputes" })).getAllByRole("button").map((each) => each.textContent);
  expect(rows.map((row) => /Sample (far|middle|near).*distance ([\d.]+)/.exec(row!)?.slice(1))).toEqual([["far", "0.86"], ["middle", "0.50"], ["near", "0.25"]]);
  expect(rows[0]).toContain("verdict, safe by 3");
  expect(screen.getByRole("heading", { name: "Adjudicate" }).parentElement).toHaveTextContent("3 disputed of 406 read by several. 1 more is for somebody else to settle: you reviewed it.");
  key("j");
  await waitFor(() => expect(chosen()).toContain("Sample middle"));
  expect(answered).toEqual([]);
});

it("what is disputed and what several read opens where all queues were drawn from", async () => {
  const seen: Place[] = [];
  await show(CURATOR, (place) => seen.push(place));
  fireEvent.click(await screen.findByRole("button", { name: "3 disputed: open the 3 samples" }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "disputed = 'true'" } });
  fireEvent.click(await screen.findByRole("button", { name: /^406 read by several/ }));
  expect(seen.at(-1)?.state.filter).toBe("answers >= 2 or disputed = 'true'");
});

it("nothing of the others’ answers is on the page before one’s own is on disk", async () => {
  await show();
  const page = () => document.body.textContent ?? "";
  expect(page()).toContain("Sealed until you have answered");
  for (const secret of ["Peer one", "Peer two", "Three answers", "Why they differ", "Settle as"]) expect(page()).not.toContain(secret);
  refusal = { code: "disk_full", message: "The drive is full.", remedy: "Make room." };
  key("u");
  await screen.findByRole("alertdialog", { name: "Not saved" });
  expect(page()).not.toContain("Peer one");
  key("j");
  expect(chosen()).toContain("Sample far");
  key("r");
  await screen.findByRole("complementary", { name: "Settle" });
  expect(answered.map(({ entry }) => entry)[1]).toBe(answered[0]!.entry);
  expect(page()).toContain("Peer one finds it sound.");
  expect(noteSaved).toHaveBeenCalledWith(expect.objectContaining({ seq: 101 }));
});

it("a blurred text is judged once it was shown", async () => {
  blurred = true;
  await show();
  expect(await screen.findByRole("group", { name: "Text hidden, press B" })).toBeInTheDocument();
  key("a");
  expect(answered).toEqual([]);
  key("b");
  await waitFor(() => expect(screen.queryByText("Text hidden")).not.toBeInTheDocument());
  key("a");
  await waitFor(() => expect(answered).toHaveLength(1));
});

it("X and a digit answer with a reason, rows are scored before it, and the note goes on into the decision", async () => {
  await show();
  key("ArrowDown");
  key("3");
  key("Escape");
  key("2");
  fireEvent.change(screen.getByRole("textbox", { name: "Note" }), { target: { value: "The dose is old." } });
  key("x");
  expect(screen.getByRole("group", { name: "Reason to exclude" })).toHaveTextContent("a digit saves and shows the others’ answers");
  key("3");
  const table = await screen.findByRole("table", { name: "Three answers" });
  expect(answered[0]!.answer).toMatchObject({ verdict: "exclude", reason: "Out of date", scores: { correct: 3 }, labels: ["Triage"], note: "The dose is old." });
  const cells = (name: string) => within(within(table).getByRole("rowheader", { name }).closest("tr")!).getAllByRole("cell").map((cell) => cell.textContent);
  expect(cells("Verdict")).toEqual(["Exclude", "Approve", "Exclude", ""]);
  expect(cells("Safe")).toEqual(["–", "4", "1", ""]);
  expect(cells("Labels")).toEqual(["Triage: the same in all"]);
  expect(screen.getByRole("textbox", { name: "Note to the rubric’s owner" })).toHaveValue("The dose is old.");
});

it("a digit chooses the cause, Enter settles with one’s own verdict, and the next one comes", async () => {
  await show();
  key("a");
  await screen.findByRole("complementary", { name: "Settle" });
  key("2");
  expect(settled).toEqual([]);
  await paint();
  key("Enter");
  expect(settled).toEqual([]);
  expect(screen.getByText("Not yet: choose why they differ.")).toBeInTheDocument();
  key("2");
  expect(screen.getByRole("radio", { name: /Gap in the guideline/ })).toBeChecked();
  fireEvent.change(screen.getByRole("textbox", { name: "Note to the rubric’s owner" }), { target: { value: " Row Safe is silent. " } });
  key("Enter");
  await waitFor(() => expect(settled).toHaveLength(1));
  expect(settled[0]).toMatchObject({ digest: "sha256:far", cause: "guideline_gap", answer: { verdict: "approve", note: "Row Safe is silent." } });
  await waitFor(() => expect(chosen()).toContain("Sample middle"));
  expect(noteSaved).toHaveBeenCalledWith(expect.objectContaining({ seq: 102 }));
  await waitFor(() => expect(screen.getByRole("region", { name: "Settled so far" })).toHaveTextContent("Gap in the guideline1"));
});

it("another verdict can settle it: X opens the reasons, whose digits are no causes then", async () => {
  await show();
  key("a");
  await screen.findByRole("complementary", { name: "Settle" });
  await paint();
  key("4");
  key("x");
  key("2");
  expect(screen.getByRole("radio", { name: /Edge case/ })).toBeChecked();
  expect(screen.getByText("Harmful if followed. All but the verdict as in your answer.")).toBeInTheDocument();
  key("Enter");
  await waitFor(() => expect(settled[0]).toMatchObject({ cause: "edge_case", answer: { verdict: "exclude", reason: "Harmful if followed" } }));
});

it("a dispute that another settled meanwhile is said calmly, and one goes on from it", async () => {
  await show();
  refusal = { code: "not_allowed", message: "sample far is not in dispute", remedy: "see the list" };
  open = open.slice(1);
  settled.push({ digest: "sha256:far", entry: "e", cause: "slip", answer: answer("unsure", {}, "") });
  key("a");
  expect(await screen.findByText("Settled meanwhile")).toBeInTheDocument();
  expect(await screen.findByText(/Ilse settled it as unsure, entry #200: slip\./)).toBeInTheDocument();
  fireEvent.click(screen.getByRole("button", { name: "Go on" }));
  await waitFor(() => expect(chosen()).toContain("Sample middle"));
});

it("experts are told who adjudicates, and nobody is asked who they are", async () => {
  answers({ disputes: () => { throw { code: "not_allowed", message: "`Amara` is an expert", remedy: "" }; } });
  await show({ name: "Amara", role: "expert" });
  expect(await screen.findByText("Curators and leads adjudicate")).toBeInTheDocument();
  expect(screen.queryByText(/did not work/)).toBeNull();
});

it("without a person, and without a dispute, it says what is missing", async () => {
  await show(null);
  expect(screen.getByText("Who are you?")).toBeInTheDocument();
  open = [];
  render(<TestWindow start={{ view: "adjudicate", state: {} }} scope="adjudicate" session={{ person: CURATOR }}><View /></TestWindow>);
  expect(await screen.findByText(/406 samples were read by several\. They differ on 1 that you reviewed yourself/)).toBeInTheDocument();
});
