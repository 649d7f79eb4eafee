// Our graphs against networkx: it measures ours as we do, and the graphs that it draws itself have the same statistics.
import { describe, expect, test } from 'vitest';
import type { Graph, TopologySpec } from '../../src/topology/index.ts';
import { clustering, statistics } from '../../src/topology/index.ts';
import { networkx, networkxIsPresent } from './networkx.ts';
import { degreesIn, graphOfSpec, graphsOf, rowsIn, sharedData } from './support.ts';

/** Graphs of each family on either side. */
const SAMPLES = 15;

interface Measured {
  edges: number;
  histogram: number[];
  transitivity: number;
  average: number;
  selfLoops: number;
  distance: number;
}

const ask = (request: object): Measured[] => networkx(request);

function asRequest(graph: Graph): object {
  const edges = rowsIn(graph).flatMap((row, i) => row.filter(j => graph.directed || i <= j).map(j => [i, j]));
  return { nodes: graph.nodeCount, directed: graph.directed, edges };
}

function ourMeasures(graph: Graph): object {
  const { reciprocity, ...common } = statistics(graph);
  const histogram = new Array<number>(common.maxOutDegree + 1).fill(0);
  for (const degree of degreesIn(graph)) histogram[degree]++;
  return { ...common, histogram, selfLoops: 0, ...(graph.directed ? { reciprocity } : clustering(graph)) };
}

/** Every number equal up to rounding in the last places. */
function expectSame(theirs: object, ours: object): void {
  for (const [name, value] of Object.entries(ours)) {
    const other = (theirs as Record<string, unknown>)[name];
    if (typeof value === 'number') expect(other, name).toBeCloseTo(value, 10);
    else expect(other, name).toEqual(value);
  }
}

/** The means of two samples differ by less than 4.5 standard errors. */
function expectSameMean(ours: number[], theirs: number[], what: string): void {
  const mean = (sample: number[]) => sample.reduce((sum, x) => sum + x, 0) / sample.length;
  const squaredError = (sample: number[]) =>
    sample.reduce((sum, x) => sum + (x - mean(sample)) ** 2, 0) / (sample.length * (sample.length - 1));
  const bound = 4.5 * Math.sqrt(squaredError(ours) + squaredError(theirs));
  expect(Math.abs(mean(ours) - mean(theirs)), what).toBeLessThanOrEqual(bound);
}

const DEGREES = [
  { degree: 2, share: 0.5 },
  { degree: 5, share: 0.3 },
  { degree: 20, share: 0.2 },
];

const FAMILIES: { spec: TopologySpec; nodes: number; request: object }[] = [
  { spec: { kind: 'erdos-renyi', meanDegree: 8 }, nodes: 1000, request: { meanDegree: 8 } },
  {
    spec: { kind: 'erdos-renyi', meanDegree: 8, directed: true },
    nodes: 1000,
    request: { meanDegree: 8, directed: true },
  },
  { spec: { kind: 'random-regular', degree: 10 }, nodes: 500, request: { degree: 10 } },
  {
    spec: { kind: 'configuration', degrees: DEGREES },
    nodes: 300,
    request: { degrees: DEGREES.flatMap(({ degree, share }) => new Array<number>(share * 300).fill(degree)) },
  },
];

const PROBABILITIES = [
  [0.04, 0.01, 0],
  [0.01, 0.02, 0.03],
  [0, 0.03, 0.05],
];
const BLOCKS = [150, 450, 400];
const blocks = {
  kind: 'stochastic-block',
  groups: BLOCKS.map((size, g) => ({ name: `g${g}`, size })),
  probabilities: PROBABILITIES,
} as const;

FAMILIES.push(
  { spec: { kind: 'watts-strogatz', reach: 4, rewiring: 0.1 }, nodes: 1000, request: { reach: 4, rewiring: 0.1 } },
  { spec: { kind: 'watts-strogatz', reach: 3, rewiring: 1 }, nodes: 500, request: { reach: 3, rewiring: 1 } },
  { spec: { kind: 'barabasi-albert', links: 4 }, nodes: 1000, request: { links: 4 } },
  { spec: blocks, nodes: 1000, request: { sizes: BLOCKS, probabilities: PROBABILITIES } },
  {
    spec: { ...blocks, directed: true },
    nodes: 1000,
    request: { sizes: BLOCKS, probabilities: PROBABILITIES, directed: true },
  },
);

describe.skipIf(!networkxIsPresent)('networkx', () => {
  test('it measures our graphs as we do', async () => {
    const files = {
      'net.txt': sharedData('email-eu-core.txt') ?? '0 1\n1 2\n2 0\n2 1\n3 3\n',
      'd.csv': 'degree,count\n3,60\n8,40\n',
    };
    const graphs = [
      await graphOfSpec({ kind: 'erdos-renyi', meanDegree: 12 }, 400),
      await graphOfSpec({ kind: 'random-regular', degree: 7 }, 300),
      await graphOfSpec({ kind: 'upscaled', degrees: 'd.csv' }, 700, { files }),
      await graphOfSpec({ kind: 'edges', file: 'net.txt' }, undefined, { files }),
      await graphOfSpec({ kind: 'edges', file: 'net.txt', directed: false }, undefined, { files }),
    ];
    const measured = ask({ measure: graphs.map(asRequest) });
    graphs.forEach((graph, index) => {
      expectSame(measured[index], ourMeasures(graph));
    });
    // The comparison can fail: one edge less is noticed.
    const { nodes, directed, edges } = asRequest(graphs[0]) as { nodes: number; directed: boolean; edges: number[][] };
    const [altered] = ask({ measure: [{ nodes, directed, edges: edges.slice(1) }] });
    expect(() => expectSame(altered, ourMeasures(graphs[0]))).toThrow();
  });

  // As many graphs of either side: edges, number of nodes at each degree, clustering, and distances.
  test.each(FAMILIES)('its own graphs of $spec have the statistics of ours', async ({ spec, nodes, request }) => {
    const drawn = (await graphsOf(spec, nodes, { realisations: SAMPLES })).map(asRequest);
    const ours = ask({ measure: drawn, distances: true });
    const generate = { ...request, family: spec.kind, nodes, count: SAMPLES, seed: 1, distances: true };
    const theirs = ask({ generate });
    const directed = 'directed' in spec && spec.directed;
    for (const name of ['edges', 'distance', ...(directed ? [] : (['transitivity', 'average'] as const))] as const) {
      const pick = (measured: Measured) => measured[name as 'edges'];
      expectSameMean(ours.map(pick), theirs.map(pick), name);
    }
    for (let degree = 0; degree <= 25; degree++) {
      const pick = (measured: Measured) => measured.histogram[degree] ?? 0;
      const [a, b] = [ours.map(pick), theirs.map(pick)];
      // Rare degrees are left to the chi-square tests: a standard error from a handful of nodes says little.
      if ([...a, ...b].reduce((sum, count) => sum + count) > 2 * SAMPLES)
        expectSameMean(a, b, `nodes of degree ${degree}`);
    }
  });
});
