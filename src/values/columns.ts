// A column of a file as words: one row per agent in their order, or by the id of the agent; or all rows, for a table.
import { GroundswellError, suggest } from '../errors.ts';
import type { ColumnSource } from '../spec/spec.ts';
import { isParquet } from '../topology/parquet.ts';
import { columnIndex, fieldAt, openTable, type Table } from '../topology/records.ts';
import type { Target } from './target.ts';
import type { ValuesContext } from './types.ts';

/** The words of a column, row by row. */
export async function columnWords(
  source: ColumnSource,
  target: Target,
  readFile: ValuesContext['readFile'],
): Promise<Uint32Array> {
  const table = await open(source, readFile);
  const column = columnIndex(table, source.column, target.name);
  return Uint32Array.from([...table.records].map(record => encoded(table, record, column, target)));
}

/** The words of a column in the order of the names of its rows, which another column holds: as many rows as names, every name once and no other. */
export async function namedColumn(
  source: ColumnSource & { id: string | number },
  target: Target,
  readFile: ValuesContext['readFile'],
  names: readonly string[],
): Promise<Uint32Array> {
  const table = await open(source, readFile);
  const column = columnIndex(table, source.column, target.name);
  const idColumn = columnIndex(table, source.id, 'id');
  const rowOf = new Map(names.map((name, row) => [name, row]));
  const words = new Uint32Array(names.length);
  const lines = new Uint32Array(names.length);
  for (const record of table.records) {
    const name = fieldAt(table, record, idColumn);
    const row = rowOf.get(name);
    const where = table.place(record.line);
    if (row === undefined) {
      throw new GroundswellError({
        what: `"${name}" is no row of table ${target.name}`,
        where,
        hint: rowHint(name, names),
      });
    }
    if (lines[row] > 0) {
      const got = `another at ${table.place(lines[row])}`;
      throw new GroundswellError({ what: `row "${name}" comes twice`, where, expected: 'every row once', got });
    }
    lines[row] = record.line;
    words[row] = encoded(table, record, column, target);
  }
  return words;
}

/** Names of rows that a message quotes. */
const QUOTED = 6;

function rowHint(name: string, names: readonly string[]): string | undefined {
  const hint = suggest(name, names);
  if (hint?.startsWith('did') || names.length <= QUOTED) return hint;
  return `known: ${names.slice(0, QUOTED).join(', ')} and ${names.length - QUOTED} others`;
}

/** The words of a column by agent. Rows of ids that no agent has are passed over. */
export async function agentColumn(
  source: ColumnSource & { id?: string | number },
  target: Target,
  { population, ids, readFile }: ValuesContext,
): Promise<Uint32Array> {
  const { file } = source;
  if (source.id === undefined) {
    const words = await columnWords(source, target, readFile);
    if (words.length === population) return words;
    throw new GroundswellError({
      what: 'the rows are not as many as the agents',
      where: file,
      expected: `${population} rows`,
      got: String(words.length),
      hint: ids ? 'name the column of the ids with id' : 'without ids, row k is agent k',
    });
  }
  const table = await open(source, readFile);
  const column = columnIndex(table, source.column, target.name);
  const idColumn = columnIndex(table, source.id, 'id');
  const agentOf = new Map(Array.from({ length: population }, (_, agent) => [ids?.[agent] ?? String(agent), agent]));
  const words = new Uint32Array(population);
  const lines = new Uint32Array(population);
  for (const record of table.records) {
    const id = fieldAt(table, record, idColumn);
    const agent = agentOf.get(id);
    if (agent === undefined) continue;
    if (lines[agent] > 0) {
      const what = `agent "${id}" has two rows`;
      throw new GroundswellError({
        what,
        where: table.place(record.line),
        expected: 'one row for each agent',
        got: `another at ${table.place(lines[agent])}`,
      });
    }
    lines[agent] = record.line;
    words[agent] = encoded(table, record, column, target);
  }
  const missing = lines.indexOf(0);
  if (missing < 0) return words;
  const others = lines.filter(line => line === 0).length - 1;
  throw new GroundswellError({
    what: `agent "${ids?.[missing] ?? missing}" has no row${others > 0 ? ` (nor have ${others} others)` : ''}`,
    where: file,
    expected: 'one row for each agent',
    hint: ids
      ? 'ids are those of the nodes in the file of the topology'
      : 'the topology has no ids, so that agents are numbered from 0',
  });
}

function encoded(
  table: Table,
  record: { fields: readonly string[]; line: number },
  column: number,
  target: Target,
): number {
  const name = table.header?.[column] ?? `column ${column + 1}`;
  return target.encode(fieldAt(table, record, column), `${table.place(record.line)}, ${name}`);
}

/** A file whose first line is numbers has no header: where it is not one number a line, the user must say so. */
async function open({ file, format, delimiter }: ColumnSource, readFile: ValuesContext['readFile']): Promise<Table> {
  const bytes = await readFile(file);
  const table = await openTable(bytes, file, { format, delimiter });
  const numeric = table.header?.every(name => name !== '' && Number.isFinite(Number(name)));
  if (!numeric || format === 'csv' || format === 'parquet' || isParquet(bytes, file)) return table;
  if (table.header?.length === 1) return openTable(bytes, file, { format: 'snap' });
  throw new GroundswellError({
    what: 'the first line is numbers',
    where: file,
    expected: 'a header that names the columns',
    hint: 'write one, or format: csv if these are the names',
  });
}
