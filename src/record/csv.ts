// The tables of a run as CSV (RFC 4180: lines end in CR LF, a header first, quotes where they are needed), for programs that do not read Parquet. Numbers have
// as many digits as bring the same number back; NaN and Infinity are written so, a missing word as nothing.
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type AsyncBuffer, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { GroundswellError } from '../errors.ts';
import { listFolder, RUN_FILES } from './folder.ts';

/** The tables that a run may leave: `series` (measures by world and step) and `agents` (recorded fields by world and agent). */
export const TABLES = ['series', 'agents'] as const;
/** The name of a table. */
export type TableName = (typeof TABLES)[number];

/** Rows in one piece of text. */
const PIECE = 10_000;

/**
 * The text of a run's table, piece by piece, so that no more than a row group is in memory. Throws an input error if `dir` is not the folder of a run that has
 * ended, has no such table, or the table's file is damaged.
 */
export async function* csvOf(dir: string, table: TableName): AsyncGenerator<string> {
  const path = join(dir, RUN_FILES[table]);
  checkFolder(dir, table);
  const handle = await open(path);
  try {
    yield* rowsOf(handle);
  } catch (cause) {
    throw new GroundswellError({
      what: 'cannot read this table',
      where: path,
      expected: 'a file as groundswell wrote it',
      got: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  } finally {
    await handle.close();
  }
}

function checkFolder(dir: string, table: TableName): void {
  const fail = (what: string, hint: string): never => {
    throw new GroundswellError({ what, where: dir, hint });
  };
  if (!existsSync(dir)) fail('no such folder', 'name the output folder of a run, such as runs/NAME');
  const names = listFolder(dir);
  if (names.includes(RUN_FILES[table])) return;
  if (names.includes(RUN_FILES.journal))
    fail('this run has not ended', `if it was killed, \`groundswell recover ${dir}\` saves what it recorded`);
  if (!names.includes(RUN_FILES.manifest))
    fail('this folder holds no run', 'name the output folder of a run, such as runs/NAME');
  if (table === 'agents')
    fail('this run recorded no agents', 'name their fields in the spec, such as record: [opinion], and run it again');
  fail(`${RUN_FILES[table]} is missing`, 'run the spec again');
}

async function* rowsOf(handle: FileHandle): AsyncGenerator<string> {
  const file = await bufferOf(handle);
  const metadata = await parquetMetadataAsync(file);
  yield csvLine(parquetSchema(metadata).children.map(({ element }) => element.name));
  let rowStart = 0;
  for (const { num_rows: count } of metadata.row_groups) {
    const rowEnd = rowStart + Number(count);
    let rows: unknown[][] = [];
    await parquetRead({ file, metadata, rowStart, rowEnd, onComplete: all => { rows = all; } }); // biome-ignore format: one thought
    for (let at = 0; at < rows.length; at += PIECE)
      yield rows
        .slice(at, at + PIECE)
        .map(csvLine)
        .join('');
    rowStart = rowEnd;
  }
}

async function bufferOf(handle: FileHandle): Promise<AsyncBuffer> {
  const { size } = await handle.stat();
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new Error(`the file ends at byte ${start + bytesRead}`);
      return bytes.buffer;
    },
  };
}

/** One record: what holds a comma, a quote or a line break is quoted, quotes within it are doubled. */
function csvLine(values: readonly unknown[]): string {
  const cells = values.map(value => {
    const text = Object.is(value, -0) ? '-0' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}
