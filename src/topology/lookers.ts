// How many look at each agent: the in-degree, since rows hold those that an agent looks at.
import type { Graph, Topology } from './types.ts';

/** By agent: how many agents look at it, in the graph of this number. Repeated links count again. */
export function lookersOf({ implicit, graphs, nodeCount }: Topology, graph: number): Uint32Array {
  // in computed neighbourhoods two look at each other or neither does
  if (implicit) return new Uint32Array(nodeCount).fill(implicit.degree);
  return lookersIn(graphs[graph]);
}

/** The same of a stored graph. */
export function lookersIn({ nodeCount, neighbors }: Graph): Uint32Array {
  const lookers = new Uint32Array(nodeCount);
  for (const neighbor of neighbors) lookers[neighbor]++;
  return lookers;
}
