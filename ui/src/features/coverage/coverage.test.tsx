import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { mockCells, mockCoverage } from "@/ipc/mock/coverage";
import type { Place } from "@/lib/place";
import { TestWindow } from "@/lib/test_window";
import { anyOf } from "@/lib/unit_classes";
import { afterOf, allNamed, askedOf, heldThere, isStored, lostFilter, missingFilter, observedOf, observedThere, samplesOf, withoutOf } from "./asked";
import { filterOf, rowsOf } from "./class_lists";
import { figuresOf } from "./estimators";
import { View, firstUnit } from "./index";
import { bandWords, tailWords } from "./retention";

const intent = mockCoverage.find((unit) => unit.unit === "intent")!;
const bigram = mockCoverage.find((unit) => unit.unit === "bigram")!;
const standard = askedOf({});

describe("what is asked", () => {
  it("is answered by the report unless another reference, count or removal is chosen", () => {
    expect(isStored(standard)).toBe(true);
    expect(isStored(askedOf({ removal: "duplicates" }))).toBe(true);
    expect(isStored(askedOf({ against: "gold" }))).toBe(false);
    expect(isStored(askedOf({ least: "3" }))).toBe(false);
    expect(isStored(askedOf({ removal: "filter", without: " " }))).toBe(true);
    expect(withoutOf(askedOf({ removal: "excluded" }))).toBe("verdict = 'exclude'");
    expect(askedOf({ least: "4", removal: "everything" })).toEqual(standard);
  });

  it("says in words where the cost of a removal is not known", () => {
    expect(afterOf({ ...intent, after_removal: null }, "duplicates")).toHaveProperty("unknown");
    expect(afterOf(intent, "duplicates")).toHaveProperty("after");
    expect(afterOf(intent, "nothing")).toBeNull();
  });
});

describe("classes", () => {
  it("that are missing open their samples in the reference, words by finding them", () => {
    expect(rowsOf("missing", intent, standard, null, mockCells)[0]!.samples).toEqual({ filter: "intent = 'copper metabolism' and origin = 'human'" });
    expect(samplesOf("bigram", "of warfarin")).toEqual({ filter: "", find: "of warfarin" });
    expect(rowsOf("smallest", bigram, standard, null, mockCells)[0]!.filter).toBeNull();
  });

  it("become the filter of a queue, and of those of another snapshot none", () => {
    const rows = rowsOf("smallest", intent, standard, null, mockCells).slice(0, 2);
    expect(filterOf("intent", rows, "smallest", standard)).toBe(`intent in ('${rows[0]!.class}', '${rows[1]!.class}')`);
    expect(rowsOf("missing", intent, askedOf({ against: "field-2023@1" }), null, mockCells)[0]!.filter).toBeNull();
    expect(anyOf("intent", ["a'b"])).toBe("intent = 'a''b'");
  });

  it("of two cells are joined by or, and an empty cell has no samples to open", () => {
    const rows = rowsOf("cells", intent, standard, null, mockCells);
    expect(rows[0]!.samples).toBeNull();
    expect(filterOf("intent", rows.slice(1), "cells", standard)).toBe("(domain = 'law' and language = 'sw') or (domain = 'finance' and language = 'ar')");
    expect(filterOf("intent", rows, "cells", standard)).toBeNull();
  });
});

describe("retention", () => {
  it("is said with its interval and what is held", () => {
    expect(tailWords(intent.tail!)).toMatch(/^0\.\d{3} \(0\.\d{3}–0\.\d{3}\) of 181 tail classes$/);
    expect(tailWords({ ...intent.tail!, classes: 0, retention: null })).toMatch(/^no tail/);
  });

  it("names its bands as people count", () => {
    expect([{ from: 1, to: 1 }, { from: 3, to: 4 }, { from: 5, to: 8 }, { from: 65, to: null }].map(bandWords)).toEqual(["once", "3 or 4 times", "5 to 8", "65 or more"]);
  });
});

describe("figures", () => {
  it("open the samples of the classes they rest on, found in the texts where they are words, and none where only some texts were counted", () => {
    const filters = Object.fromEntries(figuresOf(intent).map((figure) => [figure.name, figure.filter]));
    expect(filters).toMatchObject({ "Seen once": "class_seen = '1 of intent'", "Seen twice": "class_seen = '2 of intent'", "Good–Turing": "class_seen = '1 of intent'", "Classes, Chao1": "class_seen = '1-2 of intent'", Evenness: "class_seen = '1+ of intent'" });
    expect(figuresOf({ ...intent, singletons: 0 }).find((figure) => figure.name === "Seen once")!.filter).toBeNull();
    const words = Object.fromEntries(figuresOf({ ...bigram, sampled: null }).map((figure) => [figure.name, figure.filter]));
    expect(words).toMatchObject({ Observations: "", Classes: "", "Seen once": "class_seen = '1 of bigram'", Coverage: "class_seen = '1-2 of bigram'", Evenness: "" });
    expect(figuresOf({ ...bigram, sampled: { samples: 10, of: 20, tokens: 100 } as never }).every((figure) => figure.filter === null)).toBe(true);
  });

  it("once samples are gone open those that stay, unless no filter says which classes are meant then", () => {
    const then = (state: Record<string, string>) => Object.fromEntries(figuresOf(intent, intent.after_removal, askedOf(state)).map((figure) => [figure.name, figure.afterFilter]));
    expect(then({ removal: "duplicates" })).toMatchObject({ Observations: "class_seen = '1+ of intent' and redundant is null", Classes: "class_seen = '1+ of intent' and redundant is null", "Seen once": "class_seen = '1 of intent in unique'", Coverage: "class_seen = '1-2 of intent in unique'" });
    expect(then({ removal: "excluded" })).toMatchObject({ "Seen once": null, Coverage: null });
    expect(then({ removal: "excluded" }).Observations).toBe("class_seen = '1+ of intent' and (not (verdict = 'exclude') or verdict is null)");
    expect(then({ removal: "filter", without: "domain = 'law' or domain = 'tax'" }).Observations).toBeNull();
    expect(figuresOf(intent).every((figure) => figure.afterFilter === null)).toBe(true);
  });

  it("of a reference open its samples there, and none where it is a part of this snapshot", () => {
    const there = { ...intent.tail!, there: { observations: 9, classes: 5, singletons: 2, doubletons: 1, good_turing: null, chao_jost: null, chao1: null, hill: [5, 4, 3] as [number, number, number], evenness: null, rank_frequency: [], rarefaction: [] } };
    const of = (reference: string) => Object.fromEntries(figuresOf({ ...intent, tail: there }, null, askedOf({ against: reference })).map((figure) => [figure.name, figure.thereFilter]));
    expect(of("field-2023@1")).toMatchObject({ Observations: "class_seen = '1+ of intent'", "Seen once": "class_seen = '1 of intent'", "Classes, Chao1": "class_seen = '1-2 of intent'" });
    expect(Object.values(of("gold")).every((filter) => filter === null)).toBe(true);
    const band = { from: 3, to: 4 };
    expect(heldThere(intent, askedOf({ against: "field-2023@1" }), band, "field@2")).toEqual({ classes: "class_seen = '3-4 of intent'", present: "class_seen = '3-4 of intent also in field@2'" });
    expect(heldThere(intent, standard, band, "field@2")).toEqual({ classes: "class_seen = '3-4 of intent in human'", present: "class_seen = '3-4 of intent in human and outside'" });
    expect(heldThere(intent, askedOf({ least: "3" }), band, "field@2").present).toBeNull();
    expect(heldThere(intent, askedOf({ against: "gold" }), band, "field@2")).toEqual({ classes: null, present: null });
  });

  it("of words and bigrams open theirs, unless they may be counted in a sample there or follow no origin", () => {
    const band = { from: 1, to: 1 };
    const [word, pairs] = [{ ...bigram, unit: "word", sampled: null }, { ...bigram, sampled: null }];
    const elsewhere = askedOf({ against: "field-2023@1" });
    expect(missingFilter(word, standard, band, "field@2")).toBe("class_seen = '1 of word in human only'");
    expect(missingFilter({ ...word, by_origin: [] }, standard, band, "field@2")).toBeNull();
    expect(missingFilter(word, elsewhere, band, "field@2")).toBe("class_seen = '1 of word missing from field@2'");
    expect(missingFilter(pairs, elsewhere, band, "field@2")).toBeNull();
    expect(heldThere(word, elsewhere, band, "field@2").classes).toBe("class_seen = '1 of word'");
    expect(observedThere(word, elsewhere)).toBe("");
    expect(observedThere(pairs, elsewhere)).toBeNull();
    expect(lostFilter(pairs, "duplicates", null)).toBe("class_seen = '1+ of bigram in redundant only'");
    expect(observedOf(word, "human")).toBe("part_origin = 'human'");
    expect(observedOf(bigram, "human")).toBeNull();
  });

  it("of what is missing or lost open it where it is, unless no filter says it", () => {
    const band = { from: 3, to: 4 };
    expect(missingFilter(intent, standard, band, "field@2")).toBe("class_seen = '3-4 of intent in human only'");
    expect(missingFilter(intent, askedOf({ against: "field-2023@1" }), band, "field@2")).toBe("class_seen = '3-4 of intent missing from field@2'");
    expect(missingFilter(intent, askedOf({ against: "gold" }), band, "field@2")).toBeNull();
    expect(missingFilter(intent, askedOf({ least: "3" }), band, "field@2")).toBeNull();
    expect(lostFilter(intent, "duplicates", null)).toBe("class_seen = '1+ of intent in redundant only'");
    expect(lostFilter(bigram, "duplicates", null)).toBeNull();
    const after = { ...intent.after_removal!, lost: [{ class: "gout", count: 1 }, { class: "rickets", count: 2 }], lost_count: 2 };
    expect(lostFilter(intent, "excluded", after)).toBe("intent in ('gout', 'rickets')");
    expect(lostFilter(intent, "excluded", { ...after, lost_count: 3 })).toBeNull();
    expect(allNamed("intent", after.lost, 2, "origin = 'human'")).toBe("intent in ('gout', 'rickets') and origin = 'human'");
  });
});

it("the first unit is a mapped one, then topics, then words", () => {
  const derived = mockCoverage.filter((unit) => ["word", "bigram", "topic"].includes(unit.unit));
  expect(firstUnit(mockCoverage)!.unit).toBe("intent");
  expect(firstUnit(derived)!.unit).toBe("topic");
  expect(firstUnit(derived.filter((unit) => unit.unit !== "topic"))!.unit).toBe("word");
});

it("choosing a reference counts anew, says so, and keeps every estimate with its interval", async () => {
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "coverage", state: {} }} scope="coverage"><View /></TestWindow>);
  expect(await screen.findByRole("heading", { name: "Coverage" })).toBeVisible();
  expect((await screen.findByText("Classes, Chao1")).parentElement).toHaveTextContent(/–.*estimated/);
  await user.click(screen.getByRole("button", { name: "Against: human part" }));
  await user.click(await screen.findByRole("menuitem", { name: /field-2023@1/ }));
  expect(await screen.findByText(/of the observations of the field-2023@1 and .* here/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Against: field-2023@1" })).toBeVisible();
});

it("taking away what reviewers excluded shows the figures after, and the classes that would be lost", async () => {
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "coverage", state: {} }} scope="coverage"><View /></TestWindow>);
  await user.click(await screen.findByRole("button", { name: "After removing: nothing" }));
  await user.click(await screen.findByRole("menuitem", { name: /excluded/ }));
  expect(await screen.findByRole("button", { name: "212 samples taken away: open" })).toBeVisible();
  const classes = screen.getByRole("region", { name: "Classes" });
  expect(await within(classes).findByText("only what was taken away had them")).toBeVisible();
});

it("a count of missing classes opens the human samples that have them", async () => {
  const seen: Place[] = [];
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "coverage", state: { unit: "intent" } }} scope="coverage" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  const bands = await screen.findByRole("region", { name: "Retention by rarity" });
  const missing = within(bands).getAllByRole("button", { name: /missing here: open the samples there/ });
  await user.click(missing[0]!);
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "class_seen = '1 of intent in human only'" } });
});

it("the classes of an origin’s part open its samples that have one", async () => {
  const seen: Place[] = [];
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "coverage", state: { unit: "intent", by: "origin" } }} scope="coverage" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  await user.click(await screen.findByRole("button", { name: /in the machine part: open its samples/ }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "class_seen = '1+ of intent' and origin = 'machine'" } });
});

it("the samples taken away are those of the filter", async () => {
  const seen: Place[] = [];
  const user = userEvent.setup();
  render(<TestWindow start={{ view: "coverage", state: { unit: "intent", removal: "excluded" } }} scope="coverage" onPlace={(place) => seen.push(place)}><View /></TestWindow>);
  await user.click(await screen.findByRole("button", { name: "212 samples taken away: open" }));
  expect(seen.at(-1)).toEqual({ view: "samples", state: { filter: "verdict = 'exclude'" } });
});
