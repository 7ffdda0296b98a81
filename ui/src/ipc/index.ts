/// How the window asks for anything: `call` a command, listen `onEvent`, catch a `CallFault`.
import { send, subscribe } from "@/ipc/bridge";
import type { Commands, Events } from "./commands";
import { asFault, CallFault } from "./fault";

export type { Commands, Events } from "./commands";
export { asFault, CallFault } from "./fault";
export type * from "./types";

type Arguments<Name extends keyof Commands> = Commands[Name][0] extends void ? [] : [request: Commands[Name][0]];

/** Calls a command. Rejects with a `CallFault`, never with anything else. */
export async function call<Name extends keyof Commands>(command: Name, ...[request]: Arguments<Name>): Promise<Commands[Name][1]> {
  try {
    return (await send(command, request)) as Commands[Name][1];
  } catch (cause) {
    throw new CallFault(asFault(cause, command));
  }
}

/** Calls `handler` for every event of this name until the returned function is called. */
export function onEvent<Name extends keyof Events>(event: Name, handler: (payload: Events[Name]) => void): () => void {
  return subscribe(event, (payload) => handler(payload as Events[Name]));
}
