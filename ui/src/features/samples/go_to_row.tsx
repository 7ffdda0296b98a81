/// Goes to a row by its number.
import { useState } from "react";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Field } from "@/components/field";
import { count } from "@/lib/format";

export function GoToRow({ count: rows, onClose, onGo }: { count: number; onClose(): void; onGo(index: number): void }) {
  const [text, setText] = useState("");
  const number = Number(text.replaceAll(/[ ,.\u202f]/g, ""));
  const valid = Number.isInteger(number) && number >= 1 && number <= rows;
  const goThere = () => {
    if (!valid) return;
    onClose();
    onGo(number - 1);
  };
  return (
    <Dialog title="Go to row" open onClose={onClose} foot={<Button kind="ink" onPress={goThere} unavailable={valid ? undefined : `a number from 1 to ${count(rows)}`}>Go</Button>}>
      <Field label="Row" value={text} onChange={setText} autoFocus onSubmit={goThere} hint={`From 1 to ${count(rows)}.`} problem={text && !valid ? "There is no such row." : undefined} />
    </Dialog>
  );
}
