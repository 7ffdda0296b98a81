/// The latest thing that did not work outside of any view's own error state; the status bar says it until it is read.
import { useSyncExternalStore } from "react";
import { asFault, type Fault } from "@/ipc";

export interface Trouble {
  doing: string;
  fault: Fault;
}

let trouble: Trouble | null = null;
const listeners = new Set<() => void>();

function set(next: Trouble | null): void {
  trouble = next;
  for (const listener of listeners) listener();
}

/** For `catch`: says what was being done. */
export function report(doing: string): (cause: unknown) => void {
  return (cause) => set({ doing, fault: asFault(cause, doing) });
}

export function dismissTrouble(): void {
  set(null);
}

export function useTrouble(): Trouble | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => trouble);
}
