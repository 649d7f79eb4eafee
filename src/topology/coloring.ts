// Classes of agents that may act at the same time, since nobody in a class looks at another of it: a proper colouring of the
// symmetrised graph. It is not a minimal one, which is hard to find; lattices and rings have their own.
import { GroundswellError } from '../errors.ts';
import { transpose } from './csr.ts';
import type { Graph, ImplicitNeighborhood } from './types.ts';

/** The agents of class c are `order[offsets[c]] … order[offsets[c + 1] − 1]`, ascending. No class is empty. */
export interface ColorClasses {
  /** Every agent once, by class. */
  order: Uint32Array;
  /** One entry more than there are classes, the last is the number of agents. */
  offsets: Uint32Array;
}

/**
 * Classes such that no agent looks at, or is looked at by, another of its class; self-loops do not count.
 *
 * A lattice of even sides has 2 (von Neumann) or 4 (Moore), a ring of reach r has r + 1 where that divides the population. Any other
 * has at most one more than its largest degree, by colouring the agents of the largest degree first, in the order of their numbers where
 * degrees are equal, each with the first class that fits (Welsh & Powell 1967, Comput. J. 10 85): O(nodes + edges), the same on every machine.
 * Fails on a complete graph, where each agent would be a class of its own.
 */
export function colorClasses(topology: Graph | ImplicitNeighborhood): ColorClasses {
  const { nodeCount } = topology;
  if ('rowOffsets' in topology) return sorted(nodeCount, storedClasses(topology));
  return sorted(nodeCount, patternOf(topology) ?? greedy(identity(nodeCount), rowsOfPattern(topology)));
}

/** Calls `see` with every agent that an agent looks at or is looked at by, in any order, with or without repeats. */
type Visit = (i: number, see: (j: number) => void) => void;

/** The class of each agent where the shape has a pattern of few classes. */
function patternOf({ nodeCount, shape }: ImplicitNeighborhood): Uint32Array | undefined {
  if (shape.kind === 'complete') {
    throw new GroundswellError({
      what: 'everybody looks at everybody, so that every agent would be a class of its own',
      where: 'topology',
      expected: 'a topology in which agents look at some others only',
      got: 'complete',
    });
  }
  const classOf = identity(nodeCount);
  if (shape.kind === 'ring') {
    const classes = shape.reach + 1;
    return nodeCount % classes === 0 ? classOf.map(i => i % classes) : undefined;
  }
  const { width, height, neighbourhood } = shape;
  if (width % 2 === 1 || height % 2 === 1) return undefined;
  return classOf.map(i => {
    const x = (i % width) & 1;
    const y = Math.floor(i / width) & 1;
    return neighbourhood === 'moore' ? x + 2 * y : x ^ y;
  });
}

function rowsOfPattern({ degree, neighbor }: ImplicitNeighborhood): Visit {
  return (i, see) => {
    for (let k = 0; k < degree; k++) see(neighbor(i, k));
  };
}

function storedClasses(graph: Graph): Uint32Array {
  const { nodeCount, rowOffsets, neighbors } = graph;
  const incoming = graph.directed ? transpose(nodeCount, { rowOffsets, neighbors }) : graph;
  const degrees = new Uint32Array(nodeCount);
  for (let i = 0; i < nodeCount; i++) degrees[i] = distinctNeighbors(i, graph, incoming);
  const visit: Visit = (i, see) => {
    for (let e = rowOffsets[i]; e < rowOffsets[i + 1]; e++) see(neighbors[e]);
    if (!graph.directed) return;
    for (let e = incoming.rowOffsets[i]; e < incoming.rowOffsets[i + 1]; e++) see(incoming.neighbors[e]);
  };
  return greedy(largestFirst(degrees), visit);
}

type AscendingRows = Pick<Graph, 'rowOffsets' | 'neighbors'>;

/** How many others are in either row of an agent. */
function distinctNeighbors(i: number, out: AscendingRows, incoming: AscendingRows): number {
  let a = out.rowOffsets[i];
  let b = incoming.rowOffsets[i];
  const [endA, endB] = [out.rowOffsets[i + 1], incoming.rowOffsets[i + 1]];
  let count = 0;
  for (let last = i; a < endA || b < endB; ) {
    const fromA = b >= endB || (a < endA && out.neighbors[a] <= incoming.neighbors[b]);
    const j = fromA ? out.neighbors[a++] : incoming.neighbors[b++];
    if (j !== i && j !== last) count++;
    last = j;
  }
  return count;
}

/** The agents by falling degree, by number where degrees are equal: a counting sort. */
function largestFirst(degrees: Uint32Array): Uint32Array {
  const largest = degrees.reduce((max, degree) => Math.max(max, degree), 0);
  return sorted(degrees.length, degrees.map(degree => largest - degree)).order; // biome-ignore format: one thought
}

/** The class of each agent when each in turn takes the first that nobody near it has. */
function greedy(turns: Uint32Array, visit: Visit): Uint32Array {
  const classOf = new Uint32Array(turns.length); // from 1; 0 before its turn, the agent itself included
  let takenBy = new Uint32Array(64); // i + 1 where somebody near i has the class
  let stamp = 0;
  const see = (j: number): void => {
    takenBy[classOf[j]] = stamp;
  };
  for (const i of turns) {
    stamp = i + 1;
    visit(i, see);
    let first = 1;
    while (takenBy[first] === stamp) first++;
    classOf[i] = first;
    // One entry beyond the highest class, so that the search for a free one ends.
    if (first + 1 >= takenBy.length) {
      const larger = new Uint32Array(2 * takenBy.length);
      larger.set(takenBy);
      takenBy = larger;
    }
  }
  return classOf.map(one => one - 1);
}

/** Agents by class, ascending within: a counting sort, in which a class may be empty. */
function sorted(nodeCount: number, classOf: Uint32Array): ColorClasses {
  const classCount = nodeCount === 0 ? 0 : classOf.reduce((max, one) => Math.max(max, one), 0) + 1;
  const offsets = new Uint32Array(classCount + 1);
  for (const one of classOf) offsets[one + 1]++;
  for (let c = 0; c < classCount; c++) offsets[c + 1] += offsets[c];
  const next = offsets.slice(0, classCount);
  const order = new Uint32Array(nodeCount);
  for (let i = 0; i < nodeCount; i++) order[next[classOf[i]]++] = i;
  return { order, offsets };
}

const identity = (count: number): Uint32Array => Uint32Array.from({ length: count }, (_, i) => i);
