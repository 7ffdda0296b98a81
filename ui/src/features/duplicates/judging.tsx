/// Saying that two samples are no duplicates, or which one stays; and taking it back.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Judgement, ReasonDialog } from "@/components/judging/reason_dialog";
import { asFault, call, type JudgementSaved } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { useSession } from "@/lib/session";

interface Said extends Judgement { readonly reason: string }

export interface Judging {
  /** Asks for the reason, then records it. */
  ask(judgement: Judgement): void;
  withdraw(entry: string): void;
  /** Why nothing can be said now. */
  unavailable: string | undefined;
  dialog: React.ReactNode;
}

export function useDuplicateState(dataset: string, snapshot: number) {
  return useQuery({ queryKey: ["duplicate_state", dataset, snapshot], queryFn: () => call("duplicate_state", { dataset, snapshot }) });
}

/** One at a time for the view: its keys are undo and redo. */
export function useJudging(dataset: string, snapshot: number): Judging {
  const client = useQueryClient();
  const { person, noteSaved } = useSession();
  const state = useDuplicateState(dataset, snapshot);
  const [asked, setAsked] = useState<Judgement | null>(null);
  const [undone, setUndone] = useState<readonly Said[]>([]);
  const settled = ({ saved }: JudgementSaved) => {
    if (saved) noteSaved(saved);
    void client.invalidateQueries({ predicate: ({ queryKey }) => ["duplicate_state", "cluster_detail", "pairs_page", "across_matrix", "across_pairs", "activity_page"].includes(String(queryKey[0])) });
  };
  const saying = useMutation({
    mutationFn: ({ act, a, b, reason }: Said) => call("duplicate_judge", { entry: newEntryId(), dataset, snapshot, act, a, b, rest: [], reason }),
    onSuccess: (answer) => { settled(answer); setAsked(null); },
  });
  const withdrawing = useMutation({
    mutationFn: ({ judgement, reason }: { judgement: string; reason: string }) => call("duplicate_withdraw", { entry: newEntryId(), dataset, snapshot, judgement, reason }),
    onSuccess: settled,
  });
  const mine = state.data?.judgements.find((each) => each.by === person?.name && each.kind !== "keep_policy");
  const unavailable = person ? undefined : "say who is at the keyboard first";
  useCommands({
    "duplicates.undo": {
      unavailable: unavailable ?? (mine ? undefined : "you have said nothing of these duplicates"),
      run: () => {
        if (!mine) return;
        withdrawing.mutate({ judgement: mine.entry, reason: "undone" }, {
          onSuccess: () => setUndone([...undone, { act: mine.kind === "kept" ? "keep" : "not_duplicate", a: mine.a, b: mine.b, names: ["", ""], reason: mine.reason }]),
        });
      },
    },
    "duplicates.redo": {
      unavailable: unavailable ?? (undone.length > 0 ? undefined : "nothing was undone"),
      run: () => {
        const last = undone.at(-1);
        if (last) saying.mutate(last, { onSuccess: () => setUndone(undone.slice(0, -1)) });
      },
    },
  });
  const dialog = asked && (
    <ReasonDialog
      judgement={asked} saving={saying.isPending} problem={saying.isError ? faultWords(asFault(saying.error, "Saving the judgement")) : undefined}
      onSave={(reason) => { setUndone([]); saying.mutate({ ...asked, reason }); }}
      onClose={() => { saying.reset(); setAsked(null); }}
    />
  );
  return { ask: setAsked, withdraw: (entry) => withdrawing.mutate({ judgement: entry, reason: "withdrawn in the list" }), unavailable, dialog };
}
