// Updates whose parts follow each other within a step: classes of agents in turn, rules that recompute, matchings along edges. Outcomes recomputed in plain TypeScript.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { bit, integerField } from '../../src/model/index.ts';
import { seedKey, threefry2x32 } from '../../src/random.ts';
import { Draws } from '../reference/draws.ts';
import { greedyMatching } from '../reference/matching.ts';
import type { Neighbors } from '../reference/society.ts';
import { classesOf, load, neighborsOf } from '../support/runs.ts';
import { toy, word } from './toys.ts';

const SEED = 'parts';

/** Agents that copy a richer neighbour. Wealth follows from the marks around; marks turn where three divides how many there are of them. */
export const imitators = toy(
  {
    name: 'imitators',
    updates: ['synchronous', 'activation', 'sublattice'],
    fields: { mark: bit(), wealth: integerField({ max: 100 }) },
    init: { mark: [0.5, 0.5] },
    aggregates: { marked: { kind: 'count', field: 'mark', value: 1, before: 'imitate' } },
    rules: ['earn', 'imitate'],
    derived: ['earn'],
  },
  {
    earn: `import package::agent::{mark, neighbor_sum_mark, set_wealth};
fn earn(me: u32) {
  set_wealth(u32(neighbor_sum_mark(me)) * 2u + 1u - mark(me));
}`,
    imitate: `import package::agent::{degree, mark, marked, neighbor, set_mark, wealth};
import package::random::below;
fn imitate(me: u32) {
  if (degree(me) > 0u) {
    let other = neighbor(me, below(degree(me)));
    if (wealth(other) >= wealth(me)) {
      set_mark(select(mark(other), 1u - mark(other), marked() % 3u == 0u));
    }
  }
}`,
  },
);

interface Marks {
  mark: number[];
  wealth: number[];
}

/** What `imitators` do in a step when these agents act one by one, class after class; wealth and the count are those of the beginning of a class. */
function imitateStep(
  { mark }: Marks,
  neighbors: Neighbors,
  turns: readonly (readonly number[])[],
  draws: Draws,
  step: number,
): Marks {
  const next = [...mark];
  let wealth: number[] = [];
  for (const turn of turns) {
    wealth = next.map((own, i) => 2 * neighbors[i].reduce((sum, j) => sum + next[j], 0) + 1 - own);
    const turned = next.reduce((a, b) => a + b, 0) % 3 === 0;
    for (const i of turn) {
      if (neighbors[i].length === 0) continue;
      const other = neighbors[i][draws.below(neighbors[i].length, 0, i, step)];
      if (wealth[other] >= wealth[i]) next[i] = turned ? 1 - next[other] : next[other];
    }
  }
  return { mark: next, wealth };
}

const GRAPHS = [
  { kind: 'lattice', width: 4, height: 6 },
  { kind: 'lattice', width: 5, height: 4, neighbourhood: 'moore' },
  { kind: 'ring', reach: 2 },
  { kind: 'erdos-renyi', mean_degree: 3, directed: true, realisations: 'per-replica' },
];

/** Who meets whom. */
const acquaintances = toy(
  { name: 'acquaintances', updates: ['pairing'], fields: { met: word, led: bit() }, rules: ['meet'] },
  {
    meet: 'import package::agent::{first, partner, set_led, set_met};\nfn meet(me: u32) {\n  set_met(partner(me));\n  set_led(u32(first(me)));\n}',
  },
);

export function updatesSuite(engine: Engine): void {
  describe('imitators', () => {
    test.each(GRAPHS)('class by class is one by one: $kind $neighbourhood', async topology => {
      const size = topology.kind === 'lattice' ? {} : { population: 65 };
      const spec = { model: 'imitators', topology, update: 'sublattice', replicas: 2, steps: 9, seed: SEED, ...size };
      const { prepared, population } = await load(engine, spec, { models: [imitators] });
      const count = prepared.plan.population;
      const values = [...(await population.read('mark'))];
      const states: Marks[] = [0, 1].map(r => ({ mark: values.slice(r * count, (r + 1) * count), wealth: [] }));
      for (let step = 1; step <= 5; step++) {
        await population.step(1, { every: 0 });
        for (const replica of [0, 1]) {
          const draws = new Draws(seedKey(SEED), replica, 'imitate');
          const graph = prepared.plan.worlds[replica].graph;
          const [neighbors, classes] = [neighborsOf(prepared, graph), classesOf(prepared, graph)];
          // a graph with fewer classes than another has empty turns, before which wealth is recomputed too
          const turns = Array.from({ length: prepared.plan.classes!.count }, (_, c) => classes[c] ?? []);
          states[replica] = imitateStep(states[replica], neighbors, turns, draws, step);
        }
        for (const field of ['mark', 'wealth'] as const) {
          const wanted = states.flatMap(state => state[field]);
          expect([...(await population.read(field))], `${field} after step ${step}`).toEqual(wanted);
        }
      }
      await population.dispose();
    });

    test('activation: a derived rule needs no coin', async () => {
      const spec = { model: 'imitators', population: 65, topology: 'ring', update: { activation: 0.2 }, steps: 9 };
      const { prepared, population } = await load(engine, spec, { models: [imitators] });
      const neighbors = neighborsOf(prepared);
      for (let step = 1; step <= 4; step++) {
        const mark = [...(await population.read('mark'))];
        await population.step(1, { every: 0 });
        const { wealth } = imitateStep({ mark, wealth: [] }, neighbors, [[]], undefined as never, step);
        expect([...(await population.read('wealth'))]).toEqual(wealth);
        const changed = [...(await population.read('mark'))].filter((value, i) => value !== mark[i]).length;
        expect(changed).toBeLessThan(30);
      }
      await population.dispose();
    });
  });

  test('a matching along edges is the greedy one in the order of the step’s places, and points share it', async () => {
    const topology = {
      kind: 'configuration',
      degrees: { 0: 0.1, 1: 0.3, 3: 0.5, 20: 0.1 },
      realisations: 'per-replica',
    };
    const model = { ...acquaintances, fields: { ...acquaintances.fields, spare: bit() } };
    const spec = {
      model: 'acquaintances',
      population: 70,
      topology,
      replicas: 2,
      init: { spare: [0, 1] },
      steps: 9,
      seed: SEED,
    };
    const { prepared, population } = await load(engine, spec, { models: [model] });
    expect(prepared.plan.worlds.length).toBe(4);
    for (let step = 1; step <= 3; step++) {
      await population.step(1, { every: 0 });
      const pairs = prepared.plan.worlds.flatMap(({ stream, graph }) => {
        const { key } = new Draws(seedKey(SEED), stream, 'pairing');
        return greedyMatching(neighborsOf(prepared, graph), threefry2x32(key, [0, step]));
      });
      expect([...(await population.read('met'))]).toEqual(pairs.map(({ partner }) => partner));
      expect([...(await population.read('led'))]).toEqual(pairs.map(({ first }) => Number(first)));
    }
    await population.dispose();
  });
}
