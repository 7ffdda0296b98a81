/// Earlier answers under the later version: for each label, criterion and score, what it becomes; or that it is left out.
import { SectionHead } from "@/components/section_head";
import { Select } from "@/components/select";
import { Verbatim } from "@/components/verbatim";
import type { Rubric, RubricCriterion } from "@/ipc";
import css from "./editor.module.css";
import { type CriterionPlan, leftOut, type Mapping, planFor } from "./mapping";

const LEFT_OUT = "\u0000out";
const LEFT_OUT_OPTION = { value: LEFT_OUT, label: "left out" };

export interface MappingFormProps {
  from: Rubric;
  to: Rubric;
  mapping: Mapping;
  onChange(next: Mapping): void;
}

export function MappingForm({ from, to, mapping, onChange }: MappingFormProps) {
  const lost = leftOut(mapping);
  const setLabel = (name: string, value: string) => onChange({ ...mapping, labels: { ...mapping.labels, [name]: value === LEFT_OUT ? null : value } });
  const setPlan = (id: string, plan: CriterionPlan) => onChange({ ...mapping, criteria: { ...mapping.criteria, [id]: plan } });
  return (
    <>
      {from.labels.length > 0 && (
        <section>
          <SectionHead title="Labels" gloss={`of version ${from.version}, and what each becomes`} />
          {from.labels.map(({ name }) => (
            <div key={name} className={css.map}>
              <Verbatim>{name}</Verbatim>
              <Select unlabelled label={`${name} becomes`} value={mapping.labels[name] ?? LEFT_OUT} options={[...to.labels.map((label) => ({ value: label.name, label: label.name })), LEFT_OUT_OPTION]} onChange={(value) => setLabel(name, value)} />
            </div>
          ))}
        </section>
      )}
      {from.criteria.length > 0 && (
        <section>
          <SectionHead title="Criteria and scores" gloss={`of version ${from.version}, and what each becomes`} />
          {from.criteria.map((criterion) => <CriterionMapping key={criterion.id} criterion={criterion} to={to} plan={mapping.criteria[criterion.id]!} onChange={(plan) => setPlan(criterion.id, plan)} />)}
        </section>
      )}
      <p className={css.lost} aria-live="polite">{lost.length === 0 ? "Nothing of an answer is left out." : `Left out of what was answered: ${lost.join(", ")}.`}</p>
    </>
  );
}

function CriterionMapping({ criterion, to, plan, onChange }: { criterion: RubricCriterion; to: Rubric; plan: CriterionPlan; onChange(plan: CriterionPlan): void }) {
  const target = to.criteria.find((one) => one.id === plan.to);
  const choose = (value: string) => onChange(value === LEFT_OUT ? planFor(criterion, undefined) : planFor(criterion, to.criteria.find((one) => one.id === value)));
  return (
    <div className={css.mapCriterion}>
      <div className={css.map}>
        <span><Verbatim>{criterion.name}</Verbatim> <span className="code t3">{criterion.id}</span></span>
        <Select unlabelled label={`${criterion.name} becomes`} value={plan.to ?? LEFT_OUT} options={[...to.criteria.map((one) => ({ value: one.id, label: one.name || one.id, note: `1 to ${one.max}` })), LEFT_OUT_OPTION]} onChange={choose} />
      </div>
      {target && (
        <div className={css.scores}>
          {plan.scores.map((score, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a score is its number.
            <div key={index}>
              <span>{index + 1}</span>
              <Select
                unlabelled label={`${criterion.name}, score ${index + 1} becomes`} value={score === null ? LEFT_OUT : String(score)}
                options={[...Array.from({ length: target.max }, (_, step) => ({ value: String(step + 1), label: String(step + 1) })), LEFT_OUT_OPTION]}
                onChange={(value) => onChange({ ...plan, scores: plan.scores.with(index, value === LEFT_OUT ? null : Number(value)) })}
              />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
