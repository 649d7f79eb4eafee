// Runs that take turns, and go on from where they leave each other, are the runs that they would be alone.
import { describe, expect, test } from 'vitest';
import { branchingsOf } from '../../src/experiment/branches.ts';
import { runSides, writtenSide } from '../../src/experiment/sides.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { takeTurns } from '../../src/experiment/turns.ts';

const SPEC = {
  model: 'noisy-q-voter',
  population: 5000,
  replicas: 10,
  params: { q: 2, independence: 0.1 },
  init: { opinion: 0.5 },
  interventions: { push: { at: 3, do: { set: { independence: 0.3 } } } },
  steps: 12,
  measure: 4,
  seed: 'turns',
};
const CHANGES = [
  [],
  ['interventions.late={at: 10, do: {write: {opinion: 1}}, target: {fraction: 0.2}}'],
  ['params.q=3'],
  ['interventions.push={at: 6, do: {set: {independence: 0.3}}}'],
  ['interventions.first={at: 1, do: {write: {opinion: 1}}}'],
];
const sides = CHANGES.map((set, k) => writtenSide(`side ${k}`, SPEC, { engine: 'cpu' }, set));

test('runs that differ in later interventions share the steps before', () => {
  expect(branchingsOf(sides.map(({ parsed }) => parsed))).toEqual([
    undefined,
    { from: 0, step: 9 },
    undefined,
    { from: 0, step: 2 },
    undefined,
  ]);
});

test('equal runs share nothing: that they are equal is for the comparison to show', () => {
  expect(branchingsOf([sides[0].parsed, sides[0].parsed])).toEqual([undefined, undefined]);
});

test.each([1, 2])('%i threads: every side has the rows and the digest of its run alone', async threads => {
  const runs = await runSides(sides, { engine: 'cpu', threads });
  for (const [k, { facts, rows }] of runs.entries()) {
    const alone = await simulate(facts.spec as Record<string, unknown>, { engine: 'cpu', threads: 1 });
    expect(facts.digest, `side ${k}`).toBe(alone.digest);
    expect(rows).toEqual(alone.rows);
  }
});

describe('takeTurns', () => {
  test('so many at once, each once', async () => {
    let [running, most] = [0, 0];
    const seen: number[] = [];
    await takeTurns({ first: 1, count: 7, atOnce: 2 }, async number => {
      most = Math.max(most, ++running);
      await new Promise(resolve => setTimeout(resolve, number));
      running--;
      seen.push(number);
    });
    expect(most).toBe(2);
    expect(seen.sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a failure ends it: the other one is told, no further one begins', async () => {
    const begun: number[] = [];
    const told: boolean[] = [];
    const turns = takeTurns({ count: 9, atOnce: 2 }, async (number, signal) => {
      begun.push(number);
      if (number === 1) throw new Error('the second fails');
      await new Promise(resolve => setTimeout(resolve, 5));
      told.push(signal.aborted);
    });
    await expect(turns).rejects.toThrow('the second fails');
    expect(begun).toEqual([0, 1]);
    expect(told).toEqual([true]);
  });
});
