/// Keeps the place in the settings, one for each workspace, so that reopening restores it exactly.
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { type Navigation, NavigationContext, type Place, VIEWS, type ViewName } from "@/lib/place";
import { useSession } from "@/lib/session";

interface Kept {
  view: ViewName;
  /** The state each view was last left in. */
  states: Partial<Record<ViewName, Record<string, string>>>;
}

/** The key while no workspace is open: such a place is not kept. */
const NOWHERE = "place:";
/** What is gone to in the moment a workspace is made. */
const ARRIVING: readonly ViewName[] = ["fields", "review"];

/** Reads a kept place; anything that is not one becomes the overview. */
export function readKept(text: string | undefined): Kept {
  try {
    const kept = JSON.parse(text ?? "") as Kept;
    if (VIEWS.includes(kept.view) && typeof kept.states === "object" && kept.states !== null) return kept;
  } catch {
    // Falls through: a place that cannot be read is no reason to stop.
  }
  return { view: "overview", states: {} };
}

export function NavigationProvider({ children }: { children: ReactNode }) {
  const { settings, setSetting, workspace } = useSession();
  const key = workspace ? `place:${workspace.path}` : NOWHERE;
  const [kept, setKept] = useState<{ key: string; value: Kept }>(() => ({ key, value: readKept(settings[key]) }));
  // Whoever goes to the fields of picked data, or to the queue of a pack, before its workspace is made arrives there in it.
  const arrives = kept.key === NOWHERE && ARRIVING.includes(kept.value.view);
  const current = kept.key === key || arrives ? kept.value : readKept(settings[key]);
  const latest = useRef(current);
  latest.current = current;
  const history = useRef<Place[]>([]);

  const move = useCallback((value: Kept) => {
    latest.current = value;
    setKept({ key, value });
    if (key !== NOWHERE) setSetting(key, JSON.stringify(value));
  }, [key, setSetting]);

  const navigation = useMemo<Navigation>(() => {
    const place: Place = { view: current.view, state: current.states[current.view] ?? {} };
    return {
      place,
      go(view, state) {
        const { states } = latest.current;
        history.current = [...history.current.slice(-50), place];
        move({ view, states: state ? { ...states, [view]: state } : states });
      },
      keep(changes) {
        const now = latest.current;
        const state = { ...now.states[now.view], ...changes };
        const clean = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as Record<string, string>;
        move({ view: now.view, states: { ...now.states, [now.view]: clean } });
      },
      back() {
        const before = history.current.pop();
        if (before) move({ view: before.view, states: { ...latest.current.states, [before.view]: before.state } });
      },
    };
  }, [current, move]);

  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}
