/// Judging the near-duplicates of the sample on screen while they are compared: this one stays, or it is no duplicate.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Judgement, ReasonDialog } from "@/components/judging/reason_dialog";
import type { Comparing } from "@/components/sample/compare_overlay";
import { asFault, call, type ClusterMember, type JudgeAct, type SampleDetail } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { useSession } from "@/lib/session";

interface Asked extends Judgement {
  /** What will say it: another try is the same entry. */
  readonly entry: string;
  /** The other members of the cluster, of whom the same may be said at once. */
  readonly rest: readonly string[];
}

const CHANGED = ["duplicate_state", "cluster_detail", "pairs_page", "across_matrix", "across_pairs", "activity_page"];

export function useClusterJudging(sample: SampleDetail | undefined, onSaid: (words: string) => void): { comparing: Comparing; dialog: ReactNode } {
  const client = useQueryClient();
  const { person, noteSaved } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const saying = useMutation({
    mutationFn: async ({ judgement, reason, all }: { judgement: Asked; reason: string; all: boolean }) => {
      const { dataset, snapshot } = sample!;
      const rest = all ? [...judgement.rest] : [];
      const { saved } = await call("duplicate_judge", { entry: judgement.entry, dataset, snapshot, act: judgement.act, a: judgement.a, b: judgement.b, rest, reason });
      if (saved) noteSaved(saved);
      return rest.length + 1;
    },
    onSuccess: (said, { judgement }) => {
      setAsked(null);
      onSaid(judgement.act === "keep" ? "This sample stays. Saved." : `Not a duplicate of ${counted(said, "sample")}. Saved.`);
    },
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.includes(String(queryKey[0])) }),
  });
  const ask = (act: JudgeAct, first: ClusterMember, rest: readonly ClusterMember[]) => {
    setAsked({ act, a: sample!.digest, b: first.digest, names: ["This sample", `${first.source || first.path}, line ${first.line}`], entry: newEntryId(), rest: rest.map(({ digest }) => digest) });
  };
  const problem = saying.isError ? faultWords(asFault(saying.error, "saving the judgement")) : undefined;
  return {
    comparing: { unavailable: person ? undefined : "say who is at the keyboard first", keep: (over) => ask("keep", over, []), apart: (other, rest) => ask("not_duplicate", other, rest) },
    dialog: asked && (
      <ReasonDialog
        judgement={asked} cluster={asked.rest.length + 1} saving={saying.isPending} problem={problem}
        onSave={(reason, all) => saying.mutate({ judgement: asked, reason, all })} onClose={() => { saying.reset(); setAsked(null); }}
      />
    ),
  };
}
