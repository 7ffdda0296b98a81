/// One criterion being written: its name, its id, how far its scores run, and what each means.
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { Select } from "@/components/select";
import { scaleWords } from "@/components/answer/scale_words";
import type { RubricCriterion } from "@/ipc";
import { idOf, MOST_KEYS } from "./draft";
import css from "./editor.module.css";
import { type Problem, problemAt } from "./problems";

export interface CriterionFieldsProps {
  number: number;
  of: number;
  criterion: RubricCriterion;
  problems: readonly Problem[];
  onChange(next: RubricCriterion): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

const MAXES = Array.from({ length: MOST_KEYS - 1 }, (_, index) => ({ value: String(index + 2), label: `1 to ${index + 2}` }));

export function CriterionFields({ number, of, criterion, problems, onChange, onMove, onRemove }: CriterionFieldsProps) {
  const change = (part: Partial<RubricCriterion>) => onChange({ ...criterion, ...part });
  const problem = (at: string) => problemAt(problems, `criterion ${number} ${at}`);
  // The id follows the name until somebody writes another.
  const follows = criterion.id === "" || criterion.id === idOf(criterion.name);
  const name = (next: string) => change(follows ? { name: next, id: idOf(next) } : { name: next });
  return (
    <fieldset className={css.criterion}>
      <legend>Criterion {number}</legend>
      <div className={css.line}>
        <Field className={css.grow} label="Name" value={criterion.name} onChange={name} />
        <Field className={css.id} label="Id" code value={criterion.id} problem={criterion.id === "" ? undefined : problem("id")} onChange={(id) => change({ id })} />
        <Select className={css.max} label="Scores" value={String(criterion.max)} options={MAXES} onChange={(max) => change({ max: Number(max) })} />
      </div>
      <Field label="Guidance" lines={3} value={criterion.guidance} placeholder="1: wrong in substance. 2: an error that matters. 3: right but for a detail. 4: right throughout." hint={readAs(criterion)} onChange={(guidance) => change({ guidance })} />
      <div className={css.criterionActs}>
        <Button kind="plain" size="small" icon="up" label={`Move criterion ${number} up`} unavailable={number === 1 ? "it is the first" : undefined} onPress={() => onMove(-1)} />
        <Button kind="plain" size="small" icon="down" label={`Move criterion ${number} down`} unavailable={number === of ? "it is the last" : undefined} onPress={() => onMove(1)} />
        <Button kind="plain" size="small" label={`Remove: criterion ${number}`} onPress={onRemove}>Remove</Button>
      </div>
    </fieldset>
  );
}

/** How a reviewer will meet the guidance: step by step, or as one line. */
export function readAs({ guidance, max }: Pick<RubricCriterion, "guidance" | "max">): string {
  if (guidance.trim() === "") return "Write what each score means: `1: …. 2: ….`; or one sentence for all of them.";
  const steps = scaleWords(guidance);
  if (steps.size === 0) return "Read as one line for all scores. Written as `1: …. 2: ….`, each score shows its own.";
  const missing = Array.from({ length: max }, (_, index) => index + 1).filter((step) => !steps.has(step));
  const beyond = [...steps.keys()].filter((step) => step > max);
  if (beyond.length > 0) return `Says what ${beyond.join(", ")} means, and scores end at ${max}.`;
  return missing.length === 0 ? "Each score shows its own meaning." : `Says nothing of ${missing.join(", ")}.`;
}
