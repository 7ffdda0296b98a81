/// What a score looks like: gold samples that reviewers gave it, under the steps of the row that is chosen.
import { Visible } from "@/components/reading";
import type { RubricCriterion, RubricExample } from "@/ipc";
import css from "./answer.module.css";
import type { ScaleWords } from "./scale_words";

/** Of one criterion, for one score: two are enough to see what is meant. */
export function examplesOf(examples: readonly RubricExample[], criterion: string, score: number): readonly RubricExample[] {
  return examples.filter((each) => each.criterion === criterion && each.score === score).slice(0, 2);
}

export interface MeaningsProps {
  criterion: RubricCriterion;
  words: ScaleWords;
  examples: readonly RubricExample[];
}

/** Every step that has words or an example. */
export function Meanings({ criterion, words, examples }: MeaningsProps) {
  const steps = Array.from({ length: criterion.max }, (_, step) => step + 1)
    .map((step) => ({ step, meaning: words.get(step), shown: examplesOf(examples, criterion.id, step) }))
    .filter(({ meaning, shown }) => meaning !== undefined || shown.length > 0);
  if (steps.length === 0) return null;
  return (
    <ol className={css.meanings} aria-label={`What the steps of ${criterion.name} mean`}>
      {steps.map(({ step, meaning, shown }) => (
        <li key={step}>
          <b>{step}</b> <span dir="auto"><Visible text={meaning ?? "from gold"} /></span>
          {shown.map((each) => (
            <figure key={each.digest} className={css.example} aria-label={`Example from gold, ${criterion.name} ${step}`}>
              <figcaption dir="auto"><Visible text={each.title} /></figcaption>
              <p dir="auto"><Visible text={each.excerpt} /></p>
            </figure>
          ))}
        </li>
      ))}
    </ol>
  );
}
