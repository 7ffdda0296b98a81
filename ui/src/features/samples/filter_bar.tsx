/// The filter: conditions as chips, or the whole as text; both are the same expression.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Dialog as AriaDialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "@/components/button";
import { Chip } from "@/components/chip";
import { Field } from "@/components/field";
import menu from "@/components/menu.module.css";
import { call, type Fault } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { exchangeWords } from "@/lib/exchange";
import { type Condition, conditionsOf, expressionText, OPERATOR_WORDS } from "@/lib/expression";
import { ConditionForm } from "./condition_form";
import css from "./samples.module.css";

export interface FilterBarProps {
  at: { dataset: string; snapshot: number };
  filter: string;
  /** What is wrong with the filter, as the engine says it. */
  fault: Fault | null;
  onFilter(filter: string): void;
}

function shown(condition: Condition): string {
  return condition.values.join(", ");
}

/** `at column 12: …; …` */
function problemOf(fault: Fault | null): string | undefined {
  if (!fault) return undefined;
  const place = fault.column ? `Column ${fault.column}: ` : "";
  return `${place}${fault.message}${fault.remedy ? `; ${fault.remedy}` : ""}.`;
}

function AsText({ filter, fault, onFilter, onChips }: { filter: string; fault: Fault | null; onFilter(filter: string): void; onChips: (() => void) | null }) {
  const [text, setText] = useState(filter);
  useEffect(() => setText(filter), [filter]);
  return (
    <div className={css.asText}>
      <Field label="Filter as text" unlabelled code className={css.expression} value={text} onChange={setText} onSubmit={() => onFilter(text.trim())} problem={text.trim() === filter ? problemOf(fault) : undefined} placeholder="domain = 'health' and confidence < 0.8" autoFocus />
      <Button onPress={() => onFilter(text.trim())} unavailable={text.trim() === filter ? "this is the filter now" : undefined}>Apply</Button>
      {filter && <Button kind="plain" onPress={() => onFilter("")}>Clear</Button>}
      {onChips && <Button kind="plain" onPress={onChips}>As conditions</Button>}
    </div>
  );
}

export function FilterBar({ at, filter, fault, onFilter }: FilterBarProps) {
  const { data: fields = [] } = useQuery({ queryKey: ["fields", at], queryFn: () => call("fields", at) });
  const [text, setText] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const conditions = conditionsOf(filter);
  const asText = text || conditions === null || fault !== null;
  useCommands({
    "samples.add": { run: () => setOpen(conditions?.length ?? 0), unavailable: asText ? "the filter is shown as text" : undefined },
    "samples.text": { run: () => setText(!text), unavailable: conditions === null ? "this filter can only be shown as text" : undefined },
  });
  if (asText) {
    return (
      <div className={css.filter} role="search" aria-label="Filter">
        <AsText filter={filter} fault={fault} onFilter={onFilter} onChips={conditions === null ? null : () => setText(false)} />
      </div>
    );
  }
  const put = (index: number, condition: Condition) => {
    setOpen(null);
    onFilter(expressionText(index < conditions.length ? conditions.map((one, i) => (i === index ? condition : one)) : [...conditions, condition]));
  };
  const form = (index: number) => (
    <Popover className={menu.popover!} placement="bottom start" offset={4}>
      <AriaDialog aria-label={index < conditions.length ? "Change the condition" : "Add a condition"} data-modal="">
        <ConditionForm fields={fields} condition={conditions[index] ?? null} onDone={(condition) => put(index, condition)} />
      </AriaDialog>
    </Popover>
  );
  return (
    <div className={css.filter} role="search" aria-label="Filter">
      <div className={css.chips}>
        {conditions.length === 0 && <span className={css.everything}>Everything is shown.</span>}
        {conditions.map((condition, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two conditions may be the same.
          <span key={i} className={css.chips}>
            {i > 0 && <span className={css.join}>and</span>}
            <DialogTrigger isOpen={open === i} onOpenChange={(next) => setOpen(next ? i : null)}>
              <Chip {...(exchangeWords(condition.field, condition.operator) ?? { field: condition.field, operator: OPERATOR_WORDS[condition.operator] })} value={shown(condition)} onRemove={() => onFilter(expressionText(conditions.filter((_, j) => j !== i)))} />
              {form(i)}
            </DialogTrigger>
          </span>
        ))}
        <DialogTrigger isOpen={open === conditions.length} onOpenChange={(next) => setOpen(next ? conditions.length : null)}>
          <Button kind="plain" size="small" icon="plus">Add</Button>
          {form(conditions.length)}
        </DialogTrigger>
        <span className="gap" />
        {conditions.length > 0 && <Button kind="plain" size="small" onPress={() => onFilter("")}>Clear</Button>}
        <Button kind="plain" size="small" onPress={() => setText(true)}>As text</Button>
      </div>
    </div>
  );
}
