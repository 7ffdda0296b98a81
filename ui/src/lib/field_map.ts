/// Changes to a field map: each gives a new map and leaves the old one alone.
import type { FieldMap, ProvenanceRule } from "@/ipc";

/** What a field becomes: `identity`, `part:prompt`, `dimension:domain`, or empty for not used. */
export type Target = string;

/** The map without any use of `field` as identity, part or dimension. Rules keep what they say. */
function without(map: FieldMap, field: string): FieldMap {
  const { id, ...rest } = map;
  return {
    ...rest,
    ...(id && id !== field ? { id } : {}),
    part: (map.part ?? []).filter((part) => part.field !== field),
    dimensions: Object.fromEntries(Object.entries(map.dimensions ?? {}).filter(([, from]) => from !== field)),
  };
}

/** Makes `field` become `target`. A part that stays a part keeps its place in the reading order. */
export function assign(map: FieldMap, field: string, target: Target): FieldMap {
  const at = (map.part ?? []).findIndex((part) => part.field === field);
  const next = without(map, field);
  if (target === "identity") return { ...next, id: field };
  const [kind, name = ""] = [target.slice(0, target.indexOf(":")), target.slice(target.indexOf(":") + 1)];
  if (kind === "part") {
    const parts = [...(next.part ?? [])];
    parts.splice(at < 0 ? parts.length : at, 0, { field, role: name });
    return { ...next, part: parts };
  }
  if (kind === "dimension") return { ...next, dimensions: { ...next.dimensions, [name]: field } };
  return next;
}

/** Moves the part of `field` earlier (-1) or later (1) in reading order. */
export function reorder(map: FieldMap, field: string, by: -1 | 1): FieldMap {
  const parts = [...(map.part ?? [])];
  const at = parts.findIndex((part) => part.field === field);
  const to = at + by;
  if (at < 0 || to < 0 || to >= parts.length) return map;
  [parts[at], parts[to]] = [parts[to]!, parts[at]!];
  return { ...map, part: parts };
}

/** Puts a rule at `index`, or at the end where there is none; `null` takes it away. */
export function putRule(map: FieldMap, index: number, rule: ProvenanceRule | null): FieldMap {
  const rules = [...(map.provenance ?? [])];
  if (rule === null) rules.splice(index, 1);
  else rules.splice(index, 1, rule);
  return { ...map, provenance: rules };
}

/** How a target is said on its button. */
export function targetWords(target: Target, order: number | null): string {
  if (target === "") return "not used";
  if (target.startsWith("part:")) return order === null ? target.slice(5) : `${order}  ${target.slice(5)}`;
  if (target.startsWith("dimension:")) return target.slice(10).replaceAll("_", " ");
  return target;
}
