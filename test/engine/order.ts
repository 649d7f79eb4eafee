// Agents that lie in another order: everything that comes out is the same as without, bit for bit, whatever a rule, a spec or a file has to do with agents.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import {
  arrayOf,
  bit,
  count,
  fixed,
  histogram,
  integer,
  integerField,
  type Model,
  mean,
  number,
  perGroup,
  perLink,
  probability,
} from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { differences, measuredText } from './support.ts';
import { toy, word } from './toys.ts';

const POPULATION = 133;

/** Agents that do what can be done with other agents, and write it down: pairs' coins, ranks, links, weights, groups, roles, numbers. */
export const gossips: Model = toy(
  {
    name: 'gossips',
    updates: ['synchronous', 'activation', 'pairing'],
    fields: {
      heard: bit(),
      chosen: bit(),
      level: fixed({ min: -1, max: 1 }),
      trail: arrayOf(integerField({ max: 99_999 }), 'length'),
      tie: perLink(integerField({ max: 999 })),
      coin: word,
      met: word,
      next: word,
      pool: perGroup(integerField({ max: 9_999_999 }), { start: 3 }),
    },
    params: {
      odds: probability({ default: 0.4, about: 'chance to listen' }),
      weight: number({ default: 1, min: -50, max: 50, about: 'a number' }),
      length: integer({ default: 2, min: 1, max: 4, about: 'elements of a trail' }),
    },
    init: { heard: [0.7, 0.3] },
    aggregates: { loud: { kind: 'total', field: 'heard', by: 'group', before: 'fill' } },
    setup: ['choose'],
    rules: ['fill', 'gossip'],
    groupRules: ['fill'],
    actions: { shout: { rule: 'shout', about: 'is heard, or not' } },
    measures: {
      heard: count('heard', 1, { by: 'group' }),
      level: mean('level'),
      ties: mean('tie'),
      coins: histogram('trail', { bins: 4 }),
      pools: mean('pool'),
    },
  },
  {
    choose: `import package::agent::{rank, set_chosen};
fn choose(me: u32) {
  set_chosen(u32(rank(me) < 20u));
}`,
    fill: `import package::agent::{loud, pool, set_pool};
import package::random::below;
fn fill(g: u32) {
  set_pool(u32(i32(pool(g)) + loud(g)) + below(5u));
}`,
    shout: `import package::agent::set_heard;
import package::random::chance;
fn shout(me: u32) {
  set_heard(u32(chance(0x40000000u)));
}`,
    gossip: `import package::agent::{agent_number, agent_numbered, chosen, degree, group, heard, neighbor, neighbor_mean_level, odds_of, param, pool, population, role};
import package::agent::{set_coin, set_heard, set_level, set_met, set_next, set_tie, set_trail, tie, trail, trail_count, weight, weight_of};
import package::contact::encounter;
import package::random::{below_at, chance, draw_for};

fn liked(me: u32) -> u32 {
  var best = me;
  for (var k = 0u; k < degree(me); k++) {
    let other = neighbor(me, k);
    if (weight(me, k) > 0x18000 && other != me) {
      best = other;
    }
    set_tie(k, (tie(me, k) + 1u + agent_number(other)) % 1000u);
  }
  return best;
}

fn gossip(me: u32) {
  let other = encounter(me);
  if (other != me) {
    set_coin(draw_for(other).x);
    set_heard(select(heard(me), heard(other) | chosen(me), chance(odds_of(other))));
  }
  set_met(agent_number(other) + 1000u * agent_number(liked(me)));
  set_next(heard(agent_numbered((agent_number(me) + 1u) % population())));
  set_level(neighbor_mean_level(me));
  for (var k = 0u; k < trail_count(); k++) {
    set_trail(k, (trail(other, k) * 7u + pool(group(me)) + 10u * role(me) + u32(weight_of(me) >> 16u) + 60u + k + below_at(k, 3u)) % 100000u);
  }
}`,
  },
);

const links = Array.from({ length: 300 }, (_, e) => [(e * e + 3 * e) % 97, (e * 37 + 11) % 97, ((e * 13) % 40) / 10]);
const FILES: Readonly<Record<string, string>> = {
  'links.csv': `from,to,w\n${links.map(([i, j, w]) => `n${i},n${j},${w}`).join('\n')}\n`,
  'groups.csv': `id,group\n${Array.from({ length: 97 }, (_, i) => `n${i},${'abc'[i % 3]}`).join('\n')}\n`,
  'weights.csv': `id,bias\n${Array.from({ length: 97 }, (_, i) => `n${i},${i / 2}`).join('\n')}\n`,
};
const readFile = async (name: string) => new TextEncoder().encode(FILES[name]);

const FILE = {
  kind: 'edges',
  file: 'links.csv',
  columns: { source: 'from', target: 'to', weight: 'w' },
  groups: { file: 'groups.csv' },
};
const GROUPS = { few: { size: 33, roles: { loud: { size: 3, place: 'hubs' }, quiet: 'rest' } }, many: 100 };
const uniform = { distribution: 'uniform', min: -1, max: 1 };

/** Each with what it is about. */
const CASES: readonly [string, SpecObject][] = [
  ['a file with names, weights, groups and values', { model: 'gossips', topology: FILE, params: { weight: { file: 'weights.csv', id: 'id', column: 'bias' } }, init: { level: uniform }, interventions: { few: { at: 2, target: { agents: ['n5', 'n30', 'n31', 'n64'] }, do: { set: { odds: 1 }, write: { level: 0.5 } } } } }], // biome-ignore format: a table
  ['graphs of their own', { model: 'gossips', topology: { kind: 'erdos-renyi', mean_degree: 3, realisations: 2 }, replicas: 3, groups: GROUPS, params: { odds: { by: 'role', values: { loud: 0.9, quiet: 0.1, member: 0.5 } } }, init: { level: { by: 'group', values: { few: uniform, many: -0.25 } }, trail: [5, { distribution: 'uniform', min: 0, max: 9 }] } }], // biome-ignore format: a table
  ['groups that differ by graph', { model: 'gossips', topology: { kind: 'stochastic-block', groups: { one: 50, other: 83 }, degrees: [[3, 1.66], [1, 3]], realisations: 'per-replica' }, replicas: 2, params: { odds: { by: 'group', values: { one: 0.3, other: 0.8 } } } }], // biome-ignore format: a table
  ['interventions', { model: 'gossips', topology: { kind: 'barabasi-albert', links: 2, realisations: 'per-replica' }, replicas: 2, groups: GROUPS, interventions: { loud: { at: 2, until: 4, target: { group: 'few', fraction: 0.3, place: 'hubs' }, do: { set: { odds: uniform01(), weight: 9 } } }, turn: { at: 3, every: 2, target: { fraction: 0.5, where: { heard: 0 } }, do: { write: { heard: 1, level: { field: 'level' } } } }, shout: { at: 1, every: 2, target: { role: 'quiet' }, do: 'shout' } } }], // biome-ignore format: a table
  ['pairing along edges', { model: 'gossips', update: 'pairing', topology: { kind: 'watts-strogatz', reach: 2, rewiring: 0.4, realisations: 'per-replica' }, replicas: 2 }], // biome-ignore format: a table
  ['a coin for each agent', { model: 'gossips', update: { activation: 0.4 }, topology: { kind: 'random-regular', degree: 4 } }], // biome-ignore format: a table
  ['points', { model: 'noisy-q-voter', topology: { kind: 'random-regular', degree: 6 }, params: { q: [1, 3, 4], independence: 0.2 } }], // biome-ignore format: a table
  ['many points', { model: 'noisy-q-voter', topology: { kind: 'erdos-renyi', mean_degree: 4 }, params: { independence: { from: 0, to: 0.5, count: 18 } }, replicas: 2 }], // biome-ignore format: a table
  ['class by class', { model: 'ising-choice', topology: { kind: 'erdos-renyi', mean_degree: 4, realisations: 2 }, replicas: 2, update: 'sublattice' }], // biome-ignore format: a table
  ['one by one', { model: 'voter', topology: { kind: 'barabasi-albert', links: 2 }, update: 'sequential', steps: 200 }], // biome-ignore format: a table
  ['a weighted mean', { model: 'friedkin-johnsen', topology: FILE, population: undefined }],
  [
    'one bit, all neighbours',
    { model: 'majority-vote', topology: { kind: 'watts-strogatz', reach: 3, rewiring: 0.2 } },
  ],
  ['one defector, by its number', { model: 'spatial-dilemma', topology: { kind: 'random-regular', degree: 4 }, params: { start: 'one-defector' } }], // biome-ignore format: a table
];

function uniform01(): SpecObject {
  return { distribution: 'uniform', min: 0, max: 1 };
}

/** Declares the tests of an engine. */
export function orderSuite(engine: Engine): void {
  const run = async ({ model, topology, ...rest }: SpecObject, order?: string): Promise<Population> => {
    const size = (topology as SpecObject).kind === 'edges' ? {} : { population: POPULATION };
    const models = model === 'gossips' ? { models: [gossips] } : {};
    const spec = { model, steps: 5, seed: 'order', ...size, ...rest, topology: { ...(topology as object), ...(order && { order }) } }; // biome-ignore format: one thought
    const { prepared, population } = await load(engine, spec, { readFile, ...models });
    await population.step(prepared.spec.steps, { every: 2 });
    return population;
  };

  describe('in another order', () => {
    test.each(CASES)('%s', async (_, spec) => {
      const plain = await run(spec);
      const measured = await measuredText(plain);
      for (const order of ['degree', 'breadth-first']) {
        const other = await run(spec, order);
        expect(other.plan.order!.kind).toBe(order);
        for (const { numbers } of other.plan.order!.graphs) {
          expect([...numbers].sort((a, b) => a - b)).toEqual([...numbers.keys()]);
          // where as many look at everybody, the order by that is the one of the numbers
          if (order === 'breadth-first') expect([...numbers]).not.toEqual([...numbers.keys()]);
        }
        expect(await differences(plain, other), order).toEqual([]);
        expect(await measuredText(other), order).toEqual(measured);
        await other.dispose();
      }
      await plain.dispose();
    });

    test('a state written or restored is that of the numbers, with or without an order', async () => {
      const [, spec] = CASES[1];
      const [one, other] = [await run(spec), await run({ ...spec, steps: 2 }, 'degree')];
      const levels = Int32Array.from({ length: one.plan.worlds.length * POPULATION }, (_, i) => (i * 7919) % 65536);
      const snapshot = await one.snapshot();
      for (const population of [one, other]) {
        await population.restore(snapshot);
        await population.write('level', levels);
        expect([...(await population.read('level'))]).toEqual([...levels]);
        await population.step(3, { every: 0 });
      }
      expect(await differences(one, other)).toEqual([]);
      await Promise.all([one.dispose(), other.dispose()]);
    });

    test('two numbers exchanged would be seen', async () => {
      const [, spec] = CASES[1];
      const plain = await run(spec);
      const { prepared } = await load(engine, { model: 'gossips', population: POPULATION, steps: 5, seed: 'order', ...spec, topology: { ...(spec.topology as object), order: 'degree' } }, { models: [gossips] }); // biome-ignore format: one thought
      const { plan } = prepared;
      const [{ numbers }] = plan.order!.graphs;
      const parts = plan.buffers.setup.parts.map(({ at, data }) => {
        if (data !== numbers) return { at, data };
        const [first, second, ...rest] = data;
        return { at, data: Uint32Array.from([second, first, ...rest]) };
      });
      const wrong = await engine.load({
        ...plan,
        buffers: { ...plan.buffers, setup: { ...plan.buffers.setup, parts } },
      });
      await wrong.step(5, { every: 0 });
      expect((await differences(plain, wrong)).length).toBeGreaterThan(0);
      await Promise.all([plain.dispose(), wrong.dispose()]);
    });
  });
}
