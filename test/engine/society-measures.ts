// Measures of spread, of ties and of misalignment on an engine, of all, of some, by group and of elements, against society-cases.ts.
import { expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import {
  assortativity,
  gap,
  integer,
  type MeasureOptions,
  type Model,
  misalignment,
  quantile,
} from '../../src/model/index.ts';
import { sequence } from '../../src/random.ts';
import { correlation, nominalAssortativity } from '../reference/spread.ts';
import { load, neighborsOf } from '../support/runs.ts';
import {
  bimodalityCase,
  type Case,
  clustersCase,
  coarse,
  deviationCase,
  entropyCases,
  estebanRayCase,
  fields,
  gapCase,
  giniCase,
  herfindahlCase,
  misalignmentCase,
  quantileCase,
  topCase,
} from './society-cases.ts';
import { toy } from './toys.ts';

const POPULATION = 500;
const GROUPS = { first: 0.25, second: 0.7, third: 0.05 };
const BOUNDS = [0, 125, 475, 500];

const CONFLICT = [
  [0, 0.25, 1],
  [0.25, 0.5, 0.1],
  [1, 0.1, 0],
];

function casesOf(options: MeasureOptions): Case[] {
  return [
    ...['wealth', 'stance', 'skill', 'votes'].map(field => deviationCase(field, options)),
    ...['wealth', 'skill', 'votes', 'up'].map(field => herfindahlCase(field, options)),
    gapCase('wealth', 'skill', options),
    gapCase('stance', 'up', options),
    ...[0, 0.1, 0.5, 0.9, 1].flatMap(q => [
      quantileCase('stance', q, undefined, options),
      quantileCase('skill', q, undefined, options),
      quantileCase('wealth', q, 7, options),
    ]),
    ...['wealth', 'skill', 'votes', 'up'].map(field => giniCase(field, undefined, options)),
    giniCase('wealth', 5, options),
    ...[0.01, 0.1, 0.333].flatMap(share => ['wealth', 'skill', 'votes'].map(field => topCase(field, share, options))),
    ...['wealth', 'stance', 'skill', 'up'].map(field => bimodalityCase(field, options)),
    ...entropyCases('phase', undefined, options),
    ...entropyCases('stance', 10, options),
    estebanRayCase('stance', undefined, 9, options),
    estebanRayCase('phase', 1, 4, options),
    clustersCase('stance', undefined, 0.05, options),
    clustersCase('stance', 64, 0.2, options),
    clustersCase('phase', undefined, 0.3, options),
    misalignmentCase('phase', {}, options),
    misalignmentCase('stance', { weight: 'wealth' }, options),
    misalignmentCase('stance', { weight: 'skill', shift: 24, conflict: CONFLICT }, options),
  ];
}

/** A model with these measures whose rule changes nothing. */
function still(measures: Model['measures']): Model {
  const stay = 'import package::agent::{set_up, up};\nfn stay(me: u32) { set_up(up(me)); }';
  const params = { unused: integer({ default: 0, min: 0, max: 9, about: 'Makes points.' }) };
  return toy({ name: 'society', fields, params, rules: ['stay'], measures }, { stay });
}

/** Uneven values in the whole range: many small ones, two camps, ends. */
function madeUp(field: string, length: number): number[] {
  const { word } = sequence([field.length, 7]);
  const { low, high } = fields[field];
  return Array.from({ length }, (_, i) => {
    const share = word() / 2 ** 32;
    const skewed = i % 50 === 0 ? 1 : i % 3 === 0 ? 0.7 + share / 20 : share ** 4;
    return low + Math.floor(skewed * (high - low));
  });
}

async function fill(population: Population): Promise<void> {
  for (const { name, elements, field } of population.plan.layout.fields) {
    const values = madeUp(name, population.plan.worlds.length * POPULATION * elements);
    await population.write(
      name,
      field.low < 0 || field.kind === 'fixed' ? Int32Array.from(values) : Uint32Array.from(values),
    );
  }
}

function expectWithin(found: number, { value, error }: { value: number; error: number }, name: string): void {
  const close = Number.isNaN(value) ? Number.isNaN(found) : Math.abs(found - value) <= error;
  expect(close, `${name}: ${found} for ${value} ± ${error}`).toBe(true);
}

export function societyMeasuresSuite(engine: Engine): void {
  const CALM = { field: 'phase', is: 'calm' };
  test.each([
    { what: 'all', options: {}, params: {} },
    { what: 'some', options: { among: CALM }, params: {} },
    { what: 'groups', options: { by: 'group' }, params: {} },
    { what: 'some by group, at two points', options: { among: CALM, by: 'group' }, params: { unused: [0, 1] } },
  ] as const)('spread and misalignment of $what', async ({ options, params }) => {
    const cases = casesOf(options);
    const model = still(Object.fromEntries(cases.map(({ measure }, k) => [`m${k}`, measure])));
    const place = { population: POPULATION, topology: 'ring', groups: GROUPS };
    const spec = { model: 'society', ...place, params, steps: 1, replicas: 2 };
    const { population } = await load(engine, spec, { models: [model] });
    await fill(population);
    await population.step(0);
    const state = new Map<string, ArrayLike<number>>();
    for (const name of Object.keys(fields)) state.set(name, await population.read(name));
    const { rows } = await population.measured();
    for (const world of population.plan.worlds.keys()) {
      const chosen = (from: number, to: number): number[] =>
        Array.from({ length: to - from }, (_, k) => from + k).filter(
          i => !('among' in options) || state.get('phase')![world * POPULATION + i] === 0,
        );
      const parts =
        'by' in options
          ? Object.keys(GROUPS).map((g, k) => ({ suffix: `.${g}`, members: chosen(BOUNDS[k], BOUNDS[k + 1]) }))
          : [{ suffix: '', members: chosen(0, POPULATION) }];
      for (const { suffix, members } of parts) {
        const words = (field: string): number[] => members.map(i => state.get(field)![world * POPULATION + i]);
        for (const [k, { measure, expected }] of cases.entries()) {
          const name = `m${k}${suffix}`;
          expectWithin(rows.measures[name][world], expected(words), `${JSON.stringify(measure)} ${name}`);
        }
      }
    }
    await population.dispose();
  });

  test('a column for each element of an array', async () => {
    const measures = {
      gap: gap('views', 'proxies'),
      median: quantile('views', 0.5),
      conflict: misalignment('views', { bins: 3, weight: 'wealth' }),
    };
    const spec = { model: 'society', population: POPULATION, topology: 'ring', steps: 1, replicas: 2 };
    const { population } = await load(engine, spec, { models: [still(measures)] });
    await fill(population);
    await population.step(0);
    const { rows } = await population.measured();
    const wealth = Array.from(await population.read('wealth')).slice(0, POPULATION);
    const [views, proxies] = await Promise.all(['views', 'proxies'].map(async name => population.read(name)));
    const elementOf = (words: ArrayLike<number>, k: number): number[] =>
      Array.from({ length: POPULATION }, (_, i) => words[2 * i + k]);
    for (const k of [0, 1]) {
      const state: Record<string, number[]> = { stance: elementOf(views, k), up: elementOf(proxies, k), wealth };
      const wordsOf = (field: string): number[] => state[field];
      const difference = state.stance.reduce((sum, x, i) => sum + x - state.up[i], 0) / POPULATION / 2 ** 29;
      expect(rows.measures[`gap.${k}`][0]).toBeCloseTo(difference, 12);
      const conflict = { weight: 'wealth', bins: 3 };
      for (const [name, { expected }] of [
        [`median.${k}`, quantileCase('stance', 0.5, undefined, {})],
        [`conflict.${k}`, misalignmentCase('stance', conflict, {})],
      ] as const) {
        expectWithin(rows.measures[name][0], expected(wordsOf), name);
      }
    }
    await population.dispose();
  });

  const NUMERIC = ['stance', 'skill', 'votes', 'up'];
  test.each([
    { topology: 'complete' },
    { topology: { kind: 'ring', reach: 3 } },
    { topology: { kind: 'lattice', width: 20, height: 25, neighbourhood: 'moore' } },
    { topology: { kind: 'erdos-renyi', mean_degree: 1.5, directed: true, realisations: 'per-replica' } },
    { topology: { kind: 'barabasi-albert', links: 2, realisations: 'per-replica' } },
  ])('assortativity on $topology', async place => {
    const model = still(
      Object.fromEntries([...NUMERIC, 'phase', 'views'].map(field => [`of_${field}`, assortativity(field)])),
    );
    const size =
      'kind' in Object(place.topology) && (place.topology as { kind: string }).kind === 'lattice'
        ? {}
        : { population: POPULATION };
    const spec = { model: 'society', ...size, ...place, steps: 1, replicas: 2 };
    const { prepared, population } = await load(engine, spec, { models: [model] });
    await fill(population);
    await population.step(0);
    const { rows } = await population.measured();
    for (const world of [0, 1]) {
      const neighbors = neighborsOf(prepared, prepared.plan.worlds[world].graph);
      const ends = async (field: string, elements = 1, k = 0): Promise<[number, number][]> => {
        const all = Array.from(await population.read(field)).slice(world * POPULATION * elements);
        const words = Array.from({ length: POPULATION }, (_, i) => all[i * elements + k]);
        return neighbors.flatMap((others, i) => others.map((j): [number, number] => [words[i], words[j]]));
      };
      const coarseEnds = async (field: string, elements?: number, k?: number): Promise<[number, number][]> =>
        (await ends(field, elements, k)).map(([a, b]) => coarse([a, b], field) as [number, number]);
      for (const field of NUMERIC) {
        const value = correlation(await coarseEnds(field));
        expectWithin(rows.measures[`of_${field}`][world], { value, error: 1e-9 }, field);
      }
      for (const k of [0, 1]) {
        const value = correlation(await coarseEnds('views', 2, k));
        expectWithin(rows.measures[`of_views.${k}`][world], { value, error: 1e-9 }, `views ${k}`);
      }
      const value = nominalAssortativity(await ends('phase'), 4);
      expectWithin(rows.measures.of_phase[world], { value, error: 1e-9 }, 'phase');
    }
    await population.dispose();
  });
}
