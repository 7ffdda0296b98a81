import { expect, test } from "vitest";
import figures from "../../../tests/fixtures/figures.json";
import { allBut, CONTRADICTORY, DISPUTED, classesAlsoIn, classesAlsoOutside, calledMachine, classesMissingFrom, classesOnlyIn, classesSeen, classesSeenIn, EVER, foundMachine, inBin, inQueue, notScored, ofOriginIn, ofSlice, READ_BY_SEVERAL, said, taughtAs, taughtAsHuman, UNIQUE } from "./behind";
import { behindMeasure } from "./changes";
import { both } from "./expression";
import { ORIGINS } from "./origin";

test("figures open by the filters that the engine was held to", () => {
  const shown = [
    { figure: "/samples/indexed", filter: behindMeasure("samples", "")?.state.filter },
    ...ORIGINS.flatMap((origin) => [
      { figure: `/origin/${origin}/samples`, filter: ofOriginIn("samples", origin) },
      { figure: `/unique/${origin}/samples`, filter: ofOriginIn("unique", origin) },
      { figure: `/origin/${origin}/tokens`, filter: ofOriginIn("tokens", origin) },
    ]),
    { figure: "/conflicting_samples", filter: CONTRADICTORY },
    { figure: "/stylometry/false_positives/of", filter: taughtAsHuman() },
    { figure: "/stylometry/false_positives/count", filter: calledMachine(0.5) },
    { figure: "/stylometry/true_positives/count", filter: foundMachine(0.5) },
    { figure: "/stylometry/human", filter: taughtAs("human") },
    { figure: "/stylometry/machine", filter: taughtAs("machine") },
    { figure: "/stylometry/not_scored/0/samples", filter: notScored("too_short") },
    { figure: "/stylometry/by_group/3/false_positives/of", filter: taughtAsHuman({ dimension: "language", value: "en" }) },
    { figure: "/coverage/1/observations", filter: classesSeen("intent", EVER) },
    { figure: "/coverage/1/singletons", filter: classesSeen("intent", { from: 1, to: 1 }) },
    { figure: "/coverage/1/after_removal/lost_count", filter: classesOnlyIn("redundant", "intent", EVER) },
    { figure: "/coverage/1/after_removal/observations", filter: both(classesSeen("intent", EVER), UNIQUE) },
    { figure: "/coverage/1/after_removal/singletons", filter: classesSeenIn("unique", "intent", { from: 1, to: 1 }) },
    { figure: "/coverage/5/singletons", filter: classesSeen("word", { from: 1, to: 1 }) },
    { figure: "/coverage/6/doubletons", filter: classesSeen("bigram", { from: 2, to: 2 }) },
  ];
  expect(shown).toEqual(figures);
});

test("a measure of wording opens the slice it is about, a share of tokens the samples whose parts hold them", () => {
  expect(behindMeasure("heaps_beta", "domain = 'health'")).toEqual({ view: "samples", state: { filter: "domain = 'health'" } });
  expect(behindMeasure("compression_ratio", "")).toEqual({ view: "samples", state: { filter: "" } });
  expect(behindMeasure("machine_share", "")?.state.filter).toBe("part_origin = 'machine'");
  expect(behindMeasure("conflict_share", "")?.state.filter).toBe("contradictory = 'true'");
  expect(behindMeasure("paragraph_share", "")).toEqual({ view: "duplicates", state: { show: "passages", unit: "paragraph" } });
  expect(ofSlice("all")).toBe("");
});

test("a bin opens what lies between its ends and was judged, whatever the run is called", () => {
  expect(inBin("gen1", { from: 0.25, to: 1 })).toBe("gen1:correct is not null and gen1:confidence >= 0.25 and gen1:confidence <= 1");
  expect(said("a run", ["loss"])).toBe('"a run:loss" is not null');
});

test("classes are asked for by how often they are seen, by whom alone, and by who lacks them", () => {
  expect(classesSeen("intent", { from: 1, to: 1 })).toBe("class_seen = '1 of intent'");
  expect(classesOnlyIn("human", "intent", { from: 5, to: 8 })).toBe("class_seen = '5-8 of intent in human only'");
  expect(classesOnlyIn("redundant", "author's intent", EVER)).toBe("class_seen = '1+ of author''s intent in redundant only'");
  expect(classesMissingFrom("support@3", "intent", { from: 65, to: null })).toBe("class_seen = '65+ of intent missing from support@3'");
});

test("what stays when a filter's samples go also holds those that lack what it asks for", () => {
  expect(allBut("verdict = 'exclude'")).toBe("not (verdict = 'exclude') or verdict is null");
  expect(allBut("domain in ('law', 'tax') and license is null")).toBe("not (domain in ('law', 'tax')) or domain is null or license is not null");
  expect(allBut("domain = 'a' or domain = 'b'")).toBeNull();
  expect(allBut("flag = 'cut_off'")).toBeNull();
  expect(allBut("")).toBeNull();
});

test("classes that another snapshot or another part has, too, are asked for as such, for a sample may also have some that it misses", () => {
  expect(classesAlsoIn("support@3", "intent", { from: 2, to: 2 })).toBe("class_seen = '2 of intent also in support@3'");
  expect(classesAlsoOutside("intent", { from: 3, to: 4 })).toBe("class_seen = '3-4 of intent in human and outside'");
});

test("how far review is opens by answers, disputes and the queue's name", () => {
  expect(READ_BY_SEVERAL).toBe("answers >= 2 or disputed = 'true'");
  expect(DISPUTED).toBe("disputed = 'true'");
  expect(inQueue("Maria's first")).toBe("queue = 'Maria''s first'");
});
