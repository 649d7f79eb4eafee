// Every model on the CPU and on WebGPU: the same state digests and integer cells at every step, on awkward sizes, topologies and updates.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { catalogue } from '../../src/models/index.ts';
import { differences, measuredText, openGpuForTest } from '../engine/support.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { EVERYTHING, SOCIETY, UNMEASURED } from '../support/tri-alignment.ts';

const SIZES = [1, 2, 5, 63, 64, 65, 1000];
const TOPOLOGIES = ['complete', 'ring', 'graph', 'mutual'];
const STEPS = 6;

/** What makes a model's every branch run: several points, zealots, presets. */
const SETTINGS: Readonly<Record<string, SpecObject>> = {
  voter: { params: { zealots_up: [0, 1], zealots_down: 1 } },
  'noisy-q-voter': { params: { q: [1, 4], independence: 0.3, anticonformity: [0, 1] }, init: { opinion: 0.6 } },
  'infectious-jailbreak': { params: { infection: [0.5, 1], recovery: 0.2 }, init: { carrier: 0.5 } },
  'llm-conformity': {
    params: { preset: ['gemma-3-27b-it', 'Llama-3.1-8B'], bias_sign: [-1, 1], zealots_up: 1 },
    init: { opinion: 0.5 },
  },
  'naming-game': { params: { committed: [0.02, 0.3] }, init: { inventory: { A: 0.2, B: 0.6, AB: 0.2 } } },
  'convention-memory': { params: { memory_length: [4, 31], committed: 0.2 }, init: { word: 0.4 } },
  'imitation-game': {
    params: { preset: ['hawk-dove', 'stag-hunt'], how: ['fermi', 'proportional', 'moran'], selection: 3 },
    init: { strategy: 0.6 },
  },
  'friedkin-johnsen': { params: { susceptibility: [0.3, 1, { distribution: 'uniform', min: 0, max: 1 }] } },
  'spatial-dilemma': {
    params: { how: ['best', 'fermi'], temptation: [1.2, 1.85], self_interaction: [0, 1], start: 'shares' },
    init: { strategy: 0.4 },
  },
  'policy-table': {
    params: {
      history: 1,
      policy: [{ values: [0.5, 0.1, 0.7, 0.3, 0.9] }, { values: [0, 1, 0.25, 0.75, 0.5] }],
      start: ['blank', 'agreed'],
      committed: 0.2,
    },
    init: { word: 0.4 },
  },
  sis: { params: { infection: [0.02, 0.5, 1], recovery: 0.2 }, init: { infected: 0.3 } },
  'majority-vote': { params: { noise: [0, 0.1, 0.5] }, init: { opinion: 0.5 } },
  'ising-choice': { params: { temperature: [0.001, 2.3, 1023] }, init: { opinion: 0.5 } },
  'tri-alignment': EVERYTHING,
};

/** The topologies that can hold so many agents. */
function topologiesFor(population: number): { name: string; topology: string | object }[] {
  const graph = {
    kind: 'erdos-renyi',
    mean_degree: population > 4 ? 3 : (population - 1) / 2,
    realisations: 'per-replica',
  };
  return [
    { name: 'complete', topology: 'complete' },
    ...(population > 4 ? [{ name: 'ring', topology: { kind: 'ring', reach: 2 } }] : []),
    { name: 'graph', topology: { ...graph, directed: true } },
    { name: 'mutual', topology: graph },
  ];
}

/** The kinds of topology that these names stand for. */
const KINDS: Readonly<Record<string, string>> = { graph: 'erdos-renyi', mutual: 'erdos-renyi' };
const supports = ({ topologies }: (typeof catalogue)[number], name: string): boolean =>
  topologies?.includes(KINDS[name] ?? name) ?? true;

/** Pairing wants agents that look at each other, sublattice agents that do not look at everybody. */
const runsOn = (update: string, topology: string): boolean =>
  (update !== 'pairing' || topology !== 'graph') && (update !== 'sublattice' || topology !== 'complete');

interface Run {
  name: string;
  spec: SpecObject;
}

/** Models whose many kernels take long to compile: some topologies for each size, and their measures once only. */
const SPARSE: readonly string[] = ['tri-alignment'];
const SPARSE_TOPOLOGIES: Readonly<Record<number, readonly string[]>> = {
  1: ['mutual'],
  2: ['complete'],
  5: ['ring'],
  63: ['complete', 'graph'],
  64: ['ring', 'mutual'],
  65: ['complete', 'graph'],
  1000: ['ring', 'mutual'],
};

/** Each size with each topology, the updates taking turns, so that every pair of choices occurs. */
function runsOf(model: (typeof catalogue)[number]): Run[] {
  const sparse = SPARSE.includes(model.name);
  const turns = new Map<string, number>();
  return SIZES.flatMap(population =>
    topologiesFor(population)
      .filter(({ name }) => supports(model, name) && (!sparse || SPARSE_TOPOLOGIES[population].includes(name)))
      .map(({ name, topology }): Run => {
        const updates = model.updates.filter(update => runsOn(update, name));
        const turn = turns.get(name) ?? TOPOLOGIES.indexOf(name);
        turns.set(name, turn + 1);
        const kind = updates[turn % updates.length];
        const update = kind === 'activation' ? { activation: 0.4 } : kind;
        const named = sparse && !(population === 65 && name === 'complete') ? UNMEASURED.name : model.name;
        const spec = { model: named, population, topology, update, replicas: 2, steps: STEPS, seed: 'equal' };
        return { name: `${population} agents, ${name}, ${kind}`, spec: { ...spec, ...SETTINGS[model.name] } };
      }),
  );
}

let gpu: Engine | undefined;
let cpu: Engine;
beforeAll(async () => {
  gpu = await openGpuForTest();
  cpu = await openCpu({ threads: 1 });
});
afterAll(() => gpu?.dispose());

/** The same rows and the same state on both engines; `resident`: with the resident kernel, in software too. */
async function expectEqual(other: Engine, spec: SpecObject, resident?: boolean): Promise<void> {
  const [here, there] = [
    await load(other, spec, { models: [...catalogue, UNMEASURED], resident }),
    await load(cpu, spec, { models: [...catalogue, UNMEASURED] }),
  ];
  await Promise.all([here, there].map(({ population }) => population.step(STEPS)));
  expect(await measuredText(here.population)).toEqual(await measuredText(there.population));
  expect(await differences(here.population, there.population)).toEqual([]);
  await Promise.all([here, there].map(({ population }) => population.dispose()));
}

describe.each(catalogue.map(model => ({ name: model.name, model })))('$name', ({ model }) => {
  test('has settings here', () => expect(Object.keys(SETTINGS)).toContain(model.name));

  test.for(runsOf(model))('$name', async ({ spec }, context) => {
    if (!gpu) return context.skip('no WebGPU device');
    // with one agent there is room for one zealot
    const small = spec.population === 1 && 'params' in spec && 'zealots_down' in (spec.params as object);
    const wanted = small ? { ...spec, params: { zealots_up: 1 } } : spec;
    await expectEqual(gpu, wanted);
  });

  // several blocks of the workgroup, or little to compile
  const size = SPARSE.includes(model.name) ? 65 : 1000;
  const resident = runsOf(model).filter(({ spec }) => spec.population === size && spec.update !== 'sequential');
  test.for(resident)('$name, resident', async ({ spec }, context) => {
    if (!gpu) return context.skip('no WebGPU device');
    await expectEqual(gpu, spec, true);
  });
});

describe('groups, roles and relations', () => {
  const { params, init } = EVERYTHING;
  const influence = { by: 'role', values: { leader: 5, member: 1 } };
  const preference = { by: 'user', value: init.preference };
  const [ring, graph, mutual] = topologiesFor(65).slice(1);
  const bare = UNMEASURED.name;
  test.for([
    { model: bare, population: 1000, name: 'complete', topology: 'complete', update: 'synchronous' },
    { model: bare, population: 64, ...ring, update: { activation: 0.4 } },
    { model: 'tri-alignment', population: 65, ...graph, update: 'synchronous' },
    { model: bare, population: 63, ...mutual, update: 'pairing' },
  ])('$model: $population agents, $name', async ({ population, topology, update, model }, context) => {
    if (!gpu) return context.skip('no WebGPU device');
    const spec: SpecObject = {
      ...SOCIETY,
      model,
      population,
      topology,
      update,
      params: { ...params, attention: topology === 'complete' ? 3 : [0, 3], influence },
      init: { ...init, preference },
      replicas: 2,
      steps: STEPS,
      seed: 'equal',
    };
    await expectEqual(gpu, spec);
  });
});

test('the sizes, topologies and updates of every model occur', () => {
  for (const model of catalogue) {
    const names = runsOf(model).map(run => run.name.split(', '));
    expect(new Set(names.map(([size]) => size)).size).toBe(SIZES.length);
    for (const topology of TOPOLOGIES.filter(name => supports(model, name))) {
      const updates = model.updates.filter(update => runsOn(update, topology));
      const found = names.filter(([, name]) => name === topology).map(([, , update]) => update);
      expect(new Set(found), `${model.name} on ${topology}`).toEqual(new Set(updates));
    }
  }
});
