/// Why could a rubric not be recorded? The rules and words of `assay-review/src/rubric/file.rs`, in the same order, all at once.
import { type Draft, MOST_KEYS, settled } from "./draft";

export interface Problem {
  /** The field it belongs to: `name`, `label 2`, `reason 1`, `criterion 3 id`, `criterion 3 max`, `criterion 3 guidance`; numbers from 1. */
  readonly at: string;
  readonly words: string;
}

const NAME_BYTES = 60;

export function problemsOf(draft: Draft): Problem[] {
  const { name, labels, criteria, exclude_reasons } = settled(draft);
  return [
    ...nameProblems(name),
    ...wordProblems("label", labels, (number) => `label ${number}`),
    ...wordProblems("reason to exclude", exclude_reasons, (number) => `reason ${number}`),
    ...wordProblems("criterion", criteria.map((criterion) => criterion.id), (number) => `criterion ${number} id`),
    ...(exclude_reasons.length === 0 ? [{ at: "reasons", words: "a rubric needs a reason to exclude" }] : []),
    ...criteria.flatMap(({ id, guidance, max }, index): Problem[] => [
      ...(Number.isInteger(max) && max >= 2 && max <= MOST_KEYS ? [] : [{ at: `criterion ${index + 1} max`, words: `the scores of \`${id}\` must run from 1 to a number from 2 to ${MOST_KEYS}` }]),
      ...(guidance !== "" ? [] : [{ at: `criterion ${index + 1} guidance`, words: `criterion \`${id}\` says not what its scores mean` }]),
    ]),
  ];
}

function nameProblems(name: string): Problem[] {
  const usable = name !== "" && new TextEncoder().encode(name).length <= NAME_BYTES && !/[\p{Cc}@]/u.test(name);
  return usable ? [] : [{ at: "name", words: `a rubric needs a name without \`@\`, at most ${NAME_BYTES} bytes` }];
}

function wordProblems(what: string, words: readonly string[], at: (number: number) => string): Problem[] {
  const many = words.length > MOST_KEYS ? [{ at: `${what}s`, words: `there are ${words.length} of kind ${what}; keys reach ${MOST_KEYS}` }] : [];
  const each = words.flatMap((word, index): Problem[] => {
    if (word === "") return [{ at: at(index + 1), words: `a ${what} has no name` }];
    return words.indexOf(word) < index ? [{ at: at(index + 1), words: `${what} \`${word}\` stands twice` }] : [];
  });
  return [...many, ...each];
}

/** What is wrong with one field. */
export function problemAt(problems: readonly Problem[], at: string): string | undefined {
  return problems.find((problem) => problem.at === at)?.words;
}
