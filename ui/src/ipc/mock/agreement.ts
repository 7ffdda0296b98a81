/** How far reviewers agree, without a backend: figures that hang together, one coefficient that is not defined, a rare class. */
import type { AgreementFigures, AgreementRequest, AgreementView, ClassAgreement, Coefficient, PairAgreement } from "..";
import { fault, option } from "./options";

const figure = (name: string, value: number, low: number, high: number): Coefficient => ({ name, value, low, high, undefined: null });
const none = (name: string, why: string): Coefficient => ({ name, value: null, low: null, high: null, undefined: why });
const classed = (value: string, n: number, specific: number | null, low: number | null, high: number | null): ClassAgreement => ({ value, n, specific, low, high });

const NOT_NUMBERS = "not all values are numbers";
const MORE = "there are more than two raters; see Fleiss' kappa";
const UNEVEN = "items have different numbers of ratings; see Krippendorff's alpha";
const NO_PAIR = "no item has two ratings";

const PEOPLE = ["Dr Amara Okafor", "Tomás Herrera", "د. ليلى حداد", "Yusuf Demir"];

function pairs(percent: number, spread: number): PairAgreement[] {
  return PEOPLE.flatMap((a, first) => PEOPLE.slice(first + 1).map((b, second) => {
    const value = percent + spread * ((first * 2 + second) % 3 - 1);
    const items = 38 + 24 * ((first + second) % 4);
    const wide = 0.9 / Math.sqrt(items);
    return { a, b, items, coefficients: [figure("percent", value, value - wide, Math.min(1, value + wide)), figure("ac1", value - 0.09, value - 0.09 - wide, Math.min(1, value - 0.09 + wide)), first === 2 ? none("cohen", "") : figure("cohen", value - 0.22, value - 0.22 - 1.6 * wide, value - 0.22 + 1.6 * wide)] };
  }));
}

const VERDICTS: AgreementFigures = {
  items: 448, rated_by_several: 406, raters: 4, ratings: 871,
  coefficients: [
    figure("percent", 0.857, 0.823, 0.889), figure("ac1", 0.801, 0.752, 0.846), figure("alpha_nominal", 0.642, 0.561, 0.716), none("alpha_ordinal", NOT_NUMBERS), none("alpha_interval", NOT_NUMBERS),
    none("cohen", MORE), none("fleiss", UNEVEN),
  ],
  per_class: [classed("approve", 618, 0.911, 0.884, 0.935), classed("exclude", 214, 0.748, 0.682, 0.806), classed("unsure", 39, 0.231, 0.083, 0.408)],
  pairs: pairs(0.86, 0.05),
};

const ORIGIN: AgreementFigures = {
  items: 431, rated_by_several: 371, raters: 4, ratings: 802,
  coefficients: [figure("percent", 0.92, 0.889, 0.948), figure("ac1", 0.906, 0.87, 0.939), figure("alpha_nominal", -0.04, -0.071, 0.012), none("alpha_ordinal", NOT_NUMBERS), none("alpha_interval", NOT_NUMBERS), none("cohen", MORE), none("fleiss", UNEVEN)],
  per_class: [classed("human", 768, 0.958, 0.94, 0.973), classed("machine", 3, 0, 0, 0), classed("unknown", 31, 0.129, 0, 0.29)],
  pairs: pairs(0.92, 0.03),
};

function criterion(ordinal: number): AgreementFigures {
  const ends = (value: number): [number, number] => [value - 0.08, Math.min(1, value + 0.07)];
  return {
    items: 420, rated_by_several: 366, raters: 4, ratings: 790,
    coefficients: [figure("percent", ordinal - 0.02, ...ends(ordinal - 0.02)), figure("ac1", ordinal - 0.06, ...ends(ordinal - 0.06)), figure("alpha_nominal", ordinal - 0.2, ...ends(ordinal - 0.2)), figure("alpha_ordinal", ordinal, ...ends(ordinal)), figure("alpha_interval", ordinal - 0.01, ...ends(ordinal - 0.01)), none("cohen", MORE), none("fleiss", UNEVEN)],
    per_class: [], pairs: [],
  };
}

const NOTHING: AgreementFigures = {
  items: 12, rated_by_several: 0, raters: 1, ratings: 12,
  coefficients: ["percent", "ac1", "alpha_nominal", "alpha_ordinal", "alpha_interval", "cohen", "fleiss"].map((name) => none(name, name === "cohen" ? "there are fewer than two raters" : NO_PAIR)),
  per_class: [classed("approve", 12, null, null, null)], pairs: [],
};

export const agreementCommands = {
  agreement({ queue }: AgreementRequest): AgreementView {
    if (option("state") === "error") throw fault("workspace_damaged", "The ledger could not be read: page 12 does not match its checksum.", "Run assay doctor");
    if (option("state") === "empty") return { verdicts: { ...NOTHING, items: 0, raters: 0, ratings: 0, per_class: [] }, origin: { ...NOTHING, items: 0, per_class: [] }, criteria: [], sealed_queues: 0 };
    if (option("sealed") === "all" || queue === "q-legal") return { verdicts: { ...NOTHING, items: 0, raters: 0, ratings: 0, per_class: [] }, origin: { ...NOTHING, items: 0, per_class: [] }, criteria: [], sealed_queues: 1 };
    if (queue === "q-finance") return { verdicts: NOTHING, origin: NOTHING, criteria: [{ criterion: "clinical advice/safe", figures: NOTHING }], sealed_queues: 0 };
    const criteria = [["correct", 0.78], ["safe", 0.61], ["complete", 0.7], ["plain", 0.52]].map(([name, value]) => ({ criterion: `clinical advice/${name}`, figures: criterion(value as number) }));
    return { verdicts: VERDICTS, origin: ORIGIN, criteria: queue ? criteria : [...criteria, { criterion: "general/correct", figures: NOTHING }], sealed_queues: queue ? 0 : 2 };
  },
};
