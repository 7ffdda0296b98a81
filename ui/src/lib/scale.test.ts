import { describe, expect, it } from 'vitest';
import { linear, logarithmic, path, spread, stairs, valueAt } from './scale';

describe('a straight axis', () => {
  it('ends on a whole tick at or above the highest value', () => {
    const scale = linear(0, 4870, 100, 0);
    expect(scale.ticks).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    expect(scale.at(0)).toBe(100);
    expect(scale.at(5000)).toBe(0);
  });

  it('starts where it is told, and ticks where numbers are round', () => {
    expect(linear(0.88, 1, 0, 100, 6).ticks).toEqual([0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 1]);
  });

  it('does not divide by nothing when all values are equal', () => {
    expect(Number.isFinite(linear(0, 0, 0, 100).at(0))).toBe(true);
  });
});

describe('a logarithmic axis', () => {
  it('covers whole decades', () => {
    const scale = logarithmic(1, 3444, 0, 400);
    expect(scale.ticks).toEqual([1, 10, 100, 1000, 10000]);
    expect(scale.at(100)).toBeCloseTo(200);
  });

  it('keeps zero at its edge rather than at minus infinity', () => {
    expect(logarithmic(1, 10, 0, 100).at(0)).toBe(0);
  });
});

it('draws lines and stairs', () => {
  expect(path([[0, 1], [2.04, 3]])).toBe('M0 1L2 3');
  expect(stairs([[0, 9], [4, 5]])).toBe('M0 9H4V5');
});

describe('labels that would overlap', () => {
  it('are moved apart in their order', () => {
    expect(spread([50, 52, 10], 14, 0, 100)).toEqual([50, 64, 10]);
  });

  it('stay inside', () => {
    expect(spread([98, 99], 14, 0, 100)).toEqual([86, 100]);
  });
});

it('reads a value between two points, and none outside', () => {
  const points = [[0, 0], [10, 100]] as const;
  expect(valueAt(points, 5)).toBe(50);
  expect(valueAt(points, 11)).toBeNull();
});
