import { expect, it } from "vitest";
import type { Answer, Rubric } from "@/ipc";
import { answersHead, notesOf, scoreRows, sharedLabels, unnamed } from "./answers";
import { rowsAround } from "./dispute_list";

const answer = (scores: Answer["scores"], more: Partial<Answer> = {}): Answer => ({ verdict: "approve", reason: "", labels: [], scores, origin: null, confidence: null, note: "", ...more });
const criterion = (id: string, max: number) => ({ id, name: id, guidance: "", max });
const rubric: Rubric = { name: "r", version: 1, labels: [], exclude_reasons: [], criteria: [criterion("safe", 4), criterion("plain", 4), criterion("fine", 10)] };

it("the widest gap is a share of its scale, between reviewers, and a score not given is none", () => {
  const rows = scoreRows(rubric, answer({ safe: 1, plain: 1 }), [answer({ safe: 4, plain: 4, fine: 8 }), answer({ safe: 2, plain: 4, fine: 4 })]);
  expect(rows.map(({ id, own, others, widest }) => [id, own, others, widest])).toEqual([["safe", 1, [4, 2], true], ["plain", 1, [4, 4], false], ["fine", null, [8, 4], false]]);
});

it("without a gap nothing is widest", () => {
  expect(scoreRows(rubric, answer({}), [answer({ safe: 2 }), answer({})]).some((row) => row.widest)).toBe(false);
});

it("labels are shared whatever their order, and not where one has more", () => {
  expect(sharedLabels([answer({}, { labels: ["B", "A"] }), answer({}, { labels: ["A", "B"] })])).toEqual(["A", "B"]);
  expect(sharedLabels([answer({}, { labels: ["A"] }), answer({}, { labels: ["A", "B"] })])).toBeNull();
});

it("reviewers have a place and no name, also in their notes", () => {
  expect([0, 1, 2, 9].map(unnamed)).toEqual(["one", "another", "a third", "no. 10"]);
  expect(notesOf([answer({}), answer({}, { note: "Odd" })])).toEqual([{ name: "another", note: "Odd" }]);
  expect([answersHead(3), answersHead(12)]).toEqual(["Three answers", "12 answers"]);
});

it("of a long list only what is around the chosen row is drawn, and the rest is counted", () => {
  const rows = Array.from({ length: 500 }, (_, index) => index);
  const shown = rowsAround(rows, 250);
  expect([shown.rows[0], shown.rows.at(-1), shown.above, shown.below]).toEqual([190, 310, 190, 189]);
  expect(rowsAround(rows, -1)).toMatchObject({ above: 0, below: 439 });
});
