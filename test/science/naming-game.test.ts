// The naming game with a committed minority (Xie et al. 2011, arXiv:1102.3931): the tipping point .097889 of the mean field, and both sides of it among agents.
import { expect, test } from 'vitest';
import { namingRound, namingThreshold, settledNaming } from '../../src/models/naming-game.ts';
import { courses, lateMean, run } from './measure.ts';

/** One talk at a time, as published: time derivatives of the shares, for a committed share p. */
function rates(p: number, a: number, b: number, ab: number): [number, number] {
  // n_A' = −n_A n_B + n_AB² + n_A n_AB + 3/2 p n_AB and n_B' = −n_A n_B + n_AB² + n_B n_AB − p n_B (Xie et al. 2011, equation 1)
  return [-a * b + ab * ab + a * ab + 1.5 * p * ab, -a * b + ab * ab + b * ab - p * b];
}

test('the mean field of a round changes the shares by half the published rates, which are per N talks', () => {
  for (const [p, a, b] of [
    [0.1, 0.2, 0.5],
    [0.05, 0, 0.95],
    [0.3, 0.4, 0.1],
    [0, 0.3, 0.3],
  ]) {
    const ab = 1 - p - a - b;
    const next = namingRound({ a, b, ab });
    const [da, db] = rates(p, a, b, ab);
    expect(next.a - a).toBeCloseTo(da / 2, 12);
    expect(next.b - b).toBeCloseTo(db / 2, 12);
    expect(next.a + next.b + next.ab).toBeCloseTo(1 - p, 12);
  }
});

test('the mean field tips at .097889, and at .0975 keeps a share of .670 that knows B alone', () => {
  expect(Math.abs(namingThreshold() - 0.097889)).toBeLessThan(1e-6);
  expect(Math.abs(settledNaming(0.0975).b - 0.67)).toBeLessThan(5e-4);
});

// At .102 the mean field has lost B after 164 rounds. At .094 it settles at n_B = .7134, and would tip from .5905: 16 standard deviations away (.0075 among 20,000 agents,
// measured). The mean of rounds 200 to 400 has a standard deviation of .0047 (12 replicas), that of two replicas .0033. At full size: scripts/nightly.mjs.
test('20,000 agents keep B at a committed share of .094 and lose it at .102 (two replicas, 400 rounds); n_B stays at the mean field’s .7134 ± .015', async () => {
  const result = await run({
    model: 'naming-game',
    population: 20_000,
    replicas: 2,
    params: { committed: [0.094, 0.102] },
    steps: 400,
    measure: 10,
    seed: 'tipping',
  });
  const kept = lateMean(result, 'n_b', 200, 0).mean;
  expect(Math.abs(kept - settledNaming(0.094).b)).toBeLessThan(0.015);
  for (const course of courses(result, 'n_b', 1)) {
    expect(course.at(-1)).toBe(0);
    // not at once, but through the bottleneck
    expect(course[5]).toBeGreaterThan(0.5);
  }
});
