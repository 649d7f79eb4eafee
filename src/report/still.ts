// Columns that have nothing to show: they are said in a sentence instead of drawn.
import type { Rows } from '../plan/rows.ts';
import type { Column, ReportInput } from './input.ts';
import { formatNumber } from './numbers.ts';

/** The input without the columns that are one number throughout or equal an earlier column, which its notes then tell. */
export function withoutStill(input: ReportInput): ReportInput {
  const kept: Column[] = [];
  const notes: string[] = [];
  for (const column of input.columns) {
    const values = input.rows.measures[column.name];
    const twin = kept.find(other => column.kind !== 'histogram' && equal(input.rows.measures[other.name], values));
    if (column.kind !== 'histogram' && values.length > 0 && values.every(value => value === values[0])) {
      notes.push(`${column.name} is ${formatNumber(values[0])} throughout.`);
    } else if (twin && values.length > 0) {
      notes.push(`${column.name} equals ${twin.name} throughout.`);
    } else {
      kept.push(column);
    }
  }
  return kept.length === 0 ? input : { ...input, columns: kept, notes: [...input.notes, ...notes] };
}

/** Whether a column changes in time in any world. */
export function movesInTime(rows: Rows, { name }: Column): boolean {
  const values = rows.measures[name];
  const first = new Map<string, number>();
  return values.some((value, row) => {
    const world = `${rows.point[row]} ${rows.replica[row]}`;
    const start = first.get(world);
    if (start === undefined) first.set(world, value);
    return start !== undefined && !Object.is(start, value);
  });
}

function equal(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, row) => Object.is(value, b[row]));
}
