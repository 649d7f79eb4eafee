// The misalignment of goals: sums over goals equal sums over pairs as integers, and weights are close to their roots.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isqrt } from '../../src/fixed.ts';
import { conflictSum } from '../../src/plan/measure-misalignment.ts';
import { conflictOfPairs } from '../reference/spread.ts';

const GOALS = 4;

test('goal by goal and pair by pair are the same integer', () => {
  const entry = fc.bigInt({ min: 0n, max: 2n ** 31n });
  const half = fc.array(fc.array(entry, { minLength: GOALS, maxLength: GOALS }), {
    minLength: GOALS,
    maxLength: GOALS,
  });
  const agent = fc.record({ goal: fc.integer({ min: 0, max: GOALS - 1 }), root: fc.bigInt({ min: 0n, max: 65535n }) });
  fc.assert(
    fc.property(fc.array(agent, { maxLength: 40 }), half, (agents, written) => {
      const conflict = written.map((row, g) => row.map((value, h) => (g <= h ? value : written[h][g])));
      const sumOf = (power: bigint): bigint[] =>
        written.map((_, g) => agents.reduce((sum, { goal, root }) => sum + (goal === g ? root ** power : 0n), 0n));
      const pairs = conflictOfPairs(
        agents.map(({ goal }) => goal),
        agents.map(({ root }) => root),
        (g, h) => conflict[g][h],
      );
      expect(conflictSum(sumOf(1n), sumOf(2n), conflict)).toBe(pairs);
    }),
  );
});

test('500 agents with awkward weights', () => {
  const weights = Array.from({ length: 500 }, (_, i) => [0, 1, 2, 3, 65535, 65536, 2 ** 30, 2 ** 32 - 1][i % 8]);
  const goals = weights.map((_, i) => (i * i) % GOALS);
  const roots = weights.map(weight => BigInt(isqrt(weight)));
  const distance = (g: number, h: number): bigint => BigInt(Math.abs(g - h));
  const kinds = Array.from({ length: GOALS }, (_, g) => g);
  const sumOf = (power: bigint): bigint[] =>
    kinds.map(g => roots.reduce((sum, root, i) => sum + (goals[i] === g ? root ** power : 0n), 0n));
  const matrix = kinds.map(g => kinds.map(h => distance(g, h)));
  expect(conflictSum(sumOf(1n), sumOf(2n), matrix)).toBe(conflictOfPairs(goals, roots, distance));
});
