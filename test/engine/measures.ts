// The plain kinds of measure against their definitions, recomputed from the state in plain TypeScript: integers exactly, ratios to 1e-12.
import { describe, expect, test } from 'vitest';
import type { Engine, Population } from '../../src/engine/engine.ts';
import type { Prepared } from '../../src/experiment/prepare.ts';
import {
  activeLinks,
  count,
  encodeValue,
  histogram,
  isolated,
  type Measure,
  type Model,
  maximum,
  mean,
  minimum,
  share,
  sum,
  variance,
} from '../../src/model/index.ts';
import { load, neighborsOf } from '../support/runs.ts';
import { everyKind } from './toys.ts';

const POPULATION = 1100;
const GROUPS = { first: 0.25, second: 0.7, third: 0.05 };
const FIELDS = Object.keys(everyKind.fields);

/** What is asked of each field, of everyone, of some, by group, and of some by group. */
function allMeasures(): Record<string, Measure> {
  const measures: Record<string, Measure> = { alone: isolated() };
  const among = { field: 'phase', is: 'angry' };
  const options = { of_all: {}, of_angry: { among }, by: { by: 'group' }, angry_by: { among, by: 'group' } } as const;
  for (const [suffix, option] of Object.entries(options)) {
    for (const field of FIELDS) {
      if (suffix !== 'of_all' && field !== (suffix === 'by' ? 'level' : 'strain')) continue;
      for (const kind of [sum, mean, variance, minimum, maximum])
        measures[`${kind.name}_${field}_${suffix}`] = kind(field, option);
    }
    measures[`count_level_${suffix}`] = count('level', -3, option);
    measures[`share_phase_${suffix}`] = share('phase', 'gone', option);
    measures[`share_flag_${suffix}`] = share('flag', 1, option);
    measures[`levels_${suffix}`] = histogram('level', option);
    measures[`strains_${suffix}`] = histogram('strain', { ...option, bins: 3 });
  }
  for (const field of FIELDS) measures[`spread_of_${field}`] = histogram(field);
  for (const bins of [1, 5, 6, 256]) measures[`wide_in_${bins}`] = histogram('wide', { bins });
  measures.level_in_6 = histogram('level', { bins: 6 });
  measures.nobody_mean = mean('flag', { among: { field: 'level', is: 12 } });
  measures.nobody_least = minimum('level', { among: { field: 'level', is: 12 } });
  return measures;
}

interface Society {
  model: Model;
  /** Encoded values of one world. */
  state: Readonly<Record<string, readonly number[]>>;
  neighbors: readonly (readonly number[])[];
  /** Group number by agent. */
  groups: readonly number[];
}

/** The columns of a measure, by their definitions. */
function columnsOf(name: string, measure: Measure, society: Society): Record<string, number> {
  const { model, state, groups } = society;
  const { among } = measure;
  const chosen = groups
    .map((_, i) => i)
    .filter(i => !among || state[among.field][i] === encodeValue(model.fields[among.field], among.is, ''));
  if (measure.by !== 'group') return valuesOf(name, measure, chosen, society);
  return Object.assign(
    {},
    ...Object.keys(GROUPS).map((group, g) =>
      valuesOf(
        `${name}.${group}`,
        measure,
        chosen.filter(i => groups[i] === g),
        society,
      ),
    ),
  );
}

function valuesOf(
  name: string,
  measure: Measure,
  members: readonly number[],
  { model, state, neighbors }: Society,
): Record<string, number> {
  if (measure.kind === 'isolated')
    return { [name]: members.filter(i => neighbors[i].length === 0).length / members.length };
  const field = model.fields[measure.field];
  const words = state[measure.field];
  const values = members.map(i => words[i] / 2 ** field.fractionBits);
  const total = values.reduce((sum, x) => sum + x, 0);
  switch (measure.kind) {
    case 'count':
    case 'share': {
      const matching = members.filter(i => words[i] === encodeValue(field, measure.value, '')).length;
      return { [name]: measure.kind === 'count' ? matching : matching / members.length };
    }
    case 'sum':
      return { [name]: total };
    case 'mean':
      return { [name]: total / values.length };
    case 'variance':
      return { [name]: values.reduce((sum, x) => sum + (x - total / values.length) ** 2, 0) / values.length };
    case 'minimum':
      return { [name]: values.length === 0 ? Number.NaN : Math.min(...values) };
    case 'maximum':
      return { [name]: values.length === 0 ? Number.NaN : Math.max(...values) };
    case 'active-links': {
      const links = neighbors.flatMap((others, i) => others.map(j => words[i] !== words[j]));
      return { [name]: links.filter(differs => differs).length / links.length };
    }
    case 'histogram': {
      const range = field.high - field.low + 1;
      const few = range <= 256 && field.kind !== 'fixed';
      const width = Math.ceil(range / (measure.bins ?? (few ? range : 32)));
      const bins = new Array<number>(Math.ceil(range / width)).fill(0);
      for (const i of members) bins[Math.floor((words[i] - field.low) / width)]++;
      return Object.fromEntries(
        bins.map((number, bin) => [`${name}.${field.labels?.[bin] ?? bin}`, number / members.length]),
      );
    }
    default:
      throw new Error(`${measure.kind} is tested in society-measures.ts`);
  }
}

async function societyOf(prepared: Prepared, population: Population, world: number): Promise<Society> {
  const { plan, spec } = prepared;
  const state: Record<string, number[]> = {};
  for (const name of Object.keys(spec.model.fields)) {
    state[name] = [...(await population.read(name))].slice(world * plan.population, (world + 1) * plan.population);
  }
  const graph = plan.worlds[world].graph;
  const groups =
    plan.groups.length > 0
      ? plan.groups.flatMap(({ size }, g) => new Array<number>(size).fill(g))
      : new Array<number>(plan.population).fill(0);
  return { model: spec.model, state, neighbors: neighborsOf(prepared, graph), groups };
}

/** Compares the last measured row of every world with the present state. */
async function compare(prepared: Prepared, population: Population): Promise<void> {
  const { rows } = await population.measured();
  const worlds = prepared.plan.worlds.length;
  for (let world = 0; world < worlds; world++) {
    const row = rows.step.length - worlds + world;
    const society = await societyOf(prepared, population, world);
    const expected: Record<string, number> = {};
    for (const [name, measure] of Object.entries(prepared.spec.measure.measures)) {
      Object.assign(expected, columnsOf(name, measure, society));
    }
    expect(Object.keys(rows.measures).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(expected)) {
      const measured = rows.measures[name][row];
      const close = Number.isSafeInteger(value)
        ? measured === value
        : Math.abs(measured - value) <= 1e-12 * Math.max(Math.abs(value), 1);
      expect(close || (Number.isNaN(value) && Number.isNaN(measured)), `${name}: ${measured} for ${value}`).toBe(true);
    }
  }
}

/** Extremes of every field, so that sums carry into their high words. */
function extremes(model: Model, name: string, length: number): Int32Array | Uint32Array {
  const { low, high } = model.fields[name];
  const top = name === 'level' ? high - 1 : high; // nobody at level 12
  const values = Array.from({ length }, (_, i) => (i % 7 < 5 ? top : low + (i % 2)));
  return low < 0 ? Int32Array.from(values) : Uint32Array.from(values);
}

export function measuresSuite(engine: Engine): void {
  const model: Model = { ...everyKind, measures: allMeasures() };

  const degrees = { first: { second: 2 }, second: { second: 3 }, third: { third: 4 } };
  const blocks = { kind: 'stochastic-block', groups: GROUPS, degrees, realisations: 'per-replica' };

  test.each([{ topology: 'ring', groups: GROUPS }, { topology: blocks }])(
    'all kinds on all fields, of all, of some, by group: $topology',
    async place => {
      const spec = { model: model.name, population: POPULATION, ...place, steps: 3, replicas: 2 };
      const { prepared, population } = await load(engine, spec, { models: [model] });
      for (const name of FIELDS) await population.write(name, extremes(model, name, 2 * POPULATION));
      await population.step(0);
      await compare(prepared, population);
      await population.step(3, { every: 2 });
      await compare(prepared, population);
      await population.dispose();
    },
  );

  describe('links', () => {
    const linked: Model = {
      ...everyKind,
      measures: {
        flag_links: activeLinks('flag'),
        level_links: activeLinks('level'),
        phase_links: activeLinks('phase'),
        alone: isolated(),
      },
    };
    test.each([
      { topology: 'complete', population: 600 },
      { topology: { kind: 'ring', reach: 3 }, population: 600 },
      { topology: { kind: 'lattice', width: 20, height: 30, neighbourhood: 'moore' } },
      {
        topology: { kind: 'erdos-renyi', mean_degree: 1.5, directed: true, realisations: 'per-replica' },
        population: 600,
      },
      {
        topology: { kind: 'watts-strogatz', reach: 2, rewiring: 0.3, realisations: 'per-replica' },
        population: 600,
      },
      { topology: { kind: 'barabasi-albert', links: 2, realisations: 'per-replica' }, population: 600 },
    ])('active links and isolated agents on $topology', async place => {
      const spec = { model: linked.name, ...place, steps: 2, replicas: 2 };
      const { prepared, population } = await load(engine, spec, { models: [linked] });
      await population.step(2);
      await compare(prepared, population);
      await population.dispose();
    });
  });
}
