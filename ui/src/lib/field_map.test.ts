import { describe, expect, test } from "vitest";
import type { FieldMap } from "@/ipc";
import { assign, putRule, reorder, targetWords } from "./field_map";

const MAP: FieldMap = { id: "id", part: [{ field: "title", role: "title" }, { field: "note", role: "response" }, { field: "reply", role: "response" }], dimensions: { domain: "topic" }, provenance: [{ when: "model is not null", source_class: "synthetic" }] };

describe("what a field becomes", () => {
  test("a part that stays a part keeps its place in the reading order", () => {
    expect(assign(MAP, "note", "part:context").part).toEqual([{ field: "title", role: "title" }, { field: "note", role: "context" }, { field: "reply", role: "response" }]);
  });

  test("a field has one use: a dimension made a part is no dimension", () => {
    const map = assign(MAP, "topic", "part:context");
    expect(map.dimensions).toEqual({});
    expect(map.part?.at(-1)).toEqual({ field: "topic", role: "context" });
  });

  test("a dimension taken over leaves its former field unused", () => {
    expect(assign(MAP, "lang", "dimension:domain").dimensions).toEqual({ domain: "lang" });
  });

  test("identity moves", () => {
    expect(assign(MAP, "title", "identity")).toMatchObject({ id: "title", part: [{ field: "note" }, { field: "reply" }] });
    expect(assign(MAP, "id", "").id).toBeUndefined();
  });

  test("rules stay what they are", () => {
    expect(assign(MAP, "reply", "").provenance).toEqual(MAP.provenance);
  });
});

test("the reading order changes by one, and stops at its ends", () => {
  expect(reorder(MAP, "reply", -1).part?.map((part) => part.field)).toEqual(["title", "reply", "note"]);
  expect(reorder(MAP, "title", -1)).toBe(MAP);
});

test("a rule is added, changed and taken away", () => {
  const added = putRule(MAP, 1, { when: "a = 1" });
  expect(added.provenance).toHaveLength(2);
  expect(putRule(added, 0, { when: "b = 2" }).provenance?.[0]).toEqual({ when: "b = 2" });
  expect(putRule(added, 0, null).provenance).toEqual([{ when: "a = 1" }]);
});

test("a target is said with its place in the reading order", () => {
  expect(targetWords("part:prompt", 2)).toBe("2  prompt");
  expect(targetWords("dimension:collected_at", null)).toBe("collected at");
  expect(targetWords("", null)).toBe("not used");
});
