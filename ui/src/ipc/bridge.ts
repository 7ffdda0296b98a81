/// The one place that speaks to Rust. `--mode mock` and the tests put `mock/bridge.ts` in its place.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

/** Calls a command; rejects with whatever Rust sent. */
export function send(command: string, request?: unknown): Promise<unknown> {
  return invoke(command, request === undefined ? undefined : { request });
}

/** Calls `handler` for each event until the returned function is called. */
export function subscribe(event: string, handler: (payload: unknown) => void): () => void {
  const stop = listen(event, (message) => handler(message.payload));
  return () => void stop.then((unlisten) => unlisten());
}
