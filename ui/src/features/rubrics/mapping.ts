/// How do answers to one version read under a later one? What is not named is left out.
import type { CriterionMap, Rubric, RubricCriterion } from "@/ipc";

/** The later label or criterion, or `null` where it is left out. */
export interface Mapping {
  readonly labels: Readonly<Record<string, string | null>>;
  readonly criteria: Readonly<Record<string, CriterionPlan>>;
}

export interface CriterionPlan {
  readonly to: string | null;
  /** By earlier score from 1: the later score, or `null` where it is left out. */
  readonly scores: readonly (number | null)[];
}

/** Words and ids that stay are mapped to themselves, scores to the same score where there is one; the rest is left out. */
export function likely(from: Rubric, to: Rubric): Mapping {
  const labels = from.labels.map(({ name }): [string, string | null] => [name, to.labels.some((label) => label.name === name) ? name : null]);
  const criteria = from.criteria.map((criterion): [string, CriterionPlan] => [criterion.id, planFor(criterion, to.criteria.find((one) => one.id === criterion.id))]);
  return { labels: Object.fromEntries(labels), criteria: Object.fromEntries(criteria) };
}

export function planFor(from: RubricCriterion, to: RubricCriterion | undefined): CriterionPlan {
  const scores = Array.from({ length: from.max }, (_, index) => (to && index < to.max ? index + 1 : null));
  return { to: to?.id ?? null, scores };
}

/** The mapping as the ledger records it. */
export function recorded(mapping: Mapping): { labels: Record<string, string>; criteria: Record<string, CriterionMap> } {
  const labels = Object.entries(mapping.labels).filter((entry): entry is [string, string] => entry[1] !== null);
  const criteria = Object.entries(mapping.criteria).flatMap(([id, plan]): [string, CriterionMap][] => {
    const kept = plan.scores.flatMap((score, index): [string, number][] => (score === null ? [] : [[String(index + 1), score]]));
    // An empty list of scores would say that every score stays.
    if (plan.to === null || kept.length === 0) return [];
    const same = kept.length === plan.scores.length && kept.every(([was, now]) => Number(was) === now);
    return [[id, { to: plan.to, scores: same ? {} : Object.fromEntries(kept) }]];
  });
  return { labels: Object.fromEntries(labels), criteria: Object.fromEntries(criteria) };
}

/** What no later answer would say any more, in words. */
export function leftOut(mapping: Mapping): string[] {
  const labels = Object.entries(mapping.labels).filter(([, to]) => to === null).map(([name]) => `label “${name}”`);
  const criteria = Object.entries(mapping.criteria).flatMap(([id, plan]) => {
    const gone = plan.scores.flatMap((score, index) => (score === null ? [index + 1] : []));
    if (plan.to === null || gone.length === plan.scores.length) return [`scores of ${id}`];
    return gone.length > 0 ? [`score ${gone.join(", ")} of ${id}`] : [];
  });
  return [...labels, ...criteria];
}

/** Two earlier criteria that would give one later criterion its score: an answer cannot have two. */
export function mappingProblem(mapping: Mapping): string | undefined {
  const targets = Object.values(mapping.criteria).map((plan) => plan.to).filter((to) => to !== null);
  const twice = targets.find((to, index) => targets.indexOf(to) < index);
  return twice === undefined ? undefined : `two criteria lead to ${twice}`;
}
