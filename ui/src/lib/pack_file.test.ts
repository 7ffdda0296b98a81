import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { isPackFile, offerPacks, packName, packSeen, returnName, useWaitingPacks } from "./pack_file";

test("packs and returns are told from data by their names", () => {
  expect(isPackFile("Health for Maria.assaypack")).toBe(true);
  expect(isPackFile("Health from Maria.ASSAYRETURN")).toBe(true);
  expect(isPackFile("assaypack.jsonl")).toBe(false);
});

test("a file is named after queue and person, without what file systems refuse", () => {
  expect(packName("Health: dosing / triage", "Dr Amara Okafor")).toBe("Health dosing triage for Dr Amara Okafor.assaypack");
  expect(returnName("أسئلة", "مريم")).toBe("أسئلة from مريم.assayreturn");
});

test("files wait in order, and the next comes up when the first is done with", () => {
  const { result } = renderHook(useWaitingPacks);
  act(() => offerPacks([{ handle: "a", label: "a" }]));
  act(() => offerPacks([{ handle: "b", label: "b" }]));
  expect(result.current.map((one) => one.handle)).toEqual(["a", "b"]);
  act(packSeen);
  expect(result.current.map((one) => one.handle)).toEqual(["b"]);
  act(packSeen);
  expect(result.current).toEqual([]);
});
