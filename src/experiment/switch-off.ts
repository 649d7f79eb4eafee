// Ways to switch a part of a spec off, on its plain object: a mechanism for everyone or for one group, and a class of relations.
import { GroundswellError } from '../errors.ts';
import type { Mechanism } from '../model/index.ts';
import type { Spec } from '../spec/index.ts';
import { isMapping } from '../spec/set.ts';

type Source = Readonly<Record<string, unknown>>;

/** The spec with parameters at these values for all agents, whatever groups say. */
export function offForAll(source: unknown, off: Mechanism['off']): unknown {
  const spec = source as Source;
  const { groups } = spec;
  const params = { ...(spec.params as Source), ...off };
  if (!isMapping(groups)) return { ...spec, params };
  const changed = Object.entries(groups).map(([name, group]) => {
    if (!isMapping(group) || !isMapping(group.params)) return [name, group];
    const own = Object.entries(group.params).map(([param, value]) => [param, off[param] ?? value]);
    return [name, { ...group, params: Object.fromEntries(own) }];
  });
  return { ...spec, params, groups: Object.fromEntries(changed) };
}

/** The spec with parameters at these values for the agents of one of its groups; everyone else keeps theirs. */
export function offForGroup(
  source: unknown,
  spec: Spec,
  groups: readonly string[],
  group: string,
  off: Mechanism['off'],
): unknown {
  const whole = source as Source;
  const written = isMapping(whole.groups) ? whole.groups[group] : undefined;
  if (isMapping(written)) {
    const inert = { ...written, params: { ...(written.params as Source), ...off } };
    return { ...whole, groups: { ...(whole.groups as Source), [group]: inert } };
  }
  const params = { ...(whole.params as Source) };
  for (const [name, value] of Object.entries(off)) {
    params[name] = exceptGroup(params[name] ?? commonValue(spec, name), groups, group, value, name);
  }
  return { ...whole, params };
}

/** A value of a parameter as written, or each of a list, with another one for a group. */
function exceptGroup(
  written: unknown,
  groups: readonly string[],
  group: string,
  off: number | string,
  name: string,
): unknown {
  if (Array.isArray(written)) return written.map(item => exceptGroup(item, groups, group, off, name));
  if (isMapping(written) && 'from' in written) {
    const hint = 'write the values as a list, or attribute at one value';
    throw new GroundswellError({ what: 'a range cannot differ by group', where: `params.${name}`, hint });
  }
  const byGroup = isMapping(written) && written.by === 'group' ? (written.values as Source) : undefined;
  const values = groups.map(other => [other, other === group ? off : byGroup ? byGroup[other] : written]);
  return { by: 'group', values: Object.fromEntries(values) };
}

function commonValue(spec: Spec, name: string): number {
  const values = new Set(spec.points.map(({ params }) => params[name]));
  if (values.size === 1) return [...values][0];
  const hint = 'write one value, or attribute one preset at a time';
  throw new GroundswellError({ what: 'presets give several values', where: `params.${name}`, hint });
}

/** Kinds of relations other than collaborative that the spec writes, in order of appearance. */
export function relationKinds(source: unknown): string[] {
  const kinds: string[] = [];
  mapRelations((source as Source).relations, kind => {
    if (kind !== 'collaborative' && !kinds.includes(kind)) kinds.push(kind);
    return kind;
  });
  return kinds;
}

/** The spec with every relation of a kind made collaborative, of the same strength. */
export function collaborativeInstead(source: unknown, kind: string): unknown {
  const { relations, ...rest } = source as Source;
  return { ...rest, relations: mapRelations(relations, own => (own === kind ? 'collaborative' : own)) };
}

/** Relations as a mapping of mappings (a kind, or {kind, strength}), or as {kinds, strengths}. */
function mapRelations(relations: unknown, change: (kind: string) => string): unknown {
  if (!isMapping(relations)) return relations;
  if (Array.isArray(relations.kinds)) {
    return { ...relations, kinds: (relations.kinds as string[][]).map(row => row.map(change)) };
  }
  const changeOne = (relation: unknown): unknown => {
    if (typeof relation === 'string') return change(relation);
    return isMapping(relation) ? { ...relation, kind: change(String(relation.kind ?? 'collaborative')) } : relation;
  };
  const rows = Object.entries(relations).map(([group, row]) => {
    const others = Object.entries(row as Source).map(([other, relation]) => [other, changeOne(relation)]);
    return [group, Object.fromEntries(others)];
  });
  return Object.fromEntries(rows);
}
