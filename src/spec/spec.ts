// What a user writes, after parsing: every default filled in, every name known, every value in range, lists expanded into points.
import type { Measure, Model, UpdateKind } from '../model/index.ts';

/** Which agents an agent looks at. `realisations`: how many graphs are drawn for the replicas of a run. */
export type TopologySpec = (
  | { kind: 'complete' }
  | { kind: 'ring'; reach: number }
  | { kind: 'lattice'; width: number; height: number; neighbourhood: 'von-neumann' | 'moore' }
  | { kind: 'erdos-renyi'; meanDegree: number; directed: boolean }
  | { kind: 'random-regular'; degree: number }
  | { kind: 'configuration'; degrees: readonly { degree: number; share: number }[]; simple: boolean }
  | ({ kind: 'edges' } & EdgeSource)
  | { kind: 'upscaled'; from: ({ kind: 'edges' } & EdgeSource) | { kind: 'degrees'; file: string }; simple: boolean }
) & { realisations: number | 'per-replica' };

/** A file of edges and how to read it. */
export interface EdgeSource {
  /** Looked for beside the spec, then in the data folder. */
  file: string;
  /** Names of columns in the header, or numbers counted from 1; a file without a header has source, target and perhaps weight in this order. */
  columns?: { source: string | number; target: string | number; weight?: string | number };
  /** Only the rows whose column has the value. */
  filter?: Readonly<Record<string, string>>;
  /** `true`: the source looks at the target. `false`: both look at each other. Default true. */
  directed: boolean;
  /** The target looks at the source instead. Default false. */
  reverse: boolean;
  selfLoops: 'drop' | 'keep' | 'error';
  duplicates: 'merge' | 'keep' | 'error';
}

/** One point of a run: a set of parameter values and initial shares. A point has `replicas` worlds. */
export interface Point {
  preset?: string;
  /** Every parameter of the model. */
  params: Readonly<Record<string, number>>;
  /** Initial shares by value, for every field of the model that has them. */
  init: Readonly<Record<string, readonly number[]>>;
  /** The values of what varies between points, by the spec's path (`params.noise`, `params.preset`, `init.opinion`). */
  varied: Readonly<Record<string, number | string>>;
}

/** Agents by group: contiguous blocks of agents in this order; sizes are exact (largest remainder when given as shares). */
export interface GroupSpec {
  name: string;
  share: number;
  /** As written; absent when the group was given as a share. Where the topology fixes the population, it remains to be compared. */
  size?: number;
}

/** A run, complete. */
export interface Spec {
  model: Model;
  /** Agents per world; absent when the topology fixes it (`edges`, `lattice`). */
  population?: number;
  replicas: number;
  topology: TopologySpec;
  groups: readonly GroupSpec[];
  points: readonly Point[];
  update: { kind: UpdateKind; activation: number };
  steps: number;
  measure: {
    /** Measured at step 0, at every `every`-th step, and at the last one. */
    every: number;
    measures: Readonly<Record<string, Measure>>;
  };
  /** Fields whose final values are written to agents.parquet. */
  record: readonly string[];
  seed: string | number;
}

/** A spec as read: the complete run, and the plain object that the user wrote (after `--set`), for the manifest. */
export interface ParsedSpec {
  spec: Spec;
  source: unknown;
}
