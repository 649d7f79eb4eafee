// tri-alignment where nothing is left to chance, agent by agent against its independent statement in floating point: stances on graphs and complete graphs with relations,
// influence, deception, sycophancy and agents that are committed or cut off; and everything else where each agent has one whom it can meet.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine, Population } from '../../src/engine/engine.ts';
import { openTriAlignment, stepTriAlignment } from '../reference/tri-alignment.ts';
import type { TriParams } from '../reference/tri-alignment-params.ts';
import type { Relation, TriAgent, TriGroup, TriWorld } from '../reference/tri-alignment-world.ts';
import { load, neighborsOf, type SpecObject } from '../support/runs.ts';
import { UNMEASURED } from '../support/tri-alignment.ts';

const POPULATION = 60;
const STEPS = 10;
const agents = Array.from({ length: POPULATION }, (_, i) => i);
/** A number in [−1, 1] that looks like none in particular, exact in few bits. */
const spread = (i: number, k: number): number => (((i * 37 + k * 11 + 5) % 65) - 32) / 32;

const NAMES = ['a', 'b', 'c'];
const groupOf = (i: number): number => Math.floor(i / 20);
const GROUPS: readonly TriGroup[] = [
  { human: [0.75, -0.5], task: [0.25, 0], temptation: [-1, 0.5] },
  { human: [0.75, -0.5], task: [0.5, 0.5], temptation: [-0.5, -1] },
  { human: [0.5, -0.25], task: [-0.25, 1], temptation: [-0.75, 0] },
];
/** Every fourth exploits; 6 and 27 are committed, 13 and 33 quarantined, 46 removed, 3 and 50 compromised. */
const start = (i: number) => ({
  group: groupOf(i),
  stance: [spread(i, 0), spread(i, 1)],
  preference: [spread(i, 2), spread(i, 3)],
  exploits: i % 4 === 1,
  committed: [6, 27].includes(i),
  compromised: [3, 50].includes(i),
});
const isQuarantined = (i: number): boolean => [13, 33].includes(i);
const isRemoved = (i: number): boolean => i === 46;
/** By agent. */
const influenceOf = (i: number): number => 1 + (i % 5) / 2;
const capabilityOf = (i: number): number => 1 + (i % 3) / 4;

const COLUMNS: Readonly<Record<string, (i: number) => number>> = {
  id: i => i,
  x0: i => start(i).stance[0],
  x1: i => start(i).stance[1],
  p0: i => start(i).preference[0],
  p1: i => start(i).preference[1],
  strategy: i => Number(start(i).exploits),
  committed: i => Number(start(i).committed),
  compromised: i => Number(start(i).compromised),
  quarantined: i => Number(isQuarantined(i)),
  removed: i => Number(isRemoved(i)),
  influence: influenceOf,
  capability: capabilityOf,
};
const columns = Object.values(COLUMNS);
const FILES: Readonly<Record<string, string>> = {
  'agents.csv': [Object.keys(COLUMNS).join(), ...agents.map(i => columns.map(value => value(i)).join())].join('\n'),
  // each looks at one with a lower number, 0 at 1
  'one.csv': ['source,target', ...agents.map(i => `${i},${i === 0 ? 1 : (31 * (i % 7) + 11) % i}`)].join('\n'),
};
const readFile = async (name: string): Promise<Uint8Array> => new TextEncoder().encode(FILES[name]);
const column = (name: string) => ({ file: 'agents.csv', column: name, id: 'id' });
const byGroup = (of: keyof TriGroup) => ({
  elements: [0, 1].map(k => ({
    by: 'group',
    values: Object.fromEntries(GROUPS.map((group, g) => [NAMES[g], group[of][k]])),
  })),
});
const flags = ['strategy', 'committed', 'compromised', 'quarantined', 'removed'];
const INIT = {
  stance: { elements: [column('x0'), column('x1')] },
  preference: { elements: [column('p0'), column('p1')] },
  ...Object.fromEntries(flags.map(name => [name, column(name)])),
  ...Object.fromEntries((['human', 'task', 'temptation'] as const).map(name => [name, byGroup(name)])),
};

interface Case {
  name: string;
  topology: unknown;
  update: 'pairing' | 'synchronous';
  params: Partial<TriParams>;
  relations: readonly (readonly Relation[])[];
  /** Largest differences, by what the statement calls it. */
  within: Partial<Record<keyof TriAgent, number>>;
}

const STANCES: Partial<TriParams> = {
  value_pull: 0.06,
  preference_pull: 0.05,
  task_pull: 0.04,
  training_pull: 0.03,
  social_pull: 0.3,
  tolerance: 0.1,
  sycophancy: 1.5,
  corruption: 0.7,
  deception: 0.6,
  transparency: 0.25,
};
/** Stances are exact to 2⁻³⁰ in each step, and forget. */
const CLOSE = { stance: 1e-6, shown: 1e-6, humanAlignment: 1e-6, preferentialAlignment: 1e-6, taskAlignment: 1e-6, apparentAlignment: 1e-6 }; // biome-ignore format: one thought
/** Strengths and influences have products of 12 bits, as they are heard. */
const [near, far] = [0.75, 0.5].map((strength): Relation => ({ kind: 'collaborative', strength }));
const fair: Relation = { kind: 'cooperative', strength: 1 };
const hostile: Relation = { kind: 'competitive', strength: 0.625 };

const CASES: Case[] = [
  {
    name: 'all neighbours, by relation',
    topology: { kind: 'erdos-renyi', mean_degree: 5 },
    update: 'synchronous',
    params: { ...STANCES, confidence: 0.75, repulsion: 1.5 },
    relations: [[near, fair, hostile], [fair, far, fair], [hostile, fair, near]], // biome-ignore format: a matrix
    within: CLOSE,
  },
  {
    name: 'everybody, as groups',
    topology: 'complete',
    update: 'pairing',
    params: STANCES,
    relations: [[near, far, fair], [far, near, fair], [fair, fair, far]], // biome-ignore format: a matrix
    within: CLOSE,
  },
  {
    name: 'encounters with the only neighbour, wealth, sharing, audits, shunning, infection',
    topology: { kind: 'edges', file: 'one.csv', directed: true },
    update: 'synchronous',
    params: { ...STANCES, confidence: 1.5, stakes: 0.5, sharing: 0.3, audit: 1, fine: 0.7, shunning: 1, infection: 1, matthew: 0.8, wealth_floor: 0.2, holistic_level: 0.7 }, // biome-ignore format: one thought
    relations: [[near, fair, hostile], [fair, far, near], [hostile, near, fair]], // biome-ignore format: a matrix
    // payoffs have 16 fraction bits and are rounded up to six times a step; influence has 12
    within: { ...CLOSE, payoff: 1e-4, wealth: 1e-3, influence: 2e-3, outcome: 1e-4 },
  },
];

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

const FIELDS: Partial<Record<keyof TriAgent, string>> = {
  humanAlignment: 'human_alignment',
  preferentialAlignment: 'preferential_alignment',
  taskAlignment: 'task_alignment',
  apparentAlignment: 'apparent_alignment',
  exploits: 'strategy',
};

/** Values of a field, those of an agent together, as numbers. */
async function read(population: Population, name: string): Promise<number[]> {
  const { fractionBits } = UNMEASURED.fields[name];
  return [...(await population.read(name))].map(value => value / 2 ** fractionBits);
}

function stated({ agents: all }: TriWorld, name: keyof TriAgent): number[] {
  return all.flatMap(agent => [agent[name]].flat().map(Number));
}

test.each(CASES)('$name', async ({ topology, update, params, relations, within }) => {
  const isFile = JSON.stringify(topology).includes('file');
  const spec: SpecObject = {
    model: UNMEASURED.name,
    ...(!isFile && { population: POPULATION }),
    topology,
    update,
    groups: Object.fromEntries(NAMES.map(name => [name, 20])),
    relations: {
      kinds: relations.map(row => row.map(({ kind }) => kind)),
      strengths: relations.map(row => row.map(({ strength }) => strength)),
    },
    params: { ...params, questions: 2, influence: column('influence'), capability: column('capability') },
    init: INIT,
    steps: STEPS,
    seed: 'exact',
  };
  const { prepared, population } = await load(engine, spec, { models: [UNMEASURED], readFile });
  const world = openTriAlignment({
    seed: 'exact',
    population: POPULATION,
    params,
    paramsOf: i => ({ influence: influenceOf(i), capability: capabilityOf(i) }),
    groups: GROUPS,
    relations,
    start,
    neighbors: topology === 'complete' ? undefined : neighborsOf(prepared),
    update,
  });
  for (const i of agents) Object.assign(world.agents[i], { quarantined: isQuarantined(i), removed: isRemoved(i) });
  const before = stated(world, 'stance');
  const flagsToo: (keyof TriAgent)[] = 'payoff' in within ? ['exploits', 'compromised', 'flagged', 'holistic'] : [];
  for (let step = 1; step <= STEPS; step++) {
    await population.step(1, { every: 0 });
    stepTriAlignment(world);
    for (const [name, most] of Object.entries(within) as [keyof TriAgent, number][]) {
      const [found, answer] = [await read(population, FIELDS[name] ?? name), stated(world, name)];
      const differences = found.map((value, i) => Math.abs(value - answer[i]));
      expect(differences.length).toBe(answer.length);
      expect(Math.max(...differences), `${name} after ${step} steps`).toBeLessThan(most);
    }
    for (const name of flagsToo)
      expect(await read(population, FIELDS[name] ?? name), `${name} after ${step} steps`).toEqual(stated(world, name));
  }
  await population.dispose();
  const moved = stated(world, 'stance').map((x, at) => Math.abs(x - before[at]));
  expect(Math.max(...moved)).toBeGreaterThan(0.3);
});
