import { expect, test } from "vitest";
import { mockSample } from "@/ipc/mock/review";
import { notesOf } from "./margin_notes";

const sample = mockSample(0);
const part = sample.parts[1]!;

test("a clean text in its declared language has no note", () => {
  expect(notesOf(sample, part)).toEqual([]);
});

test("what cannot be seen is counted and named", () => {
  expect(notesOf(sample, { ...part, text: "pay\u200b now\u200b" })[0]).toEqual({ kind: "token", title: "2 hidden characters", text: "zero-width space" });
});

test("a language detected otherwise stands beside the longest part only, and a region makes no difference", () => {
  const other = { ...sample, detected_language: "de" };
  expect(notesOf(other, other.parts[1]!)).toEqual([{ kind: "language", title: "Reads as German", text: "declared English" }]);
  expect(notesOf(other, other.parts[0]!)).toEqual([]);
  expect(notesOf({ ...sample, detected_language: "en-GB" }, part)).toEqual([]);
});
