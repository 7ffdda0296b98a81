import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { GroupFigures, RunFigures } from "@/ipc";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { columnPairs, runFrom } from "./bring";
import { linesOf } from "./course";
import { rowsOf } from "./dots";
import { changeWords, groupWords, kindsIn, namesOf } from "./figure_of";
import { View } from "./index";
import { effectWords } from "./model_signs";
import { filterOf } from "./open_group";
import { withBins } from "./reliability";

function open(state: Record<string, string> = {}) {
  const seen: Place[] = [];
  render(<TestWindow start={{ view: "results", state }} scope="results" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  return { user: userEvent.setup(), seen };
}

test("losses stand by origin, run by run, and a figure opens its samples in its run", async () => {
  const { user, seen } = open();
  const table = await screen.findByRole("table", { name: "By origin" });
  expect(within(table).getAllByRole("row").map((row) => row.textContent).find((text) => text?.includes("machine"))).toMatch(/machinegen15782\.310/);
  await user.click(within(table).getByRole("button", { name: /^machine, gen3: 1\.900/ }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "gen3:loss is not null and origin = 'machine'" } });
});

test("the tail stands apart from the head, and other figures are one choice away", async () => {
  const { user } = open();
  const table = await screen.findByRole("table", { name: "By tail band" });
  expect(within(table).getByText("4.050")).toBeInTheDocument();
  await user.click(screen.getByRole("radio", { name: "Accuracy" }));
  expect(within(await screen.findByRole("table", { name: "By tail band" })).getByText(/34\.5/)).toBeInTheDocument();
});

test("model-level signs say the number first, then the word, beside the data-level ones", async () => {
  const { user, seen } = open();
  const signs = within(await screen.findByRole("list", { name: "Model-level signs" }));
  const tail = signs.getAllByRole("listitem")[0]!;
  expect(tail).toHaveTextContent("+1.130Tail loss against the head’sfound+1.010 to +1.250; large, worse. The tail rises by 0.950 while the head falls by 0.180.");
  expect(await screen.findByRole("table", { name: "Data-level signs" })).toBeInTheDocument();
  await user.click(within(tail).getByRole("button", { name: "Samples of tail in gen1 and gen3" }));
  expect(seen.at(-1)?.state.filter).toBe("gen1:loss is not null and gen3:loss is not null and intent in ('copper metabolism', 'Marburg fever')");
});

test("each chart has its table", async () => {
  const { user } = open();
  const chart = await screen.findByRole("region", { name: "By origin" });
  await user.click(within(chart).getByRole("button", { name: "as a table" }));
  const row = within(chart).getAllByRole("row").find((each) => each.textContent?.startsWith("humangen1"));
  expect(row).toHaveTextContent("humangen11,3901,4022.440");
});

test("a file is shown as it was understood before anything is kept", async () => {
  const { user } = open();
  await screen.findByRole("table", { name: "By origin" });
  await user.keyboard("b");
  const dialog = within(await screen.findByRole("dialog"));
  const understood = await dialog.findByRole("region", { name: "What was understood" });
  expect(understood).toHaveTextContent("Read asJSON Lines, 2,431 rows");
  expect(understood).toHaveTextContent("Not readtopic, prompt_tokens");
  expect(understood).toHaveTextContent("Samples found2,412 by id in praxis-instruct@7; 7 more are copies");
  expect(understood).toHaveTextContent("Not found12, 3 kept by digest for a later snapshot: case-9001");
  await user.clear(dialog.getByRole("textbox", { name: "Run" }));
  expect(dialog.getByRole("button", { name: /Keep the results/ })).toBeDisabled();
  await user.type(dialog.getByRole("textbox", { name: "Run" }), "gen9");
  await user.click(dialog.getByRole("button", { name: "Keep the results" }));
  expect(await screen.findByRole("button", { name: "Remove gen9…" })).toBeInTheDocument();
});

test("a wrong file says its line and what to do, and keeps nothing", async () => {
  const { user } = open();
  await screen.findByRole("table", { name: "By origin" });
  await user.keyboard("b");
  const dialog = within(await screen.findByRole("dialog"));
  await user.type(await dialog.findByRole("textbox", { name: "Columns under other names" }), "loss=topic");
  await user.click(dialog.getByRole("button", { name: "Read again" }));
  expect(await dialog.findByRole("alert")).toHaveTextContent(/Not understood\. gen4\.jsonl, line 214: .*finite number/);
  expect(dialog.getByRole("button", { name: /Keep the results/ })).toBeDisabled();
});

test("a run leaves only after it was asked, and says that the file stays", async () => {
  const { user } = open();
  const runs = within(await screen.findByRole("region", { name: "Runs" }));
  await user.click(runs.getByRole("button", { name: "Remove gen2…" }));
  expect(runs.getByText(/The file they came from is not touched/)).toBeInTheDocument();
  await user.click(runs.getByRole("button", { name: "Remove the run" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Remove gen2…" })).not.toBeInTheDocument());
  expect(screen.getByRole("button", { name: "Remove gen1…" })).toBeInTheDocument();
});

const group = (over: Partial<GroupFigures>): GroupFigures => ({ by: "origin", value: "human", filter: "origin = 'human'", texts: 3, joined: 2, loss: null, accuracy: null, calibration: null, ...over });
const figures = (name: string, groups: GroupFigures[]): RunFigures => ({ info: { run: name, model: "", checkpoint: "", trained_on: "", dataset: "", added: "", files: [], results: 0 }, joined: 0, unmatched: 0, groups });
const accuracy = (value: number) => ({ n: 2, value, interval: [0, 1] as [number, number], interval_kind: "wilson" });

test("groups without the figure are left out, and a run without it leaves a gap in its line", () => {
  const runs = [figures("a", [group({ accuracy: accuracy(0.5) }), group({ value: "machine" })]), figures("b", [group({})])];
  expect(rowsOf(runs, "origin", "accuracy").map((each) => [each.value, each.rows.map((row) => row.run)])).toEqual([["human", ["a"]]]);
  expect(linesOf(runs, "origin", "accuracy")[0]?.points.map((point) => point?.value ?? null)).toEqual([0.5, null]);
  expect(kindsIn(runs.flatMap((run) => run.groups))).toEqual(["accuracy"]);
  expect(withBins(runs)).toEqual([]);
});

test("filters name the run, and what has no expression opens nothing", () => {
  expect(filterOf("gen'1", "tokens > 3 or tokens < 1")).toBe("evaluated = 'gen''1' and (tokens > 3 or tokens < 1)");
  expect(filterOf("gen1", "")).toBe("evaluated = 'gen1'");
  expect(filterOf("gen1", null)).toBeNull();
  expect(filterOf("gen 1", "", "brier")).toBe('"gen 1:confidence" is not null and "gen 1:correct" is not null');
});

test("words for numbers, groups and names", () => {
  expect([changeWords(0.4123), changeWords(-0.1), changeWords(0.0001)]).toEqual(["+0.412", "−0.100", "0.000"]);
  expect([groupWords("band", "none"), groupWords("domain", ""), groupWords("origin", "human")]).toEqual(["no class", "no domain", "human"]);
  expect([effectWords({ size: "none", direction: "worse" }), effectWords({ size: "small", direction: "better" }), effectWords({ size: null, direction: "" })]).toEqual(["no effect", "small, better", ""]);
  expect([namesOf('["a","b"]'), namesOf("nonsense"), namesOf(undefined)]).toEqual([["a", "b"], [], []]);
  expect([runFrom("gen3.results.jsonl"), columnPairs("loss=nll, id=doc_id")]).toEqual(["gen3", ["loss=nll", "id=doc_id"]]);
});
