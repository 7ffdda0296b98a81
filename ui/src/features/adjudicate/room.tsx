/// The list on the left, and beside it the chosen dispute, what was settled for a cause, or why there is nothing to settle.
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/button";
import { Empty } from "@/components/states";
import type { Disputes } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { count, counted } from "@/lib/format";
import { useNavigation } from "@/lib/place";
import { useNote } from "@/lib/status_note";
import css from "./adjudicate.module.css";
import { CAUSES } from "./causes";
import { DisputeList } from "./dispute_list";
import { Head } from "./head";
import { OneDispute } from "./one_dispute";
import { SettledList } from "./settled_list";
import { useAdjudication, useHeld, useSessionState } from "./use_session";

export function Room({ disputes, person, again }: { disputes: Disputes; person: string; again(): void }) {
  const { place, keep, go } = useNavigation();
  const session = useAdjudication(person);
  const state = useSessionState(session);
  const { open, settled } = disputes;
  const held = (state.unsaved ?? state.overtaken?.change)?.request.digest;
  const asked = held ?? place.state.digest;
  // What one writes about stays on screen, whatever became of it meanwhile.
  // Found settled by another: said until one goes on.
  const [gone, setGone] = useState<string | null>(null);
  const stays = asked !== undefined && (held !== undefined || asked === gone || asked in state.work || open.some((each) => each.digest === asked));
  // Where it is gone, the one that has come into its place.
  const lastAt = useRef(0);
  const chosen = stays ? asked : open[Math.min(lastAt.current, open.length - 1)]?.digest;
  const cause = held ? undefined : CAUSES.find((each) => each.cause === place.state.cause)?.cause;
  const at = open.findIndex((each) => each.digest === chosen);
  const unavailable = state.failure ? "the last answer is not saved yet" : state.saving ? "waiting for the answer to be saved" : undefined;
  const choose = (digest: string | undefined) => keep({ digest, cause: undefined });
  const leave = () => {
    session.leave();
    setGone(null);
    choose(open.filter((each) => each.digest !== chosen)[Math.max(0, at)]?.digest);
  };
  const overtaken = (digest: string) => {
    setGone(digest);
    again();
  };
  useEffect(() => {
    if (at >= 0) lastAt.current = at;
  }, [at]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another dispute is another place.
  useEffect(() => {
    if (chosen && chosen !== place.state.digest) keep({ digest: chosen });
  }, [chosen]);
  useHeld(state.unsaved !== null);
  useNote(open.length > 0 ? `${at < 0 ? "" : `${count(at + 1)} of `}${count(open.length)} open here` : null);
  useCommands({
    "adjudicate.next": { run: () => choose(open[at + 1]!.digest), unavailable: unavailable ?? (at + 1 < open.length ? undefined : "this is the last") },
    "adjudicate.previous": { run: () => choose(open[at - 1]!.digest), unavailable: unavailable ?? (at > 0 ? undefined : "this is the first") },
    "adjudicate.agreement": { run: () => go("agreement") },
    "adjudicate.close": cause ? { run: () => keep({ cause: undefined }) } : undefined,
  });
  return (
    <div className={`view ${css.view}`}>
      <Head disputes={disputes} onAgreement={() => go("agreement")} />
      <DisputeList disputes={disputes} chosen={chosen} cause={cause} unavailable={unavailable} onChoose={choose} onCause={(next) => keep({ cause: next })} />
      {cause ? <SettledList cause={cause} settled={settled} onClose={() => keep({ cause: undefined })} />
        : chosen ? <OneDispute key={chosen} digest={chosen} title={titleOf(disputes, chosen)} person={person} session={session} settled={settled.find((each) => each.digest === chosen)} onOvertaken={overtaken} onLeave={leave} />
        : <NothingOpen disputes={disputes} />}
    </div>
  );
}

function titleOf({ open, settled }: Disputes, digest: string): string {
  return [...open, ...settled].find((each) => each.digest === digest)?.title ?? "a sample";
}

function NothingOpen({ disputes: { read_by_several, not_yours, settled } }: { disputes: Disputes }) {
  const { go } = useNavigation();
  const several = counted(read_by_several, "sample was", "samples were");
  return (
    <div className={css.whole}>
      {read_by_several === 0 ? (
        <Empty title="Nothing to compare yet" action={<Button kind="ink" onPress={() => go("queue")}>New queue</Button>}>
          No sample has been read by two people. A queue with two reviewers for each sample shows where they differ.
        </Empty>
      ) : (
        <Empty title={not_yours > 0 ? "Nothing for you to settle" : "Nothing is in dispute"} action={<Button onPress={() => go("agreement")}>How far they agree</Button>}>
          {several} read by several. {not_yours > 0 ? `They differ on ${count(not_yours)} that you reviewed yourself: another curator or lead settles ${not_yours === 1 ? "it" : "those"}.` : settled.length > 0 ? "Their verdicts agree on all, or were settled." : "Their verdicts agree on all."}
        </Empty>
      )}
    </div>
  );
}
