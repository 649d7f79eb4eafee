// The classes of agents of the update `sublattice`, as kernels find them (shaders/agent/sublattice.wgsl). How agents are classed is in src/topology/coloring.ts.
import { type ColorClasses, colorClasses, type Topology } from '../topology/index.ts';

export interface Classes {
  /** For each graph its `count` + 1 offsets, then the agents by class. A graph with fewer classes has empty ones at the end. */
  data: Uint32Array;
  /** Words of a graph. */
  words: number;
  count: number;
  /** Agents of the largest class of any graph. */
  largest: number;
}

/** Classes within which nobody looks at another, the same for a computed neighbourhood and for stored graphs. */
export function classesOf({ implicit, graphs, nodeCount }: Topology): Classes {
  const each = implicit ? [colorClasses(implicit)] : graphs.map(graph => colorClasses(graph));
  const count = Math.max(...each.map(({ offsets }) => offsets.length - 1));
  const words = count + 1 + nodeCount;
  const data = new Uint32Array(each.length * words);
  each.forEach(({ order, offsets }, graph) => {
    const block = data.subarray(graph * words, (graph + 1) * words);
    block.fill(nodeCount, 0, count + 1);
    block.set(offsets);
    block.set(order, count + 1);
  });
  return { data, words, count, largest: Math.max(...each.map(largestOf)) };
}

function largestOf({ offsets }: ColorClasses): number {
  return offsets.reduce((most, end, k) => (k === 0 ? 0 : Math.max(most, end - offsets[k - 1])), 0);
}
