// The steps at which a run is measured. A schedule is data, and which steps it names follows from it alone: however a run is cut into stretches, and wherever
// it is computed, the same steps are measured. What is measured there is told in measures.ts.
import { exactExp } from '../fixed.ts';

/** Steps from `from` on, every `every`-th, up to `to` (absent: without end). */
export interface StepRange {
  readonly from: number;
  readonly to?: number;
  readonly every: number;
}

/**
 * Named steps: multiples of `every`; those in `at` (ascending, distinct), which may have been made of `log`, a number per decade; or those in `ranges`, which
 * are in ascending order and share no more than their ends.
 */
export type Steps =
  | { readonly every: number }
  | { readonly at: readonly number[]; readonly log?: number }
  | { readonly ranges: readonly StepRange[] };

/** The measured steps of a run: step 0, the named ones below `last`, and `last` itself. */
export interface Schedule {
  readonly steps: Steps;
  readonly last: number;
}

/** The first measured step after a step; ∞ when there is none. The first of all comes after −1. */
export function nextMeasured({ steps, last }: Schedule, after: number): number {
  if (after < 0) return 0;
  return after >= last ? Number.POSITIVE_INFINITY : Math.min(nextNamed(steps, after), last);
}

/** The last measured step up to a step, which is at least 0. */
export function measuredUpTo({ steps, last }: Schedule, step: number): number {
  return step >= last ? last : Math.max(0, namedUpTo(steps, step));
}

/** How many steps are measured. */
export function countMeasured({ steps, last }: Schedule): number {
  let count = 1;
  let counted = 0;
  if ('at' in steps) {
    const inside = steps.at.filter(step => step > 0 && step < last);
    return count + inside.length + (last > 0 ? 1 : 0);
  }
  for (const range of rangesOf(steps)) {
    const first = nextInRange(range, counted);
    const end = Math.min(range.to ?? last, last);
    if (first > end) continue;
    const more = Math.floor((end - first) / range.every) + 1;
    count += more;
    counted = first + (more - 1) * range.every;
  }
  return counted < last ? count + 1 : count;
}

/** A schedule as a phrase: `every 5 steps`. */
export function describeSchedule(schedule: Schedule): string {
  const { steps } = schedule;
  if ('every' in steps) return `every ${steps.every}`;
  const count = countMeasured(schedule);
  if ('at' in steps) return steps.log ? `at ${count} steps, about ${steps.log} per decade` : `at ${count} steps`;
  const parts = steps.ranges.map(
    ({ from, to, every }) => `every ${every} from ${from}${to === undefined ? '' : ` to ${to}`}`,
  );
  return `${parts.join(', ')}: at ${count} steps`;
}

/**
 * Integers from 1 to `last` in about equal ratios: those nearest to 10^(k / perDecade), k = 0, 1, 2, …, without repetitions. The powers come of `exactExp`, so
 * that every machine names the same steps.
 */
export function logSteps(perDecade: number, last: number): number[] {
  const at: number[] = [];
  for (let k = 0; ; k++) {
    const step = Math.floor(exactExp((k / perDecade) * Math.LN10) + 0.5);
    if (step > last) return at;
    if (step !== at.at(-1)) at.push(step);
  }
}

/** The first named step after a step that is at least 0; ∞ when there is none. */
function nextNamed(steps: Steps, after: number): number {
  if ('at' in steps) return steps.at[countUpTo(steps.at, after)] ?? Number.POSITIVE_INFINITY;
  for (const range of rangesOf(steps)) {
    const next = nextInRange(range, after);
    if (next <= (range.to ?? next)) return next;
  }
  return Number.POSITIVE_INFINITY;
}

/** The last named step up to a step; −1 when there is none. */
function namedUpTo(steps: Steps, step: number): number {
  if ('at' in steps) return steps.at[countUpTo(steps.at, step) - 1] ?? -1;
  for (const { from, to, every } of rangesOf(steps).toReversed()) {
    if (from <= step) return from + Math.floor((Math.min(step, to ?? step) - from) / every) * every;
  }
  return -1;
}

function rangesOf(steps: Exclude<Steps, { at: readonly number[] }>): readonly StepRange[] {
  return 'every' in steps ? [{ from: 0, every: steps.every }] : steps.ranges;
}

/** The first step of a range after a step, as if the range had no end. */
function nextInRange({ from, every }: StepRange, after: number): number {
  return after < from ? from : from + (Math.floor((after - from) / every) + 1) * every;
}

/** How many of the ascending steps are at most `step`. */
function countUpTo(at: readonly number[], step: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
