// Who works for whom: agents of a group share its users.
import type { GroupSpec } from '../spec/spec.ts';

/**
 * By agent: the first of the agents that work for the same user, agent k of a group for user k modulo the group's users. `undefined` where each agent has a user of
 * its own. Groups are contiguous blocks of these sizes.
 */
export function usersOf(groups: readonly GroupSpec[], sizes: readonly number[]): Uint32Array | undefined {
  if (groups.every(({ users }) => users === undefined)) return undefined;
  const firsts = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0));
  let begin = 0;
  groups.forEach(({ users }, g) => {
    for (let k = 0; k < sizes[g]; k++) firsts[begin + k] = begin + (users === undefined ? k : k % users);
    begin += sizes[g];
  });
  return firsts;
}
