/// Conditions that all hold, as chips: each can be changed and taken away, and one more added.
import { DialogTrigger, Dialog as AriaDialog, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import { Chip } from "@/components/chip";
import menu from "@/components/menu.module.css";
import type { FieldInfo } from "@/ipc";
import { exchangeWords } from "@/lib/exchange";
import { type Condition, OPERATOR_WORDS } from "@/lib/expression";
import { ConditionForm } from "./condition_form";
import css from "./conditions.module.css";

export interface ConditionChipsProps {
  fields: readonly FieldInfo[];
  conditions: readonly Condition[];
  /** Which condition is being made; that after the last is a new one. */
  open: number | null;
  onOpen(index: number | null): void;
  onConditions(conditions: Condition[]): void;
}

export function ConditionChips({ fields, conditions, open, onOpen, onConditions }: ConditionChipsProps) {
  const put = (index: number, condition: Condition) => {
    onOpen(null);
    onConditions(index < conditions.length ? conditions.map((one, i) => (i === index ? condition : one)) : [...conditions, condition]);
  };
  const form = (index: number) => (
    <Popover className={menu.popover!} placement="bottom start" offset={4}>
      <AriaDialog aria-label={index < conditions.length ? "Change the condition" : "Add a condition"} data-modal="">
        <ConditionForm fields={fields} condition={conditions[index] ?? null} onDone={(condition) => put(index, condition)} />
      </AriaDialog>
    </Popover>
  );
  return (
    <>
      {conditions.map((condition, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same.
        <span key={i} className={css.chips}>
          {i > 0 && <span className={css.join}>and</span>}
          <DialogTrigger isOpen={open === i} onOpenChange={(next) => onOpen(next ? i : null)}>
            <Chip {...(exchangeWords(condition.field, condition.operator) ?? { field: condition.field, operator: OPERATOR_WORDS[condition.operator] })} value={condition.values.join(", ")} onRemove={() => onConditions(conditions.filter((_, j) => j !== i))} />
            {form(i)}
          </DialogTrigger>
        </span>
      ))}
      <DialogTrigger isOpen={open === conditions.length} onOpenChange={(next) => onOpen(next ? conditions.length : null)}>
        <Button kind="plain" size="small" icon="plus">Add</Button>
        {form(conditions.length)}
      </DialogTrigger>
    </>
  );
}
