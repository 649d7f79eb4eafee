// Shares of a whole: how they are checked, and the shares with which a field starts.
import type { ErrorDetails } from '../errors.ts';
import { suggest } from '../errors.ts';
import type { Field } from '../model/index.ts';
import type { Path } from './origin.ts';

/** Ends the reading of a spec with an error about the part at the path. */
export type Fail = (path: Path, problem: Omit<ErrorDetails, 'where' | 'kind'> & { at?: 'key' | 'value' }) => never;

/** Sums of shares may miss 1 by this much, for rounding. */
const TOLERANCE = 1e-9;

const sumOf = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

/** Shares must sum to 1. */
export function checkShares(shares: readonly number[], path: Path, fail: Fail): void {
  const sum = sumOf(shares);
  if (Math.abs(sum - 1) <= TOLERANCE) return;
  fail(path, { what: 'the shares do not sum to 1', expected: 'a sum of 1', got: String(Number(sum.toPrecision(12))) });
}

/** Whether a field can start with shares: its values are few and not negative. */
export function hasShares(field: Field): boolean {
  return field.low >= 0 && field.high <= 255;
}

/** A share per value of the field, 0 where the shorter list ends. */
export function padShares(field: Field, shares: readonly number[]): number[] {
  return Array.from({ length: field.high + 1 }, (_, value) => shares[value] ?? 0);
}

/** The shares of a mapping from value or label to share or `rest`, by value. */
export function readShares(
  field: Field,
  written: Readonly<Record<string, number | 'rest'>>,
  path: Path,
  fail: Fail,
): number[] {
  const shares = padShares(field, []);
  let rest: number | undefined;
  for (const [name, share] of Object.entries(written)) {
    const value = valueNamed(field, name, [...path, name], fail);
    if (share !== 'rest') {
      shares[value] += share;
      continue;
    }
    if (rest !== undefined)
      fail([...path, name], { what: 'a second rest', expected: 'at most one value with the rest' });
    rest = value;
  }
  const sum = sumOf(shares);
  if (rest === undefined || sum > 1 + TOLERANCE) checkShares(shares, path, fail);
  else shares[rest] += Math.max(0, 1 - sum);
  return shares;
}

function valueNamed(field: Field, name: string, path: Path, fail: Fail): number {
  const label = field.labels?.indexOf(name) ?? -1;
  if (label >= 0) return label;
  const value = Number(name);
  if (/^\d+$/.test(name) && value >= field.low && value <= field.high) return value;
  if (field.labels)
    return fail(path, { at: 'key', what: `unknown value "${name}"`, hint: suggest(name, field.labels) });
  return fail(path, {
    at: 'key',
    what: 'out of range',
    expected: `a value from ${field.low} to ${field.high}`,
    got: name,
  });
}

/** Cumulative counts by value: places below bound v have a value of at most v. Exact by largest remainder, the smaller value first. */
export function initialBounds(shares: readonly number[], population: number): number[] {
  const counts = shares.map(share => Math.floor(share * population));
  const missing = population - counts.reduce((sum, count) => sum + count, 0);
  const byRemainder = shares
    .map((share, value) => ({ value, remainder: share * population - counts[value] }))
    .sort((a, b) => b.remainder - a.remainder || a.value - b.value);
  for (let k = 0; k < missing; k++) counts[byRemainder[k % counts.length].value]++;
  let bound = 0;
  return counts.map(count => {
    bound += count;
    return bound;
  });
}
