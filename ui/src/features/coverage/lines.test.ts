import { describe, expect, it } from "vitest";
import type { Coverage, OriginCoverage, RarefactionPoint } from "@/ipc";
import { classesAt, commonCoverage, linesOf } from "./lines";
import { shareAt, stepRank } from "./rank_chart";

const point = (coverage: number, classes: number, extrapolated = false): RarefactionPoint => ({ observations: 0, classes, coverage, extrapolated });
const part = (origin: OriginCoverage["origin"], observations: number, rarefaction: RarefactionPoint[]): OriginCoverage => ({
  origin, observations, classes: 1, singletons: 0, doubletons: 0, chao_jost: null, hill: [1, 1, 1], human_tail_retention: null, rank_frequency: [[1, observations]], rarefaction, missing: [], missing_count: 0, retention_interval: null, tail_mass_ratio: null, intervals: null,
});
const coverage: Coverage = {
  unit: "intent", observations: 10, classes: 2, singletons: 0, doubletons: 0, good_turing: null, chao_jost: null, chao1: null, coverage_interval: null, chao1_interval: null, hill: [2, 2, 2], evenness: null, reference: null, tail_retention: null,
  missing: [], smallest: [], largest: [], rank_frequency: [[1, 8], [2, 2]], after_removal: null, sampled: null, intervals: null, tail: null, without: null, topics: null,
  rarefaction: [point(0.5, 1), point(0.9, 2), point(0.95, 3, true)],
  by_origin: [part("human", 6, [point(0.4, 1), point(0.8, 2)]), part("machine", 0, []), part("mixed", 4, [point(0.7, 1), point(0.85, 1.5)])],
};

describe("lines", () => {
  it("are the whole, then each origin that has anything, as shares of their own observations", () => {
    const lines = linesOf(coverage);
    expect(lines.map((line) => line.of)).toEqual(["whole", "human", "mixed"]);
    expect(lines[0]!.ranks).toEqual([[1, 0.8], [2, 0.2]]);
  });

  it("are compared where each was observed, never where one is extrapolated", () => {
    expect(commonCoverage(linesOf(coverage))).toBe(0.8);
    expect(commonCoverage([])).toBeNull();
  });

  it("say how many classes to expect there, and nothing where they do not reach", () => {
    const at = classesAt(linesOf(coverage), 0.8);
    expect(at.map((each) => each.classes && Number(each.classes.toFixed(2)))).toEqual([1.75, 2, 1.33]);
    expect(classesAt(linesOf(coverage), 0.1).every((each) => each.classes === null)).toBe(true);
  });
});

it("a share is read from the last rank that is not beyond, and nothing past the end", () => {
  const line = { of: "human", name: "human part", observations: 10, ranks: [[1, 0.5], [2, 0.3], [5, 0.1]], curve: [] } as const;
  expect([1, 2, 4, 5, 6].map((rank) => shareAt(line, rank))).toEqual([0.5, 0.3, 0.3, 0.1, null]);
});

it("a step along ranks is never less than one rank", () => {
  expect([stepRank(1, 1), stepRank(2, -1), stepRank(100, 1), stepRank(100, -10)]).toEqual([2, 1, 112, 32]);
});
