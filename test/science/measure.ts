// Courses of a run as tables, for tests that compare them with theory.
import type { OpenOptions } from '../../src/experiment/open.ts';
import { type Result, type RunOptions, simulate } from '../../src/experiment/simulate.ts';
import type { SpecObject } from '../support/runs.ts';
import { type Estimate, estimate } from '../support/statistics.ts';

/** Runs a spec on the CPU engine. */
export function run(spec: SpecObject, options: OpenOptions & RunOptions = {}): Promise<Result> {
  return simulate(spec, { engine: 'cpu', ...options });
}

/** A measure's values at one point, by replica and then by measured step. */
export function courses({ series }: Result, measure: string, point = 0): number[][] {
  const found: number[][] = [];
  for (let row = 0; row < series.step.length; row++) {
    if (series.point[row] !== point) continue;
    found[series.replica[row]] ??= [];
    found[series.replica[row]].push(series[measure][row]);
  }
  return found;
}

/** The steps that were measured. */
export function measuredSteps({ series }: Result): number[] {
  return [...new Set(series.step)].sort((a, b) => a - b);
}

/** A measure's mean over the steps from `from` on, by replica, and its error as estimated from them. With one replica the error is NaN. */
export function lateMean(result: Result, measure: string, from: number, point = 0): Estimate & { values: number[] } {
  const late = measuredSteps(result).findIndex(step => step >= from);
  const values = courses(result, measure, point).map(course => estimate(course.slice(late)).mean);
  return { values, ...estimate(values) };
}
