// The WebGPU engine with the resident kernel wherever a plan has one: the conformance suite, and the same rows as step by step at every schedule.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population, StepOptions } from '../../src/engine/engine.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { conformance } from './conformance.ts';
import { differences, measuredText, openGpuForTest } from './support.ts';
import { drifters } from './toys.ts';

/** An engine that uses the resident kernel in software too. */
async function openResident(): Promise<Engine | undefined> {
  const engine = await openGpuForTest();
  if (!engine) return undefined;
  return {
    ...engine,
    load: ({ resident, ...plan }) =>
      engine.load({ ...plan, ...(resident && { resident: { ...resident, inSoftware: true } }) }),
  };
}

conformance('webgpu, resident', openResident);

describe('the same as step by step, and as on the CPU', () => {
  let gpu: Engine | undefined;
  let cpu: Engine;
  beforeAll(async () => {
    gpu = await openGpuForTest();
    cpu = await openCpu({ threads: 1 });
  });
  afterAll(() => gpu?.dispose());

  const SPEC = {
    model: 'drifters',
    population: 300,
    topology: { kind: 'ring', reach: 2 },
    params: { restless: [0.3, 0.9] },
    replicas: 3,
    steps: 100,
    seed: 'stay',
  };

  /** The run resident, by dispatches, and on the CPU, all taken through the same calls. */
  async function expectEqual(
    spec: SpecObject,
    ringBytes: number | undefined,
    calls: (population: Population) => Promise<void>,
  ): Promise<void> {
    const models = { models: [drifters], ringBytes };
    const runs = [
      await load(gpu!, spec, { ...models, resident: true }),
      await load(gpu!, spec, { ...models, resident: false }),
      await load(cpu, spec, models),
    ].map(({ population }) => population);
    expect(runs.map(({ plan }) => plan.resident?.inSoftware)).toEqual([true, undefined, false]);
    for (const population of runs) await calls(population);
    const [resident, ...others] = runs;
    const rows = await measuredText(resident);
    for (const other of others) {
      expect(await measuredText(other)).toEqual(rows);
      expect(await differences(resident, other)).toEqual([]);
    }
    for (const population of runs) await population.dispose();
  }

  const schedule = {
    steps: {
      ranges: [
        { from: 1, to: 9, every: 1 },
        { from: 10, every: 7 },
      ],
    },
    last: 90,
  };
  test.for<[string, number | undefined, readonly (readonly [number, StepOptions])[]]>([
    ['every step', undefined, [[100, {}]]],
    ['never', undefined, [[100, { every: 0 }]]],
    [
      'every 3rd and the last of each call',
      undefined,
      [
        [50, { every: 3 }],
        [1, { every: 3 }],
        [49, { every: 3 }],
      ],
    ],
    ['every 40th, longer than a submit at first', undefined, [[100, { every: 40 }]]],
    [
      'an uneven schedule',
      undefined,
      [
        [33, { schedule }],
        [67, { schedule }],
      ],
    ],
    [
      'a ring of one slot',
      1,
      [
        [30, {}],
        [30, { every: 7 }],
      ],
    ],
    ['a ring of a few slots', 2000, [[100, {}]]],
  ])('measured %s', async ([, ringBytes, calls], context) => {
    if (!gpu) return context.skip('no WebGPU device');
    await expectEqual(SPEC, ringBytes, async population => {
      for (const [count, options] of calls) await population.step(count, options);
    });
  });

  test('restored in the midst, after an odd number of steps', async context => {
    if (!gpu) return context.skip('no WebGPU device');
    await expectEqual(SPEC, undefined, async population => {
      await population.step(17);
      const snapshot = await population.snapshot();
      await population.step(40, { every: 5 });
      await population.restore(snapshot);
      await population.step(30, { every: 4 });
    });
  });

  test('with interventions that set and that act', async context => {
    if (!gpu) return context.skip('no WebGPU device');
    const interventions = {
      calm: { at: 20, until: 60, do: { set: { restless: 0.1 } } },
      shake: { at: 10, every: 15, until: 80, target: { agents: [3, 40] }, do: { write: { spot: 500 } } },
    };
    await expectEqual({ ...SPEC, interventions }, undefined, population => population.step(100, { every: 6 }));
  });
});
