import { afterEach, describe, expect, it } from "vitest";
import { CATALOGUE, commandById } from "./catalogue";
import { comboOf, comboOfEvent, writtenOf } from "./combo";
import { keyed, readGiven, refusal, withModifier } from "./keys";
import { handleKey, keyOf, setKeys, setSingleKeys } from "./registry";

afterEach(() => {
  setKeys({});
  setSingleKeys(true);
});

describe("a key that is asked for", () => {
  const approve = commandById("review.approve");

  it("is refused in words where it means something else on the same screen, or everywhere", () => {
    expect(refusal(approve, "X", {})).toBe("X is “Exclude, with a reason” in review");
    expect(refusal(approve, "Ctrl K", {})).toBe("Ctrl K is “Commands” everywhere");
    expect(refusal(commandById("app.theme"), "X", {})).toMatch(/^X is /);
  });

  it("may mean something else on another screen", () => {
    expect(refusal(approve, "V", {})).toBeUndefined();
    expect(refusal(commandById("gates.waive"), "A", {})).toBeUndefined();
  });

  it("is free once its command was given another", () => {
    expect(refusal(approve, "X", { "review.exclude": ["Y"] })).toBeUndefined();
  });

  it("is never a digit that labels, and never a key that must not decide", () => {
    expect(refusal(approve, "4", {})).toBe("digits are labels, scores and reasons in review");
    for (const key of ["Backspace", "Delete", "Tab", "Space", "Enter", "Esc", "Ctrl C"]) expect(refusal(approve, key, {})).toBeTruthy();
  });

  it("is refused, too, where it would clash once single keys are off", () => {
    expect(refusal(commandById("review.skip"), "Alt A", {})).toBe("Alt A is “Approve” in review");
  });
});

describe("keys read from the settings", () => {
  it("are taken where they clash with nothing, and left out where they do or are none", () => {
    expect(readGiven('{"review.approve":["Y"],"review.unsure":["X"],"no.such":["Q"],"review.skip":"P"}')).toEqual({ "review.approve": ["Y"] });
    expect(readGiven("not json")).toEqual({});
    expect(readGiven(undefined)).toEqual({});
  });

  it("may be two that were exchanged, once both are free", () => {
    const exchanged = { "review.approve": ["U"], "review.unsure": ["A"] };
    expect(readGiven(JSON.stringify(exchanged))).toEqual(exchanged);
    expect(readGiven(JSON.stringify({ ...exchanged, "review.approve": ["X"] }))).toEqual({});
  });
});

describe("single keys off", () => {
  it("puts Alt before letters and signs, Ctrl before digits, and leaves the rest", () => {
    expect(["A", "Shift Z", ";", "3", "↑", "Ctrl K", "Esc"].map(withModifier)).toEqual(["Alt A", "Alt Shift Z", "Alt ;", "Ctrl 3", "↑", "Ctrl K", "Esc"]);
  });

  it("leaves no key that types a character, and no two commands of one screen with one key", () => {
    const commands = keyed({}, false);
    for (const scope of new Set(commands.map((one) => one.scope))) {
      const combos = commands.filter((one) => one.scope === scope || one.scope === "anywhere").flatMap((one) => one.keys.map(comboOf));
      expect(new Set(combos).size).toBe(combos.length);
      expect(combos.filter((combo) => combo.length === 1)).toEqual([]);
    }
  });
});

it("what is given is what is pressed and what is drawn", () => {
  setKeys({ "review.approve": ["Y"] });
  expect(keyOf("review.approve")).toBe("Y");
  setSingleKeys(false);
  expect(keyOf("review.approve")).toBe("Alt Y");
  expect(handleKey(new KeyboardEvent("keydown", { key: "a" }), "review")).toBe(false);
});

it("a pressed key is written as the catalogue writes it", () => {
  for (const key of CATALOGUE.flatMap((one) => one.keys)) expect(comboOf(writtenOf(comboOf(key)))).toBe(comboOf(key));
  expect(writtenOf(comboOfEvent(new KeyboardEvent("keydown", { key: "Q", shiftKey: true })))).toBe("Shift Q");
});
