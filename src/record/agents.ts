// agents.parquet: recorded fields of recorded agents, step by step and within a step world by world.
import { GroundswellError } from '../errors.ts';
import type { Field } from '../model/index.ts';
import { type ColumnData, type ColumnHead, type ColumnType, type ParquetSink, startParquet } from './columns.ts';

/** What the columns are. */
export interface AgentsHead {
  /** Node ids of the input file, by agent; absent: agents are numbered from 0. */
  ids?: readonly string[];
  /** Fields in column order. */
  fields: readonly { name: string; field: Field }[];
}

/** Logical values of a field; a category's are positions in its labels. Signed fields are Int32Array, fixed-point ones Float64Array. */
export type FieldValues = Uint32Array | Int32Array | Float64Array;

/** Agents of one world at one step. */
export interface AgentsPart {
  point: number;
  replica: number;
  step: number;
  /** Numbers of the agents, ascending. */
  agents: Uint32Array;
  /** For each field a value per agent. */
  values: readonly FieldValues[];
}

/**
 * Writes a table part by part as Parquet: `point`, `replica`, `step`, `agent` (INT32) or `id` (string), then one column per field: INT32 (INT64 from 2³¹ on)
 * for bits and integers, DOUBLE for fixed-point numbers, the label for categories. A part is a row group, or several of at most a million rows. `sink` takes
 * the bytes of the file in order.
 */
export function startAgents(head: AgentsHead, sink: ParquetSink): { add(part: AgentsPart): void; finish(): void } {
  const heads: ColumnHead[] = [
    ...(['point', 'replica', 'step'] as const).map(name => ({ name, type: 'INT32' as const })),
    head.ids ? { name: 'id', type: 'STRING' } : { name: 'agent', type: 'INT32' },
    ...head.fields.map(({ name, field }) => ({ name, type: columnType(field) })),
  ];
  const file = startParquet(heads, sink);
  return {
    add: part => file.write(columnsOf(head, part)),
    finish: file.finish,
  };
}

/** Whether the agents are those with the lowest numbers, so that they need not be listed. */
export function isEveryone(agents: Uint32Array): boolean {
  return agents.length === 0 || agents[agents.length - 1] === agents.length - 1;
}

function columnsOf({ ids, fields }: AgentsHead, { point, replica, step, agents, values }: AgentsPart): ColumnData[] {
  const count = agents.length;
  const all = (value: number): Int32Array => new Int32Array(count).fill(value);
  return [
    ...[point, replica, step].map(all),
    ids ? Array.from(agents, agent => ids[agent]) : Int32Array.from(agents),
    ...fields.map(({ name, field }, k) => {
      if (values[k].length !== count) throw wrongLength(name, count, values[k].length);
      return columnOf(field, values[k]);
    }),
  ];
}

function columnType(field: Field): ColumnType {
  if (field.labels) return 'STRING';
  if (field.kind === 'fixed') return 'DOUBLE';
  return field.max < 2 ** 31 ? 'INT32' : 'INT64';
}

function columnOf(field: Field, values: FieldValues): ColumnData {
  const { labels } = field;
  if (labels) return Array.from(values, value => labels[value] ?? String(value));
  switch (columnType(field)) {
    case 'DOUBLE':
      return Float64Array.from(values);
    case 'INT64':
      return BigInt64Array.from(values, BigInt);
    default:
      return Int32Array.from(values);
  }
}

function wrongLength(name: string, expected: number, got: number): GroundswellError {
  const what = `wrong number of values of ${name}`;
  return new GroundswellError({ what, where: 'agents.parquet', expected: `${expected}`, got: `${got}`, kind: 'run' });
}
