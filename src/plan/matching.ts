// How many rounds a matching on a graph takes. What a round does is in shaders/agent/matching.wgsl.
import { GroundswellError } from '../errors.ts';
import type { Graph, Topology } from '../topology/index.ts';

/**
 * Rounds after which the matching of a step is maximal: no edge is left whose ends are both alone. A round takes at least one edge of whatever is left, so that
 * N/2 rounds always do. Far fewer are needed: O(log N) with high probability on any graph (Fischer & Noever 2018, "Tight analysis of parallel randomized greedy
 * MIS"), since a chain of edges of which each waits for the one before must be a path along which the random order falls. In sparse graphs such paths are so rare that the
 * number of agents that wait falls faster than geometrically; in dense ones it first halves until each has few left to meet. docs/updates.md
 * has the measurements from which this number was chosen with a margin; should it once not do, the matching is still one, with a pair fewer.
 */
export function matchingRounds(population: number, lesserDegree: number): number {
  return Math.min(Math.floor(population / 2), 8 + Math.ceil(bits(population) / 6) + bits(Math.floor(lesserDegree)));
}

/** The mean over edges of the lesser degree of the two ends, at most: large only where many meet many, not around a hub. */
export function lesserDegree({ implicit, graphs }: Topology): number {
  return implicit ? implicit.degree : Math.max(...graphs.map(lesserDegreeOf));
}

function lesserDegreeOf({ nodeCount, rowOffsets, neighbors }: Graph): number {
  if (neighbors.length === 0) return 0;
  let sum = 0;
  for (let i = 0; i < nodeCount; i++) {
    const degree = rowOffsets[i + 1] - rowOffsets[i];
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) {
      const other = neighbors[e];
      sum += Math.min(degree, rowOffsets[other + 1] - rowOffsets[other]);
    }
  }
  return sum / neighbors.length;
}

/** Refuses to pair agents of which one may look at the other unseen. */
export function refuseOneSided({ graphs = [] }: Topology): void {
  if (!graphs.some(graph => graph.directed)) return;
  throw new GroundswellError({
    what: 'pairing needs agents that look at each other',
    where: 'topology',
    expected: 'topology complete, or an undirected graph',
    got: 'a directed graph',
    hint: 'write `directed: false`, or take another update',
  });
}

/** Binary digits of an integer from 0. */
function bits(x: number): number {
  return 32 - Math.clz32(x);
}
