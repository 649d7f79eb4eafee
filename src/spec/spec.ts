// What a user writes, after parsing: every default filled in, every name known, every value in range, lists expanded into points.
import type { Measure, Model, UpdateKind } from '../model/index.ts';
import type { Source, TableSource } from './source-spec.ts';
import type { TopologySpec } from './topology-spec.ts';

export type * from './source-spec.ts';
export type * from './topology-spec.ts';

/** One point of a run: a set of parameter values and initial shares. A point has `replicas` worlds. */
export interface Point {
  preset?: string;
  /** Every parameter that is one value; NaN where it varies by agent (see `agentParams`), the position of the option of a choice. */
  params: Readonly<Record<string, number>>;
  /** The parameters that vary by agent. Absent where none does. */
  agentParams?: Readonly<Record<string, Source>>;
  /** The tables that are not the model's own. Absent where there are none. */
  tables?: Readonly<Record<string, TableSource>>;
  /** Initial shares by value, for every field of the model that has them. */
  init: Readonly<Record<string, readonly number[]>>;
  /** The fields that start otherwise than with shares of the whole population; they stand before `init`. Absent where none does. */
  starts?: Readonly<Record<string, Source>>;
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
