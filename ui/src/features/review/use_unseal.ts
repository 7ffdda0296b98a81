/// Unsealing the machine's opinions of the sample on screen: when it may be done, and what became of it.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { asFault, call } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";
import type { Session } from "./session";
import { itemQuery, useSessionState } from "./use_review";

export interface Unsealing {
  /** Why it cannot be done now. */
  unavailable: string | undefined;
  pending: boolean;
  fault: string | null;
  run(): void;
}

export function useUnseal(session: Session): Unsealing {
  const client = useQueryClient();
  const { noteSaved } = useSession();
  const { info, items, position, unsaved } = useSessionState(session);
  const item = useQuery(itemQuery(info.queue, position)).data;
  const unseal = useMutation({
    mutationFn: (at: number) => call("unseal", { queue: info.queue, position: at, entry: newEntryId() }),
    onSuccess: (shown) => {
      client.setQueryData(itemQuery(info.queue, shown.position).queryKey, shown);
      if (shown.seal.unsealed) noteSaved(shown.seal.unsealed);
      session.say("Machine opinions unsealed.");
    },
  });
  const verdict = items[position]?.verdict ?? null;
  const unavailable =
    (item === undefined ? "the sample is not open yet" : undefined) ??
    (item?.seal.unsealed ? "they are unsealed already" : undefined) ??
    (verdict === null || verdict === "skip" ? "answer first: opinions are sealed until then" : undefined) ??
    (unsaved.length > 0 ? "your answer is not saved yet" : undefined);
  return {
    unavailable,
    pending: unseal.isPending,
    fault: unseal.isError && unseal.variables === position ? faultWords(asFault(unseal.error, "unsealing machine opinions")) : null,
    run: () => unseal.mutate(position),
  };
}
