// agents.parquet: the recorded fields of every agent, world by world; writing it, and reading a field's last state.
import { type DecodedArray, type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { GroundswellError, suggest } from '../errors.ts';
import type { Field } from '../model/index.ts';
import type { RecordedWorld } from '../values/index.ts';
import { type ColumnData, type ColumnHead, type ColumnType, writeParquet } from './columns.ts';

/** Name of the file in the folder of a run. */
export const AGENTS_FILE = 'agents.parquet';

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

/** Columns that say whose value it is. */
const OWNERS = ['point', 'replica', 'step', 'agent', 'id'];

/**
 * A field's values in every world of a file, at the last step that is recorded there. Throws a `GroundswellError` when the file is not one
 * of these, or does not hold the field.
 */
export async function readAgents(bytes: Uint8Array, field: string, where = 'agents.parquet'): Promise<RecordedWorld[]> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = readMetadata(file, where);
  const names = metadata.schema.slice(1).map(({ name }) => name);
  if (!names.includes(field) || OWNERS.includes(field)) {
    const recorded = names.filter(name => !OWNERS.includes(name));
    const hint = suggest(field, recorded);
    throw new GroundswellError({
      what: `field "${field}" is not recorded`,
      where,
      expected: 'it in record of that run',
      hint,
    });
  }
  const columns = new Map<string, (number | string)[]>();
  for (const name of [...OWNERS.filter(owner => names.includes(owner)), field]) columns.set(name, []);
  await parquetRead({
    file,
    metadata,
    columns: [...columns.keys()],
    onChunk: ({ columnName, columnData, rowStart }) => place(columns.get(columnName)!, columnData, rowStart),
  });
  return lastStates(columns, columns.get(field)!);
}

function readMetadata(file: ArrayBuffer, where: string): FileMetaData {
  try {
    return parquetMetadata(file);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new GroundswellError({
      what: 'cannot read the agents',
      where,
      expected: 'an agents.parquet written by groundswell',
      got,
      cause,
    });
  }
}

function place(column: (number | string)[], data: DecodedArray, start: number): void {
  for (let i = 0; i < data.length; i++) column[start + i] = typeof data[i] === 'bigint' ? Number(data[i]) : data[i];
}

/** Rows by world, those of a later step in place of those before. */
function lastStates(
  columns: ReadonlyMap<string, (number | string)[]>,
  values: readonly (number | string)[],
): RecordedWorld[] {
  const column = (name: string): readonly (number | string)[] => columns.get(name) ?? [];
  const [points, replicas, steps] = ['point', 'replica', 'step'].map(column);
  const agents = columns.has('id') ? column('id') : column('agent');
  const worlds = new Map<
    string,
    {
      world: { point: number; replica: number; agents: (string | number)[]; values: (number | string)[] };
      step: number;
    }
  >();
  for (let row = 0; row < values.length; row++) {
    const key = `${points[row]} ${replicas[row]}`;
    const step = Number(steps[row] ?? 0);
    let entry = worlds.get(key);
    if (!entry || step > entry.step) {
      entry = { step, world: { point: Number(points[row]), replica: Number(replicas[row]), agents: [], values: [] } };
      worlds.set(key, entry);
    }
    if (step < entry.step) continue;
    entry.world.agents.push(agents[row]);
    entry.world.values.push(values[row]);
  }
  return [...worlds.values()].map(({ world }) => world);
}
