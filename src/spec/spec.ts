// What a user writes, after parsing: every default filled in, every name known, every value in range, lists expanded into points.
import type { Measure, Model, UpdateKind } from '../model/index.ts';
import type { GroupSpec } from './groups.ts';
import type { Intervention } from './intervention-spec.ts';
import type { RecordSpec } from './record.ts';
import type { RelationsSpec } from './relations.ts';
import type { Scenario } from './scenario.ts';
import type { Schedule } from './schedule.ts';
import type { FieldSource, Source, TableSource } from './source-spec.ts';
import type { StopCondition } from './stop.ts';
import type { TopologySpec } from './topology-spec.ts';

export type { GroupSpec } from './groups.ts';
export type { RelationsSpec } from './relations.ts';
export type { RoleSpec } from './roles.ts';
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
  starts?: Readonly<Record<string, FieldSource>>;
  /** The values of what varies between points, by the spec's path (`params.noise`, `params.preset`, `init.opinion`). */
  varied: Readonly<Record<string, number | string>>;
}

/** A run, complete. */
export interface Spec {
  model: Model;
  /** Agents per world; absent when the topology fixes it (`edges`, `lattice`). */
  population?: number;
  replicas: number;
  topology: TopologySpec;
  groups: readonly GroupSpec[];
  /** What groups are to each other; absent: all are collaborative, with strength 1. */
  relations?: RelationsSpec;
  points: readonly Point[];
  /** Changes from outside, in the order in which they are done; of two that set a parameter, the later counts. */
  interventions: readonly Intervention[];
  update: { kind: UpdateKind; activation: number };
  /** The last step, unless one of the conditions of `stop` holds before. */
  steps: number;
  stop: readonly StopCondition[];
  measure: {
    /** The measured steps: step 0, those that the spec names, and the last. */
    schedule: Schedule;
    measures: Readonly<Record<string, Measure>>;
  };
  /** What agents.parquet holds; absent: there is none. */
  record?: RecordSpec;
  /** What it stands for, which changes nothing in the run. */
  scenario?: Scenario;
  seed: string | number;
}

/** A spec as read: the complete run, and the plain object that the user wrote (after `--set`), for the manifest. */
export interface ParsedSpec {
  spec: Spec;
  source: unknown;
}
