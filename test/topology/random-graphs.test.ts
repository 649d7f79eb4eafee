import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TopologySpec } from '../../src/topology/index.ts';
import { realisationCount } from '../../src/topology/index.ts';
import { chiSquare, degreesIn, faultIn, graphOfSpec, graphsOf, inDegreesIn, rowsIn, tally } from './support.ts';

/** n · P(Binomial(trials, p) = k) for k up to 40. */
function binomial(n: number, trials: number, p: number): number[] {
  const expected = [n * (1 - p) ** trials];
  for (let k = 1; k <= 40; k++) expected.push((expected[k - 1] * (trials - k + 1) * p) / (k * (1 - p)));
  return expected;
}

test.each([false, true])('erdos-renyi, directed %s: degrees are binomial', async directed => {
  const nodes = 20_000;
  const graph = await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 6, directed }, nodes);
  expect(faultIn(graph)).toBeUndefined();
  const { statistic, cells } = chiSquare(tally(degreesIn(graph)), binomial(nodes, nodes - 1, 6 / (nodes - 1)));
  // 20,000 degrees; a normal bound on chi-square at p = 0.0001 (degrees are all but independent).
  expect(statistic).toBeLessThan(cells + 3.8 * Math.sqrt(2 * cells));
  // The number of edges: binomial, within 4 standard deviations.
  const pairs = directed ? graph.neighbors.length : graph.neighbors.length / 2;
  const mean = (nodes * 6) / (directed ? 1 : 2);
  expect(Math.abs(pairs - mean)).toBeLessThan(4 * Math.sqrt(mean));
});

test('erdos-renyi: each pair of 4 nodes is an edge equally often (4,000 graphs, 4 standard deviations)', async () => {
  const counts = new Map<string, number>();
  for (const graph of await graphsOf({ kind: 'erdos-renyi', meanDegree: 0.9 }, 4, { realisations: 4000 })) {
    rowsIn(graph).forEach((row, i) => {
      for (const j of row) counts.set(`${i} ${j}`, (counts.get(`${i} ${j}`) ?? 0) + 1);
    });
  }
  expect(counts.size).toBe(12);
  for (const count of counts.values()) expect(Math.abs(count - 1200)).toBeLessThan(4 * Math.sqrt(4000 * 0.3 * 0.7));
});

test('erdos-renyi: no edge, every edge', async () => {
  expect(rowsIn(await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 0 }, 3))).toEqual([[], [], []]);
  for (const directed of [false, true]) {
    const full = await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 2, directed }, 3);
    expect(rowsIn(full)).toEqual([
      [1, 2],
      [0, 2],
      [0, 1],
    ]);
  }
  expect(rowsIn(await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 0 }, 1))).toEqual([[]]);
});

test('random-regular: regular and simple at every size and degree', async () => {
  const sizes = fc.integer({ min: 1, max: 40 }).chain(n => fc.tuple(fc.constant(n), fc.nat(n - 1)));
  await fc.assert(
    fc.asyncProperty(sizes, fc.nat(), async ([nodes, drawn], seed) => {
      const degree = (nodes * drawn) % 2 === 1 ? drawn - 1 : drawn;
      const graph = await graphOfSpec({ kind: 'random-regular', degree }, nodes, { seed: [seed, 1] });
      expect(faultIn(graph)).toBeUndefined();
      expect(new Set(degreesIn(graph))).toEqual(new Set([degree]));
    }),
    { numRuns: 300 },
  );
});

test('random-regular: the 70 labelled 2-regular graphs on 6 nodes are equally likely up to the stated bias', async () => {
  // 60 hexagons and 10 pairs of triangles: 1 in 7 would be triangles. 3,500 graphs; standard error 0.6 %; at n = 6 a bias of a few per cent is allowed.
  const graphs = await graphsOf({ kind: 'random-regular', degree: 2 }, 6, { realisations: 3500 });
  const shapes = tally(graphs.map(graph => rowsIn(graph).join(';')));
  expect(shapes.size).toBe(70);
  const triangles = graphs.filter(graph => rowsIn(graph).some(row => rowsIn(graph)[row[0]].includes(row[1]))).length;
  expect(Math.abs(triangles / 3500 - 1 / 7)).toBeLessThan(0.05);
});

test('random-regular: simple: false keeps what the pairing gave, and says so', async () => {
  const graph = await graphOfSpec({ kind: 'random-regular', degree: 4, simple: false }, 50);
  expect(new Set(degreesIn(graph))).toEqual(new Set([4]));
  const { selfLoops, duplicates, switches } = graph.report;
  expect(selfLoops.met + duplicates.met).toBeGreaterThan(0);
  expect([selfLoops.kept, duplicates.kept, switches]).toEqual([selfLoops.met, duplicates.met, 0]);
});

test('configuration: shares are exact and the graph is simple', async () => {
  const degrees = [
    { degree: 0, share: 0.1 },
    { degree: 1, share: 0.4 },
    { degree: 4, share: 0.3 },
    { degree: 30, share: 0.2 },
  ];
  const graph = await graphOfSpec({ kind: 'configuration', degrees }, 1000);
  expect(faultIn(graph)).toBeUndefined();
  expect(tally(degreesIn(graph))).toEqual(
    new Map([
      [0, 100],
      [1, 400],
      [4, 300],
      [30, 200],
    ]),
  );
  expect(graph.report).toMatchObject({ isolated: 100, adjustedStubs: 0, dropped: 0 });
  expect(graph.report.switches).toBeGreaterThan(0);
});

test('configuration: an odd sum is made even by one stub', async () => {
  const degrees = [
    { degree: 1, share: 0.5 },
    { degree: 2, share: 0.5 },
  ];
  const graph = await graphOfSpec({ kind: 'configuration', degrees }, 6);
  expect(tally(degreesIn(graph))).toEqual(
    new Map([
      [1, 2],
      [2, 4],
    ]),
  );
  expect(graph.report.adjustedStubs).toBe(1);
});

test('configuration: any distribution that some simple graph has is met', async () => {
  const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(shares, fc.integer({ min: 30, max: 90 }), fc.nat(), async (weights, nodes, seed) => {
      const total = weights.reduce((sum, weight) => sum + weight);
      const degrees = weights.map((weight, index) => ({ degree: 1 + 2 * index, share: weight / total }));
      const graph = await graphOfSpec({ kind: 'configuration', degrees }, nodes, { seed: [seed, 2] });
      expect(faultIn(graph)).toBeUndefined();
      const counts = tally(degreesIn(graph));
      for (const { degree, share } of degrees) {
        const slack = 1 + graph.report.adjustedStubs;
        expect(Math.abs((counts.get(degree) ?? 0) - share * nodes)).toBeLessThan(slack + 1e-9);
      }
    }),
    { numRuns: 60 },
  );
});

const FAMILIES: TopologySpec[] = [
  { kind: 'erdos-renyi', meanDegree: 5 },
  { kind: 'erdos-renyi', meanDegree: 5, directed: true },
  { kind: 'random-regular', degree: 4 },
  {
    kind: 'configuration',
    degrees: [
      { degree: 2, share: 0.5 },
      { degree: 6, share: 0.5 },
    ],
  },
];

test.each(FAMILIES)('%j: a function of seed and realisation; realisations are independent', async spec => {
  const nodes = 2000;
  const [first, second] = await graphsOf(spec, nodes, { realisations: 2 });
  expect(await graphOfSpec(spec, nodes)).toEqual(first);
  expect(await graphOfSpec(spec, nodes, { seed: [1, 2] })).not.toEqual(first);
  // Entries that two independent graphs share: about Poisson (in twos when undirected) with mean arcs² / n², 16 to 25 here.
  const others = rowsIn(second);
  const common = rowsIn(first).reduce((sum, row, i) => sum + row.filter(j => others[i].includes(j)).length, 0);
  const mean = (first.neighbors.length * second.neighbors.length) / nodes ** 2;
  expect(Math.abs(common - mean)).toBeLessThan(6 * Math.sqrt(2 * mean));
  const incoming = inDegreesIn(first);
  expect(incoming.reduce((sum, degree) => sum + degree)).toBe(first.neighbors.length);
});

test('realisations: one by default, one for each replica, never more than there are replicas', () => {
  expect(realisationCount({ kind: 'complete' }, 8)).toBe(1);
  expect(realisationCount({ kind: 'complete', realisations: 'per-replica' }, 8)).toBe(8);
  expect(realisationCount({ kind: 'complete', realisations: 20 }, 8)).toBe(8);
});

test.each([
  [{ kind: 'erdos-renyi', meanDegree: 10 }, 10, /topology\.meanDegree.*at most 9, got 10/],
  [{ kind: 'random-regular', degree: 10 }, 10, /topology\.degree.*less than 10, got 10/],
  [{ kind: 'random-regular', degree: 3 }, 11, /odd number of agents of an odd degree/],
  [{ kind: 'configuration', degrees: [{ degree: 2, share: 0.9 }] }, 10, /do not add up to 1.*got 0\.9/],
  [{ kind: 'configuration', degrees: [{ degree: 12, share: 1 }] }, 10, /no simple graph has these degrees/],
  [
    {
      kind: 'configuration',
      degrees: [
        { degree: 9, share: 0.2 },
        { degree: 1, share: 0.8 },
      ],
    }, // two hubs, eight leaves
    10,
    /no simple graph has these degrees/,
  ],
  [{ kind: 'random-regular', degree: 3 }, 0, /needs a population/],
] as [TopologySpec, number, RegExp][])('%j for %i agents is refused', async (spec, population, message) => {
  await expect(graphOfSpec(spec, population)).rejects.toThrow(message);
});
