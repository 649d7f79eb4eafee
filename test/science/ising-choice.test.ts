// The Ising model: its Gibbs law on a small lattice by enumeration, for both updates; Onsager's magnetisation and energy on a large one.
import { expect, test } from 'vitest';
import { energyPerLink, magnetisation, ONSAGER_TEMPERATURE } from '../../src/models/onsager.ts';
import { chiSquareTest } from '../support/statistics.ts';
import { courses, lateMean, run } from './measure.ts';

/** Probabilities of 0 … 16 agents with opinion 1 on the periodic lattice of 4 × 4, from all 2¹⁶ states. */
function gibbs(temperature: number): number[] {
  const weights = new Array<number>(17).fill(0);
  for (let state = 0; state < 1 << 16; state++) {
    const spin = (x: number, y: number): number => 2 * ((state >> (4 * (y & 3) + (x & 3))) & 1) - 1;
    let [agreement, up] = [0, 0];
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 4; x++) {
        agreement += spin(x, y) * (spin(x + 1, y) + spin(x, y + 1));
        up += (spin(x, y) + 1) / 2;
      }
    }
    weights[up] += Math.exp(agreement / temperature);
  }
  const total = weights.reduce((sum, weight) => sum + weight);
  return weights.map(weight => weight / total);
}

// 100 sweeps from order at T = 3: an ordered lattice of 16 agents forgets its side within about 10. With another temperature the same test rejects.
test.each([
  { update: 'sublattice', steps: 100 },
  { update: 'sequential', steps: 1600 },
])(
  '4 × 4 agents at T = 3, $update: the number of + follows the Gibbs law (4,000 worlds, chi-square)',
  async testCase => {
    const result = await run({
      ...{ model: 'ising-choice', topology: { kind: 'lattice', width: 4, height: 4 }, replicas: 4000 },
      ...{ params: { temperature: 3 }, measure: testCase.steps, seed: 'gibbs', ...testCase },
    });
    const counts = new Array<number>(17).fill(0);
    for (const course of courses(result, 'up')) counts[Math.round(16 * course.at(-1)!)]++;
    expect(chiSquareTest(counts, gibbs(3)).p).toBeGreaterThan(1e-3);
    expect(chiSquareTest(counts, gibbs(3.2)).p).toBeLessThan(1e-6);
  },
);

const LATTICE = {
  ...{ model: 'ising-choice', topology: { kind: 'lattice', width: 128, height: 128 }, replicas: 4 },
  ...{ init: { opinion: 1 }, update: 'sublattice', seed: 'onsager' },
};

// 4 × 128 × 128 agents over steps 300 to 800: measured standard errors of the share of + are .00004, .0001 and .003 at T = 1.5, 2 and 2.2, .004 and .001
// above; of that of unlike links at most .0007. The magnetisation has twice those of the first.
test('Onsager: magnetisation at T = 1.5, 2 and 2.2 (±.0006, ±.0012, ±.025), none at 2.5 and 3; unlike links at each (±.002) (4 × 128 × 128 agents)', async () => {
  const temperature = [1.5, 2, 2.2, 2.5, 3];
  const result = await run({ ...LATTICE, params: { temperature }, steps: 800, measure: 10 });
  const bounds = [0.0006, 0.0012, 0.025, 0.05, 0.02];
  for (const [point, t] of temperature.entries()) {
    const up = lateMean(result, 'up', 300, point);
    const links = lateMean(result, 'active_links', 300, point);
    expect(Math.abs(2 * up.mean - 1 - magnetisation(t)), `T = ${t}`).toBeLessThan(bounds[point]);
    expect(Math.abs(links.mean - (1 + energyPerLink(t)) / 2), `T = ${t}`).toBeLessThan(0.002);
  }
  const steady = result.theory.steady.filter(({ measure }) => measure === 'up').map(({ branches }) => branches.length);
  expect(steady).toEqual([2, 2, 2, 1, 1]);
});

test('Onsager’s values, as published', () => {
  expect(ONSAGER_TEMPERATURE).toBeCloseTo(2.26919, 5);
  expect([1.5, 2, 2.2].map(magnetisation).map(m => m.toFixed(5))).toEqual(['0.98650', '0.91132', '0.78476']);
  expect([2.27, 5].map(magnetisation)).toEqual([0, 0]);
  // at the critical temperature −√2 per agent, which has two links
  expect(energyPerLink(ONSAGER_TEMPERATURE)).toBeCloseTo(-Math.SQRT1_2, 6);
  // high temperatures: the products of neighbours are tanh(1/T) + 2 tanh³(1/T) + …
  expect(energyPerLink(20)).toBeCloseTo(-(Math.tanh(0.05) + 2 * Math.tanh(0.05) ** 3), 5);
});

test('Onsager’s solution is of the square lattice with four neighbours', async () => {
  for (const topology of [
    { kind: 'lattice', width: 8, height: 8, neighbourhood: 'moore' },
    { kind: 'ring', reach: 2 },
  ]) {
    const population = topology.kind === 'ring' ? { population: 64 } : {};
    const { theory } = await run({ model: 'ising-choice', topology, ...population, steps: 1 });
    expect([theory.steady, theory.thresholds]).toEqual([[], []]);
  }
});
