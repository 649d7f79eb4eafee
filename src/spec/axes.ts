// What varies between the points of a run: a number, a list, or a range of numbers.
import type { z } from 'zod';
import { either, integerFrom, listOf, mapping, oneOf } from './leaves.ts';
import type { Path } from './origin.ts';
import type { Fail } from './shares.ts';

/** Points of one range; the product over ranges is limited elsewhere. */
const MAX_COUNT = 2 ** 20;

/** `{ from, to, count }`, both ends included. */
interface Range {
  from: number;
  to: number;
  count: number;
  scale: 'linear' | 'log';
}

/** A value, or several. */
export type Axis = number | number[] | Range;

/** The schema of an axis whose values are as `value` says; a list may also hold the `other` forms. */
export function axisForms<T extends z.ZodType<number>>(
  value: () => T,
  others: readonly z.ZodType<object>[] = [],
  phrase = '',
) {
  const item: z.ZodType<number | object> = others.length > 0 ? either(phrase, [value(), ...others]) : value();
  return [
    value(),
    listOf(item, 'a list of at least one number'),
    mapping('key', {
      from: value().describe('The first value.'),
      to: value().describe('The last value.'),
      count: integerFrom(2, MAX_COUNT).describe('How many values, both ends included.'),
      scale: oneOf('scale', ['linear', 'log']).default('linear').describe('log: equal ratios; both ends are above 0.'),
    }),
  ] as const;
}

/** The values of an axis, in order; those of an integer are integers. */
export function axisValues(axis: Axis, whole: boolean, path: Path, fail: Fail): number[] {
  if (typeof axis === 'number') return [axis];
  const values = Array.isArray(axis) ? axis : rangeValues(axis, whole, path, fail);
  const seen = new Set<number>();
  values.forEach((value, i) => {
    if (seen.has(value)) {
      const where = Array.isArray(axis) ? [...path, i] : path;
      fail(where, { what: `${value} comes twice`, expected: 'different values' });
    }
    seen.add(value);
  });
  return values;
}

function rangeValues({ from, to, count, scale }: Range, whole: boolean, path: Path, fail: Fail): number[] {
  if (scale === 'log' && (from <= 0 || to <= 0)) {
    fail([...path, from <= 0 ? 'from' : 'to'], {
      what: 'out of range',
      expected: 'a number above 0, for a log scale',
      got: String(Math.min(from, to)),
    });
  }
  return Array.from({ length: count }, (_, i) => {
    if (i === 0) return from;
    if (i === count - 1) return to;
    const exact = scale === 'log' ? from * (to / from) ** (i / (count - 1)) : from + ((to - from) * i) / (count - 1);
    // 12 digits: 0.3 and not 0.30000000000000004, and no trace of how an engine rounds its powers.
    const value = Number(exact.toPrecision(12));
    if (!whole || Number.isInteger(value)) return value;
    if (scale === 'log') return Math.round(value);
    return fail(path, {
      what: 'the range does not fall on integers',
      got: String(value),
      hint: 'change count, or write a list',
    });
  });
}
