/// Judging the near-duplicates of the sample on screen while they are compared: this one stays, or it is no duplicate.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useRef, useState } from "react";
import { type Judgement, ReasonDialog } from "@/components/judging/reason_dialog";
import type { Comparing } from "@/components/sample/compare_overlay";
import { asFault, call, type ClusterMember, type JudgeAct, type Person, type SampleDetail } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { useSession } from "@/lib/session";

/** Why this person says nothing of duplicates while they review. */
export function whyNotJudge(person: Person | null): string | undefined {
  if (!person) return "say who is at the keyboard first";
  return person.role === "expert" ? "while reviewing, for curators and leads" : undefined;
}

interface Asked extends Judgement {
  /** Members of whom the same may be said, and the entry that will say it: another try is the same entry. */
  readonly members: readonly { readonly digest: string; readonly entry: string }[];
}

const CHANGED = ["duplicate_state", "cluster_detail", "pairs_page", "across_matrix", "across_pairs", "activity_page"];

export function useClusterJudging(sample: SampleDetail | undefined, onSaid: (words: string) => void): { comparing: Comparing; dialog: ReactNode } {
  const client = useQueryClient();
  const { person, noteSaved } = useSession();
  const [asked, setAsked] = useState<Asked | null>(null);
  const onDisk = useRef(new Set<string>());
  const saying = useMutation({
    mutationFn: async ({ judgement, reason, all }: { judgement: Asked; reason: string; all: boolean }) => {
      const { dataset, snapshot } = sample!;
      const said = all ? judgement.members : judgement.members.slice(0, 1);
      for (const { digest, entry } of said) {
        if (onDisk.current.has(entry)) continue;
        const { saved } = await call("duplicate_judge", { entry, dataset, snapshot, act: judgement.act, a: judgement.a, b: digest, reason });
        onDisk.current.add(entry);
        if (saved) noteSaved(saved);
      }
      return said.length;
    },
    onSuccess: (said, { judgement }) => {
      setAsked(null);
      onSaid(judgement.act === "keep" ? "This sample stays. Saved." : `Not a duplicate of ${counted(said, "sample")}. Saved.`);
    },
    onSettled: () => client.invalidateQueries({ predicate: ({ queryKey }) => CHANGED.includes(String(queryKey[0])) }),
  });
  const ask = (act: JudgeAct, first: ClusterMember, rest: readonly ClusterMember[]) => {
    const members = [first, ...rest].map(({ digest }) => ({ digest, entry: newEntryId() }));
    setAsked({ act, a: sample!.digest, b: first.digest, names: ["This sample", `${first.source || first.path}, line ${first.line}`], members });
  };
  const done = asked?.members.filter(({ entry }) => onDisk.current.has(entry)).length ?? 0;
  const problem = saying.isError ? `${faultWords(asFault(saying.error, "saving the judgement"))}${done > 0 ? ` ${done} of ${asked?.members.length} are saved; another try goes on from there.` : ""}` : undefined;
  return {
    comparing: { unavailable: whyNotJudge(person), keep: (over) => ask("keep", over, []), apart: (other, rest) => ask("not_duplicate", other, rest) },
    dialog: asked && (
      <ReasonDialog
        judgement={asked} cluster={asked.members.length} saving={saying.isPending} problem={problem}
        onSave={(reason, all) => saying.mutate({ judgement: asked, reason, all })} onClose={() => { saying.reset(); setAsked(null); }}
      />
    ),
  };
}
