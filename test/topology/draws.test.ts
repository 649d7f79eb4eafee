import { expect, test } from 'vitest';
import { ln, lnOneMinus } from '../../src/exact.ts';
import { sequence } from '../../src/random.ts';
import { Draws } from '../../src/topology/draws.ts';

test('the words are those of `sequence`, across refills', () => {
  const key = [0x13198a2e, 0xf3707344] as const;
  const [draws, reference] = [new Draws(key), sequence(key)];
  for (let i = 0; i < 5000; i++) expect(draws.word()).toBe(reference.word());
});

test('`below` is uniform: 70,000 draws below 7, chi-square with 6 degrees of freedom under 22.5 (p = 0.001)', () => {
  const draws = new Draws([3, 4]);
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[draws.below(7)]++;
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(22.5);
  expect(draws.below(1)).toBe(0);
});

test('shuffles of 4 entries: all 24 orders, 24,000 of them, chi-square with 23 degrees of freedom under 49.7 (p = 0.001)', () => {
  const draws = new Draws([5, 6]);
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const values = Uint32Array.of(0, 1, 2, 3);
    draws.shuffle(values);
    counts.set(values.join(), (counts.get(values.join()) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(49.7);
});

test('logarithms agree with Math.log and Math.log1p to 4 units in the last place', () => {
  const draws = new Draws([7, 8]);
  for (let i = 0; i < 20_000; i++) {
    const x = draws.positiveUnit() * 2 ** -draws.below(60);
    expect(Math.abs(ln(x) / Math.log(x) - 1)).toBeLessThan(2 ** -50);
    if (x < 0.999) expect(Math.abs(lnOneMinus(x) / Math.log1p(-x) - 1)).toBeLessThan(2 ** -50);
  }
  expect(ln(1)).toBeCloseTo(0, 15);
});

test('a long shuffle is a uniform permutation: where each 64th goes, chi-square with 63² degrees of freedom within 4 standard deviations', () => {
  const length = 2 ** 18;
  const values = Uint32Array.from({ length }, (_, i) => i);
  new Draws([9, 10]).shuffle(values);
  const counts = new Float64Array(64 * 64);
  values.forEach((from, to) => {
    counts[(from >>> 12) * 64 + (to >>> 12)]++;
  });
  const statistic = counts.reduce((sum, count) => sum + (count - 64) ** 2 / 64, 0);
  expect(Math.abs(statistic - 63 ** 2)).toBeLessThan(4 * Math.sqrt(2 * 63 ** 2));
  expect(
    values
      .slice()
      .sort()
      .every((value, i) => value === i),
  ).toBe(true);
});
