import { render } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { CATALOGUE, checked, type Command } from "./catalogue";
import { comboOf, comboOfEvent } from "./combo";
import { handleKey, runCommand, setSingleKeys, useCommands } from "./registry";

const command = (over: Partial<Command>): Command => ({ id: "a", title: "A", group: "Look", scope: "samples", keys: ["A"], ...over });

function press(key: string, over: KeyboardEventInit = {}, target: EventTarget = document.body): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...over });
  Object.defineProperty(event, "target", { value: target });
  return handleKey(event, "review");
}

function Offers({ run, unavailable }: { run: () => void; unavailable?: string }) {
  useCommands({ "review.approve": { run, unavailable } });
  return null;
}

describe("the catalogue", () => {
  test("two commands that are live together may not share a key", () => {
    expect(() => checked([command({}), command({ id: "b" })])).toThrow("A means both a and b");
    expect(() => checked([command({}), command({ id: "b", scope: "anywhere" })])).toThrow();
  });

  test("one key may mean two things in two views", () => {
    expect(() => checked([command({}), command({ id: "b", scope: "review" })])).not.toThrow();
  });

  test("Backspace and Delete never decide", () => {
    expect(CATALOGUE.flatMap((one) => one.keys.map(comboOf)).filter((key) => /backspace|delete/.test(key))).toEqual([]);
  });
});

describe("keys", () => {
  test("a sign that needs Shift to be typed is the sign", () => {
    expect(comboOfEvent(new KeyboardEvent("keydown", { key: "?", shiftKey: true }))).toBe(comboOf("?"));
    expect(comboOfEvent(new KeyboardEvent("keydown", { key: "Z", shiftKey: true }))).toBe(comboOf("Shift Z"));
  });

  test("run what the view offers", () => {
    const run = vi.fn();
    render(<Offers run={run} />);
    expect(press("a")).toBe(true);
    expect(run).toHaveBeenCalledOnce();
  });

  test("are ignored when repeated, composed, typed into a field, or for an action that cannot be done now", () => {
    const run = vi.fn();
    const { rerender } = render(<Offers run={run} />);
    expect(press("a", { repeat: true })).toBe(false);
    expect(press("a", { isComposing: true })).toBe(false);
    expect(press("a", { keyCode: 229 } as KeyboardEventInit)).toBe(false);
    expect(press("a", {}, document.createElement("input"))).toBe(false);
    rerender(<Offers run={run} unavailable="not yet" />);
    expect(press("a")).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  test("that type a letter can be switched off", () => {
    const run = vi.fn();
    render(<Offers run={run} />);
    setSingleKeys(false);
    expect(press("a")).toBe(false);
    setSingleKeys(true);
    expect(press("a")).toBe(true);
  });

  test("mean nothing once the view is gone", () => {
    const run = vi.fn();
    render(<Offers run={run} />).unmount();
    expect(runCommand("review.approve")).toBe(false);
  });
});
