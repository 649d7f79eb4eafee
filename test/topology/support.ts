// What the topology tests share: building from a spec without files, rows as plain arrays, and the data files that may be absent.
import { existsSync, readFileSync } from 'node:fs';
import type { Graph, TopologySpec } from '../../src/topology/index.ts';
import { buildTopology } from '../../src/topology/index.ts';

export const SEED = [20_260_201, 42] as const;

/** The graphs of a spec; `files` are the texts, or bytes, that it may name. */
export async function graphsOf(
  spec: TopologySpec,
  population?: number,
  {
    realisations = 1,
    files = {},
    seed = SEED as readonly [number, number],
  }: {
    realisations?: number;
    files?: Record<string, string | Uint8Array>;
    seed?: readonly [number, number];
  } = {},
): Promise<Graph[]> {
  const readFile = async (name: string): Promise<Uint8Array> => {
    const content = files[name];
    if (content === undefined) throw new Error(`no file ${name}`);
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const topology = await buildTopology(spec, { population, seed, realisations, readFile });
  if (!topology.graphs) throw new Error('expected graphs');
  return topology.graphs;
}

export async function graphOfSpec(...args: Parameters<typeof graphsOf>): Promise<Graph> {
  return (await graphsOf(...args))[0];
}

/** The rows of a graph as plain arrays. */
export function rowsIn({ nodeCount, rowOffsets, neighbors }: Graph): number[][] {
  return Array.from({ length: nodeCount }, (_, i) => [...neighbors.subarray(rowOffsets[i], rowOffsets[i + 1])]);
}

export const degreesIn = (graph: Graph): number[] => rowsIn(graph).map(row => row.length);

export function inDegreesIn(graph: Graph): number[] {
  const degrees = new Array<number>(graph.nodeCount).fill(0);
  for (const neighbor of graph.neighbors) degrees[neighbor]++;
  return degrees;
}

/** What is wrong with the rows of a simple graph: not ascending, a self-loop, a neighbour out of range, or a one-sided edge. */
export function faultIn(graph: Graph): string | undefined {
  const rows = rowsIn(graph);
  const sets = rows.map(row => new Set(row));
  for (const [i, row] of rows.entries()) {
    for (const [k, j] of row.entries()) {
      if (j >= graph.nodeCount) return `row ${i} holds ${j}`;
      if (j === i) return `row ${i} has a self-loop`;
      if (k > 0 && row[k - 1] >= j) return `row ${i} does not ascend at ${k}`;
      if (!graph.directed && !sets[j].has(i)) return `${i} looks at ${j} but not the reverse`;
    }
  }
  return undefined;
}

/** How many items have each key. */
export function tally(keys: Iterable<string | number>): Map<string | number, number> {
  const counts = new Map<string | number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Pearson's statistic over cells that expect at least 5; the others are pooled. */
export function chiSquare(
  counts: Map<string | number, number>,
  expected: readonly number[],
): { statistic: number; cells: number } {
  let [statistic, cells, pooledCount, pooledExpected] = [0, 0, 0, 0];
  expected.forEach((expectation, degree) => {
    const count = counts.get(degree) ?? 0;
    if (expectation < 5) {
      pooledCount += count;
      pooledExpected += expectation;
    } else {
      statistic += (count - expectation) ** 2 / expectation;
      cells++;
    }
  });
  if (pooledExpected > 0) statistic += (pooledCount - pooledExpected) ** 2 / pooledExpected;
  return { statistic, cells: cells + 1 };
}

/** The text of a file in ../shared/data, or `undefined` with a loud message when it is not there. */
export function sharedData(name: string): string | undefined {
  const path = new URL(`../../../shared/data/${name}`, import.meta.url);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  console.warn(`SKIPPED: ../shared/data/${name} is not here, so nothing was tested against it.`);
  return undefined;
}
