// Reading agents.parquet: a field's last recorded state, from which another run may start.
import { type DecodedArray, type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { GroundswellError, suggest } from '../errors.ts';
import type { RecordedWorld } from '../values/index.ts';

/** Name of the file in the folder of a run. */
export const AGENTS_FILE = 'agents.parquet';

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
