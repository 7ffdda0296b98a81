/// Which keys does each command have now: its own or those a person gave it, and with a modifier where single keys are off?
import { CATALOGUE, type Command } from "./catalogue";
import { comboOf, isSingle } from "./combo";

/** Keys that a person gave to commands, by id. */
export type GivenKeys = Readonly<Record<string, readonly string[]>>;

/** WCAG 2.1.4: a key that types a character needs a modifier. Digits take Ctrl, for Alt and a digit goes to a view. */
export function withModifier(written: string): string {
  if (!isSingle(written)) return written;
  return /\d$/.test(written) ? `Ctrl ${written}` : `Alt ${written}`;
}

/** The commands with the keys they have now. */
export function keyed(given: GivenKeys, singleKeys: boolean): readonly Command[] {
  return CATALOGUE.map((command) => {
    const keys = [...(given[command.id] ?? command.keys)];
    return { ...command, keys: singleKeys ? keys : keys.map(withModifier) };
  });
}

/** Reads given keys from a setting. Whatever is not one, or clashes by now, keeps the command's own keys. */
export function readGiven(text: string | undefined): GivenKeys {
  let kept = entriesOf(text);
  // What is left out gets its own keys back, and they may clash with another.
  for (;;) {
    const given = Object.fromEntries(kept);
    const next = kept.filter(([id, keys]) => fits(id, keys, given));
    if (next.length === kept.length) return given;
    kept = next;
  }
}

function fits(id: string, keys: readonly string[], given: GivenKeys): boolean {
  const command = CATALOGUE.find((one) => one.id === id);
  return command !== undefined && keys.every((key) => command.keys.includes(key) || refusal(command, key, given) === undefined);
}

function entriesOf(text: string | undefined): [string, string[]][] {
  try {
    const read: unknown = JSON.parse(text ?? "{}");
    if (typeof read !== "object" || read === null) return [];
    return Object.entries(read).filter((entry): entry is [string, string[]] => Array.isArray(entry[1]) && entry[1].every((key) => typeof key === "string" && key !== ""));
  } catch {
    return [];
  }
}

const TAKEN: readonly (readonly [RegExp, string])[] = [
  [/^(shift\+)?(backspace|delete)$/, "Backspace and Delete never decide anything"],
  [/^(shift\+)?tab$/, "Tab moves the focus"],
  [/^(shift\+)?space$/, "Space pages through the text"],
  [/^enter$/, "Enter presses what has the focus"],
  [/^escape$/, "Esc closes what is open"],
  [/^ctrl\+[acvx]$/, "it belongs to text that is selected or typed"],
];

/** Why a command cannot have this key; `undefined` when it can. */
export function refusal(command: Command, written: string, given: GivenKeys): string | undefined {
  const combo = comboOf(written);
  const taken = TAKEN.find(([pattern]) => pattern.test(combo));
  if (taken) return taken[1];
  const wanted = forms(written);
  const other = CATALOGUE.find((one) => one.id !== command.id && meet(one, command) && (given[one.id] ?? one.keys).some((key) => [...forms(key)].some((form) => wanted.has(form))));
  if (!other) return undefined;
  if (other.group === "Digits") return `digits are labels, scores and reasons in ${other.scope}`;
  return `${written} is “${other.title}”${other.scope === "anywhere" ? " everywhere" : ` in ${other.scope}`}`;
}

/** Whether both can be live at once. */
function meet(one: Command, other: Command): boolean {
  return one.scope === other.scope || one.scope === "anywhere" || other.scope === "anywhere";
}

/** What a key is while single keys are on, and while they are off. */
function forms(written: string): Set<string> {
  return new Set([comboOf(written), comboOf(withModifier(written))]);
}
