// What a run's rows say about change: how far and how fast a population drifts, whether it comes back, when it tips, and how much its past matters. Functions of
// measured rows after a run; they start nothing. Signals that come before a transition are in early-warning.ts.
import { GroundswellError } from '../errors.ts';
import type { Rows } from '../plan/rows.ts';
import { sampleVariance } from './interval.ts';

/** One measure of one world over the measured steps, in ascending order. */
export interface Series {
  point: number;
  replica: number;
  steps: number[];
  values: number[];
}

/** The series of a column (`mean_stance`, `mean_stance.firm`), one for each world in the order of its first row. */
export function seriesOf(rows: Rows, column: string): Series[] {
  const values = rows.measures[column];
  if (!values) {
    const expected = `one of ${Object.keys(rows.measures).join(', ')}`;
    throw new GroundswellError({ what: 'unknown column', where: 'rows', expected, got: column });
  }
  const worlds = new Map<string, Series>();
  for (const [row, step] of rows.step.entries()) {
    const [point, replica] = [rows.point[row], rows.replica[row]];
    const key = `${point} ${replica}`;
    if (!worlds.has(key)) worlds.set(key, { point, replica, steps: [], values: [] });
    const series = worlds.get(key)!;
    series.steps.push(step);
    series.values.push(values[row]);
  }
  return [...worlds.values()];
}

/** The susceptibility of a point at a step. */
export interface Susceptibility {
  point: number;
  step: number;
  value: number;
}

/**
 * N Var(x) over the replicas of each point, at each measured step: how strongly a mean of N agents fluctuates, in squared units of the measure; at least 0. It stays of order 1 where
 * agents are independent, and grows with N at a transition. The variance is that of a sample; NaN for one replica. Binder 1981, Z. Phys. B 43:119.
 */
export function susceptibility(rows: Rows, column: string, population: number): Susceptibility[] {
  const groups = new Map<string, { point: number; step: number; values: number[] }>();
  for (const { point, steps, values } of seriesOf(rows, column)) {
    for (const [k, step] of steps.entries()) {
      const key = `${point} ${step}`;
      if (!groups.has(key)) groups.set(key, { point, step, values: [] });
      groups.get(key)!.values.push(values[k]);
    }
  }
  return [...groups.values()].map(({ point, step, values }) => ({
    point,
    step,
    value: population * sampleVariance(values),
  }));
}

type Course = Pick<Series, 'steps' | 'values'>;

/** How far a series is from where it began, xₜ − x₀, at every measured step; in units of the measure. */
export function drift({ values }: Pick<Series, 'values'>): number[] {
  return values.map(value => value - values[0]);
}

/**
 * Steps until half of the whole drift is first reached: |xₜ − x₀| = |x_end − x₀| / 2, linear between measured steps, counted from the first of them. For x₀ + d (1 − e^(−t/T)), long
 * enough, T ln 2. NaN where the series ends where it began.
 */
export function halfLife({ steps, values }: Course): number {
  const [first, last] = [values[0], values[values.length - 1]];
  const done = values.map(value => (value - first) / (last - first));
  const after = done.findIndex(share => share >= 0.5);
  if (after < 1) return Number.NaN;
  const [before, reached] = [done[after - 1], done[after]];
  const from = steps[after - 1];
  return from + ((0.5 - before) / (reached - before)) * (steps[after] - from) - steps[0];
}

/**
 * What remains at the end of a displacement that ended at the step `removed`: (x_end − x₀) / (x_removed − x₀), where x₀ is the first value, or `baseline`. No unit: 1 where all of it
 * stays, 0 where the population is back, below 0 or above 1 where it overshoots or goes on. NaN without a displacement, or where `removed` was not measured.
 */
export function persistence({ steps, values }: Course, removed: number, baseline = values[0]): number {
  const displaced = values[steps.indexOf(removed)] ?? Number.NaN;
  return displaced === baseline ? Number.NaN : (values[values.length - 1] - baseline) / (displaced - baseline);
}

/** One of the two. */
export interface TippingOptions {
  above?: number;
  below?: number;
}

/** The first measured step from which on the series stays above (or below) a threshold until its end; NaN where it does not. In steps. */
export function tippingStep({ steps, values }: Course, { above, below }: TippingOptions): number {
  if ((above === undefined) === (below === undefined)) {
    throw new GroundswellError({ what: 'bad threshold', where: 'tippingStep', expected: 'either `above` or `below`' });
  }
  const tipped = (value: number): boolean => (above === undefined ? value < below! : value > above);
  let since = values.length;
  while (since > 0 && tipped(values[since - 1])) since--;
  return steps[since] ?? Number.NaN;
}

/** Final values of a measure along a parameter, which only rises (or only falls). */
export interface Branch {
  parameter: readonly number[];
  values: readonly number[];
}

/**
 * The area between the branch of a rising and that of a falling parameter, ∫ |y_up − y_down| dp, both linear between their points, over the range that they share; in units of the parameter
 * times those of the measure, at least 0, and 0 where the past does not matter. NaN where they share none.
 */
export function hysteresisArea(up: Branch, down: Branch): number {
  const [one, other] = [up, down].map(sorted);
  const from = Math.max(one[0].p, other[0].p);
  const to = Math.min(one[one.length - 1].p, other[other.length - 1].p);
  if (from > to) return Number.NaN;
  const inside = [...one, ...other].map(({ p }) => p).filter(p => p > from && p < to);
  const knots = [...new Set([from, ...inside, to])].sort((a, b) => a - b);
  const gaps = knots.map(p => valueAt(one, p) - valueAt(other, p));
  let area = 0;
  for (let k = 1; k < knots.length; k++) area += (knots[k] - knots[k - 1]) * meanSize(gaps[k - 1], gaps[k]);
  return area;
}

type Knots = readonly { p: number; y: number }[];

function sorted({ parameter, values }: Branch): Knots {
  return parameter.map((p, k) => ({ p, y: values[k] })).sort((a, b) => a.p - b.p);
}

function valueAt(knots: Knots, p: number): number {
  const after = knots.findIndex(knot => knot.p >= p);
  const [left, right] = [knots[Math.max(0, after - 1)], knots[after]];
  return right.p === left.p ? right.y : left.y + ((p - left.p) / (right.p - left.p)) * (right.y - left.y);
}

/** The mean of |y| along a line from a to b. */
function meanSize(a: number, b: number): number {
  return a * b >= 0 ? Math.abs(a + b) / 2 : (a * a + b * b) / (2 * Math.abs(a - b));
}
