// Orders in which agents may lie in memory, so that those who are read together lie together. An order changes no graph: rows are told in the numbers of places,
// and keep the order of their links.
import { lookersIn } from './lookers.ts';
import type { Graph, Order } from './types.ts';

/** The agents by place: entry p is the number of the agent that lies at place p. */
export function numbersInOrder(graph: Graph, order: Order): Uint32Array {
  return order === 'degree' ? byDegree(graph) : breadthFirst(graph);
}

/** Those at whom most look come first, so that what is read most often shares cache lines; equals by number. A counting sort. */
function byDegree(graph: Graph): Uint32Array {
  const lookers = lookersIn(graph);
  const most = lookers.reduce((high, count) => Math.max(high, count), 0);
  const next = new Uint32Array(most + 2);
  for (const count of lookers) next[most - count + 1]++;
  for (let k = 1; k < next.length; k++) next[k] += next[k - 1];
  const numbers = new Uint32Array(graph.nodeCount);
  for (let agent = 0; agent < numbers.length; agent++) numbers[next[most - lookers[agent]]++] = agent;
  return numbers;
}

/**
 * Breadth first along the rows, from the lowest number that was not reached yet, so that those whom an agent looks at lie side by side and not far from it (Cuthill & McKee 1969,
 * without their sorting of neighbours by degree).
 */
function breadthFirst({ nodeCount, rowOffsets, neighbors }: Graph): Uint32Array {
  const numbers = new Uint32Array(nodeCount);
  const reached = new Uint8Array(nodeCount);
  let end = 0;
  const reach = (agent: number): void => {
    if (reached[agent] === 1) return;
    reached[agent] = 1;
    numbers[end++] = agent;
  };
  let begin = 0;
  for (let start = 0; start < nodeCount; start++) {
    reach(start);
    for (; begin < end; begin++) {
      const agent = numbers[begin];
      for (let e = rowOffsets[agent]; e < rowOffsets[agent + 1]; e++) reach(neighbors[e]);
    }
  }
  return numbers;
}

/** The places of agents by number. */
export function placesOf(numbers: Uint32Array): Uint32Array {
  const places = new Uint32Array(numbers.length);
  for (let place = 0; place < numbers.length; place++) places[numbers[place]] = place;
  return places;
}

/** The graph with the agents at their places: row p holds the places of those that the agent there looks at, in the order in which its row had them. */
export function inOrder(graph: Graph, numbers: Uint32Array, places: Uint32Array): Graph {
  const { nodeCount, rowOffsets, neighbors, weights, ids, groups } = graph;
  const offsets = new Uint32Array(nodeCount + 1);
  const moved = new Uint32Array(neighbors.length);
  const movedWeights = weights && new Float64Array(weights.length);
  for (let place = 0; place < nodeCount; place++) {
    const begin = rowOffsets[numbers[place]];
    const end = rowOffsets[numbers[place] + 1];
    const to = offsets[place];
    for (let e = begin; e < end; e++) moved[to + e - begin] = places[neighbors[e]];
    if (movedWeights && weights) movedWeights.set(weights.subarray(begin, end), to);
    offsets[place + 1] = to + end - begin;
  }
  return {
    ...graph,
    rowOffsets: offsets,
    neighbors: moved,
    ...(movedWeights && { weights: movedWeights }),
    ...(ids && { ids: Array.from(numbers, number => ids[number]) }),
    ...(groups && { groups: Uint32Array.from(numbers, number => groups[number]) }),
  };
}
