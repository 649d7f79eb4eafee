// The statistics that other tests rely on, against published tables and closed forms, and that they reject what is 2 % off.
import { describe, expect, test } from 'vitest';
import { sequence } from '../../src/random.ts';
import {
  betaBinomialPmf,
  binomialPmf,
  chiSquareCritical,
  chiSquarePower,
  chiSquareTail,
  chiSquareTest,
  correlation,
  estimate,
  holm,
  logGamma,
  normalTwoSided,
  shareError,
  tally,
  uniformTest,
  upperGamma,
} from '../support/statistics.ts';

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('distributions', () => {
  test('ln Γ at integers, halves and large arguments', () => {
    for (const [x, value] of [
      [1, 0],
      [2, 0],
      [5, Math.log(24)],
      [0.5, Math.log(Math.PI) / 2],
      [0.25, 1.2880225246980774],
      [100, 359.1342053695754],
      [1001, sum(Array.from({ length: 1000 }, (_, k) => Math.log(k + 1)))],
    ]) {
      expect(Math.abs(logGamma(x) - value)).toBeLessThan(1e-12 * Math.max(1, value));
    }
  });

  // Table of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4: three decimals.
  test.each([
    [1, 3.841, 0.05],
    [1, 10.828, 0.001],
    [2, 5.991, 0.05],
    [5, 20.515, 0.001],
    [10, 23.209, 0.01],
    [23, 49.728, 0.001],
    [30, 43.773, 0.05],
    [100, 149.449, 0.001],
  ])('chi-square with %i degrees of freedom exceeds %f with probability %f', (freedom, value, p) => {
    expect(chiSquareTail(value - 0.0006, freedom)).toBeGreaterThan(p);
    expect(chiSquareTail(value + 0.0006, freedom)).toBeLessThan(p);
    expect(Math.abs(chiSquareCritical(freedom, p) - value)).toBeLessThan(0.0006);
  });

  test('Q(1, x) = e^−x and Q(2, x) = (1 + x) e^−x on both sides of the switch from series to fraction', () => {
    for (const x of [0, 0.1, 1, 1.9, 2.1, 2.9, 3.1, 30, 300]) {
      expect(upperGamma(1, x) / Math.exp(-x)).toBeCloseTo(1, 11);
      expect(upperGamma(2, x) / ((1 + x) * Math.exp(-x))).toBeCloseTo(1, 11);
    }
  });

  test('two-sided tails of the normal distribution', () => {
    expect(normalTwoSided(0)).toBe(1);
    expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 12);
    expect(normalTwoSided(-3.290526731491926)).toBeCloseTo(0.001, 12);
  });

  test('binomial and beta-binomial', () => {
    expect(binomialPmf(4, 0.5).map(p => p * 16)).toEqual([1, 4, 6, 4, 1].map(n => expect.closeTo(n, 10)));
    expect(binomialPmf(3, 0)).toEqual([1, 0, 0, 0].map(p => expect.closeTo(p, 12)));
    // a = b = 1 is uniform; a = b → ∞ is binomial
    for (const p of betaBinomialPmf(20, 1, 1)) expect(p).toBeCloseTo(1 / 21, 12);
    betaBinomialPmf(6, 1e7, 1e7).forEach((p, k) => {
      expect(p).toBeCloseTo(binomialPmf(6, 0.5)[k], 6);
    });
    const pmf = betaBinomialPmf(200, 5, 5);
    expect(sum(pmf)).toBeCloseTo(1, 10);
    expect(sum(pmf.map((p, k) => p * k))).toBeCloseTo(100, 8);
    // n a b (a + b + n) / ((a + b)² (a + b + 1))
    expect(sum(pmf.map((p, k) => p * (k - 100) ** 2))).toBeCloseTo((200 * 25 * 210) / (100 * 11), 7);
  });

  test('noncentral chi-square: with one degree of freedom the power is that of a two-sided normal test', () => {
    // P(|Z + 3| > 1.95996) = Φ(1.04004) + Φ(−4.95996)
    expect(chiSquarePower(1, 9, 0.05)).toBeCloseTo(0.850839, 5);
    expect(chiSquarePower(7, 0, 0.01)).toBeCloseTo(0.01, 8);
  });
});

describe('tests', () => {
  test('chi-square by hand, and pooling of rare cells', () => {
    expect(uniformTest([30, 20, 10]).statistic).toBeCloseTo(10, 12);
    expect(uniformTest([30, 20, 10])).toMatchObject({ freedom: 2, p: expect.closeTo(Math.exp(-5), 12) });
    // 100 observations: the cells 0.05 + 0.05 and 0.85 + 0.05 are pooled
    expect(chiSquareTest([3, 7, 88, 2], [0.05, 0.05, 0.85, 0.05])).toMatchObject({ statistic: 0, freedom: 1 });
    expect(() => uniformTest([1, 2])).toThrow('too few');
    expect(tally('abca', 4).sort()).toEqual([0, 1, 1, 2]);
    expect(() => tally('abc', 2)).toThrow('3 different outcomes');
  });

  test('Holm’s correction: 0.01 survives four hypotheses, 0.02 does not survive three', () => {
    expect(holm([0.02, 0.01, 0.9, 0.03], 0.05)).toEqual([false, true, false, false]);
    expect(holm([0.01, 0.015, 0.9, 0.02], 0.05)).toEqual([true, true, false, true]);
  });

  test('estimates and correlations', () => {
    expect(estimate([1, 2, 3, 4])).toEqual({ mean: 2.5, error: expect.closeTo(Math.sqrt(5 / 12), 12) });
    expect(shareError(0.5, 100)).toBe(0.05);
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3, 4], [1, -1, -1, 1])).toBeCloseTo(0, 12);
  });
});

// What the tests of this project would make of a 2 % error, on synthetic data: the level is 0.001, as there; the power is exact.
describe('a 2 % error is rejected', () => {
  const ALPHA = 0.001;
  const { unit } = sequence([20, 250]);
  const sample = (pmf: readonly number[], count: number): number[] => {
    const counts = pmf.map(() => 0);
    let total = 0;
    const bounds = pmf.map(p => (total += p));
    for (let n = 0; n < count; n++) {
      const at = unit() * total;
      let [low, high] = [0, pmf.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (at < bounds[middle]) high = middle;
        else low = middle + 1;
      }
      counts[low]++;
    }
    return counts;
  };
  const noncentrality = (truth: readonly number[], claimed: readonly number[], count: number): number =>
    count * sum(truth.map((p, k) => (p - claimed[k]) ** 2 / claimed[k]));

  test('uniform over 7 values, one of them 2 % too frequent: needs 1e6 draws (power above 0.99); 70,000 would not do', () => {
    const off = [1.02, ...new Array<number>(6).fill(5.98 / 6)].map(x => x / 7);
    const fair = new Array<number>(7).fill(1 / 7);
    expect(chiSquarePower(6, noncentrality(off, fair, 1_000_000), ALPHA)).toBeGreaterThan(0.99);
    expect(chiSquarePower(6, noncentrality(off, fair, 70_000), ALPHA)).toBeLessThan(0.2);
    expect(uniformTest(sample(off, 1_000_000)).p).toBeLessThan(ALPHA);
    expect(uniformTest(sample(fair, 1_000_000)).p).toBeGreaterThan(ALPHA);
  });

  test.each([
    { outcomes: 12, count: 200_000, off: 0.02 },
    { outcomes: 60, count: 300_000, off: 0.02 },
    { outcomes: 120, count: 300_000, off: 0.02 },
    // 2 % would need 750,000
    { outcomes: 1680, count: 200_000, off: 0.04 },
  ])(
    '$outcomes matchings, half of them too frequent by $off, $count drawn (power above 0.95)',
    ({ outcomes, count, off }) => {
      const truth = Array.from({ length: outcomes }, (_, k) => (1 + (k % 2 === 0 ? off : -off)) / outcomes);
      const fair = new Array<number>(outcomes).fill(1 / outcomes);
      expect(chiSquarePower(outcomes - 1, noncentrality(truth, fair, count), ALPHA)).toBeGreaterThan(0.95);
      expect(uniformTest(sample(truth, count)).p).toBeLessThan(ALPHA);
      expect(uniformTest(sample(fair, count)).p).toBeGreaterThan(ALPHA);
    },
  );

  test('BetaBinomial(200, 5, 5), 10,000 worlds in about 20 cells: rejected when the mean is 2 % higher (power above 0.9)', () => {
    const truth = betaBinomialPmf(200, 5.1, 4.9);
    const claimed = betaBinomialPmf(200, 5, 5);
    expect(sum(truth.map((p, k) => p * k))).toBeCloseTo(102, 8);
    const expected = chiSquareTest(
      truth.map(p => p * 10_000),
      claimed,
      500,
    );
    expect(expected.freedom).toBeGreaterThan(15);
    expect(chiSquarePower(expected.freedom, expected.statistic, ALPHA)).toBeGreaterThan(0.9);
    expect(chiSquareTest(sample(truth, 10_000), claimed, 500).p).toBeLessThan(ALPHA);
    expect(chiSquareTest(sample(claimed, 10_000), claimed, 500).p).toBeGreaterThan(ALPHA);
  });

  test('a share of 0.5 in 1e6 agents: 2 % is 20 standard errors, and 0.003 is 6', () => {
    expect(0.01 / shareError(0.5, 1e6)).toBeCloseTo(20, 6);
    const counts = sample([0.49, 0.51], 1_000_000);
    expect(Math.abs(counts[1] / 1e6 - 0.5) / shareError(0.5, 1e6)).toBeGreaterThan(4);
  });
});
