/// Which commands can be run now: views register what they do, the one key listener runs it.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { CATALOGUE, commandById, type Command, type Scope } from "./catalogue";
import { comboOf, comboOfEvent, typesText } from "./combo";
import { type GivenKeys, keyed } from "./keys";

/** What a view does for a command; `unavailable` says why it cannot be done now. */
export interface Action {
  run(): void;
  unavailable?: string | undefined;
  /** What its key does when it cannot be done and the person would otherwise not know. */
  refuse?: (() => void) | undefined;
}

type Live = Map<string, { current: Action }>;

let live: Live = new Map();
const listeners = new Set<() => void>();
let singleKeys = true;
let given: GivenKeys = {};
let now: readonly Command[] = CATALOGUE;
/** The view whose keys are listened to. */
let scopeNow: Scope = "anywhere";

function changed(): void {
  live = new Map(live);
  for (const listener of listeners) listener();
}

/** Registers actions while the component is mounted: `useCommands({ "review.approve": { run } })`. */
export function useCommands(actions: Record<string, Action | undefined>): void {
  const slots = useRef(new Map<string, { current: Action }>());
  const names = Object.keys(actions).filter((id) => actions[id]).sort().join(" ");
  // Each render hands over new closures without registering again.
  useEffect(() => {
    for (const [id, slot] of slots.current) if (actions[id]) slot.current = actions[id];
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the actions themselves are kept current above.
  useEffect(() => {
    const mine = slots.current;
    for (const id of names.split(" ").filter(Boolean)) {
      commandById(id);
      const slot = { current: actions[id]! };
      mine.set(id, slot);
      live.set(id, slot);
    }
    changed();
    return () => {
      for (const [id, slot] of mine) if (live.get(id) === slot) live.delete(id);
      mine.clear();
      changed();
    };
  }, [names]);
}

/** One command with what can be done about it now. */
export interface Offered {
  command: Command;
  /** Why it cannot be run, if it cannot. */
  unavailable: string | undefined;
  run(): void;
}

/** Every command, those of `scope` first; each says whether it can be run. */
export function useOffered(scope: Scope): Offered[] {
  const offered = useSyncExternalStore(subscribe, () => live);
  const rank = (command: Command) => (command.scope === scope ? 0 : command.scope === "anywhere" ? 1 : 2);
  return now.map((command) => {
    const action = offered.get(command.id)?.current;
    const elsewhere = command.scope === scope || command.scope === "anywhere" ? "not possible now" : `only in ${command.scope}`;
    return { command, unavailable: action ? action.unavailable : elsewhere, run: () => runCommand(command.id) };
  }).sort((a, b) => rank(a.command) - rank(b.command));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Runs a command by its id, if it can be run. Returns whether it ran. */
export function runCommand(id: string): boolean {
  const action = live.get(id)?.current;
  if (!action || action.unavailable) return false;
  action.run();
  return true;
}

/** Gives commands other keys than their own. */
export function setKeys(keys: GivenKeys): void {
  given = keys;
  rekey();
}

/** WCAG 2.1.4: keys that type a character need a modifier, or not. */
export function setSingleKeys(on: boolean): void {
  singleKeys = on;
  rekey();
}

function rekey(): void {
  now = keyed(given, singleKeys);
  changed();
}

/** Every command with the keys it has now. */
export function commandsNow(): readonly Command[] {
  return now;
}

export function useCommandsNow(): readonly Command[] {
  return useSyncExternalStore(subscribe, commandsNow);
}

/** The first key that a command has now; empty where it has none. */
export function keyOf(id: string): string {
  return now.find((one) => one.id === id)?.keys[0] ?? "";
}

/** What stands today in the place of a key that the catalogue gives to a command of this view. */
export function useKeyNow(written: string): string {
  return useSyncExternalStore(subscribe, () => keyNow(written));
}

function keyNow(written: string): string {
  const own = CATALOGUE.find((one) => (one.scope === scopeNow || one.scope === "anywhere") && one.keys.includes(written));
  if (!own) return written;
  const keys = now.find((one) => one.id === own.id)!.keys;
  return keys[own.keys.indexOf(written)] ?? keys[0] ?? written;
}

/** Keys with Ctrl that a field and a dialog need for themselves. */
const OF_A_FIELD = new Set(["ctrl+a", "ctrl+shift+a", "ctrl+z", "ctrl+shift+z"]);

function editable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "range", "button"].includes(target.type);
}

/** Keys that a focused control needs for itself. */
function controlOwns(target: EventTarget | null, combo: string): boolean {
  if (!(target instanceof Element)) return false;
  const keys = ["enter", "space", "arrowdown", "arrowup", "arrowleft", "arrowright", "escape"];
  if (!keys.includes(combo)) return false;
  if (combo === "escape") return target.closest("[role=dialog],[role=menu],[role=listbox]") !== null;
  const holder = combo === "enter" || combo === "space" ? "button,a,[role=button],[role=option],[role=menuitem],[role=radio],summary,label" : "[role=radiogroup],[role=menu],[role=listbox],[role=grid],[role=slider]";
  return target.closest(holder) !== null;
}

/** Whether an overlay stands before the command: only what belongs into it, and keys that no text needs, pass. */
function shut(command: Command, combo: string): boolean {
  const overlay = [...document.querySelectorAll<HTMLElement>("[data-modal]")].at(-1);
  if (!overlay) return command.inside !== undefined;
  if (command.inside) return overlay.dataset.modal !== command.inside;
  return typesText(combo) || OF_A_FIELD.has(combo) || (!singleKeys && typesText(combo.replace(/^(ctrl|alt)\+/, "")));
}

/** Decides what a key event means in `scope`; runs it and returns true if it meant something. */
export function handleKey(event: KeyboardEvent, scope: Scope): boolean {
  if (event.repeat || event.isComposing || event.keyCode === 229 || event.defaultPrevented) return false;
  const combo = comboOfEvent(event);
  const typing = typesText(combo);
  if ((typing || OF_A_FIELD.has(combo) || /^alt\+(shift\+)?\D$/.test(combo)) && editable(event.target)) return false;
  if (controlOwns(event.target, combo)) return false;
  const command = now.find((one) => (one.scope === scope || one.scope === "anywhere") && one.keys.some((key) => comboOf(key) === combo));
  if (!command || shut(command, combo)) return false;
  if (!runCommand(command.id)) {
    live.get(command.id)?.current.refuse?.();
    return false;
  }
  event.preventDefault();
  return true;
}

/** The window's only key listener. */
export function useKeyListener(scope: Scope): void {
  useEffect(() => {
    scopeNow = scope;
    changed();
    const listen = (event: KeyboardEvent) => void handleKey(event, scope);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [scope]);
}
