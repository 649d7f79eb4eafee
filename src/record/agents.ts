// agents.parquet: the recorded fields of every agent at the end of a run, world by world.
import { GroundswellError } from '../errors.ts';
import type { Field } from '../model/index.ts';
import { type ColumnData, type ColumnHead, type ColumnType, writeParquet } from './columns.ts';

/** The final state of some fields. */
export interface AgentsTable {
  /** Point and replica of every world, in world order. */
  worlds: readonly { point: number; replica: number }[];
  /** Agents per world. */
  population: number;
  /** Node ids of the input file, one per agent; absent: agents are numbered from 0. */
  ids?: readonly string[];
  /** Fields in column order. `values` are logical values, world-major: a category's are positions in its labels. */
  fields: readonly { name: string; field: Field; values: ArrayLike<number> }[];
}

/**
 * The table as Parquet: `point`, `replica`, `agent` (INT32) or `id` (string), then one column per field: INT32 (INT64 above 2³¹)
 * for bits and integers, DOUBLE for fixed-point numbers, the label for categories. One row group per world and million agents.
 */
export function writeAgents(table: AgentsTable): Uint8Array {
  checkLengths(table);
  const heads: ColumnHead[] = [
    { name: 'point', type: 'INT32' },
    { name: 'replica', type: 'INT32' },
    table.ids ? { name: 'id', type: 'STRING' } : { name: 'agent', type: 'INT32' },
    ...table.fields.map(({ name, field }) => ({ name, type: columnType(field) })),
  ];
  return writeParquet(heads, worldParts(table));
}

/** World after world, so that only one world's columns are in memory beside the file. */
function* worldParts({ worlds, population, ids, fields }: AgentsTable): Generator<ColumnData[]> {
  const agents = ids ? [...ids] : Int32Array.from({ length: population }, (_, i) => i);
  for (const [index, { point, replica }] of worlds.entries()) {
    yield [
      new Int32Array(population).fill(point),
      new Int32Array(population).fill(replica),
      agents,
      ...fields.map(({ field, values }) => columnOf(field, values, index * population, population)),
    ];
  }
}

function columnType(field: Field): ColumnType {
  if (field.labels) return 'STRING';
  if (field.kind === 'fixed') return 'DOUBLE';
  return field.max < 2 ** 31 ? 'INT32' : 'INT64';
}

function columnOf(field: Field, values: ArrayLike<number>, start: number, length: number): ColumnData {
  const { labels } = field;
  if (labels) return Array.from({ length }, (_, i) => labels[values[start + i]] ?? String(values[start + i]));
  switch (columnType(field)) {
    case 'DOUBLE':
      return Float64Array.from({ length }, (_, i) => values[start + i]);
    case 'INT64':
      return BigInt64Array.from({ length }, (_, i) => BigInt(values[start + i]));
    default:
      return Int32Array.from({ length }, (_, i) => values[start + i]);
  }
}

function checkLengths({ worlds, population, ids, fields }: AgentsTable): void {
  const check = (what: string, expected: number, got: number): void => {
    if (expected === got) return;
    throw new GroundswellError({ what, where: 'agents.parquet', expected: `${expected}`, got: `${got}`, kind: 'run' });
  };
  if (ids) check('wrong number of node ids', population, ids.length);
  for (const { name, values } of fields)
    check(`wrong number of values of ${name}`, worlds.length * population, values.length);
}
