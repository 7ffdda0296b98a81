/// Opens a pack or a return: first what it is and would bring, then the act. Shown above any view, and above the first screen.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Faulted, Loading } from "@/components/states";
import { Verbatim } from "@/components/verbatim";
import { asFault, call, type PackLook, type Picked } from "@/ipc";
import { newEntryId } from "@/lib/entry_id";
import { faultWords } from "@/lib/fault_words";
import { counted } from "@/lib/format";
import { choosePacks, offerPacks, packSeen, useWaitingPacks } from "@/lib/pack_file";
import { useNavigation } from "@/lib/place";
import { useSession } from "@/lib/session";
import { report } from "@/lib/trouble";
import { wouldRecord } from "./outcome";
import { PackWords, ReturnTaken, ReturnWords } from "./look_words";
import css from "./packs.module.css";

let startedWith = false;

/** Offers the file that Assay was started with, once. */
function useStartedWith(): void {
  const { pack } = useSession().app;
  useEffect(() => {
    if (!pack || startedWith) return;
    startedWith = true;
    offerPacks([pack]);
  }, [pack]);
}

export function PackOpening() {
  useStartedWith();
  const waiting = useWaitingPacks();
  const first = waiting[0];
  return first ? <Opening key={first.handle} picked={first} more={waiting.length - 1} /> : null;
}

function Opening({ picked, more }: { picked: Picked; more: number }) {
  const { go } = useNavigation();
  const look = useQuery({ queryKey: ["pack_look", picked.handle], queryFn: () => call("pack_look", { handle: picked.handle }), staleTime: Number.POSITIVE_INFINITY, gcTime: 0, retry: false });
  const take = useTake(picked.handle);
  const later = more > 0 && <span className="small t2">{counted(more, "more file waits", "more files wait")}</span>;
  const again = () => {
    packSeen();
    void choosePacks().catch(report("Choosing a pack"));
  };
  const taken = take.data?.brought;
  const adjudicate = () => {
    packSeen();
    go("adjudicate");
  };
  return (
    <Dialog
      title={titleOf(look.data)} open wide onClose={packSeen} head={later}
      foot={
        taken ? (
          <>
            <Button size="large" onPress={packSeen}>{more > 0 ? "Next file" : "Close"}</Button>
            {taken.disputed > 0 && <Button kind="ink" size="large" onPress={adjudicate}>Go to Adjudicate</Button>}
          </>
        ) : (
          <>
            {take.isError && <p className={css.failed} role="alert">Not taken: {faultWords(asFault(take.error, "taking the file"))}</p>}
            {look.isError && <Button size="large" onPress={again}>Choose another…</Button>}
            <Button size="large" onPress={packSeen}>{look.isError ? "Close" : "Not now"}</Button>
            {look.data && <Act look={look.data} busy={take.isPending} onAct={() => take.mutate()} />}
          </>
        )
      }
    >
      <p className={css.file}><Verbatim>{picked.label}</Verbatim></p>
      {look.isPending && <Loading what="Reading the file…" />}
      {look.isError && <Faulted doing="Reading the file" cause={look.error} />}
      {look.data && (taken ? <ReturnTaken look={look.data} outcome={taken} /> : look.data.brings ? <ReturnWords look={look.data} outcome={look.data.brings} /> : <PackWords look={look.data} />)}
    </Dialog>
  );
}

function titleOf(look: PackLook | undefined): string {
  if (!look) return "Open a pack or a return";
  return look.brings ? `Return from ${look.person}` : `Pack for ${look.person}`;
}

function Act({ look, busy, onAct }: { look: PackLook; busy: boolean; onAct(): void }) {
  const word = look.brings ? (look.brings.stopped === "forks" ? "Record the fork" : "Take it in") : look.opened_before ? "Go to its queue" : "Open the pack";
  const unavailable = busy ? "being taken" : look.seen === "contradicts" ? "its ledger was rewritten" : look.brings && !wouldRecord(look.brings) ? "nothing in it is new" : undefined;
  return <Button kind="ink" size="large" unavailable={unavailable} onPress={onAct}>{word}</Button>;
}

/** Takes the file; a pack leads to its queue, a return stays to say what it brought. */
function useTake(handle: string) {
  const client = useQueryClient();
  const { adopt, noteSaved } = useSession();
  const { go } = useNavigation();
  // The same id until it is taken: trying again cannot take it twice.
  const entry = useRef(newEntryId());
  return useMutation({
    mutationFn: () => call("pack_take", { handle, entry: entry.current }),
    onSuccess: (taken) => {
      adopt(taken.state);
      if (taken.saved) noteSaved(taken.saved);
      void client.invalidateQueries({ predicate: ({ queryKey }) => !["app_state", "settings", "pack_look"].includes(String(queryKey[0])) });
      if (taken.brought) return;
      packSeen();
      go("review", { queue: taken.queue });
    },
  });
}
