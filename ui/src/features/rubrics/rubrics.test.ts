import { describe, expect, test } from "vitest";
import type { Rubric } from "@/ipc";
import { changesBetween } from "./changes";
import { type Draft, draftOf, idOf, keptDraft, requestOf } from "./draft";
import { leftOut, likely, mappingProblem, recorded } from "./mapping";
import { problemAt, problemsOf } from "./problems";

const harm = { id: "harm", name: "Free of harm", guidance: "1: harms. 2: harmless.", max: 2 };
const plain = { id: "plain", name: "Plain", guidance: "How plain it is.", max: 4 };
const good: Draft = { name: "health", labels: ["Rare", "Typical"], criteria: [harm, plain], exclude_reasons: ["Wrong", "Copied"] };
const rubric = (draft: Draft, version = 1): Rubric => ({ name: draft.name, version, labels: draft.labels.map((name, index) => ({ key: index + 1, name })), criteria: [...draft.criteria], exclude_reasons: [...draft.exclude_reasons] });

describe("a rubric that could not be recorded", () => {
  const words = (draft: Draft) => problemsOf(draft).map((problem) => problem.words);

  test("a good one has no problem", () => expect(words(good)).toEqual([]));

  test("a name is there, holds no @ and has at most 60 bytes, not letters", () => {
    for (const name of ["", "  ", "health@2", "a\nb", "ب".repeat(31)]) expect(problemAt(problemsOf({ ...good, name }), "name")).toBe("a rubric needs a name without `@`, at most 60 bytes");
    expect(words({ ...good, name: "ب".repeat(30) })).toEqual([]);
  });

  test("keys reach 9", () => {
    const ten = Array.from({ length: 10 }, (_, index) => `L${index}`);
    expect(words({ ...good, labels: ten })).toEqual(["there are 10 of kind label; keys reach 9"]);
    expect(words({ ...good, labels: ten.slice(1) })).toEqual([]);
  });

  test("the second of two equal words is named, white space apart", () => {
    expect(problemAt(problemsOf({ ...good, labels: ["Rare", " Rare "] }), "label 2")).toBe("label `Rare` stands twice");
    expect(problemAt(problemsOf({ ...good, criteria: [harm, { ...plain, id: "harm" }] }), "criterion 2 id")).toBe("criterion `harm` stands twice");
  });

  test("there is a reason to exclude, and none without a name", () => {
    expect(words({ ...good, exclude_reasons: [] })).toEqual(["a rubric needs a reason to exclude"]);
    expect(words({ ...good, exclude_reasons: ["Wrong", ""] })).toEqual(["a reason to exclude has no name"]);
  });

  test("scores run to 2 at least and 9 at most, and say what they mean", () => {
    for (const max of [1, 10, Number.NaN]) expect(words({ ...good, criteria: [{ ...harm, max }] })).toEqual(["the scores of `harm` must run from 1 to a number from 2 to 9"]);
    expect(words({ ...good, criteria: [{ ...harm, guidance: " " }] })).toEqual(["criterion `harm` says not what its scores mean"]);
  });
});

describe("what a version asks otherwise", () => {
  test("nothing, where only white space at the edges differs", () => expect(changesBetween(good, { ...good, labels: [" Rare", "Typical "] })).toEqual([]));

  test("a word under the same key is renamed, at the end it is added, elsewhere its key changed", () => {
    expect(changesBetween(good, { ...good, labels: ["Seldom", "Typical"] })).toEqual([{ kind: "changed", what: "Label 1", before: "Rare", after: "Seldom" }]);
    expect(changesBetween(good, { ...good, exclude_reasons: ["Wrong", "Copied", "Old"] })).toEqual([{ kind: "added", what: "Reason 3", before: null, after: "Old" }]);
    expect(changesBetween(good, { ...good, labels: ["Typical"] })).toEqual([
      { kind: "removed", what: "Label 1", before: "Rare", after: null },
      { kind: "changed", what: "Label “Typical”, key", before: "2", after: "1" },
    ]);
  });

  test("a criterion is known by its id: name, scale and guidance change, order is told once", () => {
    const changed = changesBetween(good, { ...good, criteria: [plain, { ...harm, max: 3, guidance: "1: harms." }] });
    expect(changed.map((one) => [one.what, one.before, one.after])).toEqual([
      ["Criterion harm, highest score", "2", "3"],
      ["Criterion harm, guidance", "1: harms. 2: harmless.", "1: harms."],
      ["Order of the criteria", "harm, plain", "plain, harm"],
    ]);
    expect(changesBetween(good, { ...good, criteria: [harm] }).map((one) => [one.kind, one.what])).toEqual([["removed", "Criterion plain"]]);
  });
});

describe("answers under a later version", () => {
  const later = rubric({ ...good, labels: ["Typical", "Odd"], criteria: [{ ...harm, max: 3 }, { ...plain, id: "clear" }] }, 2);
  const mapping = likely(rubric(good), later);

  test("what stays is mapped to itself, and every score of it stays", () => {
    expect(recorded(mapping)).toEqual({ labels: { Typical: "Typical" }, criteria: { harm: { to: "harm", scores: {} } } });
    expect(leftOut(mapping)).toEqual(["label “Rare”", "scores of plain"]);
  });

  test("scores of a shorter scale that it lacks are left out one by one", () => {
    const shorter = likely(rubric(good), rubric({ ...good, criteria: [harm, { ...plain, max: 3 }] }, 2));
    expect(recorded(shorter).criteria.plain).toEqual({ to: "plain", scores: { 1: 1, 2: 2, 3: 3 } });
    expect(leftOut(shorter)).toEqual(["score 4 of plain"]);
  });

  test("a criterion of which no score is kept is not recorded as one whose scores all stay", () => {
    const none = { ...mapping, criteria: { harm: { to: "harm", scores: [null, null] } } };
    expect(recorded(none).criteria).toEqual({});
    expect(leftOut({ ...none, labels: {} })).toEqual(["scores of harm"]);
  });

  test("two criteria may not lead to one", () => {
    expect(mappingProblem(mapping)).toBeUndefined();
    expect(mappingProblem({ labels: {}, criteria: { harm: { to: "clear", scores: [1, 2] }, plain: { to: "clear", scores: [1] } } })).toBe("two criteria lead to clear");
  });
});

describe("a draft", () => {
  test("is sent without white space at the edges, and without a version", () => {
    expect(requestOf({ ...draftOf(rubric(good, 7)), name: " health " }, "e")).toEqual({ ...good, entry: "e" });
  });

  test("that was kept is read again; anything else is none", () => {
    expect(keptDraft(JSON.stringify(good))).toEqual(good);
    for (const text of [undefined, "", "[]", "{}", "{"]) expect(keptDraft(text)).toBeNull();
  });

  test("gives a criterion an id from its name", () => expect(idOf(" Free of harm! ")).toBe("free_of_harm"));
});
