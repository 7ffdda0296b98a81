/// Why an answer is taken back that a signed head covers: asked before it is recorded.
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";

export function AmendDialog({ onAmend, onClose }: { onAmend(reason: string): void; onClose(): void }) {
  const [reason, setReason] = useState("");
  const unavailable = reason.trim() === "" ? "needs a reason" : undefined;
  const amend = () => { if (!unavailable) onAmend(reason.trim()); };
  return (
    <Dialog title="Amend your answer" open onClose={onClose} foot={<><Button onPress={onClose}>Let it stand</Button><Button kind="ink" unavailable={unavailable} onPress={amend}>Amend</Button></>}>
      <p className="small t2">A signed head covers this answer. Taking it back erases nothing: the answer and the amendment both stand in the ledger, with your reason.</p>
      <Field label="Reason" lines={2} value={reason} onChange={setReason} autoFocus onSubmit={amend} />
    </Dialog>
  );
}
