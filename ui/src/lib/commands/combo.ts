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
  const key = event.altKey ? behindAlt(event) : event.key.toLowerCase();
  const held: string[] = [];
  if (MAC ? event.metaKey : event.ctrlKey) held.push("ctrl");
  if (event.altKey) held.push("alt");
  const shiftMatters = key.length > 1 || key === " " || key.toUpperCase() !== key.toLowerCase();
  if (event.shiftKey && shiftMatters) held.push("shift");
  return held.concat(key === " " ? "space" : key).join("+");
}

/** Alt may turn a key into another sign: the digit that is on it counts, and on a Mac the letter. */
function behindAlt({ key, code }: Pick<KeyboardEvent, "key" | "code">): string {
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  return digit ?? ((MAC && letter) || key).toLowerCase();
}

/** Whether a written key is one that types a character, alone or with Shift. */
export function isSingle(written: string): boolean {
  const combo = comboOf(written);
  return typesText(combo) && combo.replace(/^shift\+/, "").length === 1;
}

/** A combo as people write it: `alt+shift+z` as `Alt Shift Z`. */
export function writtenOf(combo: Combo): string {
  const [, ctrl, alt, shift, key] = /^(ctrl\+)?(alt\+)?(shift\+)?(.+)$/.exec(combo)!;
  const sign = Object.entries(NAMES).find(([, name]) => name === key)?.[0] ?? key!;
  return [ctrl && "Ctrl", alt && "Alt", shift && "Shift", sign[0]!.toUpperCase() + sign.slice(1)].filter(Boolean).join(" ");
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
