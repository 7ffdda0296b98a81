/** Tail coverage for trying the Coverage view: long-tailed counts, and the measures that follow from them. */
import type { Cells, Coverage, CoverageRequest, Intervals, OriginCoverage, RarefactionPoint, RarityBand, References, Tail } from "..";
import { fault, later } from "./options";
import { TOPICS } from "./samples";

const rare = [
  "copper metabolism", "visceral leishmaniasis", "complement defect", "effects of lead", "congenital myopathy", "Ehlers–Danlos", "cutaneous anthrax",
  "amniotic embolism", "Chagas, heart", "other porphyria", "Marburg fever", "tularaemia", "paragonimiasis", "argininaemia", "Gaucher, type 3",
  "Wilson, child", "kuru", "Menkes", "Fabry", "yaws",
];

function counts(classes: number, largest: number, slope: number): number[] {
  return Array.from({ length: classes }, (_, index) => Math.max(1, Math.round(largest / (index + 1.4) ** slope)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function name(unit: string, rank: number): string {
  return rare[rank % rare.length] === undefined ? `${unit} ${rank + 1}` : `${rare[rank % rare.length]}${rank < rare.length ? "" : ` ${Math.floor(rank / rare.length) + 1}`}`;
}

function chaoJost(n: number, once: number, twice: number): number {
  return once === 0 ? 1 : 1 - (once / n) * (((n - 1) * once) / ((n - 1) * once + 2 * Math.max(twice, 1)));
}

function hill(values: readonly number[]): [number, number, number] {
  const n = sum(values);
  const shares = values.map((value) => value / n);
  const entropy = -sum(shares.map((share) => share * Math.log(share)));
  return [values.length, Math.exp(entropy), 1 / sum(shares.map((share) => share * share))];
}

function curve(values: readonly number[]): RarefactionPoint[] {
  const n = sum(values);
  const once = values.filter((value) => value === 1).length;
  const whole = chaoJost(n, once, values.filter((value) => value === 2).length);
  return Array.from({ length: 30 }, (_, index) => {
    const share = 0.04 * 1.12 ** index;
    if (share <= 1) {
      const observations = Math.round(n * share);
      const classes = sum(values.map((value) => 1 - (1 - share) ** value));
      const coverage = 1 - sum(values.map((value) => (value / n) * (1 - share) ** value));
      return { observations, classes, coverage: coverage * whole, extrapolated: false };
    }
    const beyond = 1 - Math.exp(-(share - 1) * 0.9);
    return { observations: Math.round(n * share), classes: values.length + beyond * once * 0.7, coverage: whole + (1 - whole) * beyond * 0.7, extrapolated: true };
  }).filter((point) => point.observations <= 2 * n);
}

function ranks(values: readonly number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let rank = 1; rank <= values.length; rank = Math.max(rank + 1, Math.ceil(rank * 1.12))) points.push([rank, values[rank - 1] ?? 1]);
  const last = points.at(-1);
  if (last && last[0] !== values.length) points.push([values.length, values.at(-1) ?? 1]);
  return points;
}

function around(value: number, by: number, most = Number.POSITIVE_INFINITY): [number, number] {
  return [Math.max(0, value - by), Math.min(most, value + by)];
}

function intervals(values: readonly number[]): Intervals {
  const n = sum(values);
  const once = values.filter((value) => value === 1).length;
  const coverage = chaoJost(n, once, values.filter((value) => value === 2).length);
  const [q0, q1, q2] = hill(values);
  return {
    hill: [around(q0, 2 * Math.sqrt(once + 1)), around(q1, q1 * 0.02), around(q2, q2 * 0.03)], evenness: around(Math.log(q1) / Math.log(Math.max(2, q0)), 0.01, 1), chao_jost: around(coverage, 0.004, 1),
    replicates: 200, method: "bootstrap over observations with unseen classes added (Chao et al. 2014)",
  };
}

const BANDS: readonly [number, number | null, number, number, number][] = [[1, 1, 96, 0.33, 0.05], [2, 2, 44, 0.52, 0.07], [3, 4, 41, 0.66, 0.1], [5, 8, 30, 0.8, 0.23], [9, 16, 24, 0.96, 0.5], [17, 64, 32, 1, 0.81], [65, null, 29, 1, 1]];

function bands(better: number): RarityBand[] {
  return BANDS.map(([from, to, classes, share, machine]) => {
    const present = Math.round(classes * Math.min(1, share * better));
    return { from, to, classes, present, interval: around(present / classes, 0.09, 1), machine_present: Math.round(classes * machine) };
  });
}

function tailOf(unit: string, reference: string, held: string, retention: number, least: number): Tail {
  const classes = 181;
  const present = Math.round((classes * retention) / least);
  return {
    reference, held, present_at_least: least, classes, present, retention: present / classes, interval: around(present / classes, 0.07, 1),
    mass_here: 0.052, mass_there: 0.094, mass_ratio: 0.052 / 0.094, bands: bands((retention + 0.3) / least), missing_count: classes - present,
    missing: Array.from({ length: Math.min(40, classes - present) }, (_, index) => ({ class: name(unit, index), count: Math.max(1, 8 - Math.floor(index / 3)) })),
    there: held === "whole" ? thereOf(counts(402, 1_100, 1.22)) : null,
  };
}

function thereOf(values: readonly number[]): NonNullable<Tail["there"]> {
  const n = sum(values);
  const once = values.filter((value) => value === 1).length;
  const twice = values.filter((value) => value === 2).length;
  return { observations: n, classes: values.length, singletons: once, doubletons: twice, good_turing: 1 - once / n, chao_jost: chaoJost(n, once, twice), chao1: values.length + (once * once) / (2 * Math.max(1, twice)), hill: hill(values), evenness: 0.72, rank_frequency: ranks(values), rarefaction: curve(values) };
}

function part(unit: string, origin: OriginCoverage["origin"], values: readonly number[], retention: number | null, missing: number): OriginCoverage {
  const once = values.filter((value) => value === 1).length;
  const twice = values.filter((value) => value === 2).length;
  return {
    origin, observations: sum(values), classes: values.length, singletons: once, doubletons: twice, chao_jost: chaoJost(sum(values), once, twice), hill: hill(values),
    human_tail_retention: retention, rank_frequency: ranks(values), rarefaction: curve(values),
    missing: Array.from({ length: missing }, (_, index) => ({ class: name(unit, index), count: Math.max(1, 8 - Math.floor(index / 3)) })),
    missing_count: missing, retention_interval: retention === null ? null : around(retention, 0.06, 1), tail_mass_ratio: retention === null ? null : retention * 0.8, intervals: intervals(values),
  };
}

function removed(unit: string, classes: number, n: number, q1: number, q2: number, once: number, twice: number, lost: number): NonNullable<Coverage["after_removal"]> {
  return {
    classes: classes - lost, singletons: once + 5, chao_jost: chaoJost(n, once + 5, twice), tail_retention: 1 - lost / 750, tail_retention_first: 0.958, observations: Math.round(n * 0.93), hill: [classes - lost, q1 * 1.01, q2 * 1.02],
    lost_count: lost, lost: Array.from({ length: lost }, (_, index) => ({ class: name(unit, index + 4), count: 1 + (index % 3) })), by_origin: [],
  };
}

function unitOf(unit: string, classes: number, largest: number): Coverage {
  const values = counts(classes, largest, 1.25);
  const once = values.filter((value) => value === 1).length;
  const twice = values.filter((value) => value === 2).length;
  const n = sum(values);
  const [q0, q1, q2] = hill(values);
  const small = classes > 40;
  return {
    unit, observations: n, classes, singletons: once, doubletons: twice, good_turing: 1 - once / n, chao_jost: chaoJost(n, once, twice),
    chao1: classes + (once * once) / (2 * Math.max(1, twice)), coverage_interval: [1 - (1.2 * once) / n, 1 - (0.8 * once) / n],
    chao1_interval: [classes * 1.05, classes * 1.6], hill: [q0, q1, q2], evenness: Math.log(q1) / Math.log(classes),
    reference: small ? "human part" : null, tail_retention: small ? 0.655 : null, missing: small ? rare.slice(0, 12) : [],
    sampled: unit === "bigram" ? { samples: 1_204, of: 2_480, tokens: 96_410 } : null, intervals: intervals(values), tail: small ? tailOf(unit, "human part", "non-human part", 0.655, 1) : null, without: null, topics: null,
    smallest: values.slice(-20).reverse().map((count, index) => ({ class: name(unit, index), count })),
    largest: values.slice(0, 20).map((count, index) => ({ class: `${unit} ${index + 1}`, count })),
    by_origin: [
      part(unit, "human", counts(Math.round(classes * 0.86), largest * 0.55, 1.2), null, 0),
      part(unit, "mixed", counts(Math.max(2, Math.round(classes * 0.4)), largest * 0.1, 1.1), 0.41, small ? 9 : 0),
      part(unit, "machine", counts(Math.max(2, Math.round(classes * 0.3)), largest * 0.5, 1.55), 0.12, small ? 14 : 0),
    ],
    rank_frequency: ranks(values), rarefaction: curve(values),
    after_removal: small ? removed(unit, classes, n, q1, q2, once, twice, 3) : null,
  };
}

function topicUnit(): Coverage {
  const unit = unitOf("topic", 34, 420);
  const named = unit.largest.map((each, index) => ({ ...each, class: TOPICS[index] ?? `${name("topic", index)} · word · other` }));
  return {
    ...unit, largest: named, smallest: named.toReversed(),
    tail: tailOf("topic", "human part", "non-human part", 0.71, 1), reference: "human part", tail_retention: 0.71,
    topics: {
      method: "spherical k-means (k = 34: the root of half the 2,312 distinct samples looked at, from 2 to 64; seed 20260101) on tf-idf vectors of each sample’s up to 40 most frequent telling words",
      found_in: 2_312, unassigned: 6, topics: named.map((each) => ({ name: each.class, terms: [...each.class.split(" · "), "clinic", "advice", "weeks"], samples: each.count })),
    },
  };
}

export const mockCoverage: Coverage[] = [unitOf("intent", 344, 900), unitOf("source", 14, 800), unitOf("domain", 3, 1_400), unitOf("word", 4_200, 16_000), unitOf("bigram", 9_600, 4_000), topicUnit()];

export const mockCells: Cells = { domains: 3, languages: 5, floor: 20, empty_count: 1, below_count: 2, cells: [{ domain: "finance", language: "zh", samples: 0 }, { domain: "law", language: "sw", samples: 7 }, { domain: "finance", language: "ar", samples: 18 }] };

export const coverageCommands = {
  async coverage({ unit, reference, present_at_least, without }: CoverageRequest): Promise<Coverage> {
    await later(300);
    const found = mockCoverage.find((each) => each.unit === unit)!;
    if (without.includes("=") === false && without !== "") throw fault("invalid_expression", "a comparison was expected here", "write field = 'value'");
    const held = reference === "human" ? "non-human part" : "whole";
    const [q0, q1, q2] = found.hill;
    return {
      ...found, tail: tailOf(unit, reference === "human" ? "human part" : reference, held, reference === "human" ? 0.655 : 0.83, present_at_least),
      without: without === "" ? null : { filter: without, samples: 212, tokens: 31_204, after: removed(unit, q0, found.observations, q1, q2, found.singletons, found.doubletons, 9) },
    };
  },
  references(): References {
    return { snapshots: ["praxis-instruct@6", "praxis-instruct@5", "field-2023@1"], gold: 118 };
  },
};
