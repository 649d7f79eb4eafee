// The formulas of binned values: known answers, and their stated error bounds for any values.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clustersOf,
  effectiveNumberOf,
  entropyOf,
  estebanRayOf,
  giniOf,
  quantileOf,
  type Summed,
  topShareOf,
} from '../../src/plan/binned-formulas.ts';
import { exactGini, exactQuantile, exactTopShare } from '../reference/spread.ts';

/** Values in bins of a range. */
function summed(values: readonly number[], low: number, high: number, width: number): Summed {
  const bins = Math.ceil((high - low + 1) / width);
  const counts = new Array<number>(bins).fill(0);
  const excesses = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor((value - low) / width);
    counts[bin]++;
    excesses[bin] += value - low - bin * width;
  }
  return { counts, excesses, low, high, width };
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const LOW = 5;
const HIGH = 1000;

const binnedValues = fc.record({
  values: fc.array(fc.integer({ min: LOW, max: HIGH }), { minLength: 1, maxLength: 60 }),
  width: fc.integer({ min: 1, max: 400 }),
});

describe('bounds', () => {
  test('a quantile is in the bin of the exact one, and exact at the ends and for bins of one value', () => {
    fc.assert(
      fc.property(binnedValues, fc.double({ min: 0, max: 1, noNaN: true }), ({ values, width }, q) => {
        const bins = summed(values, LOW, HIGH, width);
        const [least, most] = [Math.min(...values), Math.max(...values)];
        const found = quantileOf(bins, q, least, most);
        expect(Math.abs(found - exactQuantile(values, q))).toBeLessThanOrEqual(width === 1 ? 0 : width);
        expect(quantileOf(bins, 0, least, most)).toBe(least);
        expect(quantileOf(bins, 1, least, most)).toBe(most);
      }),
    );
  });

  test('the Gini coefficient errs by at most w Σ s² / (6 x̄)', () => {
    fc.assert(
      fc.property(binnedValues, ({ values, width }) => {
        const bins = summed(values, LOW, HIGH, width);
        const squares = bins.counts.reduce((sum, count) => sum + (count / values.length) ** 2, 0);
        const bound = width === 1 ? 0 : (width * squares) / (6 * mean(values));
        expect(Math.abs(giniOf(bins) - exactGini(values))).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });

  test('a bin with one value adds no error to the Gini coefficient', () => {
    const values = [5, 210, 700, 1000];
    expect(giniOf(summed(values, LOW, HIGH, 100))).toBeCloseTo(exactGini(values), 14);
  });

  test('a top share errs by at most w s / (4 x̄)', () => {
    fc.assert(
      fc.property(binnedValues, fc.double({ min: 0, max: 1, noNaN: true }), ({ values, width }, share) => {
        const bins = summed(values, LOW, HIGH, width);
        const largest = Math.max(...bins.counts) / values.length;
        const bound = width === 1 ? 0 : (width * largest) / (4 * mean(values));
        const found = topShareOf(bins, share);
        expect(Math.abs(found - exactTopShare(values, share))).toBeLessThanOrEqual(bound + 1e-12);
      }),
    );
  });

  test('the bounds are not idle: two camps in one bin reach a third of the Gini bound', () => {
    const values = [...new Array<number>(20).fill(100), ...new Array<number>(20).fill(199)];
    const bins = summed(values, 0, HIGH, 100);
    const bound = 100 / (6 * mean(values));
    expect(Math.abs(giniOf(bins) - exactGini(values))).toBeGreaterThan(bound / 3);
  });
});

describe('known answers', () => {
  test('equal shares, and one who has everything', () => {
    const equal = summed(new Array<number>(100).fill(10), 0, 99, 1);
    expect(giniOf(equal)).toBe(0);
    expect(topShareOf(equal, 0.01)).toBeCloseTo(0.01, 14);
    const one = summed([...new Array<number>(99).fill(0), 99], 0, 99, 1);
    expect(giniOf(one)).toBeCloseTo(0.99, 14);
    expect(topShareOf(one, 0.01)).toBe(1);
  });

  test('nobody has anything, or there is nobody: undefined', () => {
    const nothing = summed([0, 0, 0], 0, 9, 2);
    const nobody = summed([], 0, 9, 2);
    for (const bins of [nothing, nobody]) {
      expect(giniOf(bins)).toBeNaN();
      expect(topShareOf(bins, 0.1)).toBeNaN();
    }
    const none = [0, 0, 0];
    for (const value of [
      entropyOf(none),
      effectiveNumberOf(none),
      estebanRayOf(none, 1),
      clustersOf(none, 0.1, true),
    ]) {
      expect(value).toBeNaN();
    }
    expect(quantileOf(nobody, 0.5, 0, 0)).toBeNaN();
  });

  test('entropy and the effective number', () => {
    expect(entropyOf([5, 5, 0, 5, 5])).toBeCloseTo(Math.log(4), 14);
    expect(effectiveNumberOf([5, 5, 0, 5, 5])).toBeCloseTo(4, 13);
    expect(effectiveNumberOf([7, 0])).toBe(1);
  });

  test('Esteban and Ray: two camps are more polarised than three, or than an even spread', () => {
    expect(estebanRayOf([50, 0, 0, 0, 50], 1.6)).toBeCloseTo(1, 13);
    expect(estebanRayOf([0, 0, 100], 1.6)).toBe(0);
    expect(estebanRayOf([9], 1.6)).toBe(0);
    const even = estebanRayOf([20, 20, 20, 20, 20], 1.6);
    const three = estebanRayOf([34, 0, 33, 0, 33], 1.6);
    expect(even).toBeLessThan(three);
    expect(three).toBeLessThan(1);
    // α = 0 is the mean distance of a pair, times 2
    expect(estebanRayOf([1, 1], 0)).toBeCloseTo(1, 13);
  });

  test('clusters are runs, without stragglers and without thin bridges', () => {
    expect(clustersOf([10, 20, 0, 0, 5, 15], 0.05, true)).toBe(2);
    expect(clustersOf([10, 20, 10, 5, 5, 15], 0.05, true)).toBe(1);
    expect(clustersOf([500, 0, 0, 500, 0, 1], 0.05, true)).toBe(2);
    expect(clustersOf([500, 1, 1, 500], 0.05, true)).toBe(2);
    expect(clustersOf([500, 300, 0, 200], 0.05, false)).toBe(3);
    expect(clustersOf([1, 1, 1, 1], 0.3, true)).toBe(1);
    expect(clustersOf([1, 1, 1, 1], 0.3, false)).toBe(0);
    expect(clustersOf([0, 3, 0], 0, true)).toBe(1);
  });
});
