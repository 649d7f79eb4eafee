// Typed columns to the bytes of a Parquet file. Not what the columns mean (series.ts, agents.ts).
import type { SchemaElement } from 'hyparquet';
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import { GroundswellError } from '../errors.ts';

/** A column's storage: 32- or 64-bit integers (64-bit ones as bigint), doubles, or UTF-8 strings. */
export type ColumnType = 'INT32' | 'INT64' | 'DOUBLE' | 'STRING';
/** The name and the storage of a column. */
export interface ColumnHead {
  name: string;
  type: ColumnType;
}
/** One value per row. */
export type ColumnData = ColumnSource['data'];

/** Rows are written in groups of at most this many, which is what readers hold in memory at once. */
export const ROW_GROUP = 1_000_000;

/** Takes the bytes of a file, in order. They are valid during the call only. */
export type ParquetSink = (bytes: Uint8Array) => void;

/**
 * Starts a Parquet file of `heads` that is handed to `sink` row group by row group. `write` adds one value per column and row; no column is nullable; an undefined
 * number is NaN.
 */
export function startParquet(heads: readonly ColumnHead[], sink: ParquetSink) {
  const file = openParquet(heads, new SinkWriter(sink));
  return {
    write: (part: readonly ColumnData[]): void => addRows(file, heads, part),
    finish: (): void => {
      file.finish();
    },
  };
}

/** A Parquet file of `heads` as bytes. `metadata` is stored under its keys in the file's footer. */
export function writeParquet(
  heads: readonly ColumnHead[],
  part: readonly ColumnData[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const writer = new ByteWriter();
  const file = openParquet(heads, writer, metadata);
  addRows(file, heads, part);
  file.finish();
  return writer.getBytes();
}

function openParquet(
  heads: readonly ColumnHead[],
  writer: ByteWriter,
  metadata: Readonly<Record<string, string>> = {},
) {
  refuseTwins(heads);
  return new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: heads.length }, ...heads.map(schemaElement)],
    kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    createdBy: 'groundswell',
  });
}

function addRows(file: ParquetWriter, heads: readonly ColumnHead[], part: readonly ColumnData[]): void {
  file.write({ columnData: heads.map(({ name }, i) => ({ name, data: part[i] })), rowGroupSize: ROW_GROUP });
}

/** Hands on what was written after every row group, and at the end. */
class SinkWriter extends ByteWriter {
  readonly #sink: ParquetSink;

  constructor(sink: ParquetSink) {
    super();
    this.#sink = sink;
  }

  flush(): void {
    this.#sink(new Uint8Array(this.buffer, 0, this.index));
    this.index = 0;
  }

  override finish(): void {
    this.flush();
  }
}

function schemaElement({ name, type }: ColumnHead): SchemaElement {
  return type === 'STRING'
    ? { name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }
    : { name, type, repetition_type: 'REQUIRED' };
}

function refuseTwins(heads: readonly ColumnHead[]): void {
  const names = heads.map(head => head.name);
  const twin = names.find((name, i) => names.indexOf(name) !== i);
  if (twin !== undefined) {
    throw new GroundswellError({
      what: `two columns are named "${twin}"`,
      where: 'the table of results',
      hint: 'rename the measure or field; a table has columns of its own such as point, replica and step',
    });
  }
}
