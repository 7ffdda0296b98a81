/// From the cells of the report to a matrix that fits the screen, margins over everything.
import type { HeatCell, HeatMargin } from "@/components/heat_map";
import type { Cell, Origin } from "@/ipc";
import { languageName, percent, short } from "@/lib/format";

export type Shown = "machine" | "unknown" | "human";

/** Ends of the ramp's steps for shares. */
const STEPS = [0.1, 0.2, 0.3, 0.4, 0.55, 0.7];
const SHARE_LEGEND = ["under 10", "10", "20", "30", "40", "55", "70 or more"];
const MOST_DOMAINS = 12;
const MOST_LANGUAGES = 10;

export interface Matrix {
  domains: string[];
  languages: string[];
  cells: HeatCell[][];
  rowMargins: HeatMargin[];
  columnMargins: HeatMargin[];
  whole: HeatMargin;
  legend: string[];
  hiddenDomains: number;
  hiddenLanguages: number;
}

interface Sums {
  total: number;
  by: Record<Origin, number>;
}

function sums(cells: readonly Cell[], weight: "tokens" | "samples"): Sums {
  const by: Record<Origin, number> = { human: 0, mixed: 0, machine: 0, unknown: 0 };
  let total = 0;
  for (const cell of cells) {
    by[cell.origin] += cell[weight];
    total += cell[weight];
  }
  return { total, by };
}

/** The step of a share on the ramp. */
export function shareLevel(share: number): number {
  const level = STEPS.findIndex((end) => share < end);
  return level < 0 ? STEPS.length : level;
}

/** The step of an amount: six doublings below the largest are the lightest. */
export function amountLevel(amount: number, largest: number): number {
  if (amount <= 0 || largest <= 0) return 0;
  return Math.max(0, Math.min(6, 6 + Math.ceil(Math.log2(amount / largest) - 1e-9)));
}

function ordered(cells: readonly Cell[], key: "domain" | "language", weight: "tokens" | "samples"): string[] {
  const totals = new Map<string, number>();
  for (const cell of cells) totals.set(cell[key], (totals.get(cell[key]) ?? 0) + cell[weight]);
  return [...totals].sort((a, b) => (a[0] === "" ? 1 : b[0] === "" ? -1 : b[1] - a[1])).map(([name]) => name);
}

/** One row for each domain and language: the whole, and the share of each origin in it. */
export function cellRows(composition: readonly Cell[], weight: "tokens" | "samples"): (string | number | null)[][] {
  return ordered(composition, "domain", weight).flatMap((domain) => ordered(composition, "language", weight).flatMap((language) => {
    const { total, by } = sums(composition.filter((cell) => cell.domain === domain && cell.language === language), weight);
    return total === 0 ? [] : [[domain || "no domain", language || "no language", total, ...(["human", "mixed", "machine", "unknown"] as const).map((origin) => by[origin] / total)]];
  }));
}

export function matrix(composition: readonly Cell[], shown: Shown, weight: "tokens" | "samples"): Matrix {
  const allDomains = ordered(composition, "domain", weight);
  const allLanguages = ordered(composition, "language", weight);
  const domains = allDomains.slice(0, MOST_DOMAINS);
  const languages = allLanguages.slice(0, MOST_LANGUAGES);
  const of = (domain: string | null, language: string | null) => sums(composition.filter((cell) => (domain === null || cell.domain === domain) && (language === null || cell.language === language)), weight);
  const share = (sum: Sums, origin: Origin) => (sum.total > 0 ? sum.by[origin] / sum.total : 0);
  const text = (sum: Sums) => (shown === "human" ? short(sum.by.human) : (share(sum, shown) * 100).toFixed(1));
  const margin = (sum: Sums): HeatMargin => ({ text: text(sum), unknown: share(sum, "unknown") });
  const table = domains.map((domain) => languages.map((language) => of(domain, language)));
  const largest = Math.max(0, ...table.flat().map((sum) => sum.by.human));
  const cells = table.map((row, i) => row.map((sum, j): HeatCell => ({
    text: sum.total === 0 ? null : text(sum),
    level: shown === "human" ? amountLevel(sum.by.human, largest) : shareLevel(share(sum, shown)),
    unknown: shown === "unknown" ? 0 : share(sum, "unknown"),
    words: `${domains[i] || "no domain"}, ${languageName(languages[j]!)}: ${shown === "human" ? `${short(sum.by.human)} human ${weight}` : `${percent(share(sum, shown))} ${shown}`}, ${percent(share(sum, "unknown"))} unknown, of ${short(sum.total)} ${weight}`,
  })));
  return {
    domains, languages, cells,
    rowMargins: domains.map((domain) => margin(of(domain, null))), columnMargins: languages.map((language) => margin(of(null, language))), whole: margin(of(null, null)),
    legend: shown === "human" ? Array.from({ length: 7 }, (_, i) => short(Math.round(largest / 2 ** (6 - i)))) : SHARE_LEGEND,
    hiddenDomains: allDomains.length - domains.length, hiddenLanguages: allLanguages.length - languages.length,
  };
}
