import { expect, it } from "vitest";
import { faultWords } from "./fault_words";

it("makes two sentences, whatever the punctuation", () => {
  expect(faultWords({ message: "the drive is full", remedy: "make room on it" })).toBe("The drive is full. Make room on it.");
  expect(faultWords({ message: "The drive is full.", remedy: "" })).toBe("The drive is full.");
});
