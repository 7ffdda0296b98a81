/// The left side of the builder: one row for each choice.
import { type ReactNode, useId } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { asFault, type QueuePreview } from "@/ipc";
import { faultWords } from "@/lib/fault_words";
import { count, short } from "@/lib/format";
import radio from "@/components/radio.module.css";
import { handsWords, ORDERS, orderOf, type QueueForm, seedProblem, sizeProblem } from "./form";
import css from "./queue.module.css";
import { RubricChoice } from "./rubric_choice";

export interface FormFieldsProps {
  form: QueueForm;
  onChange(change: Partial<QueueForm>): void;
  preview: QueuePreview | null;
  /** Why the preview was refused: mostly the filter. */
  fault: unknown;
}

export function FormFields({ form, onChange, preview, fault }: FormFieldsProps) {
  const id = useId();
  const said = fault ? asFault(fault, "reading the filter") : null;
  const tooLarge = sizeProblem(form.size, preview?.slice_samples ?? null);
  return (
    <form className={css.form} aria-label="Queue" onSubmit={(event) => event.preventDefault()}>
      <Field label="Name" control={`${id}name`}>
        {/* biome-ignore lint/a11y/noAutofocus: the first thing to do on this screen is to name the queue. */}
        <input id={`${id}name`} className={css.input} value={form.name} onChange={(event) => onChange({ name: event.target.value })} placeholder="Health, English: dosing" autoFocus />
      </Field>
      <Field label="Samples" control={`${id}filter`}>
        <textarea
          id={`${id}filter`} rows={2} spellCheck={false} dir="ltr"
          className={`${css.input} ${css.filter}`} value={form.filter} placeholder="all samples; or domain = 'law' and origin = 'unknown'"
          aria-invalid={said !== null} aria-describedby={`${id}filter-note`}
          onChange={(event) => onChange({ filter: event.target.value })}
        />
        <p id={`${id}filter-note`} className={said ? css.problem : css.note} aria-live="polite">
          {said ? faultWords(said) : preview ? `${count(preview.slice_samples)} samples, ${short(preview.slice_tokens)} tokens.` : ""} {handsWords(form.hands)}
        </p>
      </Field>
      <Field label="Size" control={`${id}size`}>
        <input id={`${id}size`} className={`${css.input} ${css.number}`} inputMode="numeric" value={form.size} aria-invalid={tooLarge !== undefined} onChange={(event) => onChange({ size: event.target.value })} />
        <span className={tooLarge ? css.problem : css.beside}>{tooLarge ?? (preview ? `of ${count(preview.slice_samples)}` : "")}</span>
      </Field>
      <Field label="Order">
        <RadioGroup aria-label="Order" className={css.orders!} value={form.order} onChange={(order) => onChange({ order: orderOf(order) })}>
          {ORDERS.map((order) => <Radio key={order.value} value={order.value} className={radio.radio!}><span><b>{order.name}</b>{order.means}</span></Radio>)}
        </RadioGroup>
      </Field>
      <Field label="Reviewers">
        <p className={css.fixed}>1 for each sample</p>
        <label className={css.tick}>
          <input type="checkbox" checked={form.blind} onChange={(event) => onChange({ blind: event.target.checked })} />
          blind to others’ answers
        </label>
      </Field>
      <Field label="Rubric">
        <RubricChoice rubric={form.rubric} onChange={(rubric) => onChange({ rubric })} />
      </Field>
      <Field label="Seed" control={`${id}seed`}>
        <input id={`${id}seed`} className={`${css.input} ${css.number} code`} inputMode="numeric" value={form.seed} aria-invalid={seedProblem(form.seed) !== undefined} onChange={(event) => onChange({ seed: event.target.value })} />
        <span className={seedProblem(form.seed) ? css.problem : css.beside}>{seedProblem(form.seed) ?? "written to the ledger with the list"}</span>
      </Field>
    </form>
  );
}

function Field({ label, control, children }: { label: string; control?: string; children: ReactNode }) {
  return (
    <div className={css.field}>
      {control ? <label htmlFor={control}>{label}</label> : <span className={css.name}>{label}</span>}
      <div>{children}</div>
    </div>
  );
}
