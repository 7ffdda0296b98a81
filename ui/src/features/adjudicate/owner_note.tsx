/// What the adjudicator writes to the rubric's owner.
import { type RefObject, useId } from "react";
import { KeyCap } from "@/components/key_cap";
import css from "./settle.module.css";

export interface OwnerNoteProps {
  note: RefObject<HTMLTextAreaElement | null>;
  text: string;
  disabled: boolean;
  onText(text: string): void;
}

export function OwnerNote({ note, text, disabled, onText }: OwnerNoteProps) {
  const id = useId();
  return (
    <div className={css.note}>
      <label htmlFor={id} className="unseen">Note to the rubric’s owner</label>
      <textarea
        id={id}
        ref={note}
        dir="auto"
        // Where the window cannot fit the field to its words by itself.
        rows={Math.min(6, text.split("\n").length)}
        placeholder="What the rubric should say"
        value={text}
        disabled={disabled}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
      />
      <span className={css.noteKey}><KeyCap keys="N" /></span>
    </div>
  );
}
