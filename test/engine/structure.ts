// The social structure as rules see it: roles and relations, in worlds that differ in both.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { RELATIONS } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { toy, word } from './toys.ts';

const POPULATION = 65;

/** Agents that write down their role, and what the group of the next agent is to theirs. */
const clerks = toy(
  {
    name: 'clerks',
    updates: ['synchronous', 'pairing'],
    fields: { own_role: word, roles: word, bond: word, strength: word },
    rules: ['note'],
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

/** Declares the tests of an engine. */
export function structureSuite(engine: Engine): void {
  const noted = async (spec: SpecObject) => {
    const common = { model: 'clerks', population: POPULATION, steps: 1, ...spec };
    const { prepared, population } = await load(engine, common, { models: [clerks] });
    await population.step(1, { every: 0 });
    const read = async (field: string) => [...(await population.read(field))];
    const found = {
      role: await read('own_role'),
      roles: await read('roles'),
      bond: await read('bond'),
      strength: await read('strength'),
    };
    await population.dispose();
    return { prepared, found };
  };

  describe('of a run with roles and relations', () => {
    const groups = {
      aid: { size: 20, roles: { leader: 2, member: 'rest' } },
      gov: 40,
      firm: { size: 5, roles: { boss: { size: 1, place: 'hubs' }, hand: 'rest' } },
    };
    const relations = { aid: { gov: 'cooperative', firm: { kind: 'competitive', strength: 0.5 } } };

    test.each(['complete', { kind: 'erdos-renyi', mean_degree: 4, realisations: 2 }])('%o', async topology => {
      const { prepared, found } = await noted({ groups, relations, topology, replicas: 3, update: 'synchronous' });
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
    });
  });

  test('of a run without: one role, and everybody collaborates', async () => {
    const { prepared, found } = await noted({ groups: { a: 30, b: 35 } });
    expect(prepared.plan.roles).toEqual([]);
    expect(prepared.plan.relations).toBeUndefined();
    expect([found.role, found.roles, found.bond, found.strength].map(values => [...new Set(values)])).toEqual([
      [0],
      [1],
      [0],
      [2 ** 31],
    ]);
  });
}
