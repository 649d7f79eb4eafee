// When a spec asks to measure: the ways of writing it, and its faults. What the steps then are is told in schedule.ts.
import { integerFrom, listOf, mapping } from './leaves.ts';
import type { Path } from './origin.ts';
import { logSteps, type StepRange, type Steps } from './schedule.ts';
import type { Fail } from './shares.ts';

/** Without a schedule, a run has about this many rows per world. */
const DEFAULT_ROWS = 200;
const MAX_PER_DECADE = 1000;

/** A schedule as written: one of these, or none. */
export type WrittenSchedule = { every?: number; at?: number[]; ranges?: StepRange[]; log?: number };
const SCHEDULES = ['every', 'at', 'ranges', 'log'] as const;

export const measuredEvery = () =>
  integerFrom(1).describe('Measured at step 0, at every such step, and at the last one.');

/** The keys of a schedule. */
export function scheduleShape() {
  const range = mapping('key', {
    from: integerFrom(0).describe('First step of the range.'),
    to: integerFrom(0)
      .optional()
      .describe('Last step of the range. Only the last range may go without, up to the end of the run.'),
    every: integerFrom(1).describe('Measured at `from`, and at every such step after it.'),
  });
  return {
    every: measuredEvery().optional(),
    at: listOf(integerFrom(0), 'a list of steps')
      .optional()
      .describe('Instead of every: these steps, in ascending order; step 0 and the last besides.'),
    ranges: listOf(range, 'a list of ranges {from, to, every}')
      .optional()
      .describe('Instead of every: in these ranges of steps, in ascending order; step 0 and the last besides.'),
    log: integerFrom(1, MAX_PER_DECADE)
      .optional()
      .describe(
        'Instead of every: about this many steps per decade, in equal ratios from step 1 on; step 0 and the last besides.',
      ),
  };
}

/** The steps that are written, or the default. `last` is the last step of the run. */
export function readSchedule(written: WrittenSchedule, last: number, fail: Fail): Steps {
  const [, second] = SCHEDULES.filter(key => written[key] !== undefined);
  if (second) {
    fail(['measure', second], { at: 'key', what: 'a second schedule', expected: `one of ${SCHEDULES.join(', ')}` });
  }
  const { every, at, ranges, log } = written;
  if (log !== undefined) return { at: logSteps(log, last), log };
  if (at) return { at: readSteps(at, last, ['measure', 'at'], fail) };
  if (ranges) return { ranges: readRanges(ranges, last, fail) };
  return { every: every ?? Math.max(1, Math.ceil(last / DEFAULT_ROWS)) };
}

/** A list of steps of a run: ascending, and none beyond the last. */
export function readSteps(at: readonly number[], last: number, path: Path, fail: Fail): readonly number[] {
  at.forEach((step, i) => {
    if (i > 0 && step <= at[i - 1]) {
      fail([...path, i], { what: 'not in ascending order', expected: `a step after ${at[i - 1]}`, got: String(step) });
    }
    refuseBeyond(step, last, [...path, i], fail);
  });
  return at;
}

function readRanges(ranges: readonly StepRange[], last: number, fail: Fail): readonly StepRange[] {
  ranges.forEach(({ from, to }, i) => {
    const path: Path = ['measure', 'ranges', i];
    const before = ranges[i - 1]?.to ?? 0;
    if (from < before) {
      const expected = `a step from ${before} on, where the range before it ends`;
      fail([...path, 'from'], { what: 'the ranges overlap', expected, got: String(from) });
    }
    refuseBeyond(from, last, [...path, 'from'], fail);
    if (to === undefined) {
      if (i === ranges.length - 1) return;
      fail([...path, 'to'], { what: 'missing', expected: 'a step, since only the last range may go on to the end' });
    }
    if (to < from) {
      fail([...path, 'to'], {
        what: 'the range ends before it begins',
        expected: `a step from ${from} on`,
        got: String(to),
      });
    }
    refuseBeyond(to, last, [...path, 'to'], fail);
  });
  return ranges;
}

function refuseBeyond(step: number, last: number, path: Path, fail: Fail): void {
  if (step > last) fail(path, { what: 'beyond the last step', expected: `at most ${last} (steps)`, got: String(step) });
}
