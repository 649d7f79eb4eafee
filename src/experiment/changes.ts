// What a comparison may change between its two sides, on the plain object of a spec. Which of its values are right is the parser's affair.
import { GroundswellError, suggest } from '../errors.ts';
import { isMapping, readAssignment } from '../spec/set.ts';

/** What the sides differ in. */
export type Change =
  /** Side a lacks these interventions of the spec; default all. */
  | { kind: 'intervention'; names?: readonly string[] }
  /** Side b has these changes, `path=value`, of parameters or initial values. */
  | { kind: 'parameter'; set: readonly string[] }
  /** Side b has these changes, `path=value`, of who there is and who meets whom. */
  | { kind: 'structure'; set: readonly string[] };

/** What may be changed, by kind of change: the first keys of paths. */
const CHANGEABLE = {
  parameter: ['params', 'init'],
  structure: ['topology', 'groups', 'relations', 'population', 'update'],
} as const;

/** The kinds of change. */
export const CHANGE_KINDS = ['intervention', 'parameter', 'structure'] as const;

/** Refuses changes of another kind, and none. */
export function checkAssignments({ kind, set }: Exclude<Change, { kind: 'intervention' }>): void {
  const keys: readonly string[] = CHANGEABLE[kind];
  if (set.length === 0) {
    const expected = `--set path=value, with a path under ${keys.join(' or ')}`;
    throw new GroundswellError({ what: `no ${kind} is changed`, where: `--with ${kind}`, expected });
  }
  for (const assignment of set) {
    const { path } = readAssignment(assignment);
    if (keys.includes(String(path[0]))) continue;
    const other = CHANGE_KINDS.find(name => name !== 'intervention' && (CHANGEABLE[name] as readonly string[]).includes(String(path[0]))); // biome-ignore format: one thought
    throw new GroundswellError({
      what: `"${path.join('.')}" is no ${kind}`,
      where: '--set',
      expected: `a path under ${keys.join(', ')}`,
      hint: other ? `use --with ${other}` : 'what both sides share is changed by --both',
    });
  }
}

/** The spec without the named interventions; default without any. Throws for a name that it does not have. */
export function withoutInterventions(source: unknown, names?: readonly string[]): unknown {
  const { interventions, ...rest } = source as Record<string, unknown>;
  const known = isMapping(interventions) ? Object.keys(interventions) : [];
  if (known.length === 0) {
    const hint = 'write some, or compare --with parameter or --with structure';
    throw new GroundswellError({ what: 'the spec has no interventions', where: '--with intervention', hint });
  }
  for (const name of names ?? []) {
    if (known.includes(name)) continue;
    throw new GroundswellError({ what: `no intervention "${name}"`, where: '--with intervention', hint: suggest(name, known) }); // biome-ignore format: one thought
  }
  const kept = Object.entries(interventions as object).filter(([name]) => names && names.length > 0 && !names.includes(name)); // biome-ignore format: one thought
  return kept.length === 0 ? rest : { ...rest, interventions: Object.fromEntries(kept) };
}

/** The change as a few words. */
export function describeChange(change: Change): string {
  if (change.kind !== 'intervention') return change.set.join(', ');
  const { names = [] } = change;
  return names.length === 0
    ? 'all interventions'
    : `${names.length === 1 ? 'intervention' : 'interventions'} ${names.join(', ')}`;
}
