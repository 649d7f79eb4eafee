// Parts of a whole as written: shares of it, or sizes; which of the two a list of numbers is.
import type { Path } from './origin.ts';
import type { Fail } from './shares.ts';

/** How much of the whole a part has. */
export interface Amount {
  name: string;
  value: number;
  /** What it is, where that is written. */
  as?: 'share' | 'size';
  path: Path;
}

/** The amount of a mapping with exactly one of `share` and `size`; `noun` is what the parts are called. */
export function writtenAmount(
  name: string,
  { share, size }: { share?: number; size?: number },
  noun: string,
  path: Path,
  fail: Fail,
): Amount {
  if ((share === undefined) === (size === undefined)) {
    const got = share === undefined ? 'neither' : 'both';
    fail(path, { what: `a ${noun} has a share or a size`, expected: 'either share or size', got });
  }
  const as = share === undefined ? 'size' : 'share';
  return { name, value: (share ?? size)!, as, path: [...path, as] };
}

/**
 * Whether the amounts are sizes: where one says so, or where all are integers that make more than a whole (beside a rest: a whole, which would leave nothing).
 * Fails for an empty part, and for shares beside sizes.
 */
export function areSizes(amounts: readonly Amount[], noun: string, rest: boolean, fail: Fail): boolean {
  for (const { value, path } of amounts) {
    if (value === 0) fail(path, { what: `an empty ${noun}`, expected: 'a share or size above 0', got: '0' });
  }
  const told = amounts.find(({ as }) => as !== undefined);
  if (!told) {
    const sum = amounts.reduce((total, { value }) => total + value, 0);
    return amounts.every(({ value }) => Number.isInteger(value)) && (rest ? sum >= 1 : sum > 1);
  }
  const sizes = told.as === 'size';
  for (const { as = told.as, value, path } of amounts) {
    if (as === told.as && (sizes ? Number.isInteger(value) : value <= 1)) continue;
    fail(path, {
      what: `"${told.name}" has a ${told.as}`,
      expected: sizes ? `a size for every ${noun}, an integer` : `a share for every ${noun}, at most 1`,
      got: `${as === told.as ? '' : `the ${as} `}${value}`,
    });
  }
  return sizes;
}
