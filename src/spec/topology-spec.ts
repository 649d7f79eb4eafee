// What a spec says of its topology: kinds and options, defaults filled in by the parser or, for library callers, by the builders.

/** The four or eight nearest cells of a square lattice. */
type LatticeNeighborhood = 'von-neumann' | 'moore';

/** A column of a file: its name in the header, or its number counted from 1 (the only way where there is no header). */
export type Column = string | number;

type FileFormat = 'auto' | 'snap' | 'csv' | 'parquet';

/** A file of edges and how to read it. */
export interface EdgeSource {
  /** The file's name, resolved by the caller. Gzip is unpacked. */
  file: string;
  /**
   * `snap`: one edge a line, separated by spaces or tabs, comments after `#` or `%`, no header. `csv`: a header, then records.
   * `parquet`: a table without nested columns, uncompressed or with snappy. `auto` (default): `parquet` when the name ends in .parquet
   * or the bytes say so, `csv` when the name ends in .csv or .tsv or the first line holds a comma or a semicolon, else `snap`.
   */
  format?: FileFormat;
  /**
   * Default: `source` and `target` where there is a header, else columns 1 and 2. Weights and groups are read only when their columns are
   * named; what lines say of a node's group agrees.
   */
  columns?: { source?: Column; target?: Column; weight?: Column; sourceGroup?: Column; targetGroup?: Column };
  /** Keeps the lines whose columns hold these values, e.g. `{ kind: 'reply' }`. Nodes of other lines are not in the graph. */
  filter?: Readonly<Record<string, string | number>>;
  /** Default true: the source looks at the target. False: both look at each other. */
  directed?: boolean;
  /** True: the target looks at the source. Default false. */
  reverse?: boolean;
  /** Default `drop`. A node whose only edges are dropped self-loops stays, isolated. */
  selfLoops?: 'drop' | 'keep' | 'error';
  /** Default `merge`: one edge, whose weight is the sum. */
  duplicates?: 'merge' | 'keep' | 'error';
  /** The separator of CSV. Default `auto`: whichever of comma, semicolon and tab the header holds most often. */
  delimiter?: 'auto' | ',' | ';' | '\t';
  /** A file that names each node's group. Default columns: `id` and `group` where there is a header, else 1 and 2. */
  groups?: { file: string; format?: FileFormat; columns?: { id?: Column; group?: Column } };
}

/** A share of the nodes, in (0, 1], with a degree. */
interface DegreeShare {
  degree: number;
  share: number;
}

export type CompleteSpec = { kind: 'complete' };
/** Neighbours 1 to `reach` on each side of a circle; n > 2 · reach. */
export type RingSpec = { kind: 'ring'; reach: number };
/** A square lattice on a torus; the population is width · height, each side at least 3. */
export type LatticeSpec = { kind: 'lattice'; width: number; height: number; neighbourhood: LatticeNeighborhood };
/** G(n, p) with p = meanDegree / (n − 1). `directed` (default false): each ordered pair has its own coin. */
export type ErdosRenyiSpec = { kind: 'erdos-renyi'; meanDegree: number; directed?: boolean };
/** Every node has `degree` neighbours. `simple` (default true): no self-loops and no multiple edges. */
export type RandomRegularSpec = { kind: 'random-regular'; degree: number; simple?: boolean };
/** Undirected, with these shares of degrees (they add up to 1). `simple` as above. */
export type ConfigurationSpec = { kind: 'configuration'; degrees: readonly DegreeShare[]; simple?: boolean };
/** The ring of this reach (n > 2 · reach), each edge rewired with probability `rewiring` (0 to 1). Undirected and simple. */
export type WattsStrogatzSpec = { kind: 'watts-strogatz'; reach: number; rewiring: number };
/** Each new node brings `links` edges (1 ≤ links < n), to nodes in proportion to their degrees. Undirected and simple. */
export type BarabasiAlbertSpec = { kind: 'barabasi-albert'; links: number };
/**
 * Groups as contiguous blocks in this order, the population is their sum. Entry (g, h) of the square matrix is the probability of a link from
 * an agent of group g to one of group h; symmetric unless `directed` (default false).
 */
export type StochasticBlockSpec = {
  kind: 'stochastic-block';
  groups: readonly { name: string; size: number }[];
  probabilities: readonly (readonly number[])[];
  directed?: boolean;
};
/** A network read from a file; the population is the file's. */
type EdgesSpec = { kind: 'edges' } & EdgeSource;
/**
 * Any population with the joint degrees, and the mixing of groups, of a small network: either `edges` or `degrees`, a CSV or Parquet file with the
 * columns `out_degree,in_degree,count` (or `degree,count`: undirected) and optionally `group`.
 */
type UpscaledSpec = { kind: 'upscaled'; edges?: EdgeSource; degrees?: string; simple?: boolean };

/** By how many look at an agent, most first; or breadth first, so that those who are linked lie near each other. */
export type Order = 'degree' | 'breadth-first';

/** What a spec says of its topology. */
export type TopologySpec = (
  | CompleteSpec
  | RingSpec
  | LatticeSpec
  | ErdosRenyiSpec
  | RandomRegularSpec
  | ConfigurationSpec
  | WattsStrogatzSpec
  | BarabasiAlbertSpec
  | StochasticBlockSpec
  | EdgesSpec
  | UpscaledSpec
) & {
  /** How many graphs are drawn: a number, or one for every replica. Default 1. */
  realisations?: number | 'per-replica';
  /** The order in which the agents of a stored graph lie in memory. Absent: that of their numbers. */
  order?: Order;
};
