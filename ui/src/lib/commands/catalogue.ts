/// Every command there is, with its keys. The palette, the key sheet and the native menu read from here,
/// so a key has one meaning on every screen; clashes are refused when the catalogue is built.
import type { ViewName } from "@/lib/place";
import { adjudicate } from "./adjudicate";
import { anywhere } from "./anywhere";
import { comboOf, type Combo } from "./combo";
import { activity, card, compare, coverage, duplicates, gates, gold, leak, packs, queue, results, rubrics, trends } from "./looking";
import { review } from "./review";
import { fields, indexing, samples } from "./samples";

/** Where a command can be run: everywhere, or in one view. */
export type Scope = "anywhere" | ViewName;

export interface Command {
  /** `review.approve`: what features register a run function under, and what the native menu sends. */
  id: string;
  title: string;
  /** The head it stands under in the key sheet: `Move`, `Look`, `Decide`. */
  group: string;
  scope: Scope;
  /** As people write them: `Ctrl K`, `Shift Z`, `X`, `?`. `Ctrl` is Cmd on a Mac. */
  keys: string[];
  /** The overlay in which alone its key means it: `compare`. */
  inside?: string;
}

type Entry = Omit<Command, "scope">;

/** Gives a list of commands its scope. */
function within(scope: Scope, entries: readonly Entry[]): Command[] {
  return entries.map((entry) => ({ ...entry, scope }));
}

/** Checks that no two commands that can be live together share a key or an id. */
export function checked(commands: readonly Command[]): readonly Command[] {
  const ids = new Set<string>();
  const taken = new Map<string, Command>();
  for (const command of commands) {
    if (ids.has(command.id)) throw new Error(`two commands are called ${command.id}`);
    ids.add(command.id);
  }
  for (const scope of new Set(commands.map((command) => command.scope))) {
    taken.clear();
    for (const command of commands.filter((one) => one.scope === scope || one.scope === "anywhere")) {
      for (const key of command.keys) {
        const combo: Combo = comboOf(key);
        const other = taken.get(combo);
        if (other) throw new Error(`${key} means both ${other.id} and ${command.id}`);
        taken.set(combo, command);
      }
    }
  }
  return commands;
}

export const CATALOGUE: readonly Command[] = checked([
  ...within("anywhere", anywhere),
  ...within("samples", samples),
  ...within("fields", fields),
  ...within("indexing", indexing),
  ...within("review", review),
  ...within("adjudicate", adjudicate),
  ...within("duplicates", duplicates),
  ...within("coverage", coverage),
  ...within("queue", queue),
  ...within("packs", packs),
  ...within("rubrics", rubrics),
  ...within("gold", gold),
  ...within("gates", gates),
  ...within("compare", compare),
  ...within("results", results),
  ...within("trends", trends),
  ...within("leak", leak),
  ...within("card", card),
  ...within("activity", activity),
]);

export function commandById(id: string): Command {
  const command = CATALOGUE.find((one) => one.id === id);
  if (!command) throw new Error(`no command is called ${id}`);
  return command;
}
