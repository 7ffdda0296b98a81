/// How does the review session meet the window: its calls, what is held in memory, and what the rest of the window is told?
import { type QueryClient, queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { asFault, call, type QueueState, type ReviewItem } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { useSession } from "@/lib/session";
import { comingUp } from "./order";
import { openSession, type Session, type SessionState } from "./session";

/** Samples held in memory beyond the one on screen. */
const AHEAD = 20;

export function itemQuery(queue: string, position: number) {
  return queryOptions({
    queryKey: ["review_item", queue, position],
    queryFn: () => call("review_item", { queue, position }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
  });
}

/** One session for each open queue, so that leaving the view never drops an answer that is on its way. */
const sessions = new WeakMap<QueryClient, Map<string, Session>>();

function sessionOf(client: QueryClient, opened: QueueState, hooks: { onSaved: (seq: { seq: number; at: string }) => void }): Session {
  const known = sessions.get(client) ?? new Map<string, Session>();
  sessions.set(client, known);
  const queue = opened.info.queue;
  const before = known.get(queue);
  if (before && before.getState().unsaved.length > 0) return before;
  const held = (position: number) => client.getQueryData<ReviewItem>(itemQuery(queue, position).queryKey);
  const session = openSession(opened, {
    decide: (request) => call("decide", request),
    undo: (request) => call("undo", request),
    redo: (request) => call("redo", request),
    ready: (position) => held(position) !== undefined,
    given: (position) => held(position)?.answer ?? null,
    newEntry: () => newEntryId(),
    now: () => performance.now(),
    date: () => new Date(),
    faultOf: (error) => asFault(error, "saving the answer"),
    onSaved: (decided) => {
      client.setQueryData<ReviewItem>(itemQuery(queue, decided.item.position).queryKey, (item) => item && { ...item, answer: decided.answer });
      // An answer that follows a reveal may be a revision: the backend knows.
      if (held(decided.item.position)?.seal.unsealed) void client.invalidateQueries({ queryKey: itemQuery(queue, decided.item.position).queryKey });
      void client.invalidateQueries({ queryKey: ["queues"] });
      void client.invalidateQueries({ queryKey: ["gold_overview"] });
      void client.invalidateQueries({ queryKey: ["activity_page"] });
      hooks.onSaved(decided.saved);
    },
  });
  known.set(queue, session);
  return session;
}

/** Opens the queue once; `session` is there when it is. */
export function useReview(queue: string) {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const opening = useQuery({
    queryKey: ["queue_session", queue],
    queryFn: async () => {
      const opened = await call("queue_open", { queue });
      return { rubric: opened.rubric, session: sessionOf(client, opened, { onSaved: noteSaved }) };
    },
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return opening;
}

export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(session.subscribe, session.getState);
}

/** Keeps the coming samples in memory, and tells the browser when leaving would lose an answer. */
export function useHeldAhead(session: Session): void {
  const client = useQueryClient();
  const { items, position, info, unsaved } = useSessionState(session);
  useEffect(() => {
    for (const coming of comingUp(items, position, AHEAD)) void client.prefetchQuery(itemQuery(info.queue, coming));
  }, [client, items, position, info.queue]);
  const unsafe = unsaved.length > 0;
  useEffect(() => {
    if (!unsafe) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, [unsafe]);
}
