// What a topology is: the graph that comes of a specification, and the neighbourhood that needs no memory.
// Convention everywhere: the neighbours of agent i are the agents that i looks at, row i of the adjacency.
import type { Words } from '../random.ts';
import type { CompleteSpec, LatticeSpec, RingSpec, TopologySpec } from '../spec/spec.ts';

export type * from '../spec/topology-spec.ts';

/** What was met and mended while a graph was made. All are counts of edges unless said otherwise. */
export interface GraphReport {
  /** Self-loops in the file or in the first pairing of stubs, and how many of them the graph keeps. */
  selfLoops: { met: number; kept: number };
  /** Edges beyond the first between the same nodes, likewise. */
  duplicates: { met: number; kept: number };
  /** Nodes that look at nobody (row length 0). */
  isolated: number;
  /** Accepted edge switches that made the graph simple. */
  switches: number;
  /** Stubs added or taken away so that the sums of degrees fit. */
  adjustedStubs: number;
  /** Edges left out because no switch could make them simple. */
  dropped: number;
}

/** A graph in compressed rows: the neighbours of i are `neighbors[rowOffsets[i]] … neighbors[rowOffsets[i + 1] − 1]`, ascending. */
export interface Graph {
  nodeCount: number;
  /** Whether rows are one-sided. An undirected edge is in both rows. */
  directed: boolean;
  /** nodeCount + 1 entries. */
  rowOffsets: Uint32Array;
  neighbors: Uint32Array;
  /** Parallel to `neighbors`, where the file has weights. */
  weights?: Float64Array;
  /** The names of the nodes in the input file. */
  ids?: string[];
  /** The group of each node, an index into `groupNames`. */
  groups?: Uint32Array;
  groupNames?: string[];
  report: GraphReport;
}

/** A neighbourhood that is computed, not stored. */
export interface ImplicitNeighborhood {
  nodeCount: number;
  /** What it is computed from. */
  shape: CompleteSpec | RingSpec | LatticeSpec;
  /** The number of neighbours, the same for all. */
  degree: number;
  /** The k-th neighbour of i, 0 ≤ k < degree. The shader twin is `neighbor` in the generated agent module. */
  neighbor(i: number, k: number): number;
}

/** The neighbourhoods of a population: computed, or as many graphs as there are realisations (one for a file). */
export type Topology =
  | { kind: TopologySpec['kind']; nodeCount: number; implicit: ImplicitNeighborhood; graphs?: undefined }
  | { kind: TopologySpec['kind']; nodeCount: number; implicit?: undefined; graphs: Graph[] };

/** What building needs besides the spec. */
export interface BuildContext {
  /** Required by `complete`, `ring` and the random kinds; where the spec fixes the population (`lattice`, `edges`) it must agree. */
  population?: number;
  /** The key of the run's seed. Realisation r draws from the stream (r, `topology:<kind>`). */
  seed: Words;
  /** How many graphs to draw, at least 1. */
  realisations: number;
  /** The bytes of a file that the spec names. */
  readFile(name: string): Promise<Uint8Array>;
}
