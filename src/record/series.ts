// series.parquet: the measures of a run, one row per world and measured step; writing and reading it.
import { type DecodedArray, parquetMetadata, parquetRead } from 'hyparquet';
import { GroundswellError } from '../errors.ts';
import type { Rows } from '../plan/rows.ts';
import { type ColumnData, type ColumnHead, writeParquet } from './columns.ts';

/** What varies, by point number and then by the spec's path, e.g. `[{ 'params.noise': 0.1 }, { 'params.noise': 0.2 }]`. */
export type Varied = readonly Readonly<Record<string, number | string>>[];

/** Footer key under which the names of the measure columns are kept, as a JSON list. */
const MEASURES_KEY = 'groundswell.measures';
const WORLD_COLUMNS = ['point', 'replica', 'step'] as const;

/**
 * The rows as Parquet: `point`, `replica` and `step` (INT32), one DOUBLE per measure, then one column per path that varies between
 * the points (DOUBLE, or a string where any of its values is one; NaN or "" at a point that does not have it).
 */
export function writeSeries(rows: Rows, varied: Varied = []): Uint8Array {
  const measures = Object.keys(rows.measures);
  const paths = variedPaths(varied);
  const axes = paths.map(path => axisValues(varied, path));
  const heads: ColumnHead[] = [
    ...WORLD_COLUMNS.map(name => ({ name, type: 'INT32' as const })),
    ...measures.map(name => ({ name, type: 'DOUBLE' as const })),
    ...paths.map((name, i) => ({ name, type: isNumeric(axes[i]) ? ('DOUBLE' as const) : ('STRING' as const) })),
  ];
  const data: ColumnData[] = [
    ...WORLD_COLUMNS.map(name => rows[name]),
    ...measures.map(name => rows.measures[name]),
    ...axes.map(values => perRow(rows.point, values)),
  ];
  return writeParquet(heads, data, { [MEASURES_KEY]: JSON.stringify(measures) });
}

/** The rows of a series file (without the columns of what varies). Throws a `GroundswellError` if it is not one. */
export async function readSeries(bytes: Uint8Array, where = 'series.parquet'): Promise<Rows> {
  const file = new Uint8Array(bytes).buffer;
  try {
    const metadata = parquetMetadata(file);
    const list = metadata.key_value_metadata?.find(({ key }) => key === MEASURES_KEY)?.value;
    if (list === undefined) throw new Error('it has no list of measures');
    const measures: string[] = JSON.parse(list);
    const columns = new Map<string, Float64Array>();
    for (const name of [...WORLD_COLUMNS, ...measures]) columns.set(name, new Float64Array(Number(metadata.num_rows)));
    await parquetRead({
      file,
      metadata,
      columns: [...columns.keys()],
      onChunk: ({ columnName, columnData, rowStart }) => fill(columns.get(columnName), columnData, rowStart),
    });
    const words = (name: string): Uint32Array => Uint32Array.from(columns.get(name)!);
    return {
      point: words('point'),
      replica: words('replica'),
      step: words('step'),
      measures: Object.fromEntries(measures.map(name => [name, columns.get(name)!])),
    };
  } catch (cause) {
    throw new GroundswellError({
      what: 'cannot read the series',
      where,
      expected: 'a series.parquet written by groundswell',
      got: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** The paths that any of the points names, in order of first appearance. */
export function variedPaths(varied: Varied): string[] {
  return [...new Set(varied.flatMap(values => Object.keys(values)))];
}

function axisValues(varied: Varied, path: string): (number | string)[] {
  const values = varied.map(point => point[path]);
  const missing = isNumeric(values.filter(value => value !== undefined)) ? Number.NaN : '';
  return values.map(value => value ?? missing);
}

function isNumeric(values: readonly (number | string)[]): boolean {
  return values.every(value => typeof value === 'number');
}

function perRow(point: Uint32Array, values: readonly (number | string)[]): ColumnData {
  return isNumeric(values)
    ? Float64Array.from(point, p => values[p] as number)
    : Array.from(point, p => String(values[p]));
}

function fill(column: Float64Array | undefined, values: DecodedArray, start: number): void {
  for (let i = 0; i < values.length; i++) column![start + i] = Number(values[i]);
}
