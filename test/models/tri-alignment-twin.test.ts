// tri-alignment with every mechanism at work against its independent statement, which draws on its own: means and spreads over groups must agree. And a statement with one
// parameter wrong must not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openTriAlignment, stepTriAlignment } from '../reference/tri-alignment.ts';
import type { TriParams } from '../reference/tri-alignment-params.ts';
import type { Relation, TriAgent, TriGroup, TriOptions } from '../reference/tri-alignment-world.ts';
import { load, neighborsOf, type SpecObject } from '../support/runs.ts';
import { estimate } from '../support/statistics.ts';
import { UNMEASURED } from '../support/tri-alignment.ts';

/** Shares of the population; the fourth is quarantined from the start, the last removed. */
const SHARES = { a: 0.4, b: 0.3, c: 0.2, cut: 0.05, gone: 0.05 };
const NAMES = Object.keys(SHARES);
const GROUPS: readonly TriGroup[] = [
  { human: [0.7], task: [0.5], temptation: [-0.8] },
  { human: [0.7], task: [-0.2], temptation: [-0.6] },
  { human: [0.5], task: [0.9], temptation: [0] },
  { human: [0.7], task: [0], temptation: [-1] },
  { human: [0.7], task: [0], temptation: [-1] },
];
const [near, fair]: Relation[] = [
  { kind: 'collaborative', strength: 1 },
  { kind: 'cooperative', strength: 0.7 },
];
const hostile: Relation = { kind: 'competitive', strength: 0.5 };
const RELATIONS: readonly (readonly Relation[])[] = [
  [fair, near, hostile, near, near],
  [near, fair, fair, near, near],
  [hostile, fair, fair, near, near],
  [near, near, near, near, near],
  [near, near, near, near, near],
];

const PARAMS: Partial<TriParams> = {
  value_pull: 0.05,
  preference_pull: 0.06,
  task_pull: 0.05,
  training_pull: 0.02,
  social_pull: 0.2,
  tolerance: 0.05,
  noise: 0.05,
  attention: 2,
  confidence: 1.2,
  repulsion: 1.5,
  matthew: 0.7,
  wealth_floor: 0.2,
  stakes: 0.5,
  sharing: 0.3,
  audit: 0.2,
  fine: 0.5,
  shunning: 0.5,
  imitation: 0.4,
  selection_noise: 0.5,
  mutation: 0.02,
  conscience: 0.8,
  corruption: 0.7,
  sycophancy: 2,
  deception: 0.6,
  transparency: 0.2,
  infection: 0.3,
  recovery: 0.2,
  rotation: 0.2,
  holistic_level: 0.6,
};

/** What is told of each group: field, and what the statement calls it. */
const TOLD: readonly [string, keyof TriAgent][] = [
  ['stance', 'stance'],
  ['shown', 'shown'],
  ['strategy', 'exploits'],
  ['compromised', 'compromised'],
  ['flagged', 'flagged'],
  ['holistic', 'holistic'],
  ['payoff', 'payoff'],
  ['wealth', 'wealth'],
  ['influence', 'influence'],
  ['human_alignment', 'humanAlignment'],
  ['preferential_alignment', 'preferentialAlignment'],
  ['task_alignment', 'taskAlignment'],
  ['apparent_alignment', 'apparentAlignment'],
  ['outcome', 'outcome'],
];

interface Case {
  name: string;
  population: number;
  steps: number;
  topology: unknown;
  update: TriOptions['update'];
  params: Partial<TriParams>;
  /** Worlds of the model and of the statement. */
  replicas: readonly [number, number];
  /** Each of which must be seen. */
  wrong: Partial<TriParams>[];
}

const CASES: Case[] = [
  {
    name: '2,000 agents on a graph, synchronous',
    population: 2000,
    steps: 12,
    topology: { kind: 'erdos-renyi', mean_degree: 8 },
    update: 'synchronous',
    params: PARAMS,
    replicas: [12, 6],
    wrong: [
      { matthew: 0.3 },
      { sharing: 0 },
      { conscience: 0.5 },
      { sycophancy: 1 },
      { deception: 0.4 },
      { transparency: 0 },
      { infection: 0.25 },
      { recovery: 0.25 },
      { shunning: 0.4 },
      { audit: 0.17 },
      { rotation: 0 },
      { noise: 0.06 },
      { repulsion: 1 },
      { selection_noise: 0.3 },
      { mutation: 0.04 },
      { tolerance: 0 },
    ],
  },
  {
    name: '2,000 agents on a graph, half of which act in a step, on expected payoffs',
    population: 2000,
    steps: 12,
    topology: { kind: 'erdos-renyi', mean_degree: 8 },
    update: { activation: 0.5 },
    params: { ...PARAMS, attention: 0, learning: 'expected', game: 'snowdrift' },
    replicas: [8, 4],
    wrong: [{ learning: 'realised' }, { game: 'donation' }, { sharing: 0 }, { fine: 0 }],
  },
  {
    name: '200 agents, everybody with everybody, in pairs',
    population: 200,
    steps: 12,
    topology: 'complete',
    update: 'pairing',
    params: PARAMS,
    replicas: [60, 30],
    wrong: [{ matthew: 0.2 }, { attention: 1 }],
  },
];

const startOf =
  (groups: readonly number[]): TriOptions['start'] =>
  (i, draws) => ({
    group: groups[i],
    stance: [groups[i] === 2 ? 0.2 + 0.6 * draws.unit() : -0.4 + draws.unit()],
    preference: [-0.9 + 1.4 * draws.unit()],
    exploits: draws.unit() < 0.4,
    compromised: draws.unit() < 0.1,
    committed: draws.unit() < 0.1,
  });
const uniform = (min: number, max: number) => ({ distribution: 'uniform', min, max });
const byGroup = (of: keyof TriGroup) => ({
  by: 'group',
  values: Object.fromEntries(GROUPS.map((group, g) => [NAMES[g], group[of][0]])),
});
const onlyIn = (name: string) => ({
  by: 'group',
  values: Object.fromEntries(NAMES.map(each => [each, Number(each === name)])),
});
/** Each agent on its own, as in the statement: a share would be exact. */
const chance = (p: number) => ({ distribution: 'choice', values: [1, 0], shares: [p, 1 - p] });
const INIT = {
  stance: {
    by: 'group',
    values: Object.fromEntries(NAMES.map(name => [name, name === 'c' ? uniform(0.2, 0.8) : uniform(-0.4, 0.6)])),
  },
  preference: uniform(-0.9, 0.5),
  ...Object.fromEntries((['human', 'task', 'temptation'] as const).map(name => [name, byGroup(name)])),
  strategy: chance(0.4),
  compromised: chance(0.1),
  committed: chance(0.1),
  quarantined: onlyIn('cut'),
  removed: onlyIn('gone'),
};

type Told = Map<string, number[]>;

/** Adds the mean and the spread of values in each group. */
function tell(told: Told, name: string, values: readonly number[], groups: readonly number[]): void {
  for (const g of NAMES.keys()) {
    const own = values.filter((_, i) => groups[i] === g);
    const mean = own.reduce((sum, x) => sum + x, 0) / own.length;
    const spread = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length);
    for (const [what, value] of Object.entries({ mean, spread })) {
      const key = `${what} of ${name}, ${NAMES[g]}`;
      told.set(key, [...(told.get(key) ?? []), value]);
    }
  }
}

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

async function ofModel({ population: size, steps, topology, update, params, replicas }: Case) {
  const spec: SpecObject = {
    model: UNMEASURED.name,
    population: size,
    groups: SHARES,
    relations: {
      kinds: RELATIONS.map(row => row.map(({ kind }) => kind)),
      strengths: RELATIONS.map(row => row.map(({ strength }) => strength)),
    },
    ...{ topology, update, params, init: INIT, steps, seed: 'twin', replicas: replicas[0] },
  };
  const { prepared, population } = await load(engine, spec, { models: [UNMEASURED] });
  await population.step(steps, { every: 0 });
  const { groups: ranges } = prepared.plan;
  const groups = NAMES.flatMap((name, g) => new Array<number>(Math.round(SHARES[name as 'a'] * size)).fill(g));
  expect(ranges.length).toBe(NAMES.length);
  const told: Told = new Map();
  for (const [field, name] of TOLD) {
    const { fractionBits } = UNMEASURED.fields[field];
    const values = [...(await population.read(field))].map(value => value / 2 ** fractionBits);
    for (let world = 0; world < replicas[0]; world++)
      tell(told, name, values.slice(world * size, (world + 1) * size), groups);
  }
  expect(new Set(await population.saturations())).toEqual(new Set([0]));
  await population.dispose();
  return { told, groups, neighbors: topology === 'complete' ? undefined : neighborsOf(prepared) };
}

function ofStatement(
  { population, steps, update, params, replicas }: Case,
  { groups, neighbors }: Pick<Awaited<ReturnType<typeof ofModel>>, 'groups' | 'neighbors'>,
  seed: string,
  worlds = replicas[1],
): Told {
  const told: Told = new Map();
  for (let world = 0; world < worlds; world++) {
    const stated = openTriAlignment({
      ...{ seed: `${seed} ${world}`, population, params, groups: GROUPS, relations: RELATIONS, neighbors, update },
      start: startOf(groups),
    });
    for (const [i, agent] of stated.agents.entries())
      Object.assign(agent, { quarantined: groups[i] === 3, removed: groups[i] === 4 });
    for (let step = 0; step < steps; step++) stepTriAlignment(stated);
    for (const [, name] of TOLD) {
      const values = stated.agents.map(agent => Number(Array.isArray(agent[name]) ? agent[name][0] : agent[name]));
      tell(told, name, values, groups);
    }
  }
  return told;
}

/** How many standard errors two lists of values are apart; what never varies must be equal. */
function apart(one: readonly number[], other: readonly number[]): number {
  const [left, right] = [estimate(one), estimate(other)];
  const error = Math.hypot(left.error, right.error);
  const difference = Math.abs(left.mean - right.mean);
  return difference < 1e-5 ? 0 : difference / error;
}

/** The numbers that are furthest apart, first. */
function worst(model: Told, statement: Told): { key: string; z: number }[] {
  expect([...statement.keys()]).toEqual([...model.keys()]);
  const found = [...model].map(([key, values]) => ({ key, z: apart(values, statement.get(key)!) }));
  return found.sort((a, b) => b.z - a.z);
}

// 140 numbers in a case, each with a Student t of at least 5 degrees of freedom: among all of them a distance of 9 has a probability of a few per cent where both are right,
// and it is the same in every run of the test. What is wrong shows in many numbers at once, so that the root of the mean square of all tells it more surely.
const MOST = 9;
const overall = (found: readonly { z: number }[]): number =>
  Math.sqrt(found.reduce((sum, { z }) => sum + Math.min(z, 20) ** 2, 0) / found.filter(({ z }) => z > 0).length);

describe.each(CASES)('$name', testCase => {
  let model: Awaited<ReturnType<typeof ofModel>>;
  beforeAll(async () => {
    model = await ofModel(testCase);
  });

  test('means and spreads by group agree', () => {
    const found = worst(model.told, ofStatement(testCase, model, 'right'));
    expect(found.length).toBe(140);
    console.log(overall(found), found.slice(0, 8));
    expect(found[0].z, found[0].key).toBeLessThan(MOST);
    expect(overall(found)).toBeLessThan(1.5);
  });

  test.each(testCase.wrong)('with %j instead they do not', wrong => {
    const params = { ...testCase.params, ...wrong };
    const found = worst(model.told, ofStatement({ ...testCase, params }, model, 'wrong'));
    console.log(JSON.stringify(wrong), overall(found), found.slice(0, 2));
    expect(overall(found)).toBeGreaterThan(1.5);
  });
});
