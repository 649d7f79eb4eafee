// When a plan has a resident kernel, and what it is made of.
import { describe, expect, test } from 'vitest';
import { fixed, histogram, type Model } from '../../src/model/index.ts';
import { catalogue } from '../../src/models/index.ts';
import type { PlanOptions } from '../../src/plan/plan.ts';
import { turnsOf } from '../../src/plan/resident.ts';
import { functionsOf, parse } from '../../src/wgsl/index.ts';
import { counters, drifters, toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const residentOf = async (model: Model | string, spec: object, options?: PlanOptions) =>
  (await planOf(model, { ...spec }, options)).resident;

describe('chosen', () => {
  test.each([
    ['4,096 agents', { population: 4096 }, true],
    ['4,097 agents', { population: 4097 }, false],
    ['256 replicas of 4,096 agents', { population: 4096, replicas: 256 }, true],
    ['so many that dispatches are long', { population: 4096, replicas: 257 }, false],
    ['8 points of 512 agents', { population: 512, params: { restless: points(8) } }, true],
    ['8 points of 513 agents', { population: 513, params: { restless: points(8) } }, false],
    [
      '16 points, which take the places of 32, of 128 agents',
      { population: 128, params: { restless: points(16) } },
      true,
    ],
    ['16 points of 129 agents', { population: 129, params: { restless: points(16) } }, false],
    ['elementary updates', { update: 'sequential' }, false],
    ['agents in classes', { update: 'sublattice' }, true],
    ['pairs on a graph', { update: 'pairing' }, true],
  ])('%s: %o, %s', async (_, spec, expected) => {
    expect((await residentOf(drifters, { update: 'synchronous', ...spec })) !== undefined).toBe(expected);
  });

  test('not in checked mode, and not if it is not wanted; in software if it is wanted', async () => {
    expect(await residentOf(drifters, {}, { checked: true })).toBeUndefined();
    expect(await residentOf(drifters, {}, { resident: false })).toBeUndefined();
    expect((await residentOf(drifters, {}))?.inSoftware).toBe(false);
    expect((await residentOf(drifters, {}, { resident: true }))?.inSoftware).toBe(true);
  });

  test('more bins than a workgroup holds are measured by dispatches of their own', async () => {
    const spread = (bins: number): Model =>
      toy(
        {
          name: 'spread',
          fields: { strain: fixed({ min: -1, max: 1 }) },
          rules: ['stay'],
          measures: { load: histogram('strain', { bins }) },
        },
        { stay: 'import package::agent::{set_strain, strain};\nfn stay(me: u32) { set_strain(strain(me)); }' },
      );
    expect((await residentOf(spread(1024), {}))?.measures).toBe(true);
    expect((await residentOf(spread(1025), {}))?.measures).toBe(false);
  });
});

function points(count: number): number[] {
  return Array.from({ length: count }, (_, k) => (k + 1) / (count + 1));
}

describe('its text', () => {
  test.each(
    catalogue.flatMap(model =>
      model.updates.filter(update => update !== 'sequential').map(update => ({ model, update })),
    ),
  )('one entry and every binding once: $model.name, $update', async ({ model, update }) => {
    const topology = model.topologies?.includes('complete') && update !== 'sublattice' ? 'complete' : { kind: 'lattice', width: 8, height: 8 }; // biome-ignore format: one thought
    if (model.topologies && !model.topologies.includes('lattice') && topology !== 'complete') return;
    const spec = { topology, update: update === 'activation' ? { activation: 0.5 } : update, replicas: 2 };
    const text = await (await residentOf(model, spec))!.link();
    const { declarations } = parse(text);
    const names = declarations.flatMap(node => ('name' in node ? [node.name.name] : []));
    expect(names).toEqual([...new Set(names)]);
    expect(text.match(/@compute/g)).toHaveLength(1);
    const bindings = [...text.matchAll(/@binding\((\d)\)/g)].map(([, binding]) => binding);
    expect(bindings.length).toBe(new Set(bindings).size);
    expect(functionsOf({ declarations } as ReturnType<typeof parse>).map(({ name }) => name.name)).toContain(
      'take_step',
    );
  });

  test.each([
    [1, 32],
    [33, 64],
    [256, 256],
    [4096, 256],
  ])('%i agents: a workgroup of %i', async (population, size) => {
    const text = await (await residentOf(drifters, {
      population,
      topology: 'complete',
      update: 'synchronous',
    }))!.link();
    expect(text).toContain(`const WORKGROUP = ${size};`);
  });

  test('every pass ends with a barrier', async () => {
    const text = await (await residentOf(counters, {}))!.link();
    const plan = await planOf(counters, {});
    expect(text.match(/storageBarrier\(\);/g)).toHaveLength(plan.passes.step.length + plan.passes.measure.length);
  });
});

test('passes as turns: rounds and classes are loops', () => {
  const pass = (kernel: number, part = 0) => ({ kernel, part });
  expect(turnsOf([pass(1), pass(2), pass(3)])).toEqual([{ kernels: [1, 2, 3], first: 0, parts: 1 }]);
  const rounds = [0, 1, 2].flatMap(part => [pass(4, part), pass(5, part)]);
  expect(turnsOf([...rounds, pass(6), pass(7)])).toEqual([
    { kernels: [4, 5], first: 0, parts: 3 },
    { kernels: [6, 7], first: 0, parts: 1 },
  ]);
  expect(turnsOf([pass(4), pass(5), pass(6)])).toHaveLength(1);
});
