// One, two or three agents by hand: what must happen whatever the draws.
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

describe('voter', () => {
  test.each(['pairing', 'synchronous', { activation: 0.5 }, 'sequential'])('who agrees stays so (%j)', async update => {
    for (const value of [0, 1]) {
      const population = await open({ model: 'voter', population: 3, update, init: { opinion: value } });
      for (const opinions of await course(population, 'opinion', 20)) expect(opinions).toEqual([value, value, value]);
    }
  });

  test('one agent, and an agent that looks at nobody, keep their opinion', async () => {
    for (const update of ['pairing', 'synchronous', 'sequential']) {
      const population = await open({ model: 'voter', population: 1, update, init: { opinion: 1 } });
      for (const opinions of await course(population, 'opinion', 10)) expect(opinions).toEqual([1]);
    }
    const topology = { kind: 'erdos-renyi', mean_degree: 0 };
    const lonely = await open({ model: 'voter', population: 4, topology, update: 'synchronous' });
    const [start, ...rest] = await course(lonely, 'opinion', 10);
    for (const opinions of rest) expect(opinions).toEqual(start);
  });

  test('two agents, synchronous: each takes the other’s opinion, so that they swap for ever', async () => {
    const population = await open({ model: 'voter', population: 2, update: 'synchronous' });
    const states = await course(population, 'opinion', 9);
    const [a, b] = states[0];
    expect(a + b).toBe(1);
    states.forEach((state, step) => {
      expect(state).toEqual(step % 2 === 0 ? [a, b] : [b, a]);
    });
  });

  test('two agents, pairing or sequential: they agree after the first step', async () => {
    for (const update of ['pairing', 'sequential']) {
      const population = await open({ model: 'voter', population: 2, update, replicas: 16 });
      await population.step(1, { every: 0 });
      const opinions = await population.read('opinion');
      for (let world = 0; world < 16; world++) expect(opinions[2 * world]).toBe(opinions[2 * world + 1]);
      expect(new Set(opinions).size).toBe(2);
    }
  });

  test('a zealot never changes, and wins over one free agent', async () => {
    for (const [zealots_up, zealots_down] of [
      [1, 0],
      [0, 1],
    ]) {
      const population = await open({
        model: 'voter',
        population: 2,
        update: 'synchronous',
        params: { zealots_up, zealots_down },
      });
      const zealot = (await population.read('zealot')).indexOf(1);
      expect(zealot).toBeGreaterThanOrEqual(0);
      const states = await course(population, 'opinion', 5);
      for (const state of states) expect(state[zealot]).toBe(zealots_up);
      for (const state of states.slice(1)) expect(state).toEqual([zealots_up, zealots_up]);
    }
  });
});

describe('infectious-jailbreak', () => {
  test('a carrier infects the other exactly when it is the one that asks', async () => {
    const population = await open({
      model: 'infectious-jailbreak',
      population: 2,
      replicas: 64,
      init: { carrier: 0.5 },
      params: { infection: 1, recovery: 0 },
    });
    const before = await population.read('carrier');
    await population.step(1, { every: 0 });
    const after = await population.read('carrier');
    const { plan } = population;
    expect(plan.layout.partnerBase).toBeDefined();
    const infected = plan.worlds.filter((_, world) => after[2 * world] + after[2 * world + 1] === 2).length;
    for (let i = 0; i < 128; i++) expect(after[i]).toBeGreaterThanOrEqual(before[i]);
    // fair choice of who asks: 64 coins, within five standard deviations of 32
    expect(Math.abs(infected - 32)).toBeLessThan(20);
    await population.step(1, { every: 0 });
    const later = await population.read('carrier');
    for (let i = 0; i < 128; i++) expect(later[i]).toBeGreaterThanOrEqual(after[i]);
  });

  test('nobody carries: nobody will; infection 0: nobody is infected; recovery 1: all recover', async () => {
    const cases = [
      { start: 0, params: { infection: 1, recovery: 0 }, end: [0, 0, 0] },
      { start: 1, params: { infection: 1, recovery: 0 }, end: [1, 1, 1] },
      { start: 1, params: { infection: 0, recovery: 1 }, end: [0, 0, 0] },
      // all were carriers when the round began, so that none can be infected
      { start: 1, params: { infection: 1, recovery: 1 }, end: [0, 0, 0] },
    ];
    for (const { start, params, end } of cases) {
      const population = await open({ model: 'infectious-jailbreak', population: 3, init: { carrier: start }, params });
      await population.step(1, { every: 0 });
      expect([...(await population.read('carrier'))]).toEqual(end);
    }
    const params = { infection: 0, recovery: 0 };
    const frozen = await open({ model: 'infectious-jailbreak', population: 3, init: { carrier: 0.34 }, params });
    const [first, ...rest] = await course(frozen, 'carrier', 10);
    for (const state of rest) expect(state).toEqual(first);
  });

  test('a carrier alone has nobody to ask', async () => {
    const params = { infection: 1, recovery: 0 };
    const population = await open({ model: 'infectious-jailbreak', population: 1, init: { carrier: 1 }, params });
    for (const state of await course(population, 'carrier', 5)) expect(state).toEqual([1]);
  });
});

describe('noisy-q-voter', () => {
  test.each(['synchronous', { activation: 1 }, 'sequential'])('no independence: unanimity stays (%j)', async update => {
    for (const q of [1, 3]) {
      const params = { q, independence: 0 };
      const population = await open({ model: 'noisy-q-voter', population: 3, params, update, init: { opinion: 1 } });
      for (const state of await course(population, 'opinion', 20)) expect(state).toEqual([1, 1, 1]);
    }
  });

  test('nothing but anticonformity: a unanimous society turns over in each step', async () => {
    const params = { q: 2, independence: 1, anticonformity: 1 };
    const spec = { model: 'noisy-q-voter', population: 3, update: 'synchronous', init: { opinion: 1 }, params };
    (await course(await open(spec), 'opinion', 7)).forEach((state, step) => {
      expect(state).toEqual([1, 1, 1].map(up => (step % 2 === 0 ? up : 0)));
    });
  });

  test('one agent without independence keeps its opinion; with it, tosses a coin', async () => {
    const spec = { model: 'noisy-q-voter', population: 1, update: 'synchronous', init: { opinion: 1 } };
    const calm = await open({ ...spec, params: { independence: 0 } });
    for (const state of await course(calm, 'opinion', 10)) expect(state).toEqual([1]);
    const free = await open({ ...spec, params: { independence: 1 } });
    expect(new Set((await course(free, 'opinion', 40)).map(String)).size).toBe(2);
  });

  test('q = 1 without independence is the voter model of two: they swap', async () => {
    const params = { q: 1, independence: 0 };
    const spec = { model: 'noisy-q-voter', population: 2, update: 'synchronous', init: { opinion: 0.5 }, params };
    const states = await course(await open(spec), 'opinion', 4);
    states.forEach((state, step) => {
      expect(state).toEqual(step % 2 === 0 ? states[0] : [...states[0]].reverse());
    });
  });
});

describe('llm-conformity', () => {
  test.each(['synchronous', { activation: 1 }, 'sequential'])(
    'a strong majority force: unanimity stays (%j)',
    async update => {
      for (const value of [0, 1]) {
        // adoption of the other opinion has probability 1 / (1 + e^32), below the resolution of a draw
        const params = { majority_force: 16 };
        const spec = { model: 'llm-conformity', population: 3, params, update, init: { opinion: value } };
        for (const state of await course(await open(spec), 'opinion', 20)) expect(state).toEqual([value, value, value]);
      }
    },
  );

  test('who hears nobody keeps its opinion', async () => {
    for (const value of [0, 1]) {
      const spec = { model: 'llm-conformity', population: 1, update: 'synchronous', init: { opinion: value } };
      for (const state of await course(await open(spec), 'opinion', 20)) expect(state).toEqual([value]);
    }
  });

  test('two agents with a strong force take each other’s opinion', async () => {
    const params = { majority_force: 16 };
    const spec = { model: 'llm-conformity', population: 2, params, update: 'synchronous', init: { opinion: 0.5 } };
    const states = await course(await open(spec), 'opinion', 6);
    states.forEach((state, step) => {
      expect(state).toEqual(step % 2 === 0 ? states[0] : [...states[0]].reverse());
    });
  });

  test('a strong bias decides against everyone', async () => {
    for (const bias_sign of [-1, 1]) {
      const params = { majority_force: 16, bias: 2, bias_sign };
      const init = { opinion: bias_sign === 1 ? 0 : 1 };
      const population = await open({ model: 'llm-conformity', population: 3, params, update: 'synchronous', init });
      await population.step(1, { every: 0 });
      const end = bias_sign === 1 ? 1 : 0;
      expect([...(await population.read('opinion'))]).toEqual([end, end, end]);
    }
  });

  test('zealots keep their opinion against everyone', async () => {
    const params = { majority_force: 16, bias: 2, bias_sign: 1, zealots_down: 2 };
    const population = await open({ model: 'llm-conformity', population: 3, params, update: 'synchronous' });
    const zealots = await population.read('zealot');
    for (const state of await course(population, 'opinion', 10)) {
      state.forEach((opinion, i) => {
        if (zealots[i] === 1) expect(opinion).toBe(0);
      });
    }
  });
});
