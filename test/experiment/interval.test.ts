// Intervals against printed tables of Student's t.
import { describe, expect, it } from 'vitest';
import { meanInterval, tQuantile } from '../../src/experiment/interval.ts';
import { formatInterval, formatNumber, formatSeconds, intervalDecimals } from '../../src/report/numbers.ts';

describe('tQuantile', () => {
  // Abramowitz & Stegun (1964), table 26.10, and its normal limit.
  it.each([
    [0.95, 1, 12.706],
    [0.95, 2, 4.303],
    [0.95, 3, 3.182],
    [0.95, 4, 2.776],
    [0.95, 7, 2.365],
    [0.95, 10, 2.228],
    [0.95, 30, 2.042],
    [0.95, 120, 1.98],
    [0.99, 5, 4.032],
    [0.9, 8, 1.86],
    [0.95, 100_000, 1.96],
  ])('%f with %i degrees of freedom is %f', (confidence, freedom, t) => {
    expect(Math.abs(tQuantile(confidence, freedom) - t)).toBeLessThan(0.00051);
  });
});

describe('meanInterval', () => {
  it('knows a mean by hand', () => {
    const { mean, halfWidth, count } = meanInterval([1, 2, 3, Number.NaN]);
    expect({ mean, count }).toEqual({ mean: 2, count: 3 });
    expect(halfWidth).toBeCloseTo(4.30265 / Math.sqrt(3), 4);
  });

  it('has no interval for one value, and no mean for none', () => {
    expect(meanInterval([5])).toEqual({ mean: 5, halfWidth: Number.NaN, count: 1 });
    expect(meanInterval([Number.NaN])).toEqual({ mean: Number.NaN, halfWidth: Number.NaN, count: 0 });
  });
});

describe('numbers in words', () => {
  it.each([
    [0.5, '0.5'],
    [-0.123456, '−0.1235'],
    [1234567, '1,234,567'],
    [99.9999, '100'],
    [0, '0'],
    [1.5e-7, '1.5 × 10^−7'],
    [2e12, '2 × 10^12'],
    [Number.NaN, '–'],
  ])('%f is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('gives mean and half-width the same decimals', () => {
    const of = (mean: number, halfWidth: number) => formatInterval({ mean, halfWidth, count: 4 });
    expect(of(0.41234, 0.0132)).toBe('0.412 ± 0.013');
    expect(of(-0.0001, 0.2)).toBe('0.00 ± 0.20');
    expect(of(123.456, 42)).toBe('123 ± 42');
    expect(of(0.5, 0)).toBe('0.5 ± 0');
    expect(of(0.5, Number.NaN)).toBe('0.5');
    expect(of(3e9, 2e7)).toBe('3 × 10^9 ± 2 × 10^7');
    const interval = (halfWidth: number) => ({ mean: 1, halfWidth, count: 2 });
    expect(intervalDecimals([interval(0.5), interval(0.01), interval(0.02), interval(Number.NaN)])).toBe(3);
  });

  it('tells times', () => {
    expect([0.4217, 61, 200].map(formatSeconds)).toEqual(['0.42 s', '61 s', '3 min 20 s']);
  });
});
