// What the planner makes of a topology: the accessor file and its constants, and the groups. The buffers of stored graphs are in graph-buffers.ts.
import { GroundswellError } from '../errors.ts';
import { initialBounds } from '../spec/shares.ts';
import type { Spec } from '../spec/spec.ts';
import type { Topology } from '../topology/index.ts';

export interface Neighborhood {
  /** File in shaders/agent. */
  file: 'complete' | 'ring' | 'lattice' | 'graph' | 'regular';
  constants: Readonly<Record<string, number>>;
  graphs: number;
  /** Directed links of the graph with this number. */
  edges(graph: number): number;
  maxDegree: number;
  /** How many everybody looks at, where that is the same for all agents of all graphs, and they are not simply all others. */
  degree?: number;
  /** Whether the links of the graphs have weights. */
  weighted: boolean;
}

export function neighborhoodOf(spec: Spec, topology: Topology): Neighborhood {
  const shape = spec.topology;
  if (topology.implicit) {
    const { degree, nodeCount } = topology.implicit;
    const common = { graphs: 1, maxDegree: degree, edges: () => degree * nodeCount, weighted: false };
    if (shape.kind === 'ring') return { file: 'ring', constants: { REACH: shape.reach }, degree, ...common };
    if (shape.kind === 'lattice') {
      return {
        file: 'lattice',
        constants: { WIDTH: shape.width, HEIGHT: shape.height, NEIGHBORS: degree },
        degree,
        ...common,
      };
    }
    return { file: 'complete', constants: {}, ...common };
  }
  const { graphs } = topology;
  let maxDegree = 0;
  let minDegree = Number.POSITIVE_INFINITY;
  for (const { rowOffsets, nodeCount } of graphs) {
    for (let i = 0; i < nodeCount; i++) {
      const degree = rowOffsets[i + 1] - rowOffsets[i];
      maxDegree = Math.max(maxDegree, degree);
      minDegree = Math.min(minDegree, degree);
    }
  }
  const isRegular = minDegree === maxDegree && maxDegree > 0;
  const links = graphs.reduce((sum, { neighbors }) => sum + neighbors.length, 0);
  return {
    file: isRegular ? 'regular' : 'graph',
    constants: { WEIGHTS_AT: links, SHARES_AT: 2 * links, ...(isRegular && { DEGREE: maxDegree }) },
    ...(isRegular && { degree: maxDegree }),
    graphs: graphs.length,
    weighted: graphs[0].weights !== undefined,
    maxDegree,
    edges: graph => graphs[graph].neighbors.length,
  };
}

/** Agents by group. */
export interface Groups {
  groups: readonly { name: string; size: number }[];
  /** Group number of every agent; for each graph in turn when `perGraph`. Empty without groups. */
  numbers: Uint32Array;
  /** Agents of every group; for each graph in turn when `perGraph`. Without groups, everybody. */
  sizes: Uint32Array;
  perGraph: boolean;
}

/** The number of each agent's group: for each graph where they differ, else once; nothing without groups. */
export function groupNumbers({ numbers }: Groups, population: number): Uint32Array[] {
  return Array.from({ length: numbers.length / population }, (_, graph) =>
    numbers.subarray(graph * population, (graph + 1) * population),
  );
}

/** Groups from the topology, or from the spec as contiguous blocks (which win). */
export function groupsOf(spec: Spec, topology: Topology, population: number): Groups {
  if (spec.groups.length > 0) return blocks(spec.groups, population);
  const graphs = topology.graphs ?? [];
  const names = graphs[0]?.groupNames;
  if (!names) return { groups: [], numbers: new Uint32Array(0), sizes: Uint32Array.of(population), perGraph: false };
  const perGraph = graphs.some(graph => graph.groups !== graphs[0].groups);
  const varied = perGraph ? graphs : graphs.slice(0, 1);
  const numbers = new Uint32Array(varied.length * population);
  const sizes = new Uint32Array(varied.length * names.length);
  varied.forEach((graph, index) => {
    numbers.set(graph.groups!, index * population);
    for (const group of graph.groups!) sizes[index * names.length + group]++;
  });
  return { groups: names.map((name, g) => ({ name, size: sizes[g] })), numbers, sizes, perGraph };
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
  return { groups: named, numbers, sizes: Uint32Array.from(named, ({ size }) => size), perGraph: false };
}
