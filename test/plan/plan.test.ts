// Plans as data: bindings, measures and their names, worlds, initial counts, `explain`, and what is refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { bit, category, fixed, type Measure, type Model } from '../../src/model/index.ts';
import { catalogue } from '../../src/models/index.ts';
import { explainPlan } from '../../src/plan/explain.ts';
import { BUFFERS } from '../../src/plan/plan.ts';
import { initialBounds } from '../../src/spec/shares.ts';
import { refusal } from '../engine/support.ts';
import { counters, everyKind, toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

/** Bindings that a kernel's text declares. */
function bindingsOf(wgsl: string): { storage: number; groups: string[] } {
  const declared = [...wgsl.matchAll(/@group\((\d+)\)\s*@binding\((\d+)\)\s*var<(\w+)/g)];
  return {
    storage: declared.filter(([, , , space]) => space === 'storage').length,
    groups: [...new Set(declared.map(([, group]) => group))],
  };
}

describe('bindings', () => {
  test.each([
    ...catalogue.flatMap(model => model.updates.map(update => ({ model: model as Model, update: update as string }))),
    { model: counters, update: 'synchronous' },
    { model: everyKind, update: 'activation' },
  ])('at most 8 storage buffers: $model.name, $update', async ({ model, update }) => {
    const topology = model.topologies?.includes('complete') ? 'complete' : { kind: 'erdos-renyi', mean_degree: 2 };
    const spec = { topology, update: update === 'activation' ? { activation: 0.5 } : update, replicas: 2 };
    const { kernels, passes } = await planOf(model, spec);
    for (const { label, parallel, serial } of kernels) {
      for (const text of [parallel, serial]) {
        const { storage, groups } = bindingsOf(text);
        expect(storage, label).toBeLessThanOrEqual(8);
        expect(storage, label).toBeGreaterThan(0);
        expect(groups, label).toEqual(['0']);
      }
    }
    const used = new Set([...passes.init, ...passes.step, ...passes.measure].map(pass => pass.kernel));
    expect([...used].sort((a, b) => a - b)).toEqual(kernels.map((_, k) => k));
  });

  test('the count sees a ninth', () => {
    const text = Array.from({ length: 9 }, (_, k) => `@group(0) @binding(${k}) var<storage, read> b${k}: array<u32>;`);
    expect(bindingsOf(text.join('\n'))).toEqual({ storage: 9, groups: ['0'] });
    expect(BUFFERS.length).toBeLessThanOrEqual(8);
  });
});

describe('measures', () => {
  const model = (measures: Record<string, Measure>): Model =>
    toy(
      {
        name: 'measured',
        fields: { phase: category(['calm', 'angry']), strain: fixed({ min: -1, max: 1 }), flag: bit() },
        rules: ['stay'],
        measures,
      },
      { stay: 'import package::agent::{flag, set_flag};\nfn stay(me: u32) { set_flag(flag(me)); }' },
    );
  const namesOf = async (measures: Record<string, Measure>, spec = {}): Promise<string[]> =>
    (await planOf(model(measures), spec)).measures.columns.map(column => column.name);

  test('columns are named after measure, group and bin', async () => {
    const groups = { bots: 0.25, people: 0.75 };
    expect(await namesOf({ up: { kind: 'share', field: 'flag', value: 1 } })).toEqual(['up']);
    expect(await namesOf({ up: { kind: 'share', field: 'flag', value: 1, by: 'group' } }, { groups })).toEqual([
      'up.bots',
      'up.people',
    ]);
    expect(await namesOf({ mood: { kind: 'histogram', field: 'phase' } })).toEqual(['mood.calm', 'mood.angry']);
    expect(await namesOf({ load: { kind: 'histogram', field: 'strain', bins: 2 } })).toEqual(['load.0', 'load.1']);
    expect(await namesOf({ mood: { kind: 'histogram', field: 'phase', by: 'group' } }, { groups })).toEqual([
      'mood.bots.calm',
      'mood.bots.angry',
      'mood.people.calm',
      'mood.people.angry',
    ]);
  });

  test('the bins of a histogram cover the range', async () => {
    const { measures } = await planOf(model({ load: { kind: 'histogram', field: 'strain', bins: 4 } }));
    const bins = measures.columns.map(column => column.bin!);
    expect(bins[0].from).toBe(-1);
    expect(bins[3].to).toBeCloseTo(1, 8);
    for (let k = 1; k < 4; k++) expect(bins[k].from).toBe(bins[k - 1].to);
  });

  test('equal reductions are made once', async () => {
    const up: Measure = { kind: 'share', field: 'flag', value: 1 };
    const one = await planOf(model({ a: up }));
    const two = await planOf(model({ a: up, b: up, c: { ...up, kind: 'count' } }));
    expect(two.measures.cells.cellCount).toBe(one.measures.cells.cellCount);
  });

  test('more bins than a workgroup holds are counted in several passes, and no fewer agents in each', async () => {
    const fine = (bins: number): Measure => ({ kind: 'histogram', field: 'strain', bins });
    const least: Measure = { kind: 'minimum', field: 'strain' };
    const passesOf = async (measures: Record<string, Measure>) => {
      const { kernels, passes, measures: planned } = await planOf(model(measures));
      return { cells: planned.cells, kernels: passes.measure.map(({ kernel }) => kernels[kernel]) };
    };
    const few = await passesOf({ a: fine(1000), least });
    expect(few.kernels.map(({ label }) => label)).toEqual(['measures: collect', 'measures: publish']);
    const many = await passesOf({ a: fine(1000), b: fine(999), c: fine(500), least });
    const part = (k: number): string[] => ['collect', 'publish'].map(what => `measures, part ${k} of 3: ${what}`);
    expect(many.kernels.map(({ label }) => label)).toEqual([...part(1), ...part(2), ...part(3)]);
    const binsOf = (text: string): number => Number(text.match(/const BINS = (\d+)/)?.[1] ?? Number.NaN);
    const collected = many.kernels
      .filter(({ label }) => label.endsWith('collect'))
      .map(kernel => binsOf(kernel.parallel));
    expect(collected).toEqual([1024, 1024, many.cells.binCount - 2048]);
  });

  test('refusals', async () => {
    const measures: Record<string, Measure> = {};
    for (let k = 0; k < 70; k++) measures[`h${k}`] = { kind: 'histogram', field: 'strain', bins: 1000 - k };
    await expect(planOf(model(measures))).rejects.toThrow(
      'measure: too many bins are counted at once: expected at most 65536 in all (bins, groups and elements together), got 67585',
    );
    const byGroup: Measure = { kind: 'mean', field: 'flag', by: 'group' };
    const files = { topology: { kind: 'edges', file: 'edges.csv', directed: false }, population: undefined };
    const readFile = async () => new TextEncoder().encode('source,target\n1,2\n');
    const added = planOf(model({}), { ...files, measure: { add: { by_group: byGroup } } }, { readFile });
    await expect(added).rejects.toThrow('measure by_group: there are no groups to measure by');
    const own = await planOf(model({ byGroup }), files, { readFile });
    expect(own.measures.columns, 'what the model measures by group is left out').toEqual([]);
    const links: Measure = { kind: 'active-links', field: 'strain' };
    await expect(planOf(model({ links }), { topology: 'complete' })).rejects.toThrow(
      'measure links: active links of "strain" on a complete graph: expected a field with at most 256 values',
    );
    await expect(planOf(model({ links: { ...links, among: { field: 'flag', is: 1 } } }))).rejects.toThrow(
      'measure links: active links of some agents: expected neither `among` nor `by`',
    );
    const label: Measure = { kind: 'count', field: 'phase', value: 'furious' };
    await expect(planOf(model({ label }))).rejects.toThrow(/measure label\.value.*one of calm, angry/);
  });
});

describe('initial counts', () => {
  const sharesOf = fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 })
    .filter(weights => weights.some(weight => weight > 0))
    .map(weights => weights.map(weight => weight / weights.reduce((sum, w) => sum + w, 0)));

  test('sum to the population, each within one of its share', () => {
    fc.assert(
      fc.property(sharesOf, fc.integer({ min: 1, max: 2 ** 31 - 1 }), (shares, population) => {
        const bounds = initialBounds(shares, population);
        expect(bounds.at(-1)).toBe(population);
        bounds.forEach((bound, value) => {
          const size = bound - (value === 0 ? 0 : bounds[value - 1]);
          expect(Math.abs(size - shares[value] * population)).toBeLessThan(1);
        });
      }),
    );
  });

  test('are exact where shares are, and equal remainders go to the earlier value', () => {
    expect(initialBounds([0.25, 0.75], 8)).toEqual([2, 8]);
    expect(initialBounds([0.5, 0.5], 3)).toEqual([2, 3]);
    expect(initialBounds([0, 1], 7)).toEqual([0, 7]);
    expect(initialBounds([1 / 3, 1 / 3, 1 / 3], 2)).toEqual([1, 2, 2]);
  });
});

test('worlds: point by point, replica by replica; points share streams; graphs take turns', async () => {
  const topology = { kind: 'erdos-renyi', mean_degree: 2, realisations: 2 };
  const spec = { topology, replicas: 3, params: { q: [1, 2] } };
  const { worlds } = await planOf('noisy-q-voter', spec);
  expect(worlds.map(({ point, replica, stream, graph }) => [point, replica, stream, graph])).toEqual([
    [0, 0, 0, 0],
    [0, 1, 1, 1],
    [0, 2, 2, 0],
    [1, 0, 0, 0],
    [1, 1, 1, 1],
    [1, 2, 2, 0],
  ]);
});

test('the ring holds at least one measured step, and at most 4,096', async () => {
  expect((await planOf('noisy-q-voter', {}, { ringBytes: 1 })).ringSlots).toBe(1);
  expect((await planOf('noisy-q-voter', {}, { ringBytes: 2 ** 28 })).ringSlots).toBe(4096);
});

test('a workgroup size that reductions cannot halve is refused', async () => {
  for (const workgroupSize of [0, 16, 48, 100, 512, 64.5]) {
    await expect(planOf('noisy-q-voter', {}, { workgroupSize })).rejects.toThrow('expected one of 32, 64, 128, 256');
  }
});

test('floating point makes a run reproducible on the same device only, and says where', async () => {
  const model = toy(
    { name: 'floating', fields: { flag: bit() }, rules: ['float_on'] },
    { float_on: 'import package::agent::set_flag;\nfn float_on(me: u32) {\n  set_flag(u32(f32(me) * 0.5) & 1u);\n}' },
  );
  const { reproducible } = await planOf(model);
  expect(reproducible.level).toBe('same-device');
  expect(reproducible.reasons[0].where).toMatch(/^toys\/float_on\.wgsl:3:/);
  for (const { name, topologies } of catalogue) {
    const plan = await planOf(name, { topology: (topologies?.includes('complete') ?? true) ? 'complete' : 'ring' });
    expect(plan.reproducible).toEqual({ level: 'bitwise', reasons: [] });
  }
});

test('explain tells worlds, memory, slots, passes in order, measures, and with wgsl every kernel', async () => {
  const spec = { topology: { kind: 'ring', reach: 2 }, update: { activation: 0.25 }, replicas: 2 };
  const plan = await planOf('llm-conformity', { ...spec, params: { zealots_up: [0, 1, 2] } });
  const text = explainPlan(plan);
  for (const part of [
    'worlds      6 (3 points × 2 replicas) of 64 agents',
    'update      activation 0.25',
    'topology    ring (computed, no memory)',
    'the same bits on every engine',
    'two slots (written while others read it)',
    'state 0.375 bytes per agent',
    'misaligned (share)',
  ]) {
    expect(text).toContain(part);
  }
  const order = ['once', 'initial state', 'place_zealots', 'each step', 'conform_to_majority', 'each measured step'];
  const places = order.map(part => text.indexOf(`\n  ${part}`) + text.indexOf(`\n${part}`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(text).not.toContain('fn main');
  const long = explainPlan(plan, { wgsl: true });
  for (const { label } of plan.kernels) expect(long).toContain(`// ── ${label} ──`);
  expect(long.match(/fn main/g)?.length).toBe(plan.kernels.length);
});

test('a run beyond the memory of the machine is refused by the CPU before it is allocated', async () => {
  const engine = await openCpu({ threads: 1 });
  const plan = await planOf('noisy-q-voter');
  const buffers = { ...plan.buffers, state: { words: 2 ** 45, parts: [] } };
  const error = await refusal(() => engine.load({ ...plan, buffers }));
  expect(error.kind).toBe('input');
  expect(error.message).toMatch(
    /^population: the population does not fit in memory: expected at most [\d.]+ GiB \(80 % of this machine's memory\), got 131072\.0 GiB for 1 worlds of 64 agents/,
  );
});
