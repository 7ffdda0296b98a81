import { describe, expect, it } from "vitest";
import type { PartDetail } from "@/ipc";
import { languageOf, rowsOf } from "./translation";

const parts = (...roles: string[]) => roles.map((role, index): PartDetail => ({ role, text: "", origin: "human", source_class: "human_authored", confidence: 1, tokens: 10 + index, rtl: false }));

describe("an original and its translation", () => {
  it("stand side by side where the roles say so", () => {
    expect(rowsOf(parts("original", "translation"))).toEqual([[0, 1]]);
    expect(rowsOf(parts("instruction", "target", "source"))).toEqual([[0], [2, 1]]);
    expect(rowsOf(parts("question_original", "answer_original", "question_translation", "answer_translation"))).toEqual([[0, 2], [1, 3]]);
  });

  it("are apart where they are about different things, or one is missing", () => {
    expect(rowsOf(parts("question_original", "answer_translation"))).toEqual([[0], [1]]);
    expect(rowsOf(parts("prompt", "response"))).toEqual([[0], [1]]);
    expect(rowsOf(parts("source", "source", "target"))).toEqual([[0, 2], [1]]);
    expect(rowsOf(parts("resource", "retarget"))).toEqual([[0], [1]]);
  });
});

describe("the language of a part", () => {
  const stated = (dimensions: Record<string, string>) => (name: string) => dimensions[name] ?? "";

  it("is the one stated for its side, or for its role", () => {
    const both = parts("original", "translation");
    expect([0, 1].map((at) => languageOf(both, at, stated({ source_language: "ar", target_language: "en", language: "en" }), null))).toEqual(["ar", "en"]);
    expect(languageOf(both, 0, stated({ original_language: "zh", source_language: "ar" }), null)).toBe("zh");
  });

  it("is otherwise the sample's for the longer of the two, and not known for the other", () => {
    expect([0, 1].map((at) => languageOf(parts("original", "translation"), at, stated({ language: "en" }), null))).toEqual(["", "en"]);
    expect([0, 1].map((at) => languageOf(parts("prompt", "response"), at, stated({}), "de"))).toEqual(["de", "de"]);
  });
});
