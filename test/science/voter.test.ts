// The voter model: exit probabilities, the stationary law with zealots, which only some updates have, and how long one zealot takes to win over everyone.
import { expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { load } from '../support/runs.ts';
import { betaBinomialPmf, chiSquareTest, estimate, holm, normalTwoSided, shareError } from '../support/statistics.ts';
import { courses, measuredSteps, run } from './measure.ts';

/** Chance of a false alarm of each test below; several checks of one test share it. */
const ALPHA = 0.001;

const FREE = 200;

/** How many worlds end with 0 … 200 free agents up, of 200 free agents and 5 + 5 zealots. */
async function freeUps(worlds: number, update: string, steps: number): Promise<number[]> {
  const result = await run({
    model: 'voter',
    population: FREE + 10,
    replicas: worlds,
    params: { zealots_up: 5, zealots_down: 5 },
    init: { opinion: 0.5 },
    update,
    steps,
    measure: steps,
    seed: 'zealots',
  });
  const counts = new Array<number>(FREE + 1).fill(0);
  for (const course of courses(result, 'free_up')) counts[Math.round(course[1] * FREE)]++;
  return counts;
}

const variance = (counts: readonly number[]): number => {
  const total = counts.reduce((a, b) => a + b, 0);
  const mean = counts.reduce((sum, count, k) => sum + count * k, 0) / total;
  return counts.reduce((sum, count, k) => sum + count * (k - mean) ** 2, 0) / total / FREE ** 2;
};

// From exactly half, the mean starts right and the variance relaxes at the rate 2 (10 + 1) / 209 a sweep (Moran's second eigenvalue): after 60 sweeps of 210 updates
// exp(−6.3) = 0.2 % of it is missing, where 10,000 worlds know it to 1.4 %. About 20 cells: a mean 2 % off is found with probability above 0.9 (statistics.test.ts).
test('sequential, 200 free agents with 5 + 5 zealots: free ups are BetaBinomial(200, 5, 5) (10,000 worlds after 60 sweeps, chi-square)', async () => {
  const counts = await freeUps(10_000, 'sequential', 60 * (FREE + 10));
  const result = chiSquareTest(counts, betaBinomialPmf(FREE, 5, 5), 500);
  expect(result.freedom).toBeGreaterThan(14);
  expect(result.p).toBeGreaterThan(ALPHA);
  // the exact variance of the share: 25 × 210 / (200 × 100 × 11) = 0.02386
  expect(Math.abs(variance(counts) / 0.023864 - 1)).toBeLessThan(0.06);
});

test('synchronous: the same test rejects, with a tenth of the worlds; the variance of the share is about half', async () => {
  const counts = await freeUps(1000, 'synchronous', 120);
  const result = chiSquareTest(counts, betaBinomialPmf(FREE, 5, 5), 50);
  expect(result.p).toBeLessThan(1e-6);
  expect(variance(counts) / 0.023864).toBeLessThan(0.65);
});

// Each share of 4,000 worlds has a standard error below 0.008; the checks are corrected for their number.
test('exit probability = initial share: sequential on complete graphs, a ring and a lattice; pairing on a complete graph (4,000 worlds each)', async () => {
  const cases = [
    { population: 10, share: 0.3, update: 'sequential', steps: 700 },
    { population: 16, share: 0.75, update: 'sequential', steps: 1600 },
    { population: 12, share: 0.25, update: 'sequential', steps: 2400, topology: { kind: 'ring', reach: 1 } },
    {
      population: 9,
      share: 1 / 3,
      update: 'sequential',
      steps: 900,
      topology: { kind: 'lattice', width: 3, height: 3 },
    },
    { population: 10, share: 0.3, update: 'pairing', steps: 150 },
  ];
  const worlds = 4000;
  const ps: number[] = [];
  for (const { share, steps, population, ...rest } of cases) {
    const spec = {
      model: 'voter',
      replicas: worlds,
      steps,
      measure: steps,
      init: { opinion: share },
      seed: 'exit',
      ...rest,
    };
    const result = await run('topology' in rest && rest.topology?.kind === 'lattice' ? spec : { ...spec, population });
    const ends = courses(result, 'up').map(course => course[1]);
    // all but a few have decided; the others count with their share, which has the same mean
    const undecided = ends.filter(up => up > 0 && up < 1).length;
    expect(undecided).toBeLessThan(4);
    ps.push(normalTwoSided((estimate(ends).mean - share) / shareError(share, worlds)));
  }
  expect(holm(ps, ALPHA)).toEqual(cases.map(() => false));
});

// The share conserves its mean where all have as many neighbours, and in a pairing always; of the classes of a lattice the first forgets what it held, and agents are placed at
// random. The errors of 2,000 worlds are below 0.011.
test.each([
  { population: 12, share: 0.25, update: 'pairing', steps: 500, topology: { kind: 'ring', reach: 1 } },
  { population: 10, share: 0.7, update: 'pairing', steps: 200, topology: { kind: 'random-regular', degree: 4 } },
  { share: 0.25, update: 'sublattice', steps: 200, topology: { kind: 'lattice', width: 4, height: 4 } },
])('exit probability = initial share: $update on $topology.kind (2,000 worlds)', async ({ share, ...rest }) => {
  const worlds = 2000;
  const spec = {
    model: 'voter',
    replicas: worlds,
    measure: rest.steps,
    init: { opinion: share },
    seed: 'exit',
    ...rest,
  };
  const ends = courses(await run(spec), 'up').map(course => course[1]);
  expect(ends.filter(up => up > 0 && up < 1).length).toBeLessThan(4);
  expect(normalTwoSided((estimate(ends).mean - share) / shareError(share, worlds))).toBeGreaterThan(ALPHA / 3);
});

// A hub alone holds 1. Who copies a random neighbour conserves the share weighted by degrees, in which the hub counts half (Suchecki, Eguíluz & San Miguel 2005, EPL 69
// 228); in a pairing either of two copies the other, which conserves the plain share, on any graph. The error of 4,000 worlds is below 0.008.
test.each([
  { update: 'sequential', share: 1 / 2, steps: 900 },
  { update: 'pairing', share: 1 / 6, steps: 300 },
])('a hub with five leaves wins over them with probability $share: $update', async ({ update, share, steps }) => {
  const engine = await openCpu();
  const worlds = 4000;
  const topology = { kind: 'edges', file: 'star', directed: false };
  const readFile = async (): Promise<Uint8Array> => new TextEncoder().encode('0 1\n0 2\n0 3\n0 4\n0 5\n');
  const spec = { model: 'voter', topology, update, replicas: worlds, steps, seed: 'star' };
  const { prepared, population } = await load(engine, spec, { readFile });
  const hub = prepared.topology.graphs![0].ids!.indexOf('0');
  await population.write(
    'opinion',
    Uint32Array.from({ length: 6 * worlds }, (_, k) => Number(k % 6 === hub)),
  );
  await population.step(steps, { every: 0 });
  const opinions = await population.read('opinion');
  const ups = Array.from({ length: worlds }, (_, world) => opinions.subarray(6 * world, 6 * world + 6));
  expect(ups.filter(up => new Set(up).size > 1).length).toBeLessThan(4);
  const mean = ups.reduce((sum, up) => sum + up[hub], 0) / worlds;
  expect(normalTwoSided((mean - share) / shareError(share, worlds))).toBeGreaterThan(ALPHA);
  await population.dispose();
});

// One zealot wins over N free agents in N Σ 1/k² sweeps of N + 1 updates on average (k ≤ N): (π²/6) N for large N. The time has a standard deviation of about 0.75 N, so
// that 2,000 worlds give 1 %. All but exp(−11) of the worlds are decided after 11 N sweeps; the survival curve is integrated by the trapezoid rule.
test('one zealot against 30: consensus after 1.6122 N sweeps on average (2,000 worlds, sequential, 3.3 standard errors)', async () => {
  const n = 30;
  const sweep = n + 1;
  const every = 3;
  const result = await run({
    model: 'voter',
    population: n + 1,
    replicas: 2000,
    params: { zealots_up: 1 },
    init: { opinion: 0 },
    update: 'sequential',
    steps: 11 * n * sweep,
    measure: every * sweep,
    seed: 'one zealot',
  });
  expect(measuredSteps(result).length).toBe((11 * n) / every + 1);
  const times = courses(result, 'up').map(course => {
    const decided = course.indexOf(1);
    return every * ((decided < 0 ? course.length : decided) - 0.5);
  });
  const { mean, error } = estimate(times);
  const exact = n * Array.from({ length: n }, (_, k) => 1 / (k + 1) ** 2).reduce((a, b) => a + b, 0);
  expect(error / exact).toBeLessThan(0.015);
  expect(normalTwoSided((mean - exact) / error)).toBeGreaterThan(ALPHA);
});
