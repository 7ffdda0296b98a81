/// Why two samples are no duplicates, or why one of them stays: asked before it is recorded.
import { useState } from "react";
import { Verbatim } from "../verbatim";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import type { JudgeAct } from "@/ipc";
import { counted } from "@/lib/format";
import css from "./reason_dialog.module.css";

/** What is about to be said; `a` is what stays where one is kept. */
export interface Judgement {
  readonly act: JudgeAct;
  /** Digests. */
  readonly a: string;
  readonly b: string;
  /** What the two are called in the question. */
  readonly names: readonly [string, string];
}

const REASONS: Record<JudgeAct, readonly string[]> = {
  not_duplicate: ["a fact differs: dose, date, name or number", "the same form, filled in for another case", "the same passage quoted in different texts"],
  keep: ["the corrected version", "the complete text", "the original, the others are copies of it"],
};

export interface ReasonDialogProps {
  judgement: Judgement;
  /** Members of the cluster of which the same may be said at once; none is offered below two. */
  cluster?: number;
  saving: boolean;
  problem: string | undefined;
  /** `all` is said of every member of the cluster. */
  onSave(reason: string, all: boolean): void;
  onClose(): void;
}

export function ReasonDialog({ judgement, cluster = 0, saving, problem, onSave, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState("");
  const [all, setAll] = useState(false);
  const keeps = judgement.act === "keep";
  const unavailable = saving ? "being saved" : reason.trim() === "" ? "needs a reason" : undefined;
  const save = () => { if (!unavailable) onSave(reason.trim(), all); };
  const [first, second] = judgement.names;
  return (
    <Dialog
      open title={keeps ? "Keep this one" : "Not a duplicate"} onClose={onClose}
      foot={<>
        {problem && <p role="alert">Not saved: {problem}</p>}
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="ink" onPress={save} unavailable={unavailable}>{keeps ? "Keep this one" : all ? `Not a duplicate of ${counted(cluster, "sample")}` : "Not a duplicate"}</Button>
      </>}
    >
      <p className="small t2">
        {keeps
          ? <><Verbatim>{first}</Verbatim> represents the cluster in the place of <Verbatim>{second}</Verbatim>.</>
          : <><Verbatim>{first}</Verbatim> and {all ? `each of the other ${counted(cluster, "sample")} of its cluster` : <Verbatim>{second}</Verbatim>} stand for themselves, in this and every later snapshot.</>} It stands in the ledger under your name and can be taken back.
      </p>
      {!keeps && cluster > 1 && (
        <label className={css.all}>
          <input type="checkbox" checked={all} disabled={saving} onChange={(event) => setAll(event.target.checked)} />
          Say it of all {counted(cluster, "other sample")} in this cluster
        </label>
      )}
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus onSubmit={save} />
      <ul className={css.reasons} aria-label="Usual reasons">
        {REASONS[judgement.act].map((each) => <li key={each}><button type="button" className="link" onClick={() => setReason(each)}>{each}</button></li>)}
      </ul>
    </Dialog>
  );
}
