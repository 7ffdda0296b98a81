/// Saves that a queue asks a later version, and goes back to that version.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { call, type EarlierAnswersChoice } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { count } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { type Mapping, recorded } from "./mapping";

interface Following {
  queue: string;
  to: string;
  answers: EarlierAnswersChoice;
  /** For `map`. */
  mapping: Mapping | null;
  reason: string;
}

const NO_MAP: Mapping = { labels: {}, criteria: {} };

export function useFollow() {
  const client = useQueryClient();
  const { keep } = useNavigation();
  const { noteSaved, refresh } = useSession();
  // The same id until it is saved: trying again cannot save it twice.
  const entry = useRef(newEntryId());
  return useMutation({
    mutationFn: ({ mapping, ...request }: Following) => call("rubric_follow", { ...request, ...recorded(mapping ?? NO_MAP), entry: entry.current }),
    onSuccess: async (followed, { to }) => {
      noteSaved(followed.saved);
      // What a queue asks decides what counts: gold, disputes and agreement may have changed with it.
      await client.invalidateQueries({ predicate: ({ queryKey }) => !["app_state", "settings"].includes(String(queryKey[0])) });
      keep({ queue: undefined, rubric: to, note: `Saved #${count(followed.saved.seq)}: ${followed.queue.name} asks ${to}.` });
      void refresh();
    },
  });
}
