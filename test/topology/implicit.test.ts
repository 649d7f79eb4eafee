import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImplicitNeighborhood, TopologySpec } from '../../src/topology/index.ts';
import { buildTopology } from '../../src/topology/index.ts';
import { SEED } from './support.ts';

const context = { seed: SEED, realisations: 1, readFile: () => Promise.reject(new Error('no files')) };

async function implicitOf(spec: TopologySpec, population?: number): Promise<ImplicitNeighborhood> {
  const { implicit } = await buildTopology(spec, { ...context, population });
  if (!implicit) throw new Error('expected a computed neighbourhood');
  return implicit;
}

const row = ({ degree, neighbor }: ImplicitNeighborhood, i: number) =>
  Array.from({ length: degree }, (_, k) => neighbor(i, k));

test('complete: everybody else, ascending', async () => {
  const four = await implicitOf({ kind: 'complete' }, 4);
  expect([0, 1, 2, 3].map(i => row(four, i))).toEqual([
    [1, 2, 3],
    [0, 2, 3],
    [0, 1, 3],
    [0, 1, 2],
  ]);
  expect((await implicitOf({ kind: 'complete' }, 1)).degree).toBe(0);
});

test('ring: +1, -1, +2, -2 around the circle', async () => {
  const five = await implicitOf({ kind: 'ring', reach: 2 }, 5);
  expect(row(five, 0)).toEqual([1, 4, 2, 3]);
  expect(row(five, 4)).toEqual([0, 3, 1, 2]);
});

test('lattice: +x, -x, +y, -y, then the diagonals, on a torus', async () => {
  const spec = { kind: 'lattice', width: 4, height: 3, neighbourhood: 'moore' } as const;
  const torus = await implicitOf(spec);
  expect(torus.nodeCount).toBe(12);
  expect(row(torus, 0)).toEqual([1, 3, 4, 8, 5, 7, 9, 11]);
  expect(row(await implicitOf({ ...spec, neighbourhood: 'von-neumann' }), 6)).toEqual([7, 5, 10, 2]);
});

test('every computed neighbourhood is simple and mutual', async () => {
  const specs = fc.oneof(
    fc.record({ kind: fc.constant('complete' as const), population: fc.integer({ min: 1, max: 30 }) }),
    fc
      .record({ kind: fc.constant('ring' as const), reach: fc.integer({ min: 1, max: 6 }), extra: fc.nat(20) })
      .map(({ extra, ...spec }) => ({ ...spec, population: 2 * spec.reach + 1 + extra })),
    fc
      .record({
        kind: fc.constant('lattice' as const),
        width: fc.integer({ min: 3, max: 7 }),
        height: fc.integer({ min: 3, max: 7 }),
        neighbourhood: fc.constantFrom('von-neumann' as const, 'moore' as const),
      })
      .map(spec => ({ ...spec, population: spec.width * spec.height })),
  );
  await fc.assert(
    fc.asyncProperty(specs, async ({ population, ...spec }) => {
      const neighborhood = await implicitOf(spec, population);
      const rows = Array.from({ length: population }, (_, i) => row(neighborhood, i));
      for (const [i, neighbors] of rows.entries()) {
        expect(new Set(neighbors).size).toBe(neighborhood.degree);
        expect(neighbors).not.toContain(i);
        for (const j of neighbors) expect(rows[j]).toContain(i);
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  [{ kind: 'ring', reach: 3 }, 6, /topology\.reach.*neighbours would repeat.*got 3/],
  [{ kind: 'lattice', width: 2, height: 5, neighbourhood: 'moore' }, 10, /topology\.width.*at least 3, got 2/],
  [{ kind: 'lattice', width: 3, height: 3, neighbourhood: 'moore' }, 10, /population.*9 nodes.*expected 9, got 10/],
  [{ kind: 'complete' }, undefined, /needs a population/],
] as [TopologySpec, number | undefined, RegExp][])(
  '%j with population %s is refused',
  async (spec, population, message) => {
    await expect(implicitOf(spec, population)).rejects.toThrow(message);
  },
);
