// Who has which role: exact numbers of the agents of each group, the most looked at or a random choice of them.
import { GroundswellError } from '../errors.ts';
import { streamKey, type Words } from '../random.ts';
import { MEMBER, roleNames } from '../spec/roles.ts';
import { initialBounds } from '../spec/shares.ts';
import type { GroupSpec, RoleSpec } from '../spec/spec.ts';
import { shuffled } from './draws.ts';

/** The roles of a run. */
export interface Roles {
  /** In order of appearance: the position is the number of the role. */
  names: readonly string[];
  /** Agents of each role, the same in every world. */
  sizes: readonly number[];
  /** By replica, modulo how many there are: the number of the role of every agent. */
  numbers: readonly Uint32Array[];
}

export interface RolesContext {
  seed: Words;
  replicas: number;
  /** Number of graphs; replica r has graph r modulo it. */
  graphs: number;
  /** Agents of each group of the spec, which are contiguous blocks. */
  sizes: readonly number[];
  /** By agent: how many look at it in a graph. */
  lookers(graph: number): Uint32Array;
}

/** What the places of roles are drawn by, with the seed and the replica. */
export const ROLES_PURPOSE = 'place:roles';

/** Places the roles of the groups; `undefined` where no group has roles. Throws a `GroundswellError` where they do not fit the sizes of the groups. */
export function placeRoles(groups: readonly GroupSpec[], context: RolesContext): Roles | undefined {
  const names = roleNames(groups);
  if (names.length === 0) return undefined;
  const parts = groups.map(({ roles }, g): Part[] => {
    const size = context.sizes[g];
    if (!roles) return [{ role: names.indexOf(MEMBER), size, place: 'random' }];
    const counts = allot(roles, groups[g].name, size);
    return roles.map(({ name, place }, k) => ({ role: names.indexOf(name), size: counts[k], place }));
  });
  const sizes = names.map((_, role) =>
    parts.flat().reduce((sum, part) => sum + (part.role === role ? part.size : 0), 0),
  );
  const drawn = parts.some(of => of.filter(({ place }) => place === 'random').length > 1);
  const hubs = parts.flat().some(({ place }) => place === 'hubs');
  const period = drawn ? context.replicas : hubs ? Math.min(context.graphs, context.replicas) : 1;
  const lookers = Array.from({ length: hubs ? context.graphs : 0 }, (_, graph) => context.lookers(graph));
  const numbers = Array.from({ length: period }, (_, replica) =>
    placed(parts, lookers[replica % context.graphs], streamKey(context.seed, replica, ROLES_PURPOSE)),
  );
  return { names, sizes, numbers };
}

/** A role in a group, with the number of its agents. */
interface Part {
  role: number;
  size: number;
  place: RoleSpec['place'];
}

/** The number of agents of each role of a group. */
function allot(roles: readonly RoleSpec[], group: string, size: number): number[] {
  const isRest = ({ share, size: own }: RoleSpec): boolean => share === undefined && own === undefined;
  const given = roles.reduce((sum, { size: own = 0 }) => sum + own, 0);
  const shared = roles.reduce((sum, { share = 0 }) => sum + share, 0);
  const bySize = roles.some(role => role.size !== undefined);
  if (bySize && (given > size || (given < size && !roles.some(isRest)))) {
    const what = `the roles of group "${group}" do not fit its size`;
    throw new GroundswellError({ what, where: roles[0].where, expected: `a sum of ${size}`, got: String(given) });
  }
  const counts = bySize
    ? roles.map(role => (isRest(role) ? size - given : role.size!))
    : countsOf(roles.map(role => (isRest(role) ? Math.max(0, 1 - shared) : role.share!)), size); // biome-ignore format: one thought
  const empty = counts.indexOf(0);
  if (empty < 0) return counts;
  const { name, share, where } = roles[empty];
  throw new GroundswellError({
    what: `nobody of the ${size} agents of group "${group}" has the role "${name}"`,
    where,
    expected: 'a larger share, or a larger group',
    got: String(share ?? 'the rest'),
  });
}

function countsOf(shares: readonly number[], size: number): number[] {
  const bounds = initialBounds(shares, size);
  return bounds.map((bound, k) => bound - (k === 0 ? 0 : bounds[k - 1]));
}

/** The roles of one replica: in each group first the hubs, in the order of the roles, then the others at random. */
function placed(groups: readonly (readonly Part[])[], lookers: Uint32Array | undefined, key: Words): Uint32Array {
  const population = groups.flat().reduce((sum, { size }) => sum + size, 0);
  const numbers = new Uint32Array(population);
  let first = 0;
  for (const parts of groups) {
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const ofHubs = parts.filter(({ place }) => place === 'hubs');
    const others = parts.filter(({ place }) => place === 'random');
    const hubs = ofHubs.reduce((sum, part) => sum + part.size, 0);
    const agents = Uint32Array.from({ length: size }, (_, k) => first + k);
    if (lookers && hubs > 0) agents.sort((a, b) => lookers[b] - lookers[a] || a - b);
    // where one role is left there is nothing to draw
    const rest = others.length > 1 ? shuffled(agents.slice(hubs), key) : agents.subarray(hubs);
    give(numbers, agents, ofHubs);
    give(numbers, rest, others);
    first += size;
  }
  return numbers;
}

/** Gives roles to agents one after the other. */
function give(numbers: Uint32Array, agents: Uint32Array, parts: readonly Part[]): void {
  let next = 0;
  for (const { role, size } of parts) {
    for (const agent of agents.subarray(next, next + size)) numbers[agent] = role;
    next += size;
  }
}
