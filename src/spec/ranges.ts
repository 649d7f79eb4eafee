// Schemas of values in the range of a parameter or field, which those with the same range share.
import type { z } from 'zod';
import type { Field, Param } from '../model/index.ts';
import { COUNT_MAX, integerFrom, numberFrom } from './leaves.ts';
import { distributionSchema } from './source-schema.ts';

/** What values there are. */
export interface ValueRange {
  kind: Param['kind'] | Field['kind'];
  min: number;
  max: number;
}

const isWhole = ({ kind }: ValueRange): boolean => kind !== 'probability' && kind !== 'number' && kind !== 'fixed';

/** A number in the range. */
export function numberIn(range: ValueRange): z.ZodType<number> {
  const { min, max } = range;
  return isWhole(range) ? integerFrom(min, max) : numberFrom(min, max);
}

/** The range in words. */
export function rangePhrase(range: ValueRange): string {
  const { min, max } = range;
  return `${isWhole(range) ? 'an integer' : 'a number'} ${max === COUNT_MAX ? `of at least ${min}` : `from ${min} to ${max}`}`;
}

const distributions = new Map<string, z.ZodType<object>>();

/** The distributions of numbers in a range. */
export function distributionIn(range: ValueRange): z.ZodType<object> {
  const { min, max } = range;
  const id = `distribution-of-${isWhole(range) ? 'integers' : 'numbers'}-from-${min}-to-${max}`;
  const bound = () => numberIn(range);
  const schema = distributions.get(id) ?? distributionSchema({ value: bound, bound }).meta({ id });
  distributions.set(id, schema);
  return schema;
}
