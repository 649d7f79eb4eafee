// Which steps a schedule names: its functions against a plain list, and the steps of a logarithmic one against 10^(k / n) in exact integers.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countMeasured,
  describeSchedule,
  logSteps,
  measuredUpTo,
  nextMeasured,
  type Schedule,
  type StepRange,
  type Steps,
} from '../../src/spec/schedule.ts';
import { readObject } from './read.ts';

/** The measured steps by their definition. */
function listed({ steps, last }: Schedule): number[] {
  const named = (step: number): boolean => {
    if ('every' in steps) return step % steps.every === 0;
    if ('at' in steps) return steps.at.includes(step);
    return steps.ranges.some(({ from, to = last, every }) => step >= from && step <= to && (step - from) % every === 0);
  };
  return Array.from({ length: last + 1 }, (_, step) => step).filter(step => step === 0 || step === last || named(step));
}

const everies = fc.record({ every: fc.integer({ min: 1, max: 40 }) });
const lists = fc.uniqueArray(fc.nat(120)).map(at => ({ at: at.sort((a, b) => a - b) }));
/** Ranges that may touch: ascending bounds, taken in pairs, the last perhaps open. */
const ranges = fc
  .record({
    bounds: fc.array(fc.nat(120), { minLength: 2, maxLength: 8 }),
    every: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 8, maxLength: 8 }),
    touching: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ bounds, every, touching, open }) => {
    bounds.sort((a, b) => a - b);
    const stride = touching ? 1 : 2;
    const made: StepRange[] = [];
    for (let i = 0; i + 1 < bounds.length; i += stride)
      made.push({ from: bounds[i], to: bounds[i + 1], every: every[i] });
    if (open) made.push({ from: made.at(-1)!.to!, every: every[7] });
    return { ranges: made };
  });
const logs = fc.integer({ min: 1, max: 30 }).map(log => ({ at: logSteps(log, 120), log }));
const schedules: fc.Arbitrary<Schedule> = fc.record({
  steps: fc.oneof<fc.Arbitrary<Steps>[]>(everies, lists, ranges, logs),
  last: fc.nat(120),
});

describe('a schedule', () => {
  it('goes through its steps in order, each once, from 0 to the last', () => {
    fc.assert(
      fc.property(schedules, schedule => {
        const steps: number[] = [];
        for (let step = nextMeasured(schedule, -1); step < Infinity; step = nextMeasured(schedule, step))
          steps.push(step);
        expect(steps).toEqual(listed(schedule));
      }),
      { numRuns: 1000 },
    );
  });

  it('knows the next step and the one before from anywhere, and their number', () => {
    fc.assert(
      fc.property(schedules, fc.nat(130), (schedule, step) => {
        const steps = listed(schedule);
        expect(nextMeasured(schedule, step)).toBe(steps.find(other => other > step) ?? Infinity);
        expect(measuredUpTo(schedule, step)).toBe(steps.findLast(other => other <= step));
        expect(countMeasured(schedule)).toBe(steps.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('is quick about very many steps', () => {
    const last = 2 ** 31 - 1;
    expect(countMeasured({ steps: { every: 1 }, last })).toBe(2 ** 31);
    expect(
      countMeasured({
        steps: {
          ranges: [
            { from: 0, to: 10, every: 1 },
            { from: 10, every: 2 },
          ],
        },
        last,
      }),
    ).toBe(11 + (last - 11) / 2 + 1);
    expect(nextMeasured({ steps: { every: 2 ** 30 }, last }, 2 ** 30)).toBe(last);
  });

  it('has words', () => {
    const words = (steps: Steps, last = 1000): string => describeSchedule({ steps, last });
    expect(words({ every: 5 })).toBe('every 5');
    expect(words({ at: [1, 10] })).toBe('at 4 steps');
    expect(words({ at: logSteps(1, 1000), log: 1 })).toBe('at 5 steps, about 1 per decade');
    expect(
      words({
        ranges: [
          { from: 0, to: 100, every: 1 },
          { from: 100, every: 100 },
        ],
      }),
    ).toBe('every 1 from 0 to 100, every 100 from 100: at 110 steps');
  });
});

describe('logarithmic steps', () => {
  it.each([
    [1, 10_000, [1, 10, 100, 1000, 10_000]],
    [2, 1000, [1, 3, 10, 32, 100, 316, 1000]],
    [3, 99, [1, 2, 5, 10, 22, 46]],
  ])('%i per decade up to %i', (perDecade, last, steps) => {
    expect(logSteps(perDecade, last)).toEqual(steps);
  });

  it('are the integers nearest to powers of ten, and every power of ten is among them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), perDecade => {
        const steps = new Set(logSteps(perDecade, 2 ** 31 - 1));
        const nearest = new Set<number>();
        for (let k = 0; k <= 9 * perDecade; k++) nearest.add(nearestRoot(10n ** BigInt(k), perDecade));
        expect([...nearest].filter(step => !steps.has(step))).toEqual([]);
        expect([...steps].filter(step => step <= 1e9 && !nearest.has(step))).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('are distinct, and dense at first', () => {
    const steps = logSteps(1000, 5000);
    expect(steps.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, k) => k + 1));
    expect(new Set(steps).size).toBe(steps.length);
  });
});

/** The integer nearest to the n-th root of a power: the largest m with (2m − 1)ⁿ ≤ 2ⁿ power. */
function nearestRoot(power: bigint, n: number): number {
  let [low, high] = [1n, 2n ** 31n];
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if ((2n * middle - 1n) ** BigInt(n) <= 2n ** BigInt(n) * power) low = middle;
    else high = middle - 1n;
  }
  return Number(low);
}

describe('measure, as written', () => {
  it.each<[string, object, Steps]>([
    ['steps', { at: [0, 3, 10] }, { at: [0, 3, 10] }],
    [
      'ranges',
      {
        ranges: [
          { from: 0, to: 4, every: 1 },
          { from: 4, every: 2 },
        ],
      },
      {
        ranges: [
          { from: 0, to: 4, every: 1 },
          { from: 4, every: 2 },
        ],
      },
    ],
    ['log', { log: 2 }, { at: [1, 3, 10], log: 2 }],
    ['nothing but measures', { add: { alone: { kind: 'isolated' } } }, { every: 1 }],
  ])('%s', (_, measure, steps) => {
    expect(readObject({ measure }).measure.schedule).toEqual({ steps, last: 10 });
  });
});
