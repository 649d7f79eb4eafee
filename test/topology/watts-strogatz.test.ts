// Small worlds: what holds for every one, the exact law of tiny ones, and the published degrees and clustering of large ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopologySpec } from '../../src/topology/index.ts';
import { clustering } from '../../src/topology/index.ts';
import { chiSquareTail } from '../support/statistics.ts';
import { chiSquare, degreesIn, faultIn, graphOfSpec, graphsOf, rowsIn, tally } from './support.ts';

const spec = (reach: number, rewiring: number): TopologySpec => ({ kind: 'watts-strogatz', reach, rewiring });

test('without rewiring it is the ring, and everybody’s graph of all pairs stays what it is', async () => {
  expect(rowsIn(await graphOfSpec(spec(2, 0), 7))).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map(i => [1, 2, 5, 6].map(step => (i + step) % 7).sort()),
  );
  const complete = await graphOfSpec(spec(2, 1), 5);
  expect(degreesIn(complete)).toEqual([4, 4, 4, 4, 4]);
  expect(faultIn(complete)).toBeUndefined();
});

test('simple, with n · reach edges and at least `reach` neighbours each, whatever is rewired', async () => {
  const sizes = fc.integer({ min: 1, max: 6 }).chain(reach => fc.tuple(fc.constant(reach), fc.nat(40)));
  await fc.assert(
    fc.asyncProperty(sizes, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), async ([reach, extra], p, seed) => {
      const nodes = 2 * reach + 1 + extra;
      const graph = await graphOfSpec(spec(reach, p), nodes, { seed: [seed, 3] });
      expect(faultIn(graph)).toBeUndefined();
      expect(graph.neighbors.length).toBe(2 * nodes * reach);
      expect(Math.min(...degreesIn(graph))).toBeGreaterThanOrEqual(reach);
    }),
    { numRuns: 200 },
  );
});

/** The law of the graphs by following the procedure through every choice, on sets of pairs: an independent statement of it. */
function lawOf(nodes: number, reach: number, rewiring: number): Map<string, number> {
  const pair = (a: number, b: number) => `${Math.min(a, b)}-${Math.max(a, b)}`;
  const laps = Array.from({ length: reach }, (_, lap) => lap + 1);
  const turns = laps.flatMap(distance => Array.from({ length: nodes }, (_, i) => [i, (i + distance) % nodes]));
  const law = new Map<string, number>();
  const follow = (turn: number, edges: ReadonlySet<string>, chance: number): void => {
    if (turn === turns.length) {
      const key = [...edges].sort().join(' ');
      law.set(key, (law.get(key) ?? 0) + chance);
      return;
    }
    const [i, j] = turns[turn];
    const free = Array.from({ length: nodes }, (_, k) => k).filter(k => k !== i && !edges.has(pair(i, k)));
    const share = free.length === 0 ? 0 : rewiring;
    if (share < 1) follow(turn + 1, edges, chance * (1 - share));
    for (const k of share > 0 ? free : []) {
      const moved = new Set([...edges].filter(edge => edge !== pair(i, j)));
      follow(turn + 1, moved.add(pair(i, k)), (chance * share) / free.length);
    }
  };
  follow(0, new Set(turns.map(([i, j]) => pair(i, j))), 1);
  return law;
}

test.each([
  [5, 1, 0.5],
  [5, 1, 1],
  [6, 1, 0.4],
  [6, 2, 0.6],
])(
  '%i agents, reach %i, rewiring %d: every graph as often as the procedure says (6,000 graphs, chi-square, p > 0.001)',
  async (nodes, reach, rewiring) => {
    const law = lawOf(nodes, reach, rewiring);
    expect([...law.values()].reduce((sum, chance) => sum + chance)).toBeCloseTo(1, 12);
    const graphs = await graphsOf(spec(reach, rewiring), nodes, { realisations: 6000 });
    const keys = [...law.keys()];
    const seen = graphs.map(graph =>
    keys.indexOf(rowsIn(graph).flatMap((row, i) => row.filter(j => i < j).map(j => `${i}-${j}`)).sort().join(' ')),
  ); // biome-ignore format: one thought
    expect(seen).not.toContain(-1);
    const { statistic, cells } = chiSquare(
      tally(seen),
      keys.map(key => 6000 * law.get(key)!),
    );
    expect(chiSquareTail(statistic, cells - 1)).toBeGreaterThan(0.001);
  },
);

test('degrees: reach, plus the edges that stayed, plus those that came (Barrat & Weigt 2000; 40,000 agents)', async () => {
  const [nodes, reach, rewiring] = [40_000, 3, 0.3];
  const graph = await graphOfSpec(spec(reach, rewiring), nodes);
  const choose = [1, 3, 3, 1];
  const expected = Array.from({ length: 25 }, (_, degree) => {
    let sum = 0;
    for (let stayed = 0; stayed <= reach; stayed++) {
      const came = degree - reach - stayed;
      if (came < 0) continue;
      let poisson = Math.exp(-rewiring * reach);
      for (let k = 1; k <= came; k++) poisson *= (rewiring * reach) / k;
      sum += choose[stayed] * (1 - rewiring) ** stayed * rewiring ** (reach - stayed) * poisson;
    }
    return nodes * sum;
  });
  const { statistic, cells } = chiSquare(tally(degreesIn(graph)), expected);
  // All but independent: the number of edges is fixed. p > 0.001.
  expect(chiSquareTail(statistic, cells - 1)).toBeGreaterThan(0.001);
});

test('clustering: 3 (K − 2) / 4 (K − 1) · (1 − p)³ with K = 2 · reach, up to terms in 1 / n (Barrat & Weigt 2000)', async () => {
  for (const rewiring of [0, 0.05, 0.2, 0.5]) {
    const { transitivity } = clustering(await graphOfSpec(spec(5, rewiring), 20_000));
    // Their coefficient is a ratio of means, which transitivity is too. 20,000 agents: a standard error below 0.001.
    expect(Math.abs(transitivity - (24 / 36) * (1 - rewiring) ** 3 * pathsAtRing(5, rewiring))).toBeLessThan(0.005);
  }
});

/** The paths of length two of the ring over those of the rewired graph: Var(k) = K p (2 − p) / 2, from the degrees above. */
function pathsAtRing(reach: number, rewiring: number): number {
  const k = 2 * reach;
  const variance = reach * rewiring * (1 - rewiring) + reach * rewiring;
  return (k * (k - 1)) / (variance + k * k - k);
}

test('a function of the seed and of the realisation', async () => {
  const [first, second] = await graphsOf(spec(3, 0.5), 500, { realisations: 2 });
  expect(await graphOfSpec(spec(3, 0.5), 500)).toEqual(first);
  expect(second.neighbors).not.toEqual(first.neighbors);
  expect((await graphOfSpec(spec(3, 0.5), 500, { seed: [1, 2] })).neighbors).not.toEqual(first.neighbors);
});

test('too short a ring is refused', async () => {
  await expect(graphOfSpec(spec(3, 0.1), 6)).rejects.toThrow(/topology\.reach.*neighbours would repeat.*got 3/);
});
