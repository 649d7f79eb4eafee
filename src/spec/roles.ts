// Roles as written: what part of a group has each, and who gets it. Who that is in a world is found in src/values/roles.ts.
import { z } from 'zod';
import { type Amount, areSizes, writtenAmount } from './amounts.ts';
import type { GroupSpec } from './groups.ts';
import { COUNT_MAX, either, integerFrom, mapping, named, numberFrom, oneOf, shareOf } from './leaves.ts';
import type { Path } from './origin.ts';
import { checkShares, type Fail } from './shares.ts';
import type { Reading } from './sources.ts';

/** A role in a group: a share of the group or a number of its agents; neither: the rest of the group. */
export interface RoleSpec {
  name: string;
  share?: number;
  size?: number;
  /** Who: agents at random, drawn anew in every replica, or those whom most agents look at. */
  place: 'random' | 'hubs';
  where: string | undefined;
}

type WrittenRole = number | 'rest' | { share?: number | 'rest'; size?: number; place: RoleSpec['place'] };
/** The roles of a group as written, by name. */
export type WrittenRoles = Record<string, WrittenRole>;

/** The role of agents in groups without roles, where others have some. */
export const MEMBER = 'member';

/** The schema of a group's roles. */
export function rolesSchema(): z.ZodType<WrittenRoles> {
  const rest = z.literal('rest');
  const role = mapping('key of a role', {
    share: either('a share from 0 to 1, or rest', [shareOf(), rest]).optional().describe('Part of the group.'),
    size: integerFrom(1).optional().describe('Instead: the number of agents.'),
    place: oneOf('place', ['random', 'hubs'])
      .default('random')
      .describe('random: drawn for each replica; hubs: those whom most agents look at.'),
  });
  const forms = [numberFrom(0, COUNT_MAX), rest, role] as const;
  const item = either('a share, a number of agents, rest, or a mapping such as {share, place}', forms);
  return named(item, 'role name', /^[A-Za-z][\w-]*$/, 'letters, digits, hyphens and underscores');
}

/** The roles at a path. */
export function readRoles(written: WrittenRoles, path: Path, { fail, place }: Reading): RoleSpec[] {
  const names = Object.keys(written);
  if (names.length === 0) fail(path, { what: 'no roles', expected: 'a share or a number of agents, by role' });
  const isRest = (name: string): boolean => shareOfRole(written[name]) === 'rest';
  const rests = names.filter(isRest);
  if (rests.length > 1) {
    fail([...path, rests[1]], { what: 'a second rest', expected: 'at most one role with the rest' });
  }
  const amounts = names.filter(name => !isRest(name)).map(name => amountOf(name, written[name], [...path, name], fail));
  const sizes = areSizes(amounts, 'role', rests.length > 0, fail);
  const shares = amounts.map(({ value }) => value);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (!sizes && (rests.length === 0 || sum > 1)) checkShares(shares, path, fail);
  return names.map(name => {
    const role = written[name];
    const value = amounts.find(amount => amount.name === name)?.value;
    return {
      name,
      ...(value !== undefined && (sizes ? { size: value } : { share: value })),
      place: typeof role === 'object' ? role.place : 'random',
      where: place([...path, name]),
    };
  });
}

function shareOfRole(role: WrittenRole): number | 'rest' | undefined {
  return typeof role === 'object' ? role.share : role;
}

function amountOf(name: string, role: WrittenRole, path: Path, fail: Fail): Amount {
  if (typeof role !== 'object') return { name, value: role as number, path };
  return writtenAmount(name, role as { share?: number; size?: number }, 'role', path, fail);
}

/** The names of all roles, in order of appearance: their numbers in rules. None where no group has roles. */
export function roleNames(groups: readonly Pick<GroupSpec, 'roles'>[]): string[] {
  if (groups.every(({ roles }) => roles === undefined)) return [];
  return [...new Set(groups.flatMap(({ roles }) => roles?.map(({ name }) => name) ?? [MEMBER]))];
}

/** Columns are named after groups and after roles, `<measure>.<name>`. */
export function refuseRolesNamedAsGroups(groups: readonly GroupSpec[], fail: Fail): void {
  const names = groups.map(({ name }) => name);
  for (const { name: group, roles = [] } of groups) {
    for (const { name } of roles) {
      if (!names.includes(name)) continue;
      const what = `the role "${name}" has the name of a group`;
      fail(['groups', group, 'roles', name], { at: 'key', what, hint: 'rename one of them' });
    }
  }
  if (!names.includes(MEMBER) || !roleNames(groups).includes(MEMBER)) return;
  const what = `the group "${MEMBER}" has the name of the role of agents without one`;
  fail(['groups', MEMBER], { at: 'key', what, hint: 'rename the group' });
}
