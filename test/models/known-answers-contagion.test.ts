// Contagion, majorities and the heat bath among a few agents by hand: what must happen whatever the draws.
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

/** A population whose field starts as told. */
async function from(field: string, start: readonly number[], spec: SpecObject): Promise<Population> {
  const { population } = await load(engine, { population: start.length, steps: 50, ...spec });
  await population.write(field, Uint32Array.from(start));
  return population;
}

/** The share of 1 among some agents of every world. */
async function shareOf(population: Population, field: string, agents: (agent: number) => boolean): Promise<number> {
  const size = population.plan.population;
  const values = [...(await population.read(field))].filter((_, i) => agents(i % size));
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

const RING = 'ring';
const NOBODY = { kind: 'erdos-renyi', mean_degree: 0 };

describe('sis', () => {
  const open = (start: readonly number[], params: object, spec: SpecObject = {}): Promise<Population> =>
    from('infected', start, { model: 'sis', params, ...spec });

  test('certain infection without recovery: one step in both directions of a ring', async () => {
    const population = await open([0, 0, 1, 0, 0, 0, 0], { infection: 1, recovery: 0 }, { topology: RING });
    expect(await course(population, 'infected', 3)).toEqual([
      [0, 0, 1, 0, 0, 0, 0],
      [0, 1, 1, 1, 0, 0, 0],
      [1, 1, 1, 1, 1, 0, 0],
      [1, 1, 1, 1, 1, 1, 1],
    ]);
  });

  test('certain infection and recovery: two agents take turns', async () => {
    const states = await course(await open([1, 0], { infection: 1, recovery: 1 }), 'infected', 4);
    expect(states).toEqual([0, 1, 2, 3, 4].map(step => (step % 2 === 0 ? [1, 0] : [0, 1])));
  });

  test('class by class, what the first class does the second sees', async () => {
    const spec = { topology: { kind: 'lattice', width: 4, height: 4 }, update: 'sublattice' };
    const start = Array.from({ length: 16 }, (_, i) => Number(i === 0));
    const population = await open(start, { infection: 1, recovery: 0 }, spec);
    const [, after] = await course(population, 'infected', 1);
    // agent 0 is in the first class: of the second its four neighbours; had it been of the second, the first's would have infected others of the second
    expect(after.map((one, i) => [one, i]).filter(([one]) => one === 1)).toEqual([0, 1, 3, 4, 12].map(i => [1, i]));
  });

  test('nobody infected: nobody will be; infection 0: none is added; recovery 1: all recover; none to look at: none infects', async () => {
    const still = await course(await open([0, 0, 0], { infection: 1, recovery: 0 }), 'infected', 5);
    expect(still).toEqual(new Array(6).fill([0, 0, 0]));
    const kept = await course(await open([1, 0, 0], { infection: 0, recovery: 0 }), 'infected', 5);
    expect(kept).toEqual(new Array(6).fill([1, 0, 0]));
    expect((await course(await open([1, 1, 1], { infection: 1, recovery: 1 }), 'infected', 1))[1]).toEqual([0, 0, 0]);
    const apart = await open([1, 0, 0], { infection: 1, recovery: 0 }, { topology: NOBODY });
    expect(await course(apart, 'infected', 5)).toEqual(new Array(6).fill([1, 0, 0]));
    expect(await course(await open([1], { infection: 1, recovery: 0 }), 'infected', 2)).toEqual([[1], [1], [1]]);
  });

  // half of those with one infected neighbour, 3/4 with two, 15/16 with four: 4,096 worlds, five standard errors of at most 1/128
  test.each([1, 2, 4])('k = %d infected ones at β = 1/2: infected with probability 1 − 2^−k', async k => {
    const worlds = 4096;
    const topology = { kind: 'lattice', width: 3, height: 3 };
    const { population } = await load(engine, {
      ...{ model: 'sis', topology, replicas: worlds, steps: 1, params: { infection: 0.5, recovery: 0 } },
    });
    // neighbours of agent 4, the centre
    const infected = [1, 3, 5, 7].slice(0, k);
    await population.write(
      'infected',
      Uint32Array.from({ length: 9 * worlds }, (_, i) => Number(infected.includes(i % 9))),
    );
    await population.step(1, { every: 0 });
    const share = await shareOf(population, 'infected', i => i === 4);
    expect(Math.abs(share - (1 - 2 ** -k))).toBeLessThan(5 / 128);
  });
});

describe('majority-vote', () => {
  const open = (start: readonly number[], noise: number, spec: SpecObject = {}): Promise<Population> =>
    from('opinion', start, { model: 'majority-vote', update: 'synchronous', params: { noise }, ...spec });

  test.each(['synchronous', { activation: 0.5 }, 'sequential'])('without noise unanimity stays (%j)', async update => {
    for (const value of [0, 1]) {
      const states = await course(await open([value, value, value], 0, { update }), 'opinion', 10);
      for (const state of states) expect(state).toEqual([value, value, value]);
    }
  });

  test('without noise: two against three of a complete graph give in, each judging without itself', async () => {
    // who holds 1 sees two of four (a tie); who holds 0 sees three of four
    const worlds = 256;
    const { population } = await load(engine, {
      ...{ model: 'majority-vote', update: 'synchronous', population: 5, replicas: worlds, steps: 1 },
      params: { noise: 0 },
    });
    await population.write(
      'opinion',
      Uint32Array.from({ length: 5 * worlds }, (_, i) => Number(i % 5 < 3)),
    );
    await population.step(1, { every: 0 });
    expect(await shareOf(population, 'opinion', i => i >= 3)).toBe(1);
    // 768 fair coins, within five standard deviations of one half
    expect(Math.abs((await shareOf(population, 'opinion', i => i < 3)) - 0.5)).toBeLessThan(0.09);
  });

  test('a ring of period two changes sides in every step: each sees two of the others', async () => {
    const states = await course(await open([1, 0, 1, 0], 0, { topology: RING }), 'opinion', 4);
    states.forEach((state, step) => {
      expect(state).toEqual(step % 2 === 0 ? [1, 0, 1, 0] : [0, 1, 0, 1]);
    });
  });

  test('who looks at nobody tosses a coin, whatever the noise', async () => {
    for (const noise of [0, 0.5]) {
      const states = await course(await open([1, 1, 1], noise, { topology: NOBODY }), 'opinion', 40);
      for (const i of [0, 1, 2]) expect(new Set(states.map(state => state[i])).size).toBe(2);
    }
  });

  test('noise above one half is another model: refused', async () => {
    await expect(open([0, 1], 0.6)).rejects.toThrow(/params\.noise.*0 to 0\.5/s);
  });
});

describe('ising-choice', () => {
  const open = (start: readonly number[], temperature: number, spec: SpecObject = {}): Promise<Population> =>
    from('opinion', start, { model: 'ising-choice', topology: RING, params: { temperature }, ...spec });

  test.each(['sublattice', 'sequential'])('near T = 0 unanimity stays (%s)', async update => {
    for (const value of [0, 1]) {
      // e^−32 and less is below the resolution of a draw
      const states = await course(await open([value, value, value, value], 0.1, { update }), 'opinion', 20);
      for (const state of states) expect(state).toEqual([value, value, value, value]);
    }
  });

  test('near T = 0, class by class: the second class decides by the first, which decides by the second', async () => {
    // agents 0 and 2 are the first class and see two zeros; then 1 and 3 see two zeros
    expect(await course(await open([1, 0, 1, 0], 0.1), 'opinion', 1)).toEqual([
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });

  // 4,096 worlds, bound of five standard errors (at most 1/128 each): P(+) = 1 / (1 + e^−8/T) with four that hold +, ½ with two
  test.each([
    { up: 4, temperature: 4 },
    { up: 3, temperature: 4 },
    { up: 2, temperature: 0.5 },
    { up: 1, temperature: 2.3 },
  ])('one agent among four, $up of which hold +, at T = $temperature', async ({ up, temperature }) => {
    const worlds = 4096;
    const topology = { kind: 'lattice', width: 4, height: 4 };
    const { population } = await load(engine, {
      ...{ model: 'ising-choice', topology, replicas: worlds, steps: 1, params: { temperature } },
    });
    // of the first class, so that its neighbours are as written when it acts
    const neighbors = [1, 3, 4, 12].slice(0, up);
    await population.write(
      'opinion',
      Uint32Array.from({ length: 16 * worlds }, (_, i) => Number(neighbors.includes(i % 16))),
    );
    await population.step(1, { every: 0 });
    const share = await shareOf(population, 'opinion', i => i === 0);
    const exact = 1 / (1 + Math.exp((-2 * (2 * up - 4)) / temperature));
    expect(Math.abs(share - exact)).toBeLessThan(5 / 128);
  });

  test('a hub that looks at 70,000 who hold + holds it too, at every temperature', async () => {
    for (const temperature of [0.001, 1023]) {
      const { population } = await load(engine, {
        ...{ model: 'ising-choice', topology: { kind: 'barabasi-albert', links: 70_000 }, population: 70_001 },
        ...{ params: { temperature }, init: { opinion: 1 }, steps: 1 },
      });
      await population.step(1, { every: 0 });
      const [hub] = await population.read('opinion');
      expect(hub).toBe(1);
      await population.write('opinion', new Uint32Array(70_001));
      await population.step(1, { every: 0 });
      // it is of the first class, so that its leaves have not acted yet
      expect((await population.read('opinion'))[0]).toBe(0);
    }
  });

  test('everyone at everyone is refused', async () => {
    await expect(open([0, 1], 1, { topology: 'complete' })).rejects.toThrow(/complete.*lattice|lattice.*complete/s);
  });
});
