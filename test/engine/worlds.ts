// Worlds and streams: what must not change a run, and what must.
import { describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { bit, integer, integerField, type Model } from '../../src/model/index.ts';
import type { PlanOptions } from '../../src/plan/plan.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { drifters } from './toys.ts';

const SPEC = { model: 'drifters', population: 129, topology: 'ring', steps: 20, seed: 'worlds' };

const spare = integer({ default: 0, about: 'changes nothing' });

/** Drifters with a second rule, which draws too. */
const withRule: Model = {
  ...drifters,
  fields: { ...drifters.fields, noise: integerField({ max: 9 }) },
  rules: ['make_noise', 'drift'],
  shaders: {
    ...drifters.shaders,
    make_noise: {
      path: 'toys/make_noise.wgsl',
      text: 'import package::agent::set_noise;\nimport package::random::below;\nfn make_noise(me: u32) {\n  set_noise(below(10u));\n}',
    },
  },
};

export function worldsSuite(engine: Engine): void {
  const run = async (
    change: SpecObject = {},
    { model = drifters, every = 0, ...options }: PlanOptions & { model?: Model; every?: number } = {},
  ): Promise<number[][]> => {
    const { prepared, population } = await load(engine, { ...SPEC, ...change }, { models: [model], ...options });
    await population.step(prepared.spec.steps, { every });
    const spots = await population.read('spot');
    const seen = await population.read('seen');
    await population.dispose();
    const size = prepared.plan.population;
    return prepared.plan.worlds.map((_, world) =>
      [spots, seen].flatMap(values => [...values.subarray(world * size, (world + 1) * size)]),
    );
  };

  describe('state and draws', async () => {
    const [plain] = await run();

    test('replica 0 of 8 is the only replica of 1, and replicas differ', async () => {
      const worlds = await run({ replicas: 8 });
      expect(worlds[0]).toEqual(plain);
      expect(new Set(worlds.map(String)).size).toBe(8);
    });

    test('points share streams', async () => {
      const model = { ...drifters, params: { spare, ...drifters.params } };
      const worlds = await run({ replicas: 2, params: { spare: [0, 1], restless: [0.4, 0.5] } }, { model });
      expect(worlds[0]).toEqual(plain);
      expect(worlds[4]).toEqual(worlds[0]);
      expect(worlds[5]).toEqual(worlds[1]);
      expect(worlds[2]).not.toEqual(worlds[0]);
      expect(worlds[6]).toEqual(worlds[2]);
    });

    test.each([1, 10])('measuring every %i steps changes nothing', async every => {
      expect(await run({}, { every })).toEqual([plain]);
    });

    test('neither does another measure, or the workgroup size', async () => {
      const add = { levels: { kind: 'histogram', field: 'spot' }, links: { kind: 'active-links', field: 'seen' } };
      expect(await run({ measure: { every: 5, add } }, { every: 5 })).toEqual([plain]);
      for (const workgroupSize of [32, 128, 256]) expect(await run({}, { workgroupSize, every: 3 })).toEqual([plain]);
    });

    test('another rule, other fields and other parameters change no draw', async () => {
      expect(await run({}, { model: withRule })).toEqual([plain]);
      const fields = { before: bit(), ...drifters.fields, behind: bit() };
      expect(await run({}, { model: { ...drifters, fields, params: { spare, ...drifters.params } } })).toEqual([plain]);
    });

    test('another seed changes them', async () => {
      expect(await run({ seed: 'other' })).not.toEqual([plain]);
    });
  });
}
