/// The left side of the builder: one row for each choice.
import { useId } from "react";
import type { Fault, NamedSlice, QueuePreview } from "@/ipc";
import { ClaimField, SizeField } from "./claim_field";
import { effective, handsWords, type QueueForm, wholeNumber } from "./form";
import { OrderField, ReviewersField, StopField } from "./judging_fields";
import { seedProblem } from "./problems";
import css from "./queue.module.css";
import { Row } from "./row";
import { RubricChoice } from "./rubric_choice";
import { SamplesField } from "./samples_field";
import { SliceField } from "./slice_field";
import { SliceTexts } from "./slice_texts";
import { StrataField } from "./strata_field";

export interface FormFieldsProps {
  at: { dataset: string; snapshot: number };
  form: QueueForm;
  slice: NamedSlice | null;
  onChange(change: Partial<QueueForm>): void;
  preview: QueuePreview | null;
  /** What is wrong with the filter. */
  fault: Fault | null;
}

export function FormFields({ at, form, slice, onChange, preview, fault }: FormFieldsProps) {
  const id = useId();
  const now = effective(form, slice);
  const seed = seedProblem(form.seed);
  return (
    <form className={css.form} aria-label="Queue" onSubmit={(event) => event.preventDefault()}>
      <Row label="Name" control={`${id}name`}>
        {/* biome-ignore lint/a11y/noAutofocus: the first thing to do on this screen is to name the queue. */}
        <input id={`${id}name`} className={css.input} dir="auto" value={form.name} onChange={(event) => onChange({ name: event.target.value })} placeholder="Health, English: dosing" autoFocus />
      </Row>
      <SliceField slice={slice} filter={form.filter} unusable={fault !== null} onSlice={(name, filter) => onChange({ slice: name, ...(filter === undefined ? {} : { filter }) })} />
      <SamplesField id={id} at={at} slice={slice} filter={form.filter} onFilter={(filter) => onChange({ filter })} onePerCluster={form.onePerCluster} onOnePerCluster={(onePerCluster) => onChange({ onePerCluster })} byHand={handsWords(form.hands)} preview={preview} fault={fault} />
      <SliceTexts at={at} form={form} slice={slice} unusable={fault !== null} />
      <StrataField at={at} form={form} onChange={onChange} strata={preview?.strata ?? []} filter={slice?.filter ?? form.filter} />
      <OrderField form={form} onChange={onChange} />
      <SizeField id={id} form={form} onChange={onChange} preview={preview} />
      <ClaimField form={form} onChange={onChange} preview={preview} />
      <ReviewersField form={now} onChange={onChange} slice={slice} />
      <Row label="Rubric"><RubricChoice rubric={form.rubric} onChange={(rubric) => onChange({ rubric })} preview={preview} /></Row>
      <StopField form={now} onChange={onChange} size={preview?.size ?? wholeNumber(form.size) ?? 0} id={id} />
      <Row label="Seed" control={`${id}seed`}>
        <input id={`${id}seed`} className={`${css.input} ${css.number} code`} inputMode="numeric" value={form.seed} aria-invalid={seed !== undefined} onChange={(event) => onChange({ seed: event.target.value })} />
        <span className={seed ? css.problem : css.beside}>{seed ?? "written to the ledger with the list"}</span>
      </Row>
    </form>
  );
}
