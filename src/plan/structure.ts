// The social structure of a plan: roles and relations as words of the setup arena, behind the accessors of shaders/agent/structure.wgsl. Groups are in neighborhood.ts.
import { encodeFixed, PROBABILITY_BITS } from '../fixed.ts';
import { RELATIONS, type RelationMatrix } from '../model/index.ts';
import { relationMatrix } from '../spec/relations.ts';
import type { Spec } from '../spec/spec.ts';
import type { Roles } from '../values/index.ts';
import type { Groups } from './neighborhood.ts';

/** Roles, and what groups are to each other; absent where the spec says nothing of them. */
export interface Structure {
  roles?: Roles;
  relations?: RelationMatrix;
}

/** The structure of a run. Throws a `GroundswellError` where relations do not fit the groups of the topology's file. */
export function structureOf({ relations }: Spec, { groups }: Groups, roles: Roles | undefined): Structure {
  const names = groups.map(({ name }) => name);
  return { ...(roles && { roles }), ...(relations && { relations: relationMatrix(relations, names) }) };
}

/** Appends the words of a structure and gives the constants by which kernels find them. */
export function structureConstants(
  { roles, relations }: Structure,
  append: (data: Uint32Array) => number,
): Record<string, number> {
  const places = roles?.numbers.map(append) ?? [0];
  return {
    ROLE_COUNT: roles?.names.length ?? 1,
    ROLES_AT: places[0],
    ROLE_BLOCKS: places.length,
    RELATED: relations ? 1 : 0,
    RELATIONS_AT: relations ? append(relationWords(relations)) : 0,
  };
}

/** Two words for each pair of groups: the number of the relation, and its strength. */
function relationWords({ kinds, strengths }: RelationMatrix): Uint32Array {
  const words = kinds.flatMap((row, g) =>
    row.flatMap((kind, h) => [RELATIONS.indexOf(kind), encodeFixed(strengths[g][h], PROBABILITY_BITS)]),
  );
  return Uint32Array.from(words);
}
