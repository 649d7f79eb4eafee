// Equal bins over the range of a field.
import type { Field } from './fields.ts';

/** Bins 0 … count − 1, each of `width` encoded values; the last may be narrower. */
export interface Bins {
  count: number;
  width: number;
}

/** Most values that a field may have for one bin a value without being asked. */
export const MAX_VALUES = 256;

/** The bins of a field: as many as wanted, or fewer where equal bins of whole values cannot be so many. Without a wish one a value for small integers, else `otherwise`. */
export function binsOf(field: Field, wanted?: number, otherwise = 32): Bins {
  const values = field.high - field.low + 1;
  const asked = wanted ?? (values <= MAX_VALUES && field.kind !== 'fixed' ? values : otherwise);
  const width = Math.ceil(values / asked);
  return { count: Math.ceil(values / width), width };
}
