/// What does one version ask otherwise than another? Labels and reasons by their words, criteria by their ids.
import type { RubricCriterion } from "@/ipc";
import { type Draft, settled } from "./draft";

export interface Change {
  readonly kind: "added" | "removed" | "changed";
  /** `Label 2`, `Reason 1`, `Criterion harm, guidance`. */
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

export function changesBetween(before: Draft, after: Draft): Change[] {
  const [from, to] = [settled(before), settled(after)];
  return [
    ...wordChanges("Label", from.labels, to.labels),
    ...criterionChanges(from.criteria, to.criteria),
    ...wordChanges("Reason", from.exclude_reasons, to.exclude_reasons),
  ];
}

/** A word that stays under another key is changed too: hands remember keys. */
function wordChanges(what: string, from: readonly string[], to: readonly string[]): Change[] {
  const gone = from.flatMap((word, index): Change[] => (to.includes(word) ? [] : [{ kind: "removed", what: `${what} ${index + 1}`, before: word, after: null }]));
  const now = to.flatMap((word, index): Change[] => {
    const was = from.indexOf(word);
    if (was < 0) return [{ kind: "added", what: `${what} ${index + 1}`, before: null, after: word }];
    return was === index ? [] : [{ kind: "changed", what: `${what} “${word}”, key`, before: String(was + 1), after: String(index + 1) }];
  });
  return renamed([...gone, ...now]);
}

/** What leaves and what comes under the same key is one change. */
function renamed(changes: readonly Change[]): Change[] {
  const pair = (one: Change, kind: Change["kind"]) => changes.find((other) => other.kind === kind && other.what === one.what);
  return changes.flatMap((one): Change[] => {
    if (one.kind === "removed") {
      const added = pair(one, "added");
      return [added ? { ...one, kind: "changed", after: added.after } : one];
    }
    return one.kind === "added" && pair(one, "removed") ? [] : [one];
  });
}

const said = (criterion: RubricCriterion) => `${criterion.name || criterion.id}, 1 to ${criterion.max}. ${criterion.guidance}`;

function criterionChanges(from: readonly RubricCriterion[], to: readonly RubricCriterion[]): Change[] {
  const gone = from.filter((one) => !to.some((other) => other.id === one.id)).map((one): Change => ({ kind: "removed", what: `Criterion ${one.id}`, before: said(one), after: null }));
  const stays = (list: readonly RubricCriterion[], other: readonly RubricCriterion[]) => list.map((one) => one.id).filter((id) => other.some((one) => one.id === id));
  const [orderBefore, orderAfter] = [stays(from, to), stays(to, from)];
  const moved: Change[] = orderBefore.join("\n") === orderAfter.join("\n") ? [] : [{ kind: "changed", what: "Order of the criteria", before: orderBefore.join(", "), after: orderAfter.join(", ") }];
  const now = to.flatMap((one): Change[] => {
    const was = from.find((other) => other.id === one.id);
    if (!was) return [{ kind: "added", what: `Criterion ${one.id}`, before: null, after: said(one) }];
    const facets: [string, string, string][] = [["name", was.name, one.name], ["highest score", String(was.max), String(one.max)], ["guidance", was.guidance, one.guidance]];
    return facets.filter(([, a, b]) => a !== b).map(([facet, a, b]) => ({ kind: "changed", what: `Criterion ${one.id}, ${facet}`, before: a, after: b }));
  });
  return [...gone, ...now, ...moved];
}
