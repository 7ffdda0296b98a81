/** Tail coverage for trying the Coverage view: long-tailed counts, and the measures that follow from them. */
import type { Coverage, OriginCoverage, RarefactionPoint } from "..";

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

function part(unit: string, origin: OriginCoverage["origin"], values: readonly number[], retention: number | null, missing: number): OriginCoverage {
  const once = values.filter((value) => value === 1).length;
  const twice = values.filter((value) => value === 2).length;
  return {
    origin, observations: sum(values), classes: values.length, singletons: once, doubletons: twice, chao_jost: chaoJost(sum(values), once, twice), hill: hill(values),
    human_tail_retention: retention, rank_frequency: ranks(values), rarefaction: curve(values),
    missing: Array.from({ length: missing }, (_, index) => ({ class: name(unit, index), count: Math.max(1, 8 - Math.floor(index / 3)) })),
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
    smallest: values.slice(-20).reverse().map((count, index) => ({ class: name(unit, index), count })),
    largest: values.slice(0, 20).map((count, index) => ({ class: `${unit} ${index + 1}`, count })),
    by_origin: [
      part(unit, "human", counts(Math.round(classes * 0.86), largest * 0.55, 1.2), null, 0),
      part(unit, "mixed", counts(Math.max(2, Math.round(classes * 0.4)), largest * 0.1, 1.1), 0.41, small ? 9 : 0),
      part(unit, "machine", counts(Math.max(2, Math.round(classes * 0.3)), largest * 0.5, 1.55), 0.12, small ? 14 : 0),
    ],
    rank_frequency: ranks(values), rarefaction: curve(values),
    after_removal: small ? { classes: classes - 3, singletons: once + 5, chao_jost: chaoJost(n, once + 5, twice), tail_retention: 0.996, tail_retention_first: 0.958 } : null,
  };
}

export const mockCoverage: Coverage[] = [unitOf("intent", 344, 900), unitOf("source", 14, 800), unitOf("domain", 3, 1_400), unitOf("word", 4_200, 16_000)];
