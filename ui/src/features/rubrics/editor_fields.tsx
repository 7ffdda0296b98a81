/// The fields of the rubric that is being written.
import { Button } from "@/components/button";
import { Field } from "@/components/field";
import { SectionHead } from "@/components/section_head";
import { Verbatim } from "@/components/verbatim";
import { CriterionFields } from "./criterion_fields";
import { type Draft, EMPTY_CRITERION, MOST_KEYS } from "./draft";
import css from "./editor.module.css";
import { type Problem, problemAt } from "./problems";

export interface EditorFieldsProps {
  draft: Draft;
  problems: readonly Problem[];
  /** The next version keeps the name. */
  nameFixed: boolean;
  onChange(next: Draft): void;
}

export function EditorFields({ draft, problems, nameFixed, onChange }: EditorFieldsProps) {
  const change = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  return (
    <form className={css.form} aria-label="Rubric" onSubmit={(event) => event.preventDefault()}>
      {nameFixed ? (
        <p className={css.fixed}><span className="t2">Name</span> <b><Verbatim>{draft.name}</Verbatim></b></p>
      ) : (
        <Field label="Name" value={draft.name} autoFocus onChange={(name) => change({ name })} problem={shown(problems, "name", draft.name)} placeholder="health" hint="The versions of a rubric share its name." />
      )}
      <Words title="Labels" one="label" gloss="keys 1 to 9 set them" words={draft.labels} problemOf={(number) => problemAt(problems, `label ${number}`)} onChange={(labels) => change({ labels })} />
      <section>
        <SectionHead title="Criteria" gloss="each scored from 1" />
        {draft.criteria.map((criterion, index) => (
          <CriterionFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a criterion is its place while its id is being written.
            key={index} number={index + 1} of={draft.criteria.length} criterion={criterion} problems={problems}
            onChange={(next) => change({ criteria: draft.criteria.with(index, next) })}
            onMove={(by) => change({ criteria: moved(draft.criteria, index, by) })}
            onRemove={() => change({ criteria: draft.criteria.toSpliced(index, 1) })}
          />
        ))}
        <Button size="small" icon="plus" unavailable={full(draft.criteria.length)} onPress={() => change({ criteria: [...draft.criteria, EMPTY_CRITERION] })}>Add a criterion</Button>
      </section>
      <Words title="Reasons to exclude" one="reason" gloss="a digit chooses one" words={draft.exclude_reasons} problemOf={(number) => problemAt(problems, `reason ${number}`)} onChange={(exclude_reasons) => change({ exclude_reasons })} />
    </form>
  );
}

/** A field that nobody has written in yet is not marked; the list at the right names it. */
function shown(problems: readonly Problem[], at: string, value: string): string | undefined {
  return value === "" ? undefined : problemAt(problems, at);
}

function full(length: number): string | undefined {
  return length >= MOST_KEYS ? `keys reach ${MOST_KEYS}` : undefined;
}

function moved<Of>(list: readonly Of[], from: number, by: 1 | -1): Of[] {
  return list.toSpliced(from, 1).toSpliced(from + by, 0, list[from]!);
}

interface WordsProps {
  title: string;
  one: string;
  gloss: string;
  words: readonly string[];
  problemOf(number: number): string | undefined;
  onChange(words: string[]): void;
}

function Words({ title, one, gloss, words, problemOf, onChange }: WordsProps) {
  return (
    <section>
      <SectionHead title={title} gloss={gloss} />
      <ol className={css.words}>
        {words.map((word, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word is its key; what is typed must not move the field.
          <li key={index}>
            <kbd>{index + 1}</kbd>
            <Field label={`${title}, ${index + 1}`} unlabelled value={word} autoFocus={word === "" && index === words.length - 1 && index > 0} problem={word === "" ? undefined : problemOf(index + 1)} onChange={(next) => onChange(words.with(index, next))} />
            <Button kind="plain" size="small" icon="up" label={`Move ${one} ${index + 1} up`} unavailable={index === 0 ? "it is the first" : undefined} onPress={() => onChange(moved(words, index, -1))} />
            <Button kind="plain" size="small" icon="cross" label={`Remove ${one} ${index + 1}`} onPress={() => onChange(words.toSpliced(index, 1))} />
          </li>
        ))}
      </ol>
      <Button size="small" icon="plus" unavailable={full(words.length)} onPress={() => onChange([...words, ""])}>Add a {one}</Button>
    </section>
  );
}
