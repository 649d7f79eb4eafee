// A naming game by a table among one, two or three agents by hand; and how its histories are written.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { majorityPolicy, policyIndex, policyRows } from '../../src/models/policy-histories.ts';
import { course } from '../support/course.ts';
import { load, type SpecObject } from '../support/runs.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

const open = async (spec: SpecObject): Promise<Population> =>
  (await load(engine, { model: 'policy-table', steps: 50, ...spec })).population;

/** A policy that says B after some histories, A after all others. */
const saysBAfter = (history: number, ...histories: string[]) => ({
  values: policyRows(history).map(row => Number(histories.includes(row))),
});

describe('policy-table', () => {
  test('two agents talk their way through a table: B, B after BB, A after BB BB, A after BB AA, B after AA AA', async () => {
    const params = { history: 2, policy: saysBAfter(2, '-', 'BB', 'AA AA') };
    const population = await open({ population: 2, params });
    const words = await course(population, 'word', 8);
    // step 0 is before anyone has talked; then they remember -, BB, BB BB, BB AA, AA AA, AA BB, BB AA and AA AA
    expect(words.map(([word]) => word)).toEqual([0, 1, 1, 0, 0, 1, 0, 0, 1]);
    for (const [a, b] of words) expect(a).toBe(b);
  });

  test('the past is what was said and heard, the latest lowest, below a leading 1', async () => {
    // the committed agent says B, the other A for ever
    const params = { history: 3, committed: 0.5, policy: saysBAfter(3) };
    const population = await open({ population: 2, params });
    const free = [...(await population.read('committed'))].indexOf(0);
    const pasts = (await course(population, 'past', 5)).map(state => state[free].toString(4));
    expect(pasts).toEqual(['1', '11', '111', '1111', '1111', '1111']);
    expect([...(await population.read('coordinated'))]).toEqual([0, 0]);
    expect((await population.read('past'))[1 - free]).toBe(1);
  });

  test('own word and heard word differ: a free agent that says B and hears A remembers BA', async () => {
    const population = await open({ population: 2, replicas: 64, params: { history: 1, policy: { values: [0.5, 0, 0, 1, 1] } } }); // biome-ignore format: one thought
    await population.step(1, { every: 0 });
    const [words, pasts] = [await population.read('word'), await population.read('past')];
    const coordinated = await population.read('coordinated');
    for (let world = 0; world < 64; world++) {
      const [a, b] = [words[2 * world], words[2 * world + 1]];
      expect([pasts[2 * world], pasts[2 * world + 1]]).toEqual([4 + 2 * a + b, 4 + 2 * b + a]);
      expect(coordinated[2 * world]).toBe(Number(a === b));
    }
    // both sides of a fair coin among 128, within five standard deviations of 64
    expect(Math.abs([...words].reduce((sum, word) => sum + word, 0) - 64)).toBeLessThan(29);
    // after BA this policy says B, after AB A: everyone repeats itself
    await population.step(1, { every: 0 });
    expect(await population.read('word')).toEqual(words);
  });

  test.each(['pairing', 'synchronous'])('who has agreed stays so under the default policy (%s)', async update => {
    for (const word of [0, 1]) {
      const population = await open({ population: 3, update, init: { word }, params: { history: 4, start: 'agreed' } });
      for (const state of await course(population, 'word', 10)) expect(state).toEqual([word, word, word]);
      expect(new Set(await population.read('past'))).toEqual(new Set([256 + 255 * word]));
    }
  });

  test('one that meets nobody remembers nothing', async () => {
    const population = await open({ population: 1, params: { policy: saysBAfter(3, '-') } });
    for (const state of (await course(population, 'word', 5)).slice(1)) expect(state).toEqual([1]);
    expect([...(await population.read('past'))]).toEqual([1]);
  });

  test('without memory every word is drawn from the only row', async () => {
    const population = await open({ population: 2, params: { history: 0, policy: { values: [1] } } });
    for (const state of (await course(population, 'word', 5)).slice(1)) expect(state).toEqual([1, 1]);
    expect([...(await population.read('past'))]).toEqual([1, 1]);
  });
});

describe('rows of a policy', () => {
  test('the shorter histories first, then in the order of the alphabet', () => {
    expect(policyRows(0)).toEqual(['-']);
    expect(policyRows(1)).toEqual(['-', 'AA', 'AB', 'BA', 'BB']);
    expect(policyRows(2).slice(5, 11)).toEqual(['AA AA', 'AA AB', 'AA BA', 'AA BB', 'AB AA', 'AB AB']);
    expect([1, 2, 3, 8].map(history => policyRows(history).length)).toEqual([5, 21, 85, 87_381]);
    const long = policyRows(4).filter(history => history.length === 11);
    expect(long).toEqual([...long].sort());
  });

  test('a history says its row, whatever the number of talks remembered', () => {
    policyRows(4).forEach((history, row) => {
      expect(policyIndex(history)).toBe(row);
    });
    expect(policyIndex('')).toBe(0);
    expect(policyIndex('  AA   BA ')).toBe(policyIndex('AA BA'));
    expect(policyIndex('BB BB BB BB BB BB BB BB')).toBe(87_380);
  });

  test('by default what most partners said', () => {
    const chances = Object.fromEntries(policyRows(3).map((history, row) => [history, majorityPolicy(row)]));
    expect(chances).toMatchObject({
      '-': 0.5,
      BA: 0,
      AB: 1,
      'AB BA': 0.5,
      'AB AB BA': 1,
      'BA AB BA': 0,
      'AA AA BB': 0,
    });
  });

  test.each([
    [() => policyIndex('AA AC'), 'no history of a policy: expected at most 8 talks of AA, AB, BA, BB, or "-", got "AC" in "AA AC". A talk is'],
    [() => policyIndex('AA '.repeat(9)), 'got 9 talks'],
    [() => policyRows(9), 'no length of a history: expected an integer from 0 to 8, got 9'],
    [() => policyRows(1.5), 'got 1.5'],
  ])('what is none is refused (%#)', (work, message) => {
    expect(work).toThrow(message);
  }); // biome-ignore format: a table
});
