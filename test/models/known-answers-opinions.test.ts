// Opinions of two or three agents by hand, and what must hold to the last bit whatever the opinions.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { course } from '../support/course.ts';
import { load, type SpecObject } from '../support/runs.ts';

const ONE = 2 ** 29;
const EVERY_UPDATE = ['synchronous', { activation: 0.5 }, 'sublattice', 'sequential'];

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

async function open(spec: SpecObject, files: Readonly<Record<string, string>> = {}): Promise<Population> {
  const readFile = async (name: string): Promise<Uint8Array> => new TextEncoder().encode(files[name]);
  return (await load(engine, { model: 'friedkin-johnsen', steps: 50, ...spec }, { readFile })).population;
}

/** Opinions after each of so many steps, from a column of a file. */
async function opinions(spec: SpecObject, start: readonly number[], steps: number, edges = ''): Promise<number[][]> {
  const files = { 'start.csv': ['id,opinion', ...start.map((x, i) => `${i},${x}`)].join('\n'), 'edges.csv': edges };
  const init = { opinion: { file: 'start.csv', column: 'opinion', id: 'id' } };
  const population = await open({ init, ...spec }, files);
  const states = await course(population, 'opinion', steps);
  const innate = [...(await population.read('innate'))].map(word => word / ONE);
  expect(innate).toEqual(start);
  return states.map(state => state.map(word => word / ONE));
}

const network = { kind: 'edges', file: 'edges.csv' };
const params = { susceptibility: 0.5 };

describe('friedkin-johnsen', () => {
  test('complete: everyone is heard, oneself included; settled after a step', async () => {
    const states = await opinions({ population: 3, params }, [1, 0.5, -0.75], 3);
    // the mean is 1/4
    expect(states.slice(1)).toEqual(new Array(3).fill([0.625, 0.375, -0.25]));
    expect((await opinions({ population: 2, params: { susceptibility: 1 } }, [1, -0.5], 1))[1]).toEqual([0.25, 0.25]);
  });

  test('a path of three: two steps by hand', async () => {
    const spec = { topology: { ...network, directed: false }, params };
    const states = await opinions(spec, [1, 0.5, -0.5], 2, 'source,target\n0,1\n1,2\n');
    expect(states[1]).toEqual([0.75, 0.375, 0]);
    expect(states[2]).toEqual([0.6875, 0.4375, -0.0625]);
  });

  test('links that weigh 3 and 1: three quarters and one', async () => {
    const spec = { topology: { ...network, columns: { weight: 'w' } }, params };
    const states = await opinions(spec, [0, 1, -1], 1, 'source,target,w\n0,1,3\n0,2,1\n1,0,5\n');
    // 0 hears 1/2; 1 hears 0; 2 hears itself
    expect(states[1]).toEqual([0.25, 0.5, -1]);
  });

  test('by agent: one that listens only and one that never does', async () => {
    const spec = {
      topology: { ...network, directed: false },
      groups: { deaf: 1, open: 1 },
      params: { susceptibility: { by: 'group', values: { deaf: 0, open: 1 } } },
    };
    expect((await opinions(spec, [0.75, -0.25], 1, 'source,target\n0,1\n'))[1]).toEqual([0.75, 0.75]);
  });

  test.each(EVERY_UPDATE)('who looks at nobody keeps its opinion, whatever its susceptibility (%j)', async update => {
    for (const susceptibility of [0, 0.3, 1]) {
      const topology = { kind: 'erdos-renyi', mean_degree: 0 };
      const population = await open({ population: 5, topology, params: { susceptibility }, update });
      const [start, ...rest] = await course(population, 'opinion', 20);
      expect(new Set(start).size).toBe(5);
      for (const state of rest) expect(state).toEqual(start);
    }
  });

  test('one agent on a complete graph keeps its opinion', async () => {
    const [start, ...rest] = await course(await open({ population: 1, params: { susceptibility: 0.3 } }), 'opinion', 5);
    expect(start[0]).not.toBe(0);
    expect(rest).toEqual(rest.map(() => start));
  });

  test('susceptibility 0: nobody moves; consensus: nobody moves', async () => {
    const topology = { kind: 'ring', reach: 2 };
    const still = await open({ population: 9, topology, params: { susceptibility: 0 } });
    const [start, ...rest] = await course(still, 'opinion', 5);
    expect(rest).toEqual(rest.map(() => start));
    // a third has no exact word, and neither has λ
    const spec = { population: 9, topology, params: { susceptibility: 0.7 }, init: { opinion: { value: 1 / 3 } } };
    const agreed = await course(await open(spec), 'opinion', 5);
    expect(agreed.flat()).toEqual(new Array(54).fill(Math.round(ONE / 3)));
  });

  test.each([1, -1])('half a unit is rounded away from zero (sign %d)', async sign => {
    const complete = await open({ population: 2, params: { susceptibility: 1 } });
    await complete.write('opinion', Int32Array.of(sign, 0));
    expect((await course(complete, 'opinion', 1))[1]).toEqual([sign, sign]);
    const ring = await open({ population: 5, topology: 'ring', params: { susceptibility: 0.5 } });
    await ring.write('opinion', Int32Array.of(0, 3 * sign, 0, 0, 0));
    await ring.write('innate', new Int32Array(5));
    // 0 and 2 hear 3/2, which is 2 and then 1
    expect((await course(ring, 'opinion', 1))[1]).toEqual([sign, 0, sign, 0, 0]);
  });

  describe.each([
    'complete',
    { kind: 'ring', reach: 2 },
    { kind: 'erdos-renyi', mean_degree: 3, directed: true },
    { kind: 'configuration', degrees: { 0: 0.1, 1: 0.3, 3: 0.5, 20: 0.1 }, simple: false },
  ])('%j', topology => {
    const updates = EVERY_UPDATE.filter(update => update !== 'sublattice' || topology !== 'complete');
    test.each(updates)('opposite opinions stay opposite to the last bit (%j)', async update => {
      const spec = {
        population: 65,
        topology,
        update,
        params: { susceptibility: { distribution: 'uniform', min: 0, max: 1 } },
      };
      const [one, other] = [await open(spec), await open(spec)];
      for (const field of ['opinion', 'innate']) {
        const words = Int32Array.from(await one.read(field), word => -word);
        await other.write(field, words);
      }
      const steps = update === 'sequential' ? 200 : 30;
      const mirrored = (await course(other, 'opinion', steps)).map(state => state.map(word => 0 - word));
      expect(mirrored).toEqual(await course(one, 'opinion', steps));
    });
  });
});
