// Distributions against their exact distribution functions: N = 20,000 draws each, Kolmogorov–Smirnov at 1.95/√N (5 in 10,000 when true),
// means within 5 standard errors. Draws are fixed by their keys, so that a test that passes goes on passing.
import { describe, expect, test } from 'vitest';
import { ln } from '../../src/exact.ts';
import { streamKey } from '../../src/random.ts';
import type { Source } from '../../src/spec/spec.ts';
import { agentUnits, drawer } from '../../src/values/draws.ts';
import { upperGamma } from '../support/statistics.ts';

const N = 20_000;
const BOUND = 1.95 / Math.sqrt(N);

type Drawn = Source & { kind: 'distribution' };
const source = (name: Drawn['name'], of: Record<string, number>, min = -1e9, max = 1e9): Drawn => ({
  kind: 'distribution',
  name,
  of,
  min,
  max,
  where: undefined,
  label: name,
});

function sample(from: Drawn, whole = false): Float64Array {
  const draw = drawer(from, whole, streamKey([1, 2], 3, `param:${from.name}`));
  return Float64Array.from({ length: N }, (_, agent) => draw(agent));
}

/** The largest difference between an empirical and an exact distribution function. */
function distance(values: Float64Array, cdf: (x: number) => number): number {
  return values.toSorted().reduce((most, x, i) => Math.max(most, cdf(x) - i / N, (i + 1) / N - cdf(x)), 0);
}

const normal = (z: number): number => (z < 0 ? upperGamma(0.5, (z * z) / 2) / 2 : 1 - upperGamma(0.5, (z * z) / 2) / 2);
/** Beta with integer shapes, as a binomial tail. */
function beta(a: number, b: number, x: number): number {
  const n = a + b - 1;
  let choose = 1;
  let sum = 0;
  for (let j = 0; j <= n; j++) {
    if (j >= a) sum += choose * x ** j * (1 - x) ** (n - j);
    choose = (choose * (n - j)) / (j + 1);
  }
  return sum;
}

const CASES: [Drawn, cdf: (x: number) => number, mean: number, sd: number][] = [
  [source('uniform', { min: -1, max: 3 }), x => (x + 1) / 4, 1, 4 / Math.sqrt(12)],
  [source('normal', { mean: 2, sd: 0.5 }), x => normal((x - 2) / 0.5), 2, 0.5],
  [source('lognormal', { median: 2, sigma: 0.5 }), x => normal(Math.log(x / 2) / 0.5), 2 * Math.exp(0.125), 2 * Math.exp(0.125) * Math.sqrt(Math.exp(0.25) - 1)],
  [source('exponential', { mean: 3 }), x => 1 - Math.exp(-x / 3), 3, 3],
  [source('gamma', { shape: 2.5, scale: 2 }), x => 1 - upperGamma(2.5, x / 2), 5, 2 * Math.sqrt(2.5)],
  [source('gamma', { shape: 0.3, scale: 1 }), x => 1 - upperGamma(0.3, x), 0.3, Math.sqrt(0.3)],
  [source('beta', { alpha: 2, beta: 5 }), x => beta(2, 5, x), 2 / 7, Math.sqrt(10 / (49 * 8))],
  [source('beta', { alpha: 0.5, beta: 0.5 }), x => (2 / Math.PI) * Math.asin(Math.sqrt(x)), 0.5, Math.sqrt(1 / 8)],
]; // biome-ignore format: a table

describe('distributions', () => {
  const cases = CASES.map(one => [`${one[0].name} ${JSON.stringify(one[0].of)}`, one] as const);
  test.each(cases)('%s', (_, [from, cdf, mean, sd]) => {
    const values = sample(from);
    expect(distance(values, cdf)).toBeLessThan(BOUND);
    const found = values.reduce((sum, value) => sum + value, 0) / N;
    expect(Math.abs(found - mean)).toBeLessThan((5 * sd) / Math.sqrt(N));
  });

  test('the comparison sees a wrong parameter', () => {
    expect(distance(sample(source('normal', { mean: 2, sd: 0.5 })), x => normal((x - 2.02) / 0.5))).toBeGreaterThan(
      BOUND,
    );
    expect(
      distance(sample(source('gamma', { shape: 2.5, scale: 2 })), x => 1 - upperGamma(2.6, x / 2)),
    ).toBeGreaterThan(BOUND);
  });

  test('a beta with small shapes is 0 or 1, with the right shares', () => {
    const values = sample(source('beta', { alpha: 0.001, beta: 0.003 }, 0, 1));
    expect(values.every(value => value >= 0 && value <= 1)).toBe(true);
    const high = values.filter(value => value > 0.5).length / N;
    expect(Math.abs(high - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / N) + 0.001);
  });
});

describe('truncation', () => {
  test('is the distribution given the range, and never leaves it', () => {
    const values = sample(source('normal', { mean: 0.8, sd: 0.3 }, 0.5, 1));
    const [low, high] = [normal(-1), normal(2 / 3)];
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(distance(values, x => (normal((x - 0.8) / 0.3) - low) / (high - low))).toBeLessThan(BOUND);
  });

  test('to a range that is hardly ever hit is refused', () => {
    expect(() => sample(source('normal', { mean: 0, sd: 0.1 }, 5, 6))).toThrow(
      'normal hardly ever falls within 5 to 6: got none of 10000 draws for agent 0. Choose a distribution with more of its weight there',
    );
  });
});

describe('integers', () => {
  test('uniform ones have both ends, each as often: chi-square with 5 degrees of freedom below 25', () => {
    const counts = new Map<number, number>();
    for (const value of sample(source('uniform', { min: -2, max: 3 }, -2, 3), true))
      counts.set(value, (counts.get(value) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2, 3]);
    expect([...counts.values()].reduce((sum, count) => sum + (count - N / 6) ** 2 / (N / 6), 0)).toBeLessThan(25);
  });

  test('others are rounded, and held in the range after that', () => {
    const values = sample(source('normal', { mean: 3, sd: 2 }, 1, 8), true);
    expect(new Set(values)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
    const share = (k: number): number => normal((k + 0.5 - 3) / 2) - normal((k - 0.5 - 3) / 2);
    const whole = [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum, k) => sum + share(k), 0);
    const twos = values.filter(value => value === 2).length / N;
    expect(Math.abs(twos - share(2) / whole)).toBeLessThan(5 * Math.sqrt(0.16 / N));
  });
});

test('choices have their shares, and values without a share never come', () => {
  const choice = {
    kind: 'choice',
    values: [7, 8, 9, 10],
    shares: [0.2, 0, 0.7, 0.1],
    where: undefined,
    label: '',
  } as const;
  const draw = drawer(choice, false, [5, 6]);
  const values = Array.from({ length: N }, (_, agent) => draw(agent));
  const share = (value: number): number => values.filter(other => other === value).length / N;
  expect(share(8)).toBe(0);
  for (const [value, expected] of [[7, 0.2], [9, 0.7], [10, 0.1]]) expect(Math.abs(share(value) - expected)).toBeLessThan(0.017); // biome-ignore format: one thought
});

test('known bits: every machine draws these', () => {
  const known = [
    0.7718394635700143, 2.2677553431855118, 2.6140546555038995, 1.7553539627929973, 6.108743371268945,
    0.3743515058945557, 0.11050610293184326, 0.2092401600890956,
  ];
  const draws = CASES.map(([from]) => drawer(from, false, [1, 2])(3));
  expect(draws).toEqual(known);
});

test('uniform numbers are in (0, 1], and begin anew with each agent', () => {
  const { begin, unit } = agentUnits([3, 4]);
  begin(5);
  const first = [unit(), unit()];
  begin(6);
  expect(unit()).not.toBe(first[0]);
  begin(5);
  expect([unit(), unit()]).toEqual(first);
  for (const value of first) expect(value > 0 && value <= 1).toBe(true);
});

test('the logarithm of large numbers, against Math.log to 4 units in the last place', () => {
  for (let k = 0; k < 2000; k++) {
    const x = (1 + k / 7) * 2 ** (k % 900);
    if (x > 1) expect(Math.abs(ln(x) / Math.log(x) - 1)).toBeLessThan(2 ** -50);
  }
});
