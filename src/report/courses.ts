// Rows summarised for drawing and tables: by point and step over the replicas. Undefined values (NaN) are left out of means.
import { type Rows, rowCount } from '../plan/rows.ts';

/** Where the rows of one point are. */
export interface Course {
  point: number;
  /** Recorded steps, ascending. */
  steps: number[];
  /** `rows[k]` are the row numbers at `steps[k]`. */
  rows: number[][];
  /** The row of every replica's last recorded step, by replica. An interrupted run may have recorded some further than others. */
  final: number[];
}

/** Mean, smallest and largest value over the replicas at a step; undefined where no replica has a value. */
export interface Band {
  step: number;
  mean?: number;
  low?: number;
  high?: number;
}

/** The rows by point and step, points ascending. */
export function coursesOf(rows: Rows): Course[] {
  const points = new Map<number, Map<number, number[]>>();
  for (let row = 0; row < rowCount(rows); row++) {
    const steps = getOrPut(points, rows.point[row], () => new Map<number, number[]>());
    getOrPut(steps, rows.step[row], () => []).push(row);
  }
  return byKey(points).map(([point, steps]) => {
    const ordered = byKey(steps);
    const lists = ordered.map(([, list]) => list);
    return { point, steps: ordered.map(([step]) => step), rows: lists, final: finalRows(lists, rows.replica) };
  });
}

/** A column along a course, at no more than `most` of its steps: evenly chosen, the first and the last among them. */
export function bandsOf({ steps, rows }: Course, column: Float64Array, most: number): Band[] {
  return spread(steps.length, most).map(k => {
    const values = known(rows[k], column);
    if (values.length === 0) return { step: steps[k] };
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const [low, high] = rangeOf(values);
    return { step: steps[k], mean, low, high };
  });
}

/** The rows at the first recorded step. */
export function initialRows(course: Course): number[] {
  return course.rows[0] ?? [];
}

/** The last step that any point recorded. */
export function lastStep(courses: readonly Course[]): number {
  return courses.reduce((last, { steps }) => Math.max(last, steps[steps.length - 1]), 0);
}

/** The column's values at the rows, without NaN. */
export function known(rows: readonly number[], column: Float64Array): number[] {
  return rows.map(row => column[row]).filter(value => !Number.isNaN(value));
}

/** The smallest and the largest of some values; of none, +∞ and −∞. */
export function rangeOf(values: Iterable<number>): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** At most `most` of the numbers 0 to count − 1, evenly spread, with both ends. */
export function spread(count: number, most: number): number[] {
  const size = Math.min(count, most);
  return Array.from({ length: size }, (_, i) => (size < 2 ? 0 : Math.round((i * (count - 1)) / (size - 1))));
}

function finalRows(lists: readonly number[][], replica: Uint32Array): number[] {
  const last = new Map<number, number>();
  for (const list of lists) for (const row of list) last.set(replica[row], row);
  return byKey(last).map(([, row]) => row);
}

function getOrPut<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function byKey<V>(map: Map<number, V>): [number, V][] {
  return [...map].sort(([a], [b]) => a - b);
}
