/// Keys as people write them, and the one normal form in which they are compared.

/** `ctrl+shift+l`, `?`, `arrowdown`: modifiers in fixed order, key last. */
export type Combo = string;

const MAC = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** Reads `Ctrl Shift L`, `X`, `?`, `Shift Z`, `Enter`, `↓`. */
export function comboOf(written: string): Combo {
  const words = written.split(" ");
  const key = NAMES[words.at(-1)!.toLowerCase()] ?? words.at(-1)!.toLowerCase();
  const held = new Set(words.slice(0, -1).map((word) => word.toLowerCase()));
  return ["ctrl", "alt", "shift"].filter((one) => held.has(one)).concat(key).join("+");
}

/** The combo of a key event. Shift counts for letters and named keys, not for signs that need it to be typed. */
export function comboOfEvent(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">): Combo {
  const key = event.altKey && /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.key.toLowerCase();
  const held: string[] = [];
  if (MAC ? event.metaKey : event.ctrlKey) held.push("ctrl");
  if (event.altKey) held.push("alt");
  const shiftMatters = key.length > 1 || key === " " || key.toUpperCase() !== key.toLowerCase();
  if (event.shiftKey && shiftMatters) held.push("shift");
  return held.concat(key === " " ? "space" : key).join("+");
}

/** Whether the combo types a character, so that a text field must have it. */
export function typesText(combo: Combo): boolean {
  return !combo.startsWith("ctrl+") && !combo.startsWith("alt+");
}

/** The caps to draw for a written key: `Ctrl K` as `Ctrl` and `K`; `⌘` on a Mac. */
export function caps(written: string): string[] {
  return written.split(" ").map((word) => (MAC ? (MAC_NAMES[word] ?? word) : word));
}

const NAMES: Record<string, string> = {
  "↓": "arrowdown", "↑": "arrowup", "←": "arrowleft", "→": "arrowright", esc: "escape", "−": "-",
  pgdn: "pagedown", pgup: "pageup", del: "delete",
};

const MAC_NAMES: Record<string, string> = { Ctrl: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↩" };
