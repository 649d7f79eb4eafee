// The q-voter model with independence or anticonformity on complete graphs (Nyczka, Sznajd-Weron & Cisło 2012): order as a function of the noise, and where it ends.
import { expect, test } from 'vitest';
import { estimate } from '../support/statistics.ts';
import { courses, lateMean, run } from './measure.ts';

const order = (up: number): number => 2 * up - 1;

// One agent's opinion has variance 1 − m² = 0.5, and a fluctuation lasts 1 / (1 − λ²) = 1.56 steps (λ = (1 − p)(3 − 3 m²) / 2 = 0.6): the standard error of the
// mean of five steps in 1e6 agents is about 7e-4 × √(4 / 5) × 1.25 = 8e-4. ±0.002 is 2.5 of them, and
// 3e-4 is left of the approach from m = 1.
test('q = 3, independence 0.2: m = √((1 − 3p) / (1 − p)) = 0.7071 ± 0.002 (1e6 agents, synchronous, mean of steps 12 to 16)', async () => {
  const result = await run({
    model: 'noisy-q-voter',
    population: 1_000_000,
    params: { q: 3, independence: 0.2 },
    init: { opinion: 1 },
    update: 'synchronous',
    steps: 16,
    measure: 1,
    seed: 'order',
  });
  const m = order(lateMean(result, 'up', 12).mean);
  expect(Math.abs(m - Math.SQRT1_2)).toBeLessThan(0.002);
  // the approach too: every step within 5 standard errors (0.005 in m) of the mean field
  const [theory] = result.theory.courses;
  courses(result, 'up')[0].forEach((up, k) => {
    expect(Math.abs(up - theory.values[k])).toBeLessThan(0.0025);
  });
});

/** Zero of the line through (x, y), and its standard error over the replicas. `ys[k]` has a value per replica. */
function zero(xs: readonly number[], ys: readonly (readonly number[])[]): { mean: number; error: number } {
  const zeroOf = (y: readonly number[]): number => {
    const [mx, my] = [estimate(xs).mean, estimate(y).mean];
    const slope =
      xs.reduce((sum, x, k) => sum + (x - mx) * (y[k] - my), 0) / xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
    return mx - my / slope;
  };
  return estimate(ys[0].map((_, replica) => zeroOf(ys.map(values => values[replica]))));
}

// m² (1 ∓ p) falls linearly to 0 at the threshold, exactly: its zero is where order ends. Standard errors, measured from the replicas, are 2.5e-4 to 9e-4.
test.each([
  {
    name: 'independence, q = 2',
    params: { q: 2, anticonformity: 0 },
    p: [0.15, 0.2, 0.25, 0.28],
    scale: (p: number) => 1 - p,
    threshold: 1 / 3,
  },
  {
    name: 'independence, q = 3',
    params: { q: 3, anticonformity: 0 },
    p: [0.15, 0.2, 0.25, 0.28],
    scale: (p: number) => 1 - p,
    threshold: 1 / 3,
  },
  {
    name: 'anticonformity, q = 2',
    params: { q: 2, anticonformity: 1 },
    p: [0.1, 0.14, 0.18, 0.21],
    scale: () => 1,
    threshold: 1 / 4,
  },
  {
    name: 'anticonformity, q = 3',
    params: { q: 3, anticonformity: 1 },
    p: [0.15, 0.2, 0.25, 0.28],
    scale: (p: number) => 1 + p,
    threshold: 1 / 3,
  },
])(
  'order ends at p* = (q − 1) / (q − 1 + 2^(q−1)), or (q − 1) / 2q: $name, $threshold ± 0.003',
  async ({ params, p, scale, threshold }) => {
    // 4 replicas of 10,000 agents at each of 4 points, steps 40 to 120
    const result = await run({
      model: 'noisy-q-voter',
      population: 10_000,
      replicas: 4,
      params: { ...params, independence: p },
      init: { opinion: 1 },
      update: 'synchronous',
      steps: 120,
      measure: 4,
      seed: 'threshold',
    });
    const ys = p.map((at, point) => lateMean(result, 'up', 40, point).values.map(up => order(up) ** 2 * scale(at)));
    const found = zero(p, ys);
    expect(found.error).toBeLessThan(0.001);
    expect(Math.abs(found.mean - threshold), `${found.mean} ± ${found.error}`).toBeLessThan(0.003);
  },
);

test('beyond p* order is lost: q = 3, p = 0.4, from m = 1 to below 0.07 in 100 steps (20,000 agents: 4 standard errors of 0.016)', async () => {
  const result = await run({
    model: 'noisy-q-voter',
    population: 20_000,
    params: { q: 3, independence: 0.4 },
    init: { opinion: 1 },
    update: 'synchronous',
    steps: 100,
    measure: 100,
    seed: 'disorder',
  });
  expect(Math.abs(order(courses(result, 'up')[0].at(-1)!))).toBeLessThan(0.07);
});
