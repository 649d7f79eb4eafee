// Groups as written: names with shares or sizes, of the whole population or of a topology's blocks.
import { COUNT_MAX, named, numberFrom } from './leaves.ts';
import type { Path } from './origin.ts';
import { checkShares, type Fail } from './shares.ts';

/** Agents by group: contiguous blocks of agents in this order; sizes are exact (largest remainder when given as shares). */
export interface GroupSpec {
  name: string;
  share: number;
  /** As written; absent when the group was given as a share. Where the topology fixes the population, it remains to be compared. */
  size?: number;
}

export const groupsSchema = () =>
  named(numberFrom(0, COUNT_MAX), 'group name', /^[A-Za-z][\w-]*$/, 'letters, digits, hyphens and underscores');

/** The groups at a path. Sizes are integers that sum to more than 1; anything else is shares. */
export function readGroups(
  written: Readonly<Record<string, number>> | undefined,
  population: number | undefined,
  path: Path,
  fail: Fail,
): GroupSpec[] {
  const groups = Object.entries(written ?? {});
  if (groups.length === 0) return [];
  for (const [name, value] of groups) {
    if (value === 0) fail([...path, name], { what: 'an empty group', expected: 'a share or size above 0', got: '0' });
  }
  const sum = groups.reduce((total, [, value]) => total + value, 0);
  const sizes = sum > 1 && groups.every(([, value]) => Number.isInteger(value));
  if (!sizes) {
    checkShares(groups.map(([, share]) => share), path, fail); // biome-ignore format: one thought
    return groups.map(([name, share]) => ({ name, share }));
  }
  if (population !== undefined && sum !== population) {
    fail(path, {
      what: 'the sizes do not sum to the population',
      expected: String(population),
      got: String(sum),
    });
  }
  return groups.map(([name, size]) => ({ name, share: size / sum, size }));
}
