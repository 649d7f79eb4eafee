// What the planner makes of a topology: the accessor file, its constants, and the buffers of stored graphs.
import { GroundswellError } from '../errors.ts';
import type { Spec } from '../spec/spec.ts';
import type { Graph, Topology } from '../topology/index.ts';

export interface Neighborhood {
  /** File in shaders/agent. */
  file: 'complete' | 'ring' | 'lattice' | 'graph';
  constants: Readonly<Record<string, number>>;
  graphs: number;
  /** Directed links of the graph with this number. */
  edges(graph: number): number;
  maxDegree: number;
}

export function neighborhoodOf(spec: Spec, topology: Topology): Neighborhood {
  const shape = spec.topology;
  if (topology.implicit) {
    const { degree, nodeCount } = topology.implicit;
    const common = { graphs: 1, maxDegree: degree, edges: () => degree * nodeCount };
    if (shape.kind === 'ring') return { file: 'ring', constants: { REACH: shape.reach }, ...common };
    if (shape.kind === 'lattice') {
      return { file: 'lattice', constants: { WIDTH: shape.width, HEIGHT: shape.height, NEIGHBORS: degree }, ...common };
    }
    return { file: 'complete', constants: {}, ...common };
  }
  const { graphs } = topology;
  let maxDegree = 0;
  for (const { rowOffsets, nodeCount } of graphs) {
    for (let i = 0; i < nodeCount; i++) maxDegree = Math.max(maxDegree, rowOffsets[i + 1] - rowOffsets[i]);
  }
  return {
    file: 'graph',
    constants: {},
    graphs: graphs.length,
    maxDegree,
    edges: graph => graphs[graph].neighbors.length,
  };
}

/** Offsets (absolute) and neighbours of all graphs, one after the other. */
export function graphBuffers(graphs: readonly Graph[]): { rows: Uint32Array; columns: Uint32Array } {
  const nodeCount = graphs[0].nodeCount;
  const edges = graphs.reduce((sum, graph) => sum + graph.neighbors.length, 0);
  if (edges >= 2 ** 32) {
    throw new GroundswellError({
      what: 'too many edges',
      where: 'topology',
      expected: 'fewer than 2³² over all realisations',
      got: String(edges),
    });
  }
  const rows = new Uint32Array(graphs.length * (nodeCount + 1));
  const columns = new Uint32Array(edges);
  let first = 0;
  graphs.forEach((graph, index) => {
    const at = index * (nodeCount + 1);
    for (let i = 0; i <= nodeCount; i++) rows[at + i] = first + graph.rowOffsets[i];
    columns.set(graph.neighbors, first);
    first += graph.neighbors.length;
  });
  return { rows, columns };
}

/** Group of every agent and the groups' sizes: from the topology's file, or from the spec as contiguous blocks. */
export function groupsOf(
  spec: Spec,
  topology: Topology,
  population: number,
): { numbers: Uint32Array; groups: { name: string; size: number }[] } {
  const graph = topology.graphs?.[0];
  if (spec.groups.length === 0 && graph?.groups && graph.groupNames) {
    const sizes = new Array<number>(graph.groupNames.length).fill(0);
    for (const group of graph.groups) sizes[group]++;
    return { numbers: graph.groups, groups: graph.groupNames.map((name, g) => ({ name, size: sizes[g] })) };
  }
  const numbers = new Uint32Array(population);
  const groups: { name: string; size: number }[] = [];
  const total = spec.groups.reduce((sum, group) => sum + group.share, 0);
  let cumulative = 0;
  let from = 0;
  for (const [g, { name, share }] of spec.groups.entries()) {
    cumulative += share;
    const to = g === spec.groups.length - 1 ? population : Math.round((cumulative / total) * population);
    numbers.fill(g, from, to);
    groups.push({ name, size: to - from });
    from = to;
  }
  return { numbers, groups };
}
