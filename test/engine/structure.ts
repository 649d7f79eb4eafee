// The social structure as rules see it: roles and relations, in worlds that differ in both.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { arrayOf, count, fixed, histogram, integerField, mean, perGroup, RELATIONS } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { toy, word } from './toys.ts';

const POPULATION = 65;

/** Agents that write down their role, and what the group of the next agent is to theirs. */
const clerks = toy(
  {
    name: 'clerks',
    updates: ['synchronous', 'pairing'],
    fields: { own_role: integerField({ max: 3 }), roles: word, bond: word, strength: word },
    rules: ['note'],
    measures: {
      mean_role: mean('own_role', { by: 'role' }),
      spread: histogram('own_role', { by: 'role' }),
      hostile: count('bond', 2, { by: 'role', among: { field: 'strength', is: 2 ** 30 } }),
      by_group: mean('own_role', { by: 'group' }),
      everybody: mean('own_role'),
    },
  },
  {
    note: `import package::agent::{group, population, relation, relation_strength, role, role_count, set_bond, set_own_role, set_roles, set_strength};
fn note(me: u32) {
  let next = (me + 1u) % population();
  set_own_role(role(me));
  set_roles(role_count());
  set_bond(relation(group(me), group(next)));
  set_strength(relation_strength(group(me), group(next)));
}`,
  },
);

/** Groups with norms that differ by group and element; agents write down those of theirs. */
const followers = toy(
  {
    name: 'followers',
    fields: {
      norm: arrayOf(perGroup(fixed({ min: -1, max: 1 })), 2),
      pool: perGroup(integerField({ max: 999 }), { start: 7 }),
      seen: arrayOf(fixed({ min: -1, max: 1 }), 2),
      seen_pool: word,
    },
    rules: ['follow'],
  },
  {
    follow: `import package::agent::{group, norm, pool, set_seen, set_seen_pool};
fn follow(me: u32) {
  set_seen(0u, norm(group(me), 0u));
  set_seen(1u, norm(group(me), 1u));
  set_seen_pool(pool(group(me)));
}`,
  },
);

/** Declares the tests of an engine. */
export function structureSuite(engine: Engine): void {
  const noted = async (spec: SpecObject) => {
    const common = { model: 'clerks', population: POPULATION, steps: 1, ...spec };
    const { prepared, population } = await load(engine, common, { models: [clerks] });
    await population.step(1);
    const read = async (field: string) => [...(await population.read(field))];
    const found = {
      role: await read('own_role'),
      roles: await read('roles'),
      bond: await read('bond'),
      strength: await read('strength'),
    };
    const { rows } = await population.measured();
    await population.dispose();
    return { prepared, found, measures: rows.measures };
  };

  describe('of a run with roles and relations', () => {
    const groups = {
      aid: { size: 20, roles: { leader: 2, member: 'rest' } },
      gov: 40,
      firm: { size: 5, roles: { boss: { size: 1, place: 'hubs' }, hand: 'rest' } },
    };
    const relations = { aid: { gov: 'cooperative', firm: { kind: 'competitive', strength: 0.5 } } };

    test.each(['complete', { kind: 'erdos-renyi', mean_degree: 4, realisations: 2 }])('%o', async topology => {
      const { prepared, found, measures } = await noted({
        groups,
        relations,
        topology,
        replicas: 3,
        update: 'synchronous',
      });
      expect(prepared.plan.roles).toEqual([
        { name: 'leader', size: 2 },
        { name: 'member', size: 58 },
        { name: 'boss', size: 1 },
        { name: 'hand', size: 4 },
      ]);
      const { numbers } = prepared.values.roles!;
      for (let replica = 0; replica < 3; replica++) {
        const own = found.role.slice(replica * POPULATION, (replica + 1) * POPULATION);
        expect(own).toEqual([...numbers[replica]]);
        expect([0, 1, 2, 3].map(role => own.filter(other => other === role).length)).toEqual([2, 58, 1, 4]);
        expect(new Set(own.slice(20, 60))).toEqual(new Set([1]));
      }
      expect(new Set(found.roles)).toEqual(new Set([4]));
      // the last of one group looks at the first of the next: aid at gov, gov at firm, firm at aid
      expect([19, 59, 64].map(agent => RELATIONS[found.bond[agent]])).toEqual([
        'cooperative',
        'collaborative',
        'competitive',
      ]);
      expect([19, 59, 64].map(agent => found.strength[agent])).toEqual([2 ** 31, 2 ** 31, 2 ** 30]);
      const last = (column: string): number[] => [...measures[column].slice(-3)];
      const names = ['leader', 'member', 'boss', 'hand'];
      names.forEach((name, role) => {
        expect(last(`mean_role.${name}`)).toEqual([role, role, role]);
        expect(names.map((_, value) => last(`spread.${name}.${value}`)[0])).toEqual(
          names.map((_, k) => Number(k === role)),
        );
        const hostile = [0, 1, 2].map(replica => Number(numbers[replica][64] === role));
        expect(last(`hostile.${name}`)).toEqual(hostile);
      });
      expect(last('everybody')).toEqual(new Array(3).fill((58 + 2 + 3 * 4) / 65));
    });
  });

  test('of a run without: one role, and everybody collaborates', async () => {
    const { prepared, found, measures } = await noted({ groups: { a: 30, b: 35 } });
    expect(prepared.plan.roles).toEqual([]);
    expect(prepared.plan.relations).toBeUndefined();
    // what the model measures by role is left out
    expect(Object.keys(measures)).toEqual(['by_group.a', 'by_group.b', 'everybody']);
    expect([found.role, found.roles, found.bond, found.strength].map(values => [...new Set(values)])).toEqual([
      [0],
      [1],
      [0],
      [2 ** 31],
    ]);
  });

  test('fields of groups start as the spec says, at each point', async () => {
    const groups = { few: { size: 3, init: { norm: { elements: [-1, { value: 0.5 }] } } }, many: 6 };
    const init = { norm: [0.25, -0.25], pool: { by: 'group', values: { few: 1, many: 2 } } };
    const spec = { model: 'followers', population: 9, replicas: 2, steps: 1, groups, init };
    const { population } = await load(engine, spec, { models: [followers] });
    await population.step(1, { every: 0 });
    const seen = Array.from(await population.read('seen'), value => value / 2 ** 29);
    const of = (others: number) => [...new Array(3).fill([-1, 0.5]), ...new Array(12).fill(others)].flat();
    expect(seen).toEqual([...of(0.25), ...of(0.25), ...of(-0.25), ...of(-0.25)]);
    const pools = [...(await population.read('seen_pool'))];
    expect(pools).toEqual(new Array(4).fill([1, 1, 1, 2, 2, 2, 2, 2, 2]).flat());
    await population.dispose();
  });

  test('everybody in one group: its field starts as the spec says', async () => {
    const spec = { model: 'followers', population: 9, steps: 1, init: { pool: 5 } };
    const { population } = await load(engine, spec, { models: [followers] });
    await population.step(1, { every: 0 });
    expect(new Set(await population.read('seen_pool'))).toEqual(new Set([5]));
    await population.dispose();
  });
}
