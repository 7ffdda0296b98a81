/// The bridge to the backend in the page. Same shape as `ipc/bridge.ts`.
import "./all";
import { answer, listen } from "./backend";
import "./deciding";

export function send(command: string, request?: unknown): Promise<unknown> {
  return answer(command, request);
}

export function subscribe(event: string, handler: (payload: unknown) => void): () => void {
  return listen(event, handler);
}
