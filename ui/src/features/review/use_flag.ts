/// This person's flag on the sample on screen: raised or taken down, and shown as such only once that is on disk.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { asFault, call, type ReviewItem } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import type { Session } from "./session";
import { itemQuery, useSessionState } from "./use_review";

export interface Flagging {
  raised: boolean;
  /** Why it cannot be done now. */
  unavailable: string | undefined;
  /** What went wrong when the sample on screen was to be flagged. */
  fault: string | null;
  run(): void;
}

interface Wanted {
  readonly position: number;
  readonly raised: boolean;
  readonly entry: string;
}

export function useFlag(session: Session): Flagging {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const { info, position } = useSessionState(session);
  const item = useQuery(itemQuery(info.queue, position)).data;
  const flag = useMutation({
    mutationFn: (wanted: Wanted) => call("flag", { queue: info.queue, ...wanted }),
    onSuccess: ({ raised, saved }, wanted) => {
      client.setQueryData<ReviewItem>(itemQuery(info.queue, wanted.position).queryKey, (known) => known && { ...known, flagged: raised });
      void client.invalidateQueries({ queryKey: ["activity_page"] });
      if (saved) noteSaved(saved);
      session.say(`Flag on sample ${wanted.position + 1} ${raised ? "raised" : "taken down"}.${saved ? ` Saved, entry ${saved.seq.toLocaleString("en")}.` : ""}`);
    },
  });
  const failed = flag.isError && flag.variables.position === position ? flag.variables : null;
  return {
    raised: item?.flagged ?? false,
    unavailable: item === undefined ? "the sample is not open yet" : flag.isPending ? "being saved" : undefined,
    fault: failed ? faultWords(asFault(flag.error, "saving the flag")) : null,
    // Another try is the same entry: it cannot be saved twice.
    run: () => item && flag.mutate(failed ?? { position, raised: !item.flagged, entry: newEntryId() }),
  };
}

/** Whether the sample at `position` is flagged, where it is in memory; asks for nothing. */
export function useFlagged(queue: string, position: number): boolean {
  return useQuery({ ...itemQuery(queue, position), enabled: false, select: isFlagged }).data ?? false;
}

const isFlagged = (item: ReviewItem) => item.flagged;
