// Groups as written: names with shares or sizes, of the whole population or of a topology's blocks, and what a group of a spec may say besides.
import type { z } from 'zod';
import type { Model } from '../model/index.ts';
import { type Amount, areSizes, writtenAmount } from './amounts.ts';
import { groupInitSchema } from './init-schema.ts';
import { COUNT_MAX, either, integerFrom, mapping, named, numberFrom, shareOf } from './leaves.ts';
import type { Path } from './origin.ts';
import { groupParamsSchema } from './params-schema.ts';
import { type RoleSpec, readRoles, refuseRolesNamedAsGroups, rolesSchema, type WrittenRoles } from './roles.ts';
import { checkShares, type Fail } from './shares.ts';
import type { Reading } from './sources.ts';

/** Agents by group: contiguous blocks of agents in this order; sizes are exact (largest remainder when given as shares). */
export interface GroupSpec {
  name: string;
  share: number;
  /** As written; absent when the group was given as a share. Where the topology fixes the population, it remains to be compared. */
  size?: number;
  /** Who does what in the group; absent: all are members. */
  roles?: readonly RoleSpec[];
  /** So many users share the agents of the group, agent k of it works for user k modulo them; absent: each agent has its own. */
  users?: number;
}

/** A group as written. */
export type WrittenGroup =
  | number
  | {
      share?: number;
      size?: number;
      roles?: WrittenRoles;
      users?: number;
      /** Values of its own, laid over those of everybody by overlays.ts. */
      params?: Record<string, unknown>;
      init?: Record<string, unknown>;
    };

const NAME = /^[A-Za-z][\w-]*$/;
const NAME_PHRASE = 'letters, digits, hyphens and underscores';
const amount = () => numberFrom(0, COUNT_MAX);

/** The groups of a topology: shares or sizes. */
export const blocksSchema = () => named(amount(), 'group name', NAME, NAME_PHRASE);

/** The groups of a spec: shares or sizes, or mappings. */
export function groupsSchema(model: Model): z.ZodType<Record<string, WrittenGroup>> {
  const group = mapping('key of a group', {
    share: shareOf().optional().describe('Part of the population; the shares of all groups sum to 1.'),
    size: integerFrom(1).optional().describe('Instead: the number of agents.'),
    roles: rolesSchema().optional().describe('Shares of the group, which sum to 1, or numbers of agents, by role.'),
    users: integerFrom(1).optional().describe('So many users share the agents of the group. Default: each its own.'),
    params: groupParamsSchema(model).optional().describe('Parameters of its agents: a number, or values per agent.'),
    init: groupInitSchema(model).optional().describe('How the fields of its agents start, and its own.'),
  });
  const forms = [amount(), group] as const;
  return named(either('a share, a size, or a mapping with one of them', forms), 'group name', NAME, NAME_PHRASE);
}

/** The groups of a spec. */
export function readGroups(
  written: Readonly<Record<string, WrittenGroup>> | undefined,
  population: number | undefined,
  reading: Reading,
): GroupSpec[] {
  const { fail } = reading;
  const path: Path = ['groups'];
  const entries = Object.entries(written ?? {});
  const amounts = entries.map(([name, group]): Amount => {
    if (typeof group === 'number') return { name, value: group, path: [...path, name] };
    return writtenAmount(name, group, 'group', [...path, name], fail);
  });
  const groups = sizedGroups(amounts, population, path, fail).map((group, g): GroupSpec => {
    const more = entries[g][1];
    if (typeof more === 'number') return group;
    const roles = more.roles && readRoles(more.roles, [...path, group.name, 'roles'], reading);
    return { ...group, ...(roles && { roles }), ...(more.users && { users: more.users }) };
  });
  refuseRolesNamedAsGroups(groups, fail);
  return groups;
}

/** The groups of a topology at a path. */
export function readBlockSizes(
  written: Readonly<Record<string, number>>,
  population: number | undefined,
  path: Path,
  fail: Fail,
): GroupSpec[] {
  const amounts = Object.entries(written).map(([name, value]) => ({ name, value, path: [...path, name] }));
  return sizedGroups(amounts, population, path, fail);
}

function sizedGroups(amounts: readonly Amount[], population: number | undefined, path: Path, fail: Fail): GroupSpec[] {
  if (amounts.length === 0) return [];
  if (!areSizes(amounts, 'group', false, fail)) {
    checkShares(amounts.map(({ value }) => value), path, fail); // biome-ignore format: one thought
    return amounts.map(({ name, value }) => ({ name, share: value }));
  }
  const sum = amounts.reduce((total, { value }) => total + value, 0);
  if (population !== undefined && sum !== population) {
    fail(path, { what: 'the sizes do not sum to the population', expected: String(population), got: String(sum) });
  }
  return amounts.map(({ name, value }) => ({ name, share: value / sum, size: value }));
}
