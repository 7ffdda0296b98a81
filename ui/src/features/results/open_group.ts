/// Opening the samples behind a run's figure on a group: those of which the run says what the figure is made of.
import { said } from "@/lib/behind";
import { both, equals } from "@/lib/expression";
import { useNavigation } from "@/lib/place";
import type { FigureKind } from "./figure_of";

const SAID: Record<FigureKind, Parameters<typeof said>[1]> = { loss: ["loss"], perplexity: ["loss"], accuracy: ["correct"], calibration: ["confidence", "correct"], brier: ["confidence", "correct"] };

/** The filter of the samples behind a figure, of any figure where none is named; `null` where they are not samples of one expression. */
export function filterOf(run: string | null, filter: string | null, kind: FigureKind | null = null): string | null {
  if (filter === null) return null;
  if (run === null) return filter;
  return both(kind === null ? equals("evaluated", run) : said(run, SAID[kind]), filter);
}

/** The filter of the samples that two runs are compared on. */
export function pairedFilter(runs: readonly [string, string], filter: string, kind: FigureKind): string {
  return filterOf(runs[0], filterOf(runs[1], filter, kind), kind) ?? "";
}

export function useOpenGroup(): (run: string | null, filter: string, kind?: FigureKind) => void {
  const { go } = useNavigation();
  return (run, filter, kind) => go("samples", { filter: filterOf(run, filter, kind) ?? "" });
}
