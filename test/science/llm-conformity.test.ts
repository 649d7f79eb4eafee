// The conformity law of language models on complete graphs (De Marzo et al. 2026, arXiv:2605.10721): both branches, the spinodal and the tipping point with stubborn agents.
import { expect, test } from 'vitest';
import { lateMean, run } from './measure.ts';

const order = (up: number): number => 2 * up - 1;

/** The solution of m = tanh β(m + h) that iteration reaches from `from`. */
function branch(force: number, bias: number, from: number): number {
  let m = from;
  for (let turn = 0; turn < 10_000; turn++) m = Math.tanh(force * (m + bias));
  return m;
}

/** h_s = √(1 − 1/β) − artanh(√(1 − 1/β)) / β: up to here the metastable branch exists. */
function spinodal(force: number): number {
  const m = Math.sqrt(1 - 1 / force);
  return m - Math.atanh(m) / force;
}

// A step's noise is √((1 − m²)/N) < 1.3e-3 for N = 250,000, amplified by 1/√(1 − λ²), λ = β(1 − m²) < 0.78 on all branches here; over 15 steps the standard error of the
// mean is below 1e-3 at h = 0.2 on the metastable branch and below 3e-4 elsewhere. Opinions are ±1, so that ±0.003 in m is ±0.0015 in the share.
test('m = tanh β(m + h) ± 0.003 on both branches at β = 2, h = 0, 0.1, 0.2 (250,000 agents, synchronous, steps 15 to 30)', async () => {
  const bias = [0, 0.1, 0.2];
  const start = [0, 1];
  const result = await run({
    model: 'llm-conformity',
    population: 250_000,
    params: { majority_force: 2, bias },
    init: { opinion: start },
    update: 'synchronous',
    steps: 30,
    measure: 1,
    seed: 'branches',
  });
  for (const [k, h] of bias.entries()) {
    for (const [s, up] of start.entries()) {
      const m = order(lateMean(result, 'misaligned', 15, k * start.length + s).mean);
      const expected = branch(2, h, order(up));
      expect(Math.sign(expected)).toBe(order(up));
      expect(Math.abs(m - expected), `h = ${h} from ${order(up)}`).toBeLessThan(0.003);
    }
  }
});

/** Whether a run that starts all aligned is misaligned in the end, by point. */
async function lost(spec: Record<string, unknown>, points: number): Promise<boolean[]> {
  const result = await run({
    model: 'llm-conformity',
    init: { opinion: 0 },
    update: 'synchronous',
    seed: 'folds',
    ...spec,
  });
  return Array.from({ length: points }, (_, point) => lateMean(result, 'misaligned', 1, point).values[0] > 0.5);
}

/** Narrows [kept, lost] by a factor of 4 in each round of three points; every branch kept below one that is lost. */
async function locate(
  ends: readonly [number, number],
  rounds: number,
  isLost: (values: readonly number[]) => Promise<boolean[]>,
): Promise<{ at: number; within: number }> {
  let [low, high] = ends;
  for (let round = 0; round < rounds; round++) {
    const values = [1, 2, 3].map(k => low + ((high - low) * k) / 4);
    const found = await isLost(values);
    const first = found.indexOf(true);
    // lost for good: a kept one above a lost one would be noise as wide as the interval
    expect(found.slice(first < 0 ? 3 : first).every(Boolean)).toBe(true);
    [low, high] = [first === 0 ? low : values[(first < 0 ? 3 : first) - 1], first < 0 ? high : values[first]];
  }
  return { at: (low + high) / 2, within: (high - low) / 2 };
}

// Just beyond a fold the bottleneck takes π/√(c ε) steps, where at β = 2 c = 1.41 and ε is the distance in h: 300 steps find the loss from ε = 8e-5, 0.03 % of h_s. Noise
// rounds the fold at a distance of order (1/2N)^(2/3) = 6.5e-4, 0.25 % of h_s, for N = 30,000. The last interval is ±0.15 %.
test('spinodal at β = 2: the metastable branch is lost at h_s = 0.26642 ± 1 % (30,000 agents, 300 steps)', async () => {
  expect(spinodal(2)).toBeCloseTo(0.2664, 4);
  const isLost = (bias: readonly number[]): Promise<boolean[]> =>
    lost({ population: 30_000, params: { majority_force: 2, bias }, steps: 300, measure: 300 }, bias.length);
  const { at, within } = await locate([0.24, 0.292], 3, isLost);
  expect(within / spinodal(2)).toBeLessThan(0.002);
  expect(Math.abs(at / spinodal(2) - 1)).toBeLessThan(0.01);
});

/** Smallest share z of stubborn agents, relative to the free ones, at which m = tanh β(m + h) + … has no aligned solution: m_tot (1 + z) = tanh β(m_tot + h) + z. */
function tipping(force: number, bias: number): number {
  // the largest z for which some m < m_unstable solves it: z(m) = (m − tanh β(m + h)) / (1 − m)
  let best = 0;
  for (let m = -1; m < 0; m += 1e-5) best = Math.max(best, (m - Math.tanh(force * (m + bias))) / (1 - m));
  return best;
}

// Beyond this fold a bottleneck of 300 steps means 0.1 % of z_c; the last interval is ±0.25 %. Stubborn agents are counted as a share of the free ones.
test('stubborn agents tip an unbiased population at β = 2 from z_c = 0.1892 ± 2 % on (30,000 agents, 300 steps)', async () => {
  expect(tipping(2, 0)).toBeCloseTo(0.1892, 4);
  expect(tipping(2.5, -0.2)).toBeCloseTo(0.4865, 4);
  expect(tipping(3, -0.1)).toBeCloseTo(0.4303, 4);
  const population = 30_000;
  const stubborn = (z: number): number => Math.round((population * z) / (1 + z));
  const isLost = (zs: readonly number[]): Promise<boolean[]> =>
    lost(
      { population, params: { majority_force: 2, zealots_up: zs.map(stubborn) }, steps: 300, measure: 300 },
      zs.length,
    );
  const { at, within } = await locate([0.16, 0.22], 3, isLost);
  expect(within / 0.1892).toBeLessThan(0.003);
  expect(Math.abs(at / 0.1892 - 1)).toBeLessThan(0.02);
});
