// Colourings: proper, complete and few enough; patterns of lattices and rings; the very classes of networkx where it has the same rule.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph, ImplicitNeighborhood, TopologySpec } from '../../src/topology/index.ts';
import { buildTopology, type ColorClasses, colorClasses } from '../../src/topology/index.ts';
import { networkx, networkxIsPresent } from './networkx.ts';
import { graphOfSpec, rowsIn, SEED } from './support.ts';

async function implicitOf(spec: TopologySpec, population?: number): Promise<ImplicitNeighborhood> {
  const readFile = () => Promise.reject(new Error('no files'));
  const { implicit } = await buildTopology(spec, { population, seed: SEED, realisations: 1, readFile });
  return implicit!;
}

const rowsOf = (topology: Graph | ImplicitNeighborhood): number[][] =>
  'rowOffsets' in topology
    ? rowsIn(topology)
    : Array.from({ length: topology.nodeCount }, (_, i) =>
        Array.from({ length: topology.degree }, (_, k) => topology.neighbor(i, k)),
      );

const classesIn = ({ order, offsets }: ColorClasses): number[][] =>
  Array.from({ length: offsets.length - 1 }, (_, c) => [...order.subarray(offsets[c], offsets[c + 1])]);

/** What is wrong with the classes, if anything. */
function faultIn(classes: readonly (readonly number[])[], rows: readonly (readonly number[])[]): string | undefined {
  const classOf = new Map<number, number>();
  for (const [c, agents] of classes.entries()) {
    if (agents.length === 0) return `class ${c} is empty`;
    if (agents.some((i, k) => k > 0 && agents[k - 1] >= i)) return `class ${c} does not ascend`;
    for (const i of agents) {
      if (classOf.has(i)) return `${i} comes twice`;
      classOf.set(i, c);
    }
  }
  if (classOf.size !== rows.length) return `${classOf.size} agents of ${rows.length}`;
  for (const [i, row] of rows.entries()) {
    for (const j of row) if (i !== j && classOf.get(i) === classOf.get(j)) return `${i} looks at ${j} of its class`;
  }
  return undefined;
}

/** The most others that anybody looks at or is looked at by. */
function largestDegree(rows: readonly (readonly number[])[]): number {
  const near = rows.map(() => new Set<number>());
  for (const [i, row] of rows.entries()) {
    for (const j of row) if (i !== j) near[i].add(j) && near[j].add(i);
  }
  return Math.max(...near.map(({ size }) => size));
}

test('a lattice of even sides: a chequerboard, or four colours', async () => {
  const lattice = { kind: 'lattice', width: 6, height: 4, neighbourhood: 'von-neumann' } as const;
  const chequers = classesIn(colorClasses(await implicitOf(lattice)));
  expect(chequers).toEqual([
    [0, 2, 4, 7, 9, 11, 12, 14, 16, 19, 21, 23],
    [1, 3, 5, 6, 8, 10, 13, 15, 17, 18, 20, 22],
  ]);
  const moore = await implicitOf({ ...lattice, neighbourhood: 'moore' });
  const four = classesIn(colorClasses(moore));
  expect(four).toEqual([
    [0, 2, 4, 12, 14, 16],
    [1, 3, 5, 13, 15, 17],
    [6, 8, 10, 18, 20, 22],
    [7, 9, 11, 19, 21, 23],
  ]);
  expect(faultIn(four, rowsOf(moore))).toBeUndefined();
  // Two colours are too few with diagonals: the check sees it.
  expect(faultIn(chequers, rowsOf(moore))).toBe('0 looks at 7 of its class');
});

test('a ring: every (reach + 1)-th agent where that fits', async () => {
  expect(classesIn(colorClasses(await implicitOf({ kind: 'ring', reach: 2 }, 9)))).toEqual([
    [0, 3, 6],
    [1, 4, 7],
    [2, 5, 8],
  ]);
  // Odd: the last agent sees the first, so that a third class is needed.
  expect(classesIn(colorClasses(await implicitOf({ kind: 'ring', reach: 1 }, 5)))).toEqual([[0, 2], [1, 3], [4]]);
});

test('computed neighbourhoods of every size: proper classes, at most degree + 1', async () => {
  const side = fc.integer({ min: 3, max: 9 });
  const specs = fc.oneof(
    fc
      .record({ kind: fc.constant('ring' as const), reach: fc.integer({ min: 1, max: 5 }), extra: fc.nat(20) })
      .map(({ extra, ...spec }) => ({ spec, population: 2 * spec.reach + 1 + extra })),
    fc
      .record({
        kind: fc.constant('lattice' as const),
        width: side,
        height: side,
        neighbourhood: fc.constantFrom('von-neumann' as const, 'moore' as const),
      })
      .map(spec => ({ spec, population: spec.width * spec.height })),
  );
  await fc.assert(
    fc.asyncProperty(specs, async ({ spec, population }) => {
      const topology = await implicitOf(spec, population);
      const classes = classesIn(colorClasses(topology));
      expect(faultIn(classes, rowsOf(topology))).toBeUndefined();
      expect(classes.length).toBeLessThanOrEqual(topology.degree + 1);
    }),
    { numRuns: 100 },
  );
});

const fileOf = (edges: readonly (readonly [number, number])[]) => edges.map(edge => edge.join(' ')).join('\n');

test('stored graphs, with self-loops, repeats and one-sided edges: proper classes, at most the largest degree + 1', async () => {
  const node = fc.nat(14);
  const lists = fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(lists, fc.boolean(), async (edges, directed) => {
      const spec = { kind: 'edges', file: 'net', directed, selfLoops: 'keep', duplicates: 'keep' } as const;
      const graph = await graphOfSpec(spec, undefined, { files: { net: fileOf(edges) } });
      const classes = classesIn(colorClasses(graph));
      expect(faultIn(classes, rowsOf(graph))).toBeUndefined();
      expect(classes.length).toBeLessThanOrEqual(largestDegree(rowsOf(graph)) + 1);
    }),
    { numRuns: 200 },
  );
});

test('the largest degree comes first; those who are only looked at count as well', async () => {
  // Everybody looks at 3, which looks at nobody: it has the first class for itself.
  const files = { net: '0 3\n1 3\n2 3\n4 3\n' };
  expect(classesIn(colorClasses(await graphOfSpec({ kind: 'edges', file: 'net' }, 5, { files })))).toEqual([
    [3],
    [0, 1, 2, 4],
  ]);
});

test('nobody looks at anybody: one class; a complete graph has none', async () => {
  const empty = await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 0 }, 4);
  expect(classesIn(colorClasses(empty))).toEqual([[0, 1, 2, 3]]);
  const complete = await implicitOf({ kind: 'complete' }, 4);
  expect(() => colorClasses(complete)).toThrow(/topology: everybody looks at everybody.*got complete/);
  // A stored one with more classes than the first list of marks holds.
  const stored = await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 299 }, 300);
  expect(classesIn(colorClasses(stored))).toEqual(Array.from({ length: 300 }, (_, i) => [i]));
});

describe.skipIf(!networkxIsPresent)('networkx', () => {
  test('the classes are those of its greedy_color, largest_first, agent by agent', async () => {
    const graphs = [
      await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 12 }, 600),
      await graphOfSpec({ kind: 'random-regular', degree: 6 }, 300),
      await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 4, directed: true }, 500),
    ];
    const edges = (graph: Graph) => rowsIn(graph).flatMap((row, i) => row.map(j => [i, j]));
    const color = graphs.map(graph => ({ nodes: graph.nodeCount, directed: false, edges: edges(graph) }));
    const theirs = networkx<number[]>({ color });
    for (const [index, graph] of graphs.entries()) {
      const classOf = new Array<number>(graph.nodeCount);
      for (const [c, agents] of classesIn(colorClasses(graph)).entries()) for (const i of agents) classOf[i] = c;
      expect(classOf).toEqual(theirs[index]);
    }
  });
});
