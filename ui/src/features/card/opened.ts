/// Which exceptions of a card its reader has opened: kept while the window is open, so that looking at one loses none.
import { useSyncExternalStore } from "react";

const opened = new Map<string, ReadonlySet<string>>();
const listeners = new Set<() => void>();
const none: ReadonlySet<string> = new Set();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The exceptions opened under `key`, and how to add one. Another key, another list: what changed is looked at again. */
export function useOpened(key: string): [ReadonlySet<string>, (exception: string) => void] {
  const set = useSyncExternalStore(subscribe, () => opened.get(key) ?? none);
  return [set, (exception) => {
    opened.set(key, new Set([...set, exception]));
    for (const listener of listeners) listener();
  }];
}
