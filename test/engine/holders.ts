// State beyond one value for each agent: arrays, groups and links; weights; and what rules know of the whole population. Outcomes recomputed in plain TypeScript.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { arrayOf, fixed, integer, integerField, type Model, mean, perGroup, perLink } from '../../src/model/index.ts';
import { seedKey } from '../../src/random.ts';
import { Draws } from '../reference/draws.ts';
import type { Neighbors } from '../reference/society.ts';
import { load, neighborsOf, type SpecObject } from '../support/runs.ts';
import { toy } from './toys.ts';

const Q29 = 2 ** 29;

/** a / b, rounded half away from zero. */
function divide(a: bigint, b: bigint): bigint {
  const size = (a < 0n ? -a : a) * 2n + b;
  const rounded = size / (2n * b);
  return a < 0n ? -rounded : rounded;
}

const encode = (values: readonly number[]): Int32Array => Int32Array.from(values, value => Math.round(value * Q29));
/** Values in [−1, 1] that look random. */
const values = (count: number): number[] => Array.from({ length: count }, (_, i) => Math.sin(1 + i * 12.9898));

/** Stances that become the mean of those heard; the second element also its own negative, so that elements differ. */
const listeners: Model = toy(
  {
    name: 'listeners',
    updates: ['synchronous'],
    fields: { stance: arrayOf(fixed({ min: -1, max: 1 }), 'questions') },
    params: { questions: integer({ default: 2, min: 1, max: 8, about: 'elements of a stance' }) },
    rules: ['listen'],
    measures: { stance: mean('stance') },
  },
  {
    listen: `import package::agent::{neighbor_mean_stance, set_stance, stance_count};
fn listen(me: u32) {
  for (var k = 0u; k < stance_count(); k++) {
    let heard = neighbor_mean_stance(me, k);
    set_stance(k, select(heard, -heard, k == 1u));
  }
}`,
  },
);

/** Gifts go to the pool of the group, which grows by what was given; agents see their pool, and what the others do. */
const givers: Model = toy(
  {
    name: 'givers',
    updates: ['synchronous', 'activation'],
    fields: {
      gift: integerField({ min: -2, max: 3 }),
      seen: integerField({ max: 100_000 }),
      average: integerField({ min: -(2 ** 20), max: 2 ** 20 }),
      pool: perGroup(integerField({ max: 100_000 }), { start: 20 }),
      norms: arrayOf(perGroup(integerField({ max: 100_000 })), 2),
    },
    aggregates: {
      given: { kind: 'total', field: 'gift', by: 'group', before: 'fill' },
      level: { kind: 'mean', field: 'gift', by: 'group', before: 'fill' },
      spread: { kind: 'histogram', field: 'gift', before: 'fill' },
      generous: { kind: 'count', field: 'gift', value: 3, by: 'group', before: 'fill' },
      everyone: { kind: 'mean', field: 'gift', before: 'give' },
    },
    rules: ['fill', 'give'],
    groupRules: ['fill'],
    measures: { pool: mean('pool', { by: 'group' }), pools: mean('pool') },
  },
  {
    fill: `import package::agent::{generous, given, group_size, level, pool, set_norms, set_pool, spread};
fn fill(g: u32) {
  set_pool(u32(i32(pool(g)) + given(g)));
  set_norms(0u, u32(level(g) + 0x40000));
  set_norms(1u, 1000u * generous(g) + 100u * group_size(g) + 10u * spread(-2) + spread(3));
}`,
    give: `import package::agent::{everyone, gift, group, norms, pool, set_average, set_gift, set_seen};
fn give(me: u32) {
  set_seen(pool(group(me)) + norms(group(me), 1u));
  set_average(everyone());
  set_gift((gift(me) + 2 + 1 + i32(me % 2u)) % 6 - 2);
}`,
  },
);

/** One at a time: who acts sees the totals as they are now, and changes what it adds to them. */
const observers: Model = toy(
  {
    name: 'observers',
    updates: ['sequential'],
    fields: {
      level: integerField({ min: -3, max: 4 }),
      pair: arrayOf(fixed({ min: -1, max: 1 }), 2),
      seen_mean: integerField({ min: -(2 ** 20), max: 2 ** 20 }),
      seen_total: integerField({ min: -1000, max: 1000 }),
      seen_like: integerField({ max: 1000 }),
      seen_pair: fixed({ min: -1, max: 1 }),
    },
    aggregates: {
      mean_level: { kind: 'mean', field: 'level', by: 'group', before: 'observe' },
      sum_level: { kind: 'total', field: 'level', by: 'group', before: 'observe' },
      like: { kind: 'histogram', field: 'level', before: 'observe' },
      mean_pair: { kind: 'mean', field: 'pair', before: 'observe' },
    },
    rules: ['observe'],
  },
  {
    observe: `import package::agent::{group, level, like, mean_level, mean_pair, pair, set_level, set_pair};
import package::agent::{set_seen_like, set_seen_mean, set_seen_pair, set_seen_total, sum_level};
fn observe(me: u32) {
  let g = group(me);
  set_seen_mean(mean_level(g));
  set_seen_total(sum_level(g));
  set_seen_like(like(level(me)));
  set_seen_pair(mean_pair(1u));
  set_level((level(me) + 3 + 1 + i32(me % 3u)) % 8 - 3);
  set_pair(1u, -(pair(me, 1u) / 2) + 1000);
}`,
  },
);

/** Trust in those looked at, which each agent changes on its own. */
const trusting: Model = toy(
  {
    name: 'trusting',
    updates: ['synchronous', 'activation', 'sequential'],
    fields: { trust: perLink(integerField({ max: 100 }), { start: 50 }), best: integerField({ max: 1000 }) },
    rules: ['judge'],
    measures: {
      trust: mean('trust'),
      by_group: mean('trust', { by: 'group' }),
      lowest: { kind: 'minimum', field: 'trust' },
    },
  },
  {
    judge: `import package::agent::{degree, neighbor, set_best, set_trust, trust};
fn judge(me: u32) {
  var best = 0u;
  for (var k = 0u; k < degree(me); k++) {
    set_trust(k, (trust(me, k) * 3u + neighbor(me, k) + k) % 101u);
    best = max(best, trust(me, k));
  }
  set_best(best);
}`,
  },
);

const WEIGHTED = {
  kind: 'edges',
  file: 'weighted.csv',
  columns: { weight: 'weight' },
};
/** Agent 3 looks at nobody; agent 4 at one of no weight and one that has all. */
const WEIGHTED_FILE = `source,target,weight
0,1,1
0,2,2.5
0,3,4
1,0,1
2,0,0.1
2,1,0.2
4,0,0
4,3,7
5,4,1
`;

async function open(
  engine: Engine,
  spec: SpecObject,
  model: Model,
): Promise<Population & { neighbors: Neighbors; otherNeighbors: Neighbors }> {
  const readFile = async (): Promise<Uint8Array> => new TextEncoder().encode(WEIGHTED_FILE);
  const { prepared, population } = await load(
    engine,
    { model: model.name, steps: 10, ...spec },
    { models: [model], readFile },
  );
  const otherNeighbors = neighborsOf(prepared, (prepared.topology.graphs?.length ?? 1) - 1);
  return Object.assign(population, { neighbors: neighborsOf(prepared), otherNeighbors });
}

export function holdersSuite(engine: Engine): void {
  describe('arrays', () => {
    const cases = [
      { topology: { kind: 'ring', reach: 2 }, population: 65 },
      { topology: 'complete', population: 65 },
      { topology: WEIGHTED },
    ];
    test.each(cases)('means of those heard, exact: $topology', async spec => {
      const world = await open(engine, { ...spec, params: { questions: 3 } }, listeners);
      const n = world.plan.population;
      const start = encode(values(3 * n));
      await world.write('stance', start);
      await world.step(1, { every: 1 });
      const after = await world.read('stance');
      const shares = 'population' in spec ? undefined : await sharesOf();
      for (let i = 0; i < n; i++) {
        const heard = world.neighbors[i];
        for (let k = 0; k < 3; k++) {
          const equal = heard.reduce((sum, j) => sum + BigInt(start[3 * j + k]), 0n);
          // shares of 31 bits differ from equal ones by at most 2⁻³¹ each
          const expected = shares
            ? shares[i].reduce((sum, share, link) => sum + share * start[3 * heard[link] + k], 0)
            : Number(divide(equal, BigInt(Math.max(1, heard.length))));
          const value = heard.length === 0 ? start[3 * i + k] : expected;
          const sign = k === 1 ? -1 : 1;
          expect(Math.abs(after[3 * i + k] - sign * value), `agent ${i}, element ${k}`).toBeLessThanOrEqual(
            spec.topology === 'complete' ? 0 : 1,
          );
        }
      }
      const { rows } = await world.measured();
      const total = start.filter((_, at) => at % 3 === 2).reduce((sum, value) => sum + value, 0);
      expect(rows.measures['stance.2'][0]).toBeCloseTo(total / Q29 / n, 12);
      await world.dispose();
    });

    test('points of different lengths do not touch each other’s digests', async () => {
      const spec = { population: 33, topology: 'ring', replicas: 2 };
      const together = await open(engine, { ...spec, params: { questions: [1, 4] } }, listeners);
      const apart = await Promise.all(
        [1, 4].map(questions => open(engine, { ...spec, params: { questions } }, listeners)),
      );
      await Promise.all([together, ...apart].map(world => world.step(2, { every: 0 })));
      const digests = await Promise.all(apart.map(world => world.digests()));
      expect([...(await together.digests())]).toEqual(digests.flatMap(list => [...list]));
      await Promise.all([together, ...apart].map(world => world.dispose()));
    });

    test('a change of one element, or of two that change places, changes the digest', async () => {
      const world = await open(engine, { population: 5, topology: 'ring', params: { questions: 2 } }, listeners);
      const digests = new Set<bigint>();
      for (const change of [
        [],
        [[3, 1]],
        [[3, 2]],
        [[2, 1]],
        [
          [2, 2],
          [3, 1],
        ],
        [
          [2, 1],
          [3, 2],
        ],
      ]) {
        const words = new Int32Array(10);
        for (const [at, value] of change) words[at] = value;
        await world.write('stance', words);
        digests.add((await world.digests())[0]);
      }
      expect(digests.size).toBe(6);
      await world.dispose();
    });
  });

  describe('groups', () => {
    test.each([
      { name: 'two groups', groups: { bots: 4, people: 9 }, sizes: [4, 9] },
      { name: 'everybody in one', groups: undefined, sizes: [13] },
    ])('pools and aggregates by group, recomputed: $name', async ({ groups, sizes }) => {
      const spec = { population: 13, topology: 'ring', replicas: 2, ...(groups && { groups }) };
      const model = groups ? givers : { ...givers, measures: {} };
      const world = await open(engine, spec, model);
      const start = Array.from({ length: 26 }, (_, i) => ((i * 7) % 6) - 2);
      await world.write('gift', Int32Array.from(start));
      await world.step(2, { every: 1 });
      const groupOf = (i: number): number => (i < sizes[0] ? 0 : 1);
      const seen = await world.read('seen');
      const average = await world.read('average');
      const pool = await world.read('pool');
      for (let replica = 0; replica < 2; replica++) {
        let gifts = start.slice(13 * replica, 13 * replica + 13);
        const pools = sizes.map(() => 20);
        let expected: number[] = [];
        let everyone = 0n;
        for (let step = 0; step < 2; step++) {
          const count = (value: number, g?: number): number =>
            gifts.filter((gift, i) => gift === value && (g === undefined || groupOf(i) === g)).length;
          const norms = sizes.map((size, g) => 1000 * count(3, g) + 100 * size + 10 * count(-2) + count(3));
          gifts.forEach((gift, i) => {
            pools[groupOf(i)] += gift;
          });
          expected = gifts.map((_, i) => pools[groupOf(i)] + norms[groupOf(i)]);
          everyone = divide(BigInt(gifts.reduce((sum, gift) => sum + gift, 0)) << 16n, 13n);
          gifts = gifts.map((gift, i) => ((gift + 2 + 1 + (i % 2)) % 6) - 2);
        }
        expect([...seen.subarray(13 * replica, 13 * replica + 13)]).toEqual(expected);
        expect([...pool.subarray(sizes.length * replica, sizes.length * (replica + 1))]).toEqual(pools);
        expect(average[13 * replica]).toBe(Number(everyone));
        const { rows } = groups && replica === 1 ? await world.measured() : { rows: undefined };
        if (rows) {
          const last = rows.step.length - 1;
          expect([rows.measures['pool.bots'][last], rows.measures['pool.people'][last]]).toEqual(pools);
          expect(rows.measures.pools[last]).toBe((pools[0] + pools[1]) / 2);
        }
      }
      await world.dispose();
    });
  });

  test('one at a time: totals, means and histograms follow every change', async () => {
    const sizes = [4, 9];
    const spec = { population: 13, groups: { few: 4, many: 9 }, seed: 'observers', topology: 'complete' };
    const world = await open(engine, spec, observers);
    const level = Array.from({ length: 13 }, (_, i) => ((i * 5) % 8) - 3);
    const pair = encode(values(26));
    await world.write('level', Int32Array.from(level));
    await world.write('pair', pair);
    const chosen = new Draws(seedKey('observers'), 0, 'sequential');
    const groupOf = (i: number): number => (i < sizes[0] ? 0 : 1);
    const seen = { mean: 0, total: 0, like: 0, pair: 0 };
    let me = 0;
    for (let step = 1; step <= 60; step++) {
      me = chosen.below(13, 0, 0, step);
      seen.total = level.reduce((sum, value, i) => (groupOf(i) === groupOf(me) ? sum + value : sum), 0);
      seen.mean = Number(divide(BigInt(seen.total) << 16n, BigInt(sizes[groupOf(me)])));
      seen.like = level.filter(value => value === level[me]).length;
      const sum = pair.reduce((total, value, at) => (at % 2 === 1 ? total + value : total), 0);
      seen.pair = Number(divide(BigInt(sum), 13n));
      level[me] = ((level[me] + 4 + (me % 3)) % 8) - 3;
      pair[2 * me + 1] = -Math.trunc(pair[2 * me + 1] / 2) + 1000;
      await world.step(1, { every: 0 });
      const read = async (field: string): Promise<number> => (await world.read(field))[me];
      const found = {
        mean: await read('seen_mean'),
        total: await read('seen_total'),
        like: await read('seen_like'),
        pair: await read('seen_pair'),
      };
      expect(found, `step ${step}, agent ${me}`).toEqual(seen);
    }
    expect([...(await world.read('level'))]).toEqual(level);
    await world.dispose();
  });

  describe('links', () => {
    test.each([
      { update: 'synchronous', topology: { kind: 'ring', reach: 2 } },
      {
        update: 'synchronous',
        topology: { kind: 'erdos-renyi', mean_degree: 3, directed: true, realisations: 'per-replica' },
      },
    ])('each agent changes its own, and sees the change at once: $topology', async spec => {
      const groups = { some: 20, others: 13 };
      const world = await open(engine, { ...spec, population: 33, replicas: 2, groups }, trusting);
      await world.step(3);
      const trust = await world.read('trust');
      const best = await world.read('best');
      let at = 0;
      let sum = 0;
      const judged = (heard: readonly number[]): number[] =>
        heard.map((j, k) => [0, 1, 2].reduce(value => (value * 3 + j + k) % 101, 50));
      world.neighbors.forEach((heard, i) => {
        const own = judged(heard);
        expect([...trust.subarray(at, at + heard.length)], `agent ${i}`).toEqual(own);
        expect(best[i]).toBe(Math.max(0, ...own));
        at += heard.length;
        sum += own.reduce((total, value) => total + value, 0);
      });
      // the second replica may have a graph of its own
      expect([...trust.subarray(at)]).toEqual(world.otherNeighbors.flatMap(judged));
      const { rows } = await world.measured();
      const last = rows.step.length - 2;
      expect(rows.measures.trust[last]).toBeCloseTo(sum / at, 12);
      expect(rows.measures.trust[0]).toBe(50);
      expect(rows.measures.lowest[last]).toBe(Math.min(...trust.subarray(0, at)));
      const { some, others } = Object.fromEntries(
        Object.keys(groups).map(group => [group, rows.measures[`by_group.${group}`][last]]),
      );
      const ofSome = world.neighbors.slice(0, 20).reduce((total, heard) => total + heard.length, 0);
      expect((some * ofSome + others * (at - ofSome)) / at).toBeCloseTo(sum / at, 12);
      await world.dispose();
    });
  });

  async function sharesOf(): Promise<number[][]> {
    return [[1 / 7.5, 2.5 / 7.5, 4 / 7.5], [1], [1 / 3, 2 / 3], [], [0, 1], [1]];
  }
}
