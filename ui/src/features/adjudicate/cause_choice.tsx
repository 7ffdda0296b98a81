/// One cause of five. A digit chooses it wherever the focus is; Enter settles from here too.
import { Radio, RadioGroup } from "react-aria-components";
import type { DisputeCause } from "@/ipc";
import { CAUSES } from "./causes";
import css from "./settle.module.css";

export interface CauseChoiceProps {
  cause: DisputeCause | null;
  disabled: boolean;
  onCause(cause: DisputeCause): void;
  onEnter(): void;
}

export function CauseChoice({ cause, disabled, onCause, onEnter }: CauseChoiceProps) {
  return (
    <div onKeyDownCapture={(event) => { if (event.key === "Enter" && !event.repeat && !event.ctrlKey) onEnter(); }}>
      <RadioGroup aria-label="Cause" className={css.causes!} isDisabled={disabled} value={cause} onChange={(value) => onCause(value as DisputeCause)}>
        {CAUSES.map((each) => <Radio key={each.cause} value={each.cause} className={css.cause!}><span>{each.name}</span><small>{each.gloss}</small></Radio>)}
      </RadioGroup>
    </div>
  );
}
