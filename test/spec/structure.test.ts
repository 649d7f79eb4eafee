// The social structure of a spec: groups as mappings, roles, relations; and the message of every way in which they can be wrong.
import { describe, expect, it } from 'vitest';
import { type RelationsSpec, relationMatrix } from '../../src/spec/relations.ts';
import { roleNames } from '../../src/spec/roles.ts';
import { BASE, messageOf, read } from './read.ts';

const THREE = `${BASE}groups: { aid: 0.2, gov: 0.5, firm: 0.3 }\n`;

describe('groups', () => {
  it('are numbers, mappings with shares, or both', () => {
    const { groups } = read(`${BASE}groups: { aid: { share: 0.2, users: 4 }, gov: 0.8 }`);
    expect(groups).toEqual([
      { name: 'aid', share: 0.2, users: 4 },
      { name: 'gov', share: 0.8 },
    ]);
  });

  it('are sizes where one of them says so', () => {
    expect(read(`${BASE}groups: { aid: { size: 1 }, gov: 99 }`).groups.map(({ size }) => size)).toEqual([1, 99]);
  });

  it('have roles by share, by number of agents, and the rest', () => {
    const [aid, gov] = read(`${BASE}groups:
  aid: { share: 0.2, roles: { leader: { share: 0.1, place: hubs }, member: rest } }
  gov: { share: 0.8, roles: { chief: 1, clerk: 9, voter: rest } }
`).groups;
    expect(aid.roles).toEqual([
      { name: 'leader', share: 0.1, place: 'hubs', where: 'groups.aid.roles.leader (spec.yaml, line 5, column 39)' },
      { name: 'member', place: 'random', where: 'groups.aid.roles.member (spec.yaml, line 5, column 76)' },
    ]);
    expect(gov.roles?.map(({ name, size }) => [name, size])).toEqual([['chief', 1], ['clerk', 9], ['voter', undefined]]); // biome-ignore format: one thought
    expect(roleNames([aid, gov])).toEqual(['leader', 'member', 'chief', 'clerk', 'voter']);
  });

  it('without roles are members where others have some', () => {
    const { groups } = read(`${BASE}groups: { gov: 0.8, aid: { share: 0.2, roles: { leader: 0.5, helper: 0.5 } } }`);
    expect(roleNames(groups)).toEqual(['member', 'leader', 'helper']);
    expect(roleNames(read(THREE).groups)).toEqual([]);
  });
});

/** Kinds as initials and strengths, row by row. */
function shown(relations: RelationsSpec | undefined, names = ['aid', 'gov', 'firm']): string[] {
  const { kinds, strengths } = relationMatrix(relations!, names);
  return kinds.map((row, g) => row.map((kind, h) => `${kind.slice(0, 3)}${kind[3]} ${strengths[g][h]}`).join(', '));
}

describe('relations', () => {
  it('by names are symmetric unless both are written, and collaborative where nothing is', () => {
    const { relations } = read(`${THREE}relations:
  aid: { gov: cooperative, firm: { kind: competitive, strength: 0.5 } }
  firm: { firm: competitive, aid: { strength: 0.25 } }
`);
    expect(shown(relations)).toEqual([
      'coll 1, coop 1, comp 0.5',
      'coop 1, coll 1, coll 1',
      'coll 0.25, coll 1, comp 1',
    ]);
  });

  it('are a matrix in the order of the groups', () => {
    const { relations } = read(`${BASE}groups: { a: 0.5, b: 0.5 }
relations: { kinds: [[collaborative, competitive], [cooperative, competitive]], strengths: [[1, 0.5], [0, 0.125]] }
`);
    expect(shown(relations, ['a', 'b'])).toEqual(['coll 1, comp 0.5', 'coop 0, comp 0.125']);
  });

  it('work with the groups of a topology', () => {
    const blocks = 'topology: {kind: stochastic-block, groups: {a: 50, b: 50}, probabilities: [[1, 0], [0, 1]]}';
    const { relations } = read(`${BASE}${blocks}\nrelations: {a: {b: competitive}}`);
    expect(shown(relations, ['a', 'b'])).toEqual(['coll 1, comp 1', 'comp 1, coll 1']);
  });
});

const ROLES = 'groups: {a: {share: 1, roles: {b: 0.5, c: rest}}}\nmeasure: {add: {x: {kind: isolated, by: role}}}\n';
const cases: [what: string, text: string, message: string][] = [
  ['shares that do not sum to 1', `${BASE}groups: {a: {share: 0.2}, b: 0.7}`, 'groups (spec.yaml, line 4, column 9): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['a group without an amount', `${BASE}groups: {a: {users: 2}, b: 0.7}`, 'groups.a (spec.yaml, line 4, column 13): a group has a share or a size: expected either share or size, got neither'],
  ['a group with both amounts', `${BASE}groups: {a: {share: 1, size: 100}}`, 'groups.a (spec.yaml, line 4, column 13): a group has a share or a size: expected either share or size, got both'],
  ['a size beside a share', `${BASE}groups: {a: {share: 0.5}, b: {size: 50}}`, 'groups.b.size (spec.yaml, line 4, column 37): "a" has a share: expected a share for every group, at most 1, got the size 50'],
  ['a number above 1 beside a share', `${BASE}groups: {a: {share: 0.5}, b: 50}`, 'groups.b (spec.yaml, line 4, column 30): "a" has a share: expected a share for every group, at most 1, got 50'],
  ['a fraction beside a size', `${BASE}groups: {a: {size: 50}, b: 0.5}`, 'groups.b (spec.yaml, line 4, column 28): "a" has a size: expected a size for every group, an integer, got 0.5'],
  ['an unknown key of a group', `${BASE}groups: {a: {share: 1, role: {b: 1}}}`, 'groups.a.role (spec.yaml, line 4, column 24): unknown key of a group "role". Did you mean "roles"?'],
  ['no users', `${BASE}groups: {a: {share: 1, users: 0}}`, 'groups.a.users (spec.yaml, line 4, column 31): out of range: expected an integer of at least 1, got 0'],
  ['shares of roles', `${BASE}groups: {a: {share: 1, roles: {b: 0.5, c: 0.4}}}`, 'groups.a.roles (spec.yaml, line 4, column 31): the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['shares of roles above 1', `${BASE}groups: {a: {share: 1, roles: {b: 0.5, c: 0.6, d: rest}}}`, 'groups.a.roles (spec.yaml, line 4, column 31): the shares do not sum to 1: expected a sum of 1, got 1.1'],
  ['two roles with the rest', `${BASE}groups: {a: {share: 1, roles: {b: rest, c: rest}}}`, 'groups.a.roles.c (spec.yaml, line 4, column 44): a second rest: expected at most one role with the rest'],
  ['an empty role', `${BASE}groups: {a: {share: 1, roles: {b: 0, c: rest}}}`, 'groups.a.roles.b (spec.yaml, line 4, column 35): an empty role: expected a share or size above 0, got 0'],
  ['no roles', `${BASE}groups: {a: {share: 1, roles: {}}}`, 'groups.a.roles (spec.yaml, line 4, column 31): no roles: expected a share or a number of agents, by role'],
  ['an unknown place', `${BASE}groups: {a: {share: 1, roles: {b: {share: 0.5, place: hub}, c: rest}}}`, 'groups.a.roles.b.place (spec.yaml, line 4, column 55): unknown place "hub". Did you mean "hubs"?'],
  ['a role named as a group', `${BASE}groups: {a: {share: 0.5, roles: {b: 0.5, c: rest}}, b: 0.5}`, 'groups.a.roles.b (spec.yaml, line 4, column 34): the role "b" has the name of a group. Rename one of them'],
  ['a group named as the role of the others', `${BASE}groups: {a: {share: 0.5, roles: {b: 0.5, c: rest}}, member: 0.5}`, 'groups.member (spec.yaml, line 4, column 53): the group "member" has the name of the role of agents without one. Rename the group'],
  ['an unknown relation', `${THREE}relations: {aid: {gov: cooprative}}`, 'relations.aid.gov (spec.yaml, line 5, column 24): unknown relation "cooprative". Did you mean "cooperative"?'],
  ['an unknown group', `${THREE}relations: {aid: {goov: cooperative}}`, 'relations.aid.goov (spec.yaml, line 5, column 19): unknown group "goov". Did you mean "gov"?'],
  ['an unknown group with relations', `${THREE}relations:\n  ait: {gov: cooperative}`, 'relations.ait (spec.yaml, line 6, column 3): unknown group "ait". Did you mean "aid"?'],
  ['a strength above 1', `${THREE}relations: {aid: {gov: {kind: cooperative, strength: 1.5}}}`, 'relations.aid.gov.strength (spec.yaml, line 5, column 54): out of range: expected a number from 0 to 1, got 1.5'],
  ['too few rows', `${THREE}relations: {kinds: [[cooperative, cooperative, cooperative]]}`, 'relations.kinds (spec.yaml, line 5, column 20): wrong number of rows: expected 3, one for each group (aid, gov, firm), got 1'],
  ['a short row', `${BASE}groups: {a: 0.5, b: 0.5}\nrelations:\n  kinds:\n    - [cooperative, cooperative]\n    - [cooperative]`, 'relations.kinds[1] (spec.yaml, line 8, column 7): wrong number of entries in a row: expected 2, one for each group (a, b), got 1'],
  ['an unknown relation in a matrix', `${BASE}groups: {a: 0.5, b: 0.5}\nrelations: {kinds: [[cooperative, coop], [rival, cooperative]]}`, 'relations.kinds[0][1] (spec.yaml, line 5, column 35): unknown relation "coop". Known: collaborative, cooperative, competitive; and 1 more error'],
  ['a strength out of range in a matrix', `${BASE}groups: {a: 1}\nrelations: {kinds: [[cooperative]], strengths: [[-1]]}`, 'relations.strengths[0][0] (spec.yaml, line 5, column 50): out of range: expected a number from 0 to 1, got -1'],
  ['relations without groups', `${BASE}relations: {a: {b: competitive}}`, 'relations (spec.yaml, line 4, column 12): relations without groups. Add groups to the spec'],
  ['an unknown group of a topology', `model: toy\nsteps: 1\ntopology: {kind: stochastic-block, groups: {a: 2, b: 2}, probabilities: [[1, 0], [0, 1]]}\nrelations: {a: {c: competitive}}`, 'relations.a.c (spec.yaml, line 4, column 17): unknown group "c". Did you mean "a"?'],
  ['a measure by absent roles', `${BASE}groups: {a: 1}\nmeasure: {add: {x: {kind: mean, field: level, by: role}}}`, 'measure.add.x.by (spec.yaml, line 5, column 51): there are no roles. Give the groups of the spec roles'],
  ['a stop on all roles', `${BASE}${ROLES}stop: {when: x, above: 1}`, 'stop.when (spec.yaml, line 6, column 14): "x" has a value for each role: expected one of x.b, x.c'],
  ['a stop on an unknown role', `${BASE}${ROLES}stop: {when: x.d, above: 1}`, 'stop.when (spec.yaml, line 6, column 14): unknown role in "x.d". Did you mean "x.b"?'],
]; // biome-ignore format: a line each

describe('a message names what, where and the way out', () => {
  it.each(cases)('%s', (_, text, message) => {
    expect(messageOf(() => read(text))).toBe(message);
  });
});
