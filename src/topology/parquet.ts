// Records of a Parquet table, as text fields like those of the delimited files (records.ts), by hyparquet: uncompressed or with snappy. Nothing
// here knows what a column means.
import { type AsyncBuffer, type DecodedArray, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'; // biome-ignore format: one import
import { GroundswellError } from '../errors.ts';
import type { Table } from './records.ts';

const MAGIC = [0x50, 0x41, 0x52, 0x31]; // PAR1

/** Whether a file is Parquet by its name or its bytes. */
export function isParquet(bytes: Uint8Array, file: string): boolean {
  const marked = (at: number): boolean => MAGIC.every((byte, k) => bytes[at + k] === byte);
  return /\.parquet(\.gz)?$/i.test(file) || (bytes.length >= 12 && marked(0) && marked(bytes.length - 4));
}

/**
 * Opens a Parquet table; `line` is the number of a row, counted from 1. Numbers are fields as JavaScript writes them, 64-bit integers
 * in full, dates in ISO 8601; null is an empty field. A nested or binary column has its name and number but cannot be used.
 */
export async function openParquet(bytes: Uint8Array, file: string): Promise<Table> {
  const buffer: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
  const damaged = (cause: unknown): GroundswellError =>
    new GroundswellError({ what: 'this is not a Parquet file, or it is damaged', where: file, cause });
  const metadata = await parquetMetadataAsync(buffer).catch(cause => {
    throw damaged(cause);
  });
  const { children } = parquetSchema(metadata);
  const header = children.map(({ element }) => element.name);
  const flat = children.filter(child => child.children.length === 0 && child.element.repetition_type !== 'REPEATED');
  const names = flat.map(({ element }) => element.name);
  mustBeReadable(metadata, names, file);
  const chunks = await chunksOf(buffer, metadata, names).catch(cause => {
    throw damaged(cause);
  });
  const columns = header.map(name => usable(chunks.get(name)));
  const unusable = new Set(header.flatMap((_, index) => (columns[index] ? [] : [index])));
  const place = (row: number): string => `${file}, row ${row}`;
  return { file, header, unusable, place, records: rowsOf(columns, Number(metadata.num_rows)) };
}

function mustBeReadable({ row_groups: groups }: FileMetaData, names: readonly string[], file: string): void {
  for (const { columns } of groups) {
    for (const { meta_data: meta } of columns) {
      if (!meta || !names.includes(meta.path_in_schema[0]) || ['UNCOMPRESSED', 'SNAPPY'].includes(meta.codec)) continue;
      throw new GroundswellError({
        what: `column "${meta.path_in_schema[0]}" is compressed in a way that is not read here`,
        where: file,
        expected: 'snappy or no compression',
        got: meta.codec.toLowerCase(),
        hint: 'write the file again, with snappy',
      });
    }
  }
}

/** The values of each column, piece by piece in the order of the rows. */
async function chunksOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: string[],
): Promise<Map<string, DecodedArray[]>> {
  const pieces = new Map<string, { from: number; values: DecodedArray }[]>(names.map(name => [name, []]));
  if (names.length > 0) {
    await parquetRead({
      file,
      metadata,
      columns: names,
      onChunk: ({ columnName, columnData, rowStart }) =>
        pieces.get(columnName)?.push({ from: rowStart, values: columnData }),
    });
  }
  for (const list of pieces.values()) list.sort((a, b) => a.from - b.from);
  return new Map([...pieces].map(([name, list]) => [name, list.map(({ values }) => values)]));
}

/** The pieces of a column of words, numbers, truth values or dates; `undefined` for any other. */
function usable(pieces: DecodedArray[] | undefined): DecodedArray[] | undefined {
  for (const piece of pieces ?? []) {
    for (const value of piece) {
      if (value === null || value === undefined) continue;
      return typeof value === 'object' && !(value instanceof Date) ? undefined : pieces;
    }
  }
  return pieces;
}

function* rowsOf(columns: readonly (DecodedArray[] | undefined)[], count: number): Table['records'] & Generator {
  const next = columns.map(pieces => (pieces ? cursor(pieces) : () => ''));
  for (let row = 1; row <= count; row++) yield { fields: next.map(field => field()), line: row };
}

/** The fields of a column, one at each call. */
function cursor(pieces: readonly DecodedArray[]): () => string {
  let piece = 0;
  let at = 0;
  return () => {
    while (at === pieces[piece].length) {
      piece++;
      at = 0;
    }
    const value: unknown = pieces[piece][at++];
    if (value === null || value === undefined) return '';
    return value instanceof Date ? value.toISOString() : String(value);
  };
}
