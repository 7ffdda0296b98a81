/// Where the user is: which view, and what it shows. Restored exactly when the workspace is opened again.
import { createContext, use } from "react";

export const VIEWS = [
  "overview", "samples", "duplicates", "coverage",
  "review", "queue", "adjudicate", "gold", "gates", "card", "activity",
  "fields", "indexing", "quarantine", "compare", "results", "settings", "sources", "trends", "leak", "agreement", "packs", "rubrics", "release",
] as const;

export type ViewName = (typeof VIEWS)[number];

/** A view and its own state as short texts: `filter`, `sample`, `cluster`, `queue`, `position`. */
export interface Place {
  view: ViewName;
  state: Record<string, string>;
}

export interface Navigation {
  place: Place;
  /** Goes to a view. With `state` it opens there; without, as it was last left. */
  go(view: ViewName, state?: Record<string, string>): void;
  /** Changes the current view's own state without leaving it; `undefined` removes a key. */
  keep(changes: Record<string, string | undefined>): void;
  back(): void;
}

export const NavigationContext = createContext<Navigation | null>(null);

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error("no navigation above this component");
  return navigation;
}

/** One value of the current view's state and how to change it. */
export function usePlaceState(key: string): [string | undefined, (value: string | undefined) => void] {
  const { place, keep } = useNavigation();
  return [place.state[key], (value) => keep({ [key]: value })];
}
