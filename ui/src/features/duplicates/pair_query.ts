/// Which pairs a number stands for: the same conditions in the address of the view and in its query.
import type { Origin, PairsRequest } from "@/ipc";
import { words } from "@/lib/format";

/** Conditions on pairs; one that is absent does not restrict. */
export interface PairQuery {
  readonly kind?: string;
  readonly accepted?: boolean;
  readonly judged?: boolean;
  readonly origins?: readonly [Origin, Origin];
  readonly sources?: readonly [string, string];
  /** Two datasets or snapshots as `NAME@N`, in place of pairs inside the open one. */
  readonly across?: readonly [string, string];
}

type State = Record<string, string | undefined>;

/** The keys of the view's state that hold a pair query. */
const KEYS = ["show", "kind", "accepted", "judged", "origins", "sources", "across"] as const;

/** The state that opens the pairs behind a number; leaves a cluster, a pair and a size behind. */
export function stateOf(query: PairQuery): State {
  return {
    ...closed(), show: "pairs",
    kind: query.kind, accepted: query.accepted === undefined ? undefined : String(query.accepted), judged: query.judged ? "true" : undefined,
    origins: query.origins?.join(" "), sources: query.sources && JSON.stringify(query.sources), across: query.across && JSON.stringify(query.across),
  };
}

/** The state with nothing open on the right but the list of clusters. */
export function closed(): State {
  return Object.fromEntries([...KEYS, "pair", "cluster", "from", "member", "unit"].map((key) => [key, undefined]));
}

function two(text: string | undefined): readonly [string, string] | undefined {
  if (!text) return undefined;
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) && read.length === 2 && read.every((each) => typeof each === "string") ? [read[0] as string, read[1] as string] : undefined;
}

export function queryOf(state: State): PairQuery {
  const origins = state.origins?.split(" ") as [Origin, Origin] | undefined;
  const [sources, across] = [two(state.sources), two(state.across)];
  return {
    ...(state.kind ? { kind: state.kind } : {}),
    ...(state.accepted ? { accepted: state.accepted === "true" } : {}),
    ...(state.judged ? { judged: true } : {}),
    ...(origins?.length === 2 ? { origins } : {}),
    ...(sources ? { sources } : {}),
    ...(across ? { across } : {}),
  };
}

export function requestOf(query: PairQuery, dataset: string, snapshot: number, offset: number, limit: number): PairsRequest {
  return {
    dataset, snapshot, offset, limit,
    kind: query.kind ?? null, accepted: query.accepted ?? null, judged: query.judged ?? null,
    origins: query.origins ? [...query.origins] : null, sources: query.sources ? [...query.sources] : null,
  };
}

/** What the list is headed with: `Near pairs, accepted, human and machine`. */
export function titleOf(query: PairQuery): string {
  const kind = query.kind ? `${query.kind === "normalised" ? "Same after normalising" : query.kind === "exact" ? "Exact" : "Near"} pairs` : "Pairs";
  const parts = [
    query.judged ? "judged no duplicates" : query.accepted === undefined ? "" : query.accepted ? "accepted" : "rejected",
    query.origins ? `${query.origins[0]} and ${query.origins[1]}` : "",
    query.sources ? query.sources.map((source) => source || "no source").join(" and ") : "",
    query.across ? `${query.across[0]} and ${query.across[1]}` : "",
  ];
  return [kind, ...parts.filter(Boolean)].join(", ");
}

/** A measure of repetition in words: `repeated_5grams` is `Repeated 5-grams`. */
export function measureWords(measure: string): string {
  const said = words(measure).replace("gram", "-gram");
  return said.charAt(0).toUpperCase() + said.slice(1);
}
