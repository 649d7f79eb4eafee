// Naming and conventions among one, two or three agents by hand: what must happen whatever the draws.
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

/** The states of pairs of agents, one world after the other. */
async function pairs(population: Population, field: string): Promise<string[]> {
  const values = await population.read(field);
  return Array.from({ length: values.length / 2 }, (_, world) => [values[2 * world], values[2 * world + 1]].join(''));
}

const sorted = (pair: string): string => [...pair].sort().join('');

describe('naming-game', () => {
  const model = 'naming-game';
  const [A, B, AB] = [0, 1, 2];

  test('who agrees stays so, and so does one left over', async () => {
    for (const population of [1, 3]) {
      const agreed = await open({ model, population, params: { committed: 0 } });
      for (const state of await course(agreed, 'inventory', 10)) expect(state).toEqual(state.map(() => B));
    }
  });

  test('A meets B: the one that hears learns the other word; then they agree, or both know both', async () => {
    const spec = { model, population: 2, replicas: 64, params: { committed: 0 } };
    const population = await open({ ...spec, init: { inventory: { A: 0.5, B: 0.5 } } });
    await population.step(1, { every: 0 });
    const before = await pairs(population, 'inventory');
    expect(new Set(before.map(sorted))).toEqual(new Set([`${A}${AB}`, `${B}${AB}`]));
    await population.step(1, { every: 0 });
    const after = await pairs(population, 'inventory');
    const known = new Set(after.map((pair, world) => (pair === `${AB}${AB}` ? pair : `${before[world]} → ${pair}`)));
    // agreement is on the word of the one that knew one word; where the other said the other word, both know both
    const agreed = [`${A}${AB} → ${A}${A}`, `${AB}${A} → ${A}${A}`, `${B}${AB} → ${B}${B}`, `${AB}${B} → ${B}${B}`];
    expect(known).toEqual(new Set([...agreed, `${AB}${AB}`]));
  });

  test('both know both: they agree on the word said, whichever that is', async () => {
    const spec = { model, population: 2, replicas: 64, params: { committed: 0 }, init: { inventory: { AB: 1 } } };
    const population = await open(spec);
    await population.step(1, { every: 0 });
    const counts = (await pairs(population, 'inventory')).reduce((sum, pair) => sum + Number(pair === '00'), 0);
    expect(new Set(await pairs(population, 'inventory'))).toEqual(new Set([`${A}${A}`, `${B}${B}`]));
    // fair coins: 64 within five standard deviations of 32
    expect(Math.abs(counts - 32)).toBeLessThan(20);
  });

  test('the committed stay, and win over a free agent: B, then both, then A', async () => {
    const population = await open({ model, population: 2, params: { committed: 0.5 } });
    const committed = [...(await population.read('committed'))].indexOf(1);
    const states = await course(population, 'inventory', 50);
    for (const state of states) expect(state[committed]).toBe(A);
    const free = states.map(state => state[1 - committed]);
    expect(free.filter((known, step) => known !== free[step - 1])).toEqual([B, AB, A]);
  });

  test('the share of the committed is rounded to agents, half up', async () => {
    const cases = { 0: 0, 0.1: 0, 0.17: 1, 0.5: 2, 0.83: 2, 0.84: 3, 1: 3 };
    for (const [committed, count] of Object.entries(cases)) {
      const population = await open({ model, population: 3, params: { committed: Number(committed) } });
      const [flags, words] = [[...(await population.read('committed'))], await population.read('inventory')];
      expect(flags.reduce((sum, flag) => sum + flag)).toBe(count);
      flags.forEach((flag, i) => {
        expect(words[i]).toBe(flag === 1 ? A : B);
      });
    }
  });
});

describe('convention-memory', () => {
  const model = 'convention-memory';
  const EVERY_UPDATE = ['pairing', 'synchronous', { activation: 0.5 }, 'sequential'];

  test.each(EVERY_UPDATE)('who agrees stays so (%j)', async update => {
    for (const word of [0, 1]) {
      const params = { memory_length: 4, committed: 0 };
      const population = await open({ model, population: 3, update, params, init: { word } });
      for (const state of await course(population, 'word', 10)) expect(state).toEqual([word, word, word]);
      expect([...(await population.read('memory'))]).toEqual([15 * word, 15 * word, 15 * word]);
    }
  });

  test('one that meets nobody keeps what it says', async () => {
    const params = { memory_length: 3, committed: 0 };
    const alone = await open({ model, population: 1, params, init: { word: 1 } });
    for (const state of await course(alone, 'word', 5)) expect(state).toEqual([1]);
    const topology = { kind: 'erdos-renyi', mean_degree: 0 };
    const spec = { model, population: 4, topology, update: 'synchronous', params, init: { word: 0.5 } };
    const [start, ...rest] = await course(await open(spec), 'word', 5);
    for (const state of rest) expect(state).toEqual(start);
  });

  test.each(['pairing', 'synchronous'])(
    'two agents that remember one word swap for ever: both choose before both remember (%s)',
    async update => {
      const params = { memory_length: 1, committed: 0 };
      const population = await open({ model, population: 2, update, params, init: { word: 0.5 } });
      const states = await course(population, 'word', 7);
      const [a, b] = states[0];
      expect(a + b).toBe(1);
      states.forEach((state, step) => {
        expect(state, `step ${step}`).toEqual(step >= 2 && step % 2 === 0 ? [b, a] : [a, b]);
      });
    },
  );

  test('a committed agent against one that remembers M words: it gives in after (M + 1) / 2 rounds and one', async () => {
    for (const memory_length of [3, 5, 31]) {
      const population = await open({ model, population: 2, params: { memory_length, committed: 0.5 } });
      const free = [...(await population.read('committed'))].indexOf(0);
      const words = (await course(population, 'word', memory_length)).map(state => state[free]);
      expect(words).toEqual(words.map((_, step) => Number(step > (memory_length + 1) / 2)));
      expect((await population.read('memory'))[free]).toBe(2 ** memory_length - 1);
    }
  });

  test('a tie is settled by a fair coin', async () => {
    const params = { memory_length: 2, committed: 0 };
    const population = await open({ model, population: 2, replicas: 64, params, init: { word: 0.5 } });
    // each has now heard the other's word once: one old and one new in every memory
    await population.step(1, { every: 0 });
    for (const memory of await population.read('memory')) expect([0b01, 0b10]).toContain(memory);
    await population.step(1, { every: 0 });
    const newer = [...(await population.read('word'))].reduce((sum, word) => sum + word, 0);
    // 128 coins, within five standard deviations of 64
    expect(Math.abs(newer - 64)).toBeLessThan(29);
  });
});
