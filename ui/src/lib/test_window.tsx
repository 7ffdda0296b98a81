/// A view inside a window that needs no shell: session and place from the mock backend, for tests.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import type { AppState } from "@/ipc";
import { type Scope, useKeyListener } from "./commands";
import { NavigationContext, type Place } from "./place";
import { type Session, SessionContext } from "./session";

const SNAPSHOT = { number: 7, created: "2026-11-14T10:12:40Z", samples: 2_480, tokens: 1, root: "sha256:3f9c81d2", measured: true };
const DATASET = { name: "praxis-instruct", snapshots: [SNAPSHOT], synthetic: null };
const APP: AppState = { version: "0", recent: [], sample: null, pack: null, workspace: { name: "W", path: "/w", datasets: [DATASET], person: null, people: [], last_entry: null, review_left: 0, disputes: 0, gold: 0 } };

const SESSION: Session = {
  app: APP, workspace: APP.workspace, dataset: DATASET, snapshot: SNAPSHOT, person: null, jobs: [], saved: null, settings: {},
  choose() {}, adopt() {}, noteSaved() {}, async refresh() {}, setSetting() {},
};

export function TestWindow({ start, scope, children, session = {}, onPlace }: { start: Place; scope: Scope; children: ReactNode; session?: Partial<Session>; onPlace?: (place: Place) => void }) {
  const [place, setPlace] = useState(start);
  const client = useMemo(() => new QueryClient({ defaultOptions: { queries: { retry: false } } }), []);
  useKeyListener(scope);
  const set = (next: Place) => {
    setPlace(next);
    onPlace?.(next);
  };
  const navigation = {
    place, back() {},
    go: (view: Place["view"], state: Record<string, string> = {}) => set({ view, state }),
    keep: (changes: Record<string, string | undefined>) => set({ ...place, state: Object.fromEntries(Object.entries({ ...place.state, ...changes }).filter(([, value]) => value !== undefined)) as Record<string, string> }),
  };
  return (
    <QueryClientProvider client={client}>
      <SessionContext value={{ ...SESSION, ...session }}><NavigationContext value={navigation}>{children}</NavigationContext></SessionContext>
    </QueryClientProvider>
  );
}
