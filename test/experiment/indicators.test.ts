// Indicators of change on synthetic series whose answers are known.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earlyWarning, kendallTau, lagOneAutocorrelation } from '../../src/experiment/early-warning.ts';
import {
  drift,
  halfLife,
  hysteresisArea,
  persistence,
  seriesOf,
  susceptibility,
  tippingStep,
} from '../../src/experiment/indicators.ts';
import { sampleVariance } from '../../src/experiment/interval.ts';
import type { Rows } from '../../src/plan/rows.ts';
import { sequence } from '../../src/random.ts';
import { refusal } from '../engine/support.ts';

/** Standard normal numbers (Box & Muller 1958). */
function normals(count: number, seed: number): number[] {
  const { word } = sequence([seed, 1]);
  const uniform = (): number => (word() + 0.5) / 2 ** 32;
  return Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()));
}

/** xₜ₊₁ = φ(t) xₜ + noise. */
function autoregressive(count: number, phi: (t: number) => number, seed: number): number[] {
  let x = 0;
  return normals(count, seed).map((noise, t) => {
    x = phi(t) * x + noise;
    return x;
  });
}

const rowsOf = (worlds: readonly { point: number; replica: number; values: readonly number[] }[]): Rows => {
  const flat = worlds.flatMap(({ point, replica, values }) =>
    values.map((x, k) => ({ point, replica, step: 10 * k, x })),
  );
  return {
    point: Uint32Array.from(flat, row => row.point),
    replica: Uint32Array.from(flat, row => row.replica),
    step: Uint32Array.from(flat, row => row.step),
    measures: { x: Float64Array.from(flat, row => row.x) },
  };
};

describe('early warning', () => {
  test.each([-0.5, 0, 0.3, 0.9])('the lag-1 autocorrelation of AR(1) is φ = %f', phi => {
    // its standard error is √((1 − φ²) / n), and its bias (1 + 4 φ) / n at most
    const count = 20_000;
    const found = lagOneAutocorrelation(autoregressive(count, () => phi, 5));
    expect(Math.abs(found - phi)).toBeLessThan(4 * Math.sqrt((1 - phi * phi) / count) + 5 / count);
  });

  test('the lag-1 autocorrelation by hand', () => {
    expect(lagOneAutocorrelation([1, -1, 1, -1])).toBeCloseTo(-3 / 4, 14);
    expect(lagOneAutocorrelation([1, 1, 1])).toBeNaN();
  });

  test('the variance of AR(1) is 1 / (1 − φ²)', () => {
    expect(sampleVariance([1, 2, 4])).toBeCloseTo(7 / 3, 14);
    expect(sampleVariance([1])).toBeNaN();
    expect(sampleVariance(autoregressive(50_000, () => 0.6, 3))).toBeCloseTo(1 / (1 - 0.36), 1);
  });

  test('Kendall’s τ by hand, and its symmetry', () => {
    expect(kendallTau([1, 2, 3, 4])).toBe(1);
    expect(kendallTau([4, 3, 2])).toBe(-1);
    expect(kendallTau([1, 3, 2])).toBeCloseTo(1 / 3, 14);
    expect(kendallTau([1, 1, 2])).toBeCloseTo(2 / Math.sqrt(6), 14);
    expect(kendallTau([5, 5])).toBeNaN();
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }), values => {
        const tau = kendallTau(values);
        fc.pre(!Number.isNaN(tau));
        expect(Math.abs(tau)).toBeLessThanOrEqual(1);
        expect(kendallTau([...values].reverse())).toBeCloseTo(-tau, 12);
      }),
    );
  });

  test.each(['autocorrelation', 'variance'] as const)(
    'the %s rises as φ goes to 1, and not where it stays',
    statistic => {
      const seeds = Array.from({ length: 20 }, (_, k) => k + 1);
      const taus = (phi: (t: number) => number): number[] =>
        seeds.map(seed => earlyWarning(autoregressive(400, phi, seed), { statistic }).tau);
      const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
      expect(mean(taus(t => (0.97 * t) / 400))).toBeGreaterThan(0.6);
      // twenty τ of strongly dependent windows have a spread of about 0.5: four standard errors are 0.45
      expect(Math.abs(mean(taus(() => 0.3)))).toBeLessThan(0.45);
    },
  );

  test('a trend is taken off, unless it is left', () => {
    const rising = normals(800, 2).map((x, t) => x + t / 20);
    const [off, left] = [0.1, 0].map(bandwidth => earlyWarning(rising, { bandwidth }).statistic);
    expect(Math.max(...left)).toBeGreaterThan(0.8);
    // four standard errors of the autocorrelation of 400 independent values
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(4 / Math.sqrt(400));
    expect(off).toHaveLength(401);
  });

  test('a window of two', async () => {
    expect((await refusal(() => earlyWarning([1, 2, 3, 4]))).message).toContain('bad window');
  });
});

describe('courses', () => {
  const steps = Array.from({ length: 201 }, (_, k) => 5 * k);

  test('drift and half-life of a relaxation with time constant T', () => {
    const values = steps.map(t => 0.9 - 0.4 * (1 - Math.exp(-t / 100)));
    expect(drift({ values })[200]).toBeCloseTo(-0.4, 4);
    // between measured steps 5 apart a chord is off by (5/100)² / 8 × T at most
    expect(Math.abs(halfLife({ steps, values }) - 100 * Math.LN2)).toBeLessThan(0.1);
    expect(halfLife({ steps: [10, 20], values: [0, 1] })).toBe(5);
    expect(halfLife({ steps: [0, 1], values: [3, 3] })).toBeNaN();
  });

  test('persistence', () => {
    const course = { steps: [0, 10, 20], values: [0.2, 0.8, 0.5] };
    expect(persistence(course, 10)).toBeCloseTo(0.5, 14);
    expect(persistence(course, 10, 0.5)).toBe(0);
    expect(persistence(course, 20)).toBe(1);
    expect(persistence(course, 0)).toBeNaN();
    expect(persistence(course, 15)).toBeNaN();
  });

  test('the tipping step is the first of the last stay', async () => {
    const course = { steps: [0, 10, 20, 30, 40], values: [0.1, 0.9, 0.2, 0.8, 0.9] };
    expect(tippingStep(course, { above: 0.5 })).toBe(30);
    expect(tippingStep(course, { above: 0.05 })).toBe(0);
    expect(tippingStep(course, { below: 0.95 })).toBe(0);
    expect(tippingStep(course, { below: 0.5 })).toBeNaN();
    expect((await refusal(() => tippingStep(course, {}))).message).toContain('either `above` or `below`');
  });

  test('the hysteresis area of two steps is their distance times their height', () => {
    const up = { parameter: [0, 1, 2, 3], values: [0, 0, 0, 1] };
    const down = { parameter: [3, 2, 1, 0], values: [1, 1, 0, 0] };
    expect(hysteresisArea(up, down)).toBeCloseTo(1, 14);
    expect(hysteresisArea(up, up)).toBe(0);
    // two lines that cross in the middle: two triangles of ¼
    expect(hysteresisArea({ parameter: [0, 1], values: [0, 1] }, { parameter: [1, 0], values: [0, 1] })).toBeCloseTo(
      0.5,
      14,
    );
    // points in different places, over what they share: 1 high and 0.5 wide
    const wide = { parameter: [0, 2], values: [1, 1] };
    expect(hysteresisArea(wide, { parameter: [0.5, 1], values: [0, 0] })).toBeCloseTo(0.5, 14);
    expect(hysteresisArea({ parameter: [0, 1], values: [1, 1] }, { parameter: [2, 3], values: [0, 0] })).toBeNaN();
  });
});

describe('rows', () => {
  const rows = rowsOf([
    { point: 0, replica: 0, values: [1, 2] },
    { point: 0, replica: 1, values: [1, 4] },
    { point: 1, replica: 0, values: [7, 7] },
  ]);

  test('a series per world', async () => {
    expect(seriesOf(rows, 'x')).toEqual([
      { point: 0, replica: 0, steps: [0, 10], values: [1, 2] },
      { point: 0, replica: 1, steps: [0, 10], values: [1, 4] },
      { point: 1, replica: 0, steps: [0, 10], values: [7, 7] },
    ]);
    expect((await refusal(() => seriesOf(rows, 'y'))).message).toContain('expected one of x, got y');
  });

  test('susceptibility is N Var over replicas: p (1 − p) for means of independent bits', () => {
    expect(susceptibility(rows, 'x', 50)).toEqual([
      { point: 0, step: 0, value: 0 },
      { point: 0, step: 10, value: 100 },
      { point: 1, step: 0, value: Number.NaN },
      { point: 1, step: 10, value: Number.NaN },
    ]);
    const { word } = sequence([4, 4]);
    const population = 200;
    const meanOfBits = (): number =>
      Array.from({ length: population }, () => Number(word() < 0.3 * 2 ** 32)).reduce((sum, x) => sum + x, 0) /
      population;
    const many = rowsOf(Array.from({ length: 2000 }, (_, replica) => ({ point: 0, replica, values: [meanOfBits()] })));
    // the relative standard error of a variance of n values is √(2 / n) = 0.032
    expect(Math.abs(susceptibility(many, 'x', population)[0].value / 0.21 - 1)).toBeLessThan(0.13);
  });
});
