// Values per agent and tables, from where the spec says to encoded words: distributions, columns of files, earlier runs, groups.
export { placeDraw } from './draws.ts';
export { resolveValues } from './resolve.ts';
export { placeRoles, ROLES_PURPOSE, type Roles } from './roles.ts';
export type { RecordedWorld, Values, ValuesContext } from './types.ts';
export { usersOf } from './users.ts';
