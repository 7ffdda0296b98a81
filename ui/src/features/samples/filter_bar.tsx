/// The filter: conditions as chips, or the whole as text; both are the same expression.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "@/components/button";
import { ConditionChips } from "@/components/conditions/condition_chips";
import { Field } from "@/components/field";
import { call, type Fault } from "@/ipc";
import { useCommands } from "@/lib/commands";
import { conditionsOf, expressionText } from "@/lib/expression";
import css from "./samples.module.css";

export interface FilterBarProps {
  at: { dataset: string; snapshot: number };
  filter: string;
  /** What is wrong with the filter, as the engine says it. */
  fault: Fault | null;
  onFilter(filter: string): void;
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
  return (
    <div className={css.filter} role="search" aria-label="Filter">
      <div className={css.chips}>
        {conditions.length === 0 && <span className={css.everything}>Everything is shown.</span>}
        <ConditionChips fields={fields} conditions={conditions} open={open} onOpen={setOpen} onConditions={(next) => onFilter(expressionText(next))} />
        <span className="gap" />
        {conditions.length > 0 && <Button kind="plain" size="small" onPress={() => onFilter("")}>Clear</Button>}
        <Button kind="plain" size="small" onPress={() => setText(true)}>As text</Button>
      </div>
    </div>
  );
}
