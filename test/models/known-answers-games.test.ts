// Games among one, two or three agents by hand: what must happen whatever the draws.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { course } from '../support/course.ts';
import { load, type SpecObject } from '../support/runs.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

const open = async (spec: SpecObject): Promise<Population> => (await load(engine, { steps: 50, ...spec })).population;

describe.each(['fermi', 'proportional', 'moran'])('imitation-game: %s', how => {
  const model = 'imitation-game';
  const EVERY_UPDATE = ['pairing', 'synchronous', { activation: 0.5 }, 'sequential'];

  test.each(EVERY_UPDATE)('what nobody plays, nobody learns (%j)', async update => {
    for (const strategy of [0, 1]) {
      // stag-hunt: nobody's payoff is negative, so that offspring are born
      const params = { how, preset: 'stag-hunt' };
      for (const size of [1, 3]) {
        const population = await open({ model, population: size, update, params, init: { strategy } });
        for (const state of await course(population, 'strategy', 10)) expect(state).toEqual(state.map(() => strategy));
      }
    }
  });

  // In the largest game that there is a payoff of 8,190 against −4,095 decides at once: with probability 1, and by arithmetic that must not overflow.
  test.each([
    { wins: 1, params: { reward: -4095, sucker: -4095, temptation: 4095, punishment: 4095, advantage: 4095 } },
    { wins: 0, params: { reward: 4095, sucker: 4095, temptation: 0, punishment: 0, advantage: -4095 } },
  ])('two agents, all payoffs at an end of their range: both play $wins after a step', async ({ wins, params }) => {
    const spec = { model, population: 2, replicas: 16, init: { strategy: 0.5 } };
    const population = await open({ ...spec, params: { how, selection: 1000, ...params } });
    await population.step(1, { every: 0 });
    expect(new Set(await population.read('strategy'))).toEqual(new Set([wins]));
  });

  test('equal payoffs: proportional imitation never, the others by coins', async () => {
    const params = { how, preset: 'constant' };
    const spec = { model, population: 2, replicas: 64, params, init: { strategy: 0.5 } };
    const population = await open(spec);
    const before = [...(await population.read('strategy'))];
    await population.step(1, { every: 0 });
    const changed = (await population.read('strategy')).filter((strategy, i) => strategy !== before[i]).length;
    if (how === 'proportional') expect(changed).toBe(0);
    // 128 fair coins, within five standard deviations of 64
    else expect(Math.abs(changed - 64)).toBeLessThan(29);
  });
});

test('imitation-game: where nobody is fit, nobody is born; the only fit one is everyone’s parent', async () => {
  const spec = { model: 'imitation-game', population: 3, update: 'synchronous', init: { strategy: 0.34 } };
  const payoffs = { reward: 0, sucker: 0, temptation: -1, punishment: -1 };
  const barren = await open({ ...spec, params: { how: 'moran', ...payoffs } });
  const [start, ...rest] = await course(barren, 'strategy', 5);
  expect(start.reduce((sum, strategy) => sum + strategy)).toBe(1);
  for (const state of rest) expect(state).toEqual(start);
  const fertile = await open({ ...spec, params: { how: 'moran', ...payoffs, advantage: 2 } });
  expect((await course(fertile, 'strategy', 1))[1]).toEqual([1, 1, 1]);
});

test('imitation-game: in a sequential step one agent learns at most', async () => {
  const params = { how: 'moran', reward: 0, sucker: 0, temptation: 1, punishment: 1 };
  const spec = { model: 'imitation-game', population: 3, update: 'sequential', params, init: { strategy: 0.34 } };
  const states = await course(await open(spec), 'strategy', 30);
  const defectors = states.map(state => state.reduce((sum, strategy) => sum + strategy));
  for (let step = 1; step < defectors.length; step++) expect([0, 1]).toContain(defectors[step] - defectors[step - 1]);
  expect(defectors.at(-1)).toBe(3);
});
