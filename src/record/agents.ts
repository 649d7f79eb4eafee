// agents.parquet: recorded fields of recorded agents, step by step and within a step world by world.
import { GroundswellError } from '../errors.ts';
import type { Field } from '../model/index.ts';
import {
  type ColumnData,
  type ColumnHead,
  type ColumnType,
  type ParquetSink,
  ROW_GROUP,
  startParquet,
} from './columns.ts';

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
 * for bits and integers, DOUBLE for fixed-point numbers, the label for categories. Parts are gathered into row groups of at most a million rows. `sink` takes the
 * bytes of the file in order.
 */
export function startAgents(head: AgentsHead, sink: ParquetSink): { add(part: AgentsPart): void; finish(): void } {
  const heads: ColumnHead[] = [
    ...(['point', 'replica', 'step'] as const).map(name => ({ name, type: 'INT32' as const })),
    head.ids ? { name: 'id', type: 'STRING' } : { name: 'agent', type: 'INT32' },
    ...head.fields.map(({ name, field }) => ({ name, type: columnType(field) })),
  ];
  const file = startParquet(heads, sink);
  let gathered: AgentsPart[] = [];
  let rows = 0;
  const flush = (): void => {
    if (gathered.length > 0) file.write(columnsOf(head, gathered, rows));
    gathered = [];
    rows = 0;
  };
  return {
    add(part) {
      checkLengths(head, part);
      if (rows + part.agents.length > ROW_GROUP) flush();
      gathered.push(part);
      rows += part.agents.length;
    },
    finish() {
      flush();
      file.finish();
    },
  };
}

/** Whether the agents are those with the lowest numbers, so that they need not be listed. */
export function isEveryone(agents: Uint32Array): boolean {
  return agents.length === 0 || agents[agents.length - 1] === agents.length - 1;
}

function columnsOf({ ids, fields }: AgentsHead, parts: readonly AgentsPart[], count: number): ColumnData[] {
  /** A column of the parts' columns, one after the other. */
  const joined = <T extends FieldValues>(column: T, write: (part: AgentsPart, at: number) => void): T => {
    let at = 0;
    for (const part of parts) {
      write(part, at);
      at += part.agents.length;
    }
    return column;
  };
  const places = (['point', 'replica', 'step'] as const).map(name => {
    const column = new Int32Array(count);
    return joined(column, (part, at) => void column.fill(part[name], at, at + part.agents.length));
  });
  const numbers = new Uint32Array(count);
  const agents = joined(numbers, (part, at) => numbers.set(part.agents, at));
  return [
    ...places,
    ids ? Array.from(agents, agent => ids[agent]) : Int32Array.from(agents),
    ...fields.map(({ field }, k) => {
      const values = new Float64Array(count);
      return columnOf(
        field,
        joined(values, (part, at) => values.set(part.values[k], at)),
      );
    }),
  ];
}

function columnType(field: Field): ColumnType {
  if (field.labels) return 'STRING';
  if (field.kind === 'fixed') return 'DOUBLE';
  return field.max < 2 ** 31 ? 'INT32' : 'INT64';
}

/** Every value of a field is exact as a double. */
function columnOf(field: Field, values: Float64Array): ColumnData {
  const { labels } = field;
  if (labels) return Array.from(values, value => labels[value] ?? String(value));
  switch (columnType(field)) {
    case 'DOUBLE':
      return values;
    case 'INT64':
      return BigInt64Array.from(values, BigInt);
    default:
      return Int32Array.from(values);
  }
}

function checkLengths({ fields }: AgentsHead, { agents, values }: AgentsPart): void {
  fields.forEach(({ name }, k) => {
    if (values[k].length === agents.length) return;
    const what = `wrong number of values of ${name}`;
    const [expected, got] = [agents.length, values[k].length].map(String);
    throw new GroundswellError({ what, where: 'agents.parquet', expected, got, kind: 'run' });
  });
}
