import { expect, test } from "vitest";
import { placeOfRun } from "./shared_run";

const marked = (text: string, run: string) => {
  const place = placeOfRun(text, run);
  return place && text.slice(place.from, place.to);
};

test("a run is found behind the case and punctuation of the original", () => {
  expect(marked("He said: “Warfarin, for SIX years – always steady.” Then nothing.", "warfarin for six years always steady")).toBe("Warfarin, for SIX years – always steady");
});

test("a run of a script without spaces, or of an astral one, is found whole", () => {
  expect(marked("問：租赁合同到期后，房东继续收租。好", "租赁合同到期后房东继续收租")).toBe("租赁合同到期后，房东继续收租");
  expect(marked("x 𝒜𝒷 c!", "𝒜𝒷 c")).toBe("𝒜𝒷 c");
});

test("what is not there is not marked", () => {
  expect(placeOfRun("something else", "warfarin")).toBeNull();
  expect(placeOfRun("anything", " – ")).toBeNull();
});
