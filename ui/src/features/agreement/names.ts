/// What is each coefficient called, what does it tell, and in what unit?
import type { AgreementFigures, Coefficient } from "@/ipc";
import { percent } from "@/lib/format";

interface CoefficientWords {
  readonly name: string;
  readonly gloss: string;
}

export const COEFFICIENTS: Record<string, CoefficientWords> = {
  percent: { name: "Percent agreement", gloss: "share of pairs that agree; chance is not taken off" },
  ac1: { name: "Gwet’s AC1", gloss: "chance taken off, steady where one value is rare" },
  alpha_nominal: { name: "Krippendorff’s alpha, nominal", gloss: "values are names" },
  alpha_ordinal: { name: "Krippendorff’s alpha, ordinal", gloss: "values have an order" },
  alpha_interval: { name: "Krippendorff’s alpha, interval", gloss: "steps between values are equal" },
  cohen: { name: "Cohen’s kappa", gloss: "two reviewers, falls where one value is rare" },
  fleiss: { name: "Fleiss’ kappa", gloss: "the same number of reviewers for each sample" },
};

/** A coefficient that is not in the catalogue is called by its own name. */
export function coefficientName(name: string): string {
  return COEFFICIENTS[name]?.name ?? name;
}

/** `0.80`; percent agreement as `85.7 %`. */
export function figureWords(name: string, value: number): string {
  return name === "percent" ? percent(value) : value.toFixed(2).replace("-", "−");
}

/** `0.80, 95 % 0.75 to 0.85`, or why there is none. */
export function wordsOf({ name, value, low, high, undefined: why }: Coefficient): string {
  if (value === null) return why ? `not defined: ${why}` : "not defined";
  return low === null || high === null ? figureWords(name, value) : `${figureWords(name, value)}, 95\u00a0% ${figureWords(name, low)} to ${figureWords(name, high)}`;
}

export function coefficient(figures: Pick<AgreementFigures, "coefficients">, name: string): Coefficient {
  return figures.coefficients.find((each) => each.name === name) ?? { name, value: null, low: null, high: null, undefined: null };
}
