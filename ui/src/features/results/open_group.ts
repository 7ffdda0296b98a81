/// Opening the samples behind a run's figure on a group: those that have a result in the run.
import { both, equals } from "@/lib/expression";
import { useNavigation } from "@/lib/place";

/** The filter of the samples behind a figure; `null` where they are not samples of one expression. */
export function filterOf(run: string | null, filter: string | null): string | null {
  if (filter === null) return null;
  return run === null ? filter : both(equals("evaluated", run), filter);
}

export function useOpenGroup(): (run: string | null, filter: string) => void {
  const { go } = useNavigation();
  return (run, filter) => go("samples", { filter: filterOf(run, filter) ?? "" });
}
