/// Answers every command from data made up in the page.
import type { Commands } from "../commands";

type Handlers = { [Name in keyof Commands]?: (request: Commands[Name][0]) => Commands[Name][1] | Promise<Commands[Name][1]> };

const handlers: Handlers = {};
const listeners = new Map<string, Set<(payload: unknown) => void>>();

export async function answer(command: string, request: unknown): Promise<unknown> {
  const handler = handlers[command as keyof Commands] as ((request: unknown) => unknown) | undefined;
  if (!handler) throw { code: "not_yet", message: `${command} is not answered here`, remedy: "" };
  return structuredClone(await handler(request));
}

/** Adds answers; a later one for the same command wins. */
export function answers(more: Handlers): void {
  Object.assign(handlers, more);
}

export function emit(event: string, payload: unknown): void {
  for (const handler of listeners.get(event) ?? []) handler(structuredClone(payload));
}

export function listen(event: string, handler: (payload: unknown) => void): () => void {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(handler));
  return () => all.delete(handler);
}
