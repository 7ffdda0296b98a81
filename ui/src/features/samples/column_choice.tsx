/// Which columns the grid shows: a list of boxes that stays open while one chooses.
import { CheckboxGroup, Checkbox, Dialog as AriaDialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import { Icon } from "@/components/icon";
import { KeyCap } from "@/components/key_cap";
import menu from "@/components/menu.module.css";
import { OPTIONAL, STANDARD } from "./columns";
import css from "./column_choice.module.css";

/** Reads the kept choice; what is not a column any more is left out, and nothing kept is the standard. */
export function chosenColumns(kept: string | undefined): string[] {
  if (kept === undefined) return [...STANDARD];
  const wanted = new Set(kept.split(" "));
  return OPTIONAL.map((each) => each.id).filter((id) => wanted.has(id));
}

export interface ColumnChoiceProps {
  chosen: readonly string[];
  open: boolean;
  onOpen(open: boolean): void;
  onChoose(columns: string[]): void;
}

export function ColumnChoice({ chosen, open, onOpen, onChoose }: ColumnChoiceProps) {
  const standard = chosen.join() === STANDARD.join();
  return (
    <DialogTrigger isOpen={open} onOpenChange={onOpen}>
      <Button>Columns</Button>
      <Popover className={menu.popover!} placement="bottom end" offset={4}>
        <AriaDialog aria-label="Columns of the grid" data-modal="" className={css.choice!}>
          <CheckboxGroup aria-label="Columns shown" className={css.boxes!} value={[...chosen]} onChange={(next) => onChoose(OPTIONAL.map((each) => each.id).filter((id) => next.includes(id)))}>
            {OPTIONAL.map((column, at) => (
              <Checkbox key={column.id} value={column.id} className={css.box!} autoFocus={at === 0}>
                <span className={css.tick} aria-hidden="true"><Icon name="check" /></span>{column.name}
              </Checkbox>
            ))}
          </CheckboxGroup>
          <p className={css.foot}>
            Row and text always stay.
            {!standard && <button type="button" className="link" onClick={() => onChoose([...STANDARD])}>Standard</button>}
          </p>
          <p className={css.keys}><KeyCap keys="Space" /> shows or hides</p>
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  );
}
