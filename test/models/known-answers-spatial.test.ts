// The dilemma among a few neighbours by hand: payoffs, ties, the one defector, degrees too large.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { course } from '../support/course.ts';
import { load, type SpecObject } from '../support/runs.ts';

const Q16 = 65536;

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

const open = async (spec: SpecObject): Promise<Population> =>
  (await load(engine, { model: 'spatial-dilemma', steps: 50, ...spec })).population;

/** A ring of five whose agent 2 defects. */
const FIVE = { population: 5, topology: 'ring' };
const alone = (params: object): object => ({ start: 'one-defector', ...params });

test.each([
  { self_interaction: 0, earned: [2, 1, 3, 1, 2] },
  { self_interaction: 1, earned: [3, 2, 3, 2, 3] },
])('payoffs of a defector among cooperators at b = 1.5: $earned', async ({ self_interaction, earned }) => {
  const params = alone({ temptation: 1.5, self_interaction });
  const population = await open({ ...FIVE, params });
  expect([...(await population.read('payoff'))]).toEqual([0, 0, 0, 0, 0]);
  await population.step(1, { every: 0 });
  expect([...(await population.read('payoff'))].map(payoff => payoff / Q16)).toEqual(earned);
});

describe('best', () => {
  // without self-interaction the defector earns 2b, its neighbours 1, the others 2
  test.each([
    { temptation: 1.5, states: [[0, 0, 1, 0, 0], [0, 1, 1, 1, 0]] }, // biome-ignore format: one thought
    // 2b = 2: everyone who sees the defector sees a cooperator that earns as much, and keeps its own strategy
    { temptation: 1, states: [[0, 0, 1, 0, 0], [0, 0, 1, 0, 0]] }, // biome-ignore format: one thought
    // 2b = 1.8 against 1 of its neighbours: it stays; those see 2 on their other side, and stay too
    { temptation: 0.9, states: [[0, 0, 1, 0, 0], [0, 0, 1, 0, 0]] }, // biome-ignore format: one thought
    // 2b = .8 against 1: it gives in
    { temptation: 0.4, states: [[0, 0, 1, 0, 0], [0, 0, 0, 0, 0]] }, // biome-ignore format: one thought
  ])('one defector at b = $temptation', async ({ temptation, states }) => {
    const population = await open({ ...FIVE, params: alone({ temptation, self_interaction: 0 }) });
    expect(await course(population, 'strategy', 1)).toEqual(states);
  });
});

test.each(['synchronous', { activation: 0.5 }, 'sublattice'])('what nobody plays, nobody learns (%j)', async update => {
  for (const how of ['best', 'fermi']) {
    for (const strategy of [0, 1]) {
      const population = await open({ ...FIVE, update, params: { how, temptation: 3 }, init: { strategy } });
      for (const state of await course(population, 'strategy', 5)) expect(state).toEqual(state.map(() => strategy));
    }
  }
});

test('fermi at hardly any noise: who earns more is imitated, who earns less never', async () => {
  // the defector earns 2b = 3, its neighbours 1, the others 2; the defector never looks at anyone better
  const params = alone({ how: 'fermi', noise: 0.001, temptation: 1.5, self_interaction: 0 });
  const population = await open({ ...FIVE, replicas: 64, params });
  await population.step(1, { every: 0 });
  const strategies = await population.read('strategy');
  const defecting = [0, 1, 2, 3, 4].map(
    i => strategies.filter((strategy, at) => at % 5 === i && strategy === 1).length,
  );
  expect([defecting[0], defecting[2], defecting[4]]).toEqual([0, 64, 0]);
  // both of its neighbours look at it with probability 1/2: 128 fair coins, within five standard deviations of 64
  expect(Math.abs(defecting[1] + defecting[3] - 64)).toBeLessThan(29);
});

test('the one defector is at the centre of a lattice with odd sides', async () => {
  const topology = { kind: 'lattice', width: 7, height: 5 };
  const population = await open({ topology, params: { start: 'one-defector' } });
  const strategies = [...(await population.read('strategy'))];
  expect(strategies.map((strategy, i) => [strategy, i]).filter(([strategy]) => strategy === 1)).toEqual([
    [1, 2 * 7 + 3],
  ]);
});

// The hub of a star defects: 20 × 1000 is beyond the field, 16,384 stands in its place and is counted; what does not even fit 32 bits likewise.
test.each([
  { leaves: 16, payoff: 16000, clamped: 0 },
  { leaves: 20, payoff: 16384, clamped: 1 },
  { leaves: 70_000, payoff: 16384, clamped: 1 },
])('a defector with $leaves neighbours at b = 1000 earns $payoff, $clamped clamped', async testCase => {
  const { leaves, payoff, clamped } = testCase;
  const population = await open({
    population: leaves + 1,
    topology: { kind: 'barabasi-albert', links: leaves },
    groups: { hub: 1, rest: leaves },
    params: { temptation: 1000, self_interaction: 0 },
    init: { strategy: { by: 'group', values: { hub: { value: 1 }, rest: { value: 0 } } } },
  });
  await population.step(1, { every: 0 });
  const [hub, leaf] = await population.read('payoff');
  expect([hub / Q16, leaf]).toEqual([payoff, 0]);
  expect([...(await population.saturations())]).toEqual([clamped]);
});

test('everyone at everyone is refused, with the kinds that are supported', async () => {
  await expect(open({ population: 9, topology: 'complete' })).rejects.toThrow(/complete.*lattice|lattice.*complete/s);
});
