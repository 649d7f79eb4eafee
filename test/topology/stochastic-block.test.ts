// Stochastic block models: links within and between groups as often as asked, pair by pair in tiny ones and block by block in larger ones.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopologySpec } from '../../src/topology/index.ts';
import { faultIn, graphOfSpec, graphsOf, rowsIn } from './support.ts';

type Blocks = Extract<TopologySpec, { kind: 'stochastic-block' }>;

const spec = (sizes: readonly number[], probabilities: number[][], directed = false): Blocks => ({
  kind: 'stochastic-block',
  groups: sizes.map((size, g) => ({ name: `g${g}`, size })),
  probabilities,
  directed,
});

test('groups are contiguous blocks with their names', async () => {
  const graph = await graphOfSpec(spec([2, 1, 3], [[0, 0, 0], [0, 0, 0], [0, 0, 0]])); // biome-ignore format: a matrix
  expect(graph.groupNames).toEqual(['g0', 'g1', 'g2']);
  expect([...graph.groups!]).toEqual([0, 0, 1, 2, 2, 2]);
});

test('probabilities of 0 and 1: exactly the blocks that are asked for', async () => {
  const whole = [[1, 0, 1], [0, 0, 1], [1, 1, 0]]; // biome-ignore format: a matrix
  expect(rowsIn(await graphOfSpec(spec([2, 1, 2], whole)))).toEqual([
    [1, 3, 4],
    [0, 3, 4],
    [3, 4],
    [0, 1, 2],
    [0, 1, 2],
  ]);
  const oneWay = [[0, 1], [0, 1]]; // biome-ignore format: a matrix
  expect(rowsIn(await graphOfSpec(spec([2, 3], oneWay, true)))).toEqual([
    [2, 3, 4],
    [2, 3, 4],
    [3, 4],
    [2, 4],
    [2, 3],
  ]);
});

test('simple whatever the sizes, and without links where the probability is 0', async () => {
  const size = fc.integer({ min: 1, max: 12 });
  const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  const blocks = fc.array(size, { minLength: 1, maxLength: 4 }).chain(sizes => {
    const row = fc.array(share, { minLength: sizes.length, maxLength: sizes.length });
    return fc.tuple(fc.constant(sizes), fc.array(row, { minLength: sizes.length, maxLength: sizes.length }));
  });
  await fc.assert(
    fc.asyncProperty(blocks, fc.boolean(), fc.nat(), async ([sizes, drawn], directed, seed) => {
      const probabilities = drawn.map((row, g) => row.map((value, h) => (directed || h <= g ? value : drawn[h][g])));
      const graph = await graphOfSpec(spec(sizes, probabilities, directed), undefined, { seed: [seed, 5] });
      expect(faultIn(graph)).toBeUndefined();
      const groups = graph.groups!;
      for (const [i, row] of rowsIn(graph).entries()) {
        for (const j of row) expect(probabilities[groups[i]][groups[j]]).toBeGreaterThan(0);
      }
    }),
    { numRuns: 200 },
  );
});

test.each([false, true])(
  'directed %s: each pair of 6 agents is a link as often as its groups say (4,000 graphs, 4.5 standard deviations)',
  async directed => {
    const probabilities = directed ? [[0.3, 0.6], [0.1, 0.8]] : [[0.3, 0.15], [0.15, 0.8]]; // biome-ignore format: a matrix
    const counts = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
    for (const graph of await graphsOf(spec([2, 4], probabilities, directed), undefined, { realisations: 4000 })) {
      for (const [i, row] of rowsIn(graph).entries()) for (const j of row) counts[i][j]++;
    }
    for (const [i, row] of counts.entries()) {
      for (const [j, count] of row.entries()) {
        const p = i === j ? 0 : probabilities[i < 2 ? 0 : 1][j < 2 ? 0 : 1];
        expect(Math.abs(count - 4000 * p), `${i} and ${j}`).toBeLessThanOrEqual(4.5 * Math.sqrt(4000 * p * (1 - p)));
      }
    }
  },
);

test.each([false, true])(
  'directed %s: links between groups of thousands: binomial, within 4.5 standard deviations',
  async directed => {
    const sizes = [3000, 1000, 6000];
    const probabilities = [[1e-3, 2e-3, 0], [2e-3, 5e-3, 1e-4], [0, 1e-4, 5e-4]]; // biome-ignore format: a matrix
    const graph = await graphOfSpec(spec(sizes, probabilities, directed));
    expect(faultIn(graph)).toBeUndefined();
    const counts = sizes.map(() => sizes.map(() => 0));
    for (const [i, row] of rowsIn(graph).entries()) for (const j of row) counts[graph.groups![i]][graph.groups![j]]++;
    for (const [g, row] of counts.entries()) {
      for (const [h, count] of row.entries()) {
        const pairs = g === h ? sizes[g] * (sizes[g] - 1) : sizes[g] * sizes[h];
        // An undirected link within a group is in two of its rows: half as many coins, each counted twice.
        const twice = !directed && g === h ? 2 : 1;
        const deviation = Math.sqrt(twice * pairs * probabilities[g][h]);
        expect(Math.abs(count - pairs * probabilities[g][h]), `${g} to ${h}`).toBeLessThanOrEqual(4.5 * deviation);
      }
    }
  },
);

test('a function of the seed and of the realisation; realisations share their groups', async () => {
  const blocks = spec([100, 200], [[0.1, 0.02], [0.02, 0.05]]); // biome-ignore format: a matrix
  const [first, second] = await graphsOf(blocks, 300, { realisations: 2 });
  expect(await graphOfSpec(blocks)).toEqual(first);
  expect(second.neighbors).not.toEqual(first.neighbors);
  expect(second.groups).toBe(first.groups);
  expect((await graphOfSpec(blocks, 300, { seed: [1, 2] })).neighbors).not.toEqual(first.neighbors);
});

test('a population that differs from the groups is refused', async () => {
  await expect(graphOfSpec(spec([2, 3], [[0, 0], [0, 0]]), 6)).rejects.toThrow(/differs from the 5 nodes of the groups.*expected 5, got 6/); // biome-ignore format: one thought
});
