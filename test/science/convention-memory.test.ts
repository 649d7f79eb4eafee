// A convention held in memory against a committed minority (the large-N form of Centola et al. 2018): the fold of the mean field, and agents on both sides of it.
import { expect, test } from 'vitest';
import { conventionThreshold, majorityChance } from '../../src/models/convention-memory.ts';
import { binomialPmf } from '../support/statistics.ts';
import { courses, lateMean, run } from './measure.ts';

test('most of M independent words: the binomial tail, a tie counting half', () => {
  for (const [length, x] of [
    [3, 0.25],
    [12, 0.4],
    [31, 0.7],
  ]) {
    const counts = binomialPmf(length, x);
    const tail = counts.reduce((sum, p, k) => sum + (2 * k > length ? p : 2 * k === length ? p / 2 : 0), 0);
    expect(majorityChance(new Array<number>(length).fill(x))).toBeCloseTo(tail, 12);
  }
  expect(majorityChance([1, 0])).toBe(0.5);
  expect(majorityChance([1, 1, 0])).toBe(1);
});

test('committed shares that tip: 1/9 for M = 3; .1651, .2234, .2419, .3086 for 5, 9, 12, 25', () => {
  expect(conventionThreshold(3)).toBeCloseTo(1 / 9, 9);
  for (const [length, published] of [
    [5, 0.1651],
    [9, 0.2234],
    [12, 0.2419],
    [25, 0.3086],
  ]) {
    expect(Math.abs(conventionThreshold(length) - published)).toBeLessThan(6e-5);
  }
});

// Of p_c = .1111 the test says .1091 < p_c < .1131: ± .002. At .1091 the mean field settles at .2144 and would tip from .2856: 20 standard deviations away (.0034 among
// 20,000 agents, measured). The mean of rounds 200 to 400 has a standard deviation of .0012 (12 replicas). At .1131 the mean field passes ½ in round 121.
test('M = 3: 20,000 agents keep the old word at a committed share of .1091, at .2144 ± .005, and lose it at .1131 (two replicas, 400 rounds)', async () => {
  const result = await run({
    model: 'convention-memory',
    population: 20_000,
    replicas: 2,
    params: { memory_length: 3, committed: [0.1091, 0.1131] },
    steps: 400,
    measure: 10,
    seed: 'convention',
  });
  for (const mean of lateMean(result, 'adopters', 200, 0).values) expect(Math.abs(mean - 0.2144)).toBeLessThan(0.005);
  for (const course of courses(result, 'adopters', 1)) {
    expect(course.at(-1)).toBe(1);
    expect(course[4]).toBeLessThan(0.3);
  }
});
