/// One short fact that the current view shows in the status bar: `Row 412 to 434, 38 ms`.
import { useEffect, useSyncExternalStore } from "react";

let note: string | null = null;
const listeners = new Set<() => void>();

function set(next: string | null): void {
  note = next;
  for (const listener of listeners) listener();
}

/** Shows `text` in the status bar while the component is mounted. */
export function useNote(text: string | null): void {
  useEffect(() => {
    set(text);
    return () => set(null);
  }, [text]);
}

export function useStatusNote(): string | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => note);
}
