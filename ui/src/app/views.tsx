/// Which feature draws which view. A view without a feature says that it is not in this version.
import { type ComponentType, lazy, type LazyExoticComponent } from "react";
import type { ViewName } from "@/lib/place";

type Loader = () => Promise<{ View: ComponentType }>;

// Each feature's folder has an `index.tsx` that exports `View`, which takes nothing: it reads session and place.
const found = import.meta.glob("../features/*/index.tsx") as Record<string, Loader>;

const FOLDERS: Partial<Record<ViewName, string>> = { fields: "mapping" };

function feature(view: ViewName): LazyExoticComponent<ComponentType> | null {
  const load = found[`../features/${FOLDERS[view] ?? view}/index.tsx`];
  return load ? lazy(() => load().then((module) => ({ default: module.View }))) : null;
}

const cache = new Map<ViewName, LazyExoticComponent<ComponentType> | null>();

export function viewFor(view: ViewName): LazyExoticComponent<ComponentType> | null {
  if (!cache.has(view)) cache.set(view, feature(view));
  return cache.get(view) ?? null;
}
