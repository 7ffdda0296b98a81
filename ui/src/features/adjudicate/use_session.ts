/// How does adjudicating meet the window: its calls, what is held, and what the rest of the window is told?
import { type QueryClient, queryOptions, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { asFault, call, type DisputeDetail, type Disputes, type SavedEntry } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { useSession as useWindow } from "@/lib/session";
import { openSession, type Session, type SessionState } from "./session";

/** What one person may see is asked for by that person. */
export const disputesQuery = (person: string) => queryOptions({ queryKey: ["disputes", person], queryFn: () => call("disputes"), staleTime: 0 });

export const disputeQuery = (person: string, digest: string) => queryOptions({ queryKey: ["dispute", person, digest], queryFn: () => call("dispute_open", { digest }), staleTime: 0, gcTime: 0 });

/** One session for each person, so that leaving the view never drops a change that is on its way. */
const sessions = new WeakMap<QueryClient, Map<string, Session>>();

interface Hooks {
  noteSaved(entry: SavedEntry): void;
  refresh(): Promise<void>;
}

function open(client: QueryClient, person: string, hooks: Hooks): Session {
  const changed = (...keys: string[]) => {
    for (const key of keys) void client.invalidateQueries({ queryKey: [key] });
  };
  return openSession({
    answer: (request) => call("dispute_answer", request),
    settle: (request) => call("dispute_settle", request),
    newEntry: () => newEntryId(),
    date: () => new Date(),
    faultOf: (error) => asFault(error, "saving the answer"),
    onAnswered(detail) {
      const { digest } = detail.dispute;
      client.setQueryData<DisputeDetail>(disputeQuery(person, digest).queryKey, detail);
      client.setQueryData<Disputes>(disputesQuery(person).queryKey, (all) => all && { ...all, open: all.open.map((each) => (each.digest === digest ? { ...each, begun: true } : each)) });
      changed("activity_page");
      if (detail.own) hooks.noteSaved(detail.own.saved);
    },
    onSettled(digest, { saved }) {
      client.setQueryData<Disputes>(disputesQuery(person).queryKey, (all) => all && { ...all, open: all.open.filter((each) => each.digest !== digest) });
      changed("disputes", "gold_overview", "activity_page", "agreement");
      hooks.noteSaved(saved);
      void hooks.refresh().catch(() => undefined);
    },
  });
}

export function useAdjudication(person: string): Session {
  const client = useQueryClient();
  const { noteSaved, refresh, workspace } = useWindow();
  const known = sessions.get(client) ?? new Map<string, Session>();
  sessions.set(client, known);
  const key = `${workspace?.path} ${person}`;
  const session = known.get(key) ?? open(client, person, { noteSaved, refresh });
  known.set(key, session);
  return session;
}

export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** Tells the browser when leaving would lose a change. */
export function useHeld(unsafe: boolean): void {
  useEffect(() => {
    if (!unsafe) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [unsafe]);
}
