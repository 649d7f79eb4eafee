// What the planner makes of a topology: the accessor file, its constants, and the buffers of stored graphs.
import { GroundswellError } from '../errors.ts';
import { initialBounds } from '../spec/shares.ts';
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

/** Agents by group. */
export interface Groups {
  groups: readonly { name: string; size: number }[];
  /** Group number of every agent; for each graph in turn when `perGraph`. Empty without groups. */
  numbers: Uint32Array;
  perGraph: boolean;
}

/** Groups from the topology, or from the spec as contiguous blocks (which win). */
export function groupsOf(spec: Spec, topology: Topology, population: number): Groups {
  if (spec.groups.length > 0) return blocks(spec.groups, population);
  const graphs = topology.graphs ?? [];
  const names = graphs[0]?.groupNames;
  if (!names) return { groups: [], numbers: new Uint32Array(0), perGraph: false };
  const first = graphs[0].groups!;
  const perGraph = graphs.some(graph => graph.groups !== first);
  const numbers = perGraph ? new Uint32Array(graphs.length * population) : first;
  if (perGraph) {
    graphs.forEach((graph, index) => {
      numbers.set(graph.groups!, index * population);
    });
  }
  const sizes = new Array<number>(names.length).fill(0);
  for (const group of first) sizes[group]++;
  return { groups: names.map((name, g) => ({ name, size: sizes[g] })), numbers, perGraph };
}

function blocks(groups: Spec['groups'], population: number): Groups {
  const sizes = groups.every(group => group.size !== undefined) ? groups.map(group => group.size!) : undefined;
  const total = sizes?.reduce((sum, size) => sum + size, 0);
  if (total !== undefined && total !== population) {
    throw new GroundswellError({
      what: 'the sizes of the groups do not fit the population',
      where: 'groups',
      expected: `a sum of ${population}`,
      got: String(total),
    });
  }
  const shares = groups.map(group => group.share);
  const bounds = sizes
    ? sizes.map((_, g) => sizes.slice(0, g + 1).reduce((sum, size) => sum + size, 0))
    : initialBounds(shares, population);
  const numbers = new Uint32Array(population);
  const named = groups.map(({ name }, g) => {
    const from = g === 0 ? 0 : bounds[g - 1];
    numbers.fill(g, from, bounds[g]);
    return { name, size: bounds[g] - from };
  });
  return { groups: named, numbers, perGraph: false };
}
