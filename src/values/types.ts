// What values per agent are resolved with, and what comes out.
import type { Words } from '../random.ts';
import type { FieldSource, Source } from '../spec/spec.ts';
import type { Roles } from './roles.ts';

/** Encoded values: 32-bit words as kernels read them. */
export interface Values {
  /** By source and replica: one word for everybody, or one per agent; of an array field as many as it has elements. Replicas with equal values share the array. */
  agents: ReadonlyMap<FieldSource, readonly Uint32Array[]>;
  /** Likewise of the parameters that interventions set. */
  settings: ReadonlyMap<Source, readonly Uint32Array[]>;
  /** Who has which role; absent where nobody has one. */
  roles?: Roles;
  /** By point and name: the words of every table. Points with equal tables share the array. */
  tables: readonly Readonly<Record<string, Uint32Array>>[];
}

/** The last recorded state of a field in one world of an earlier run. */
export interface RecordedWorld {
  point: number;
  replica: number;
  /** Ids of the agents as recorded: node ids, or numbers from 0. */
  agents: readonly (string | number)[];
  /** Logical values, or labels. */
  values: readonly (number | string)[];
}

export interface ValuesContext {
  seed: Words;
  population: number;
  replicas: number;
  /** Elements of array fields. */
  elements: ReadonlyMap<string, number>;
  /** Node ids of the topology's file. Absent: agents are numbered from 0. */
  ids?: readonly string[];
  /** Number of graphs; replica r has graph r modulo it. */
  graphs: number;
  groups: {
    groups: readonly { name: string }[];
    /** Group number of every agent; for each graph in turn when `perGraph`. */
    numbers: Uint32Array;
    perGraph: boolean;
  };
  /** Who has which role; absent where nobody has one. */
  roles?: Roles;
  /** By agent: the first of the agents that work for the same user; absent: each has a user of its own. */
  users?: Uint32Array;
  /** By agent: how many look at it in a graph. */
  lookers(graph: number): Uint32Array;
  /** The bytes of a file that the spec names. */
  readFile(name: string): Promise<Uint8Array>;
  /** The recorded worlds of an earlier run, by the run's folder and the name of a field. */
  readRun(folder: string, field: string): Promise<readonly RecordedWorld[]>;
}
