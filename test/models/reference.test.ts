// Every rule against its independent statement in test/reference: bit for bit, N = 65, 50 steps, every update that the model supports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { policyRows } from '../../src/models/policy-histories.ts';
import { chooseConvention, placeCommittedToNew, rememberConvention } from '../reference/convention-memory.ts';
import { uniform } from '../reference/draws.ts';
import { innateOpinion, weighEveryone, weighNeighbors } from '../reference/friedkin-johnsen.ts';
import { beReplaced, learnByExpectedPayoff, learnByRealisedPayoff } from '../reference/imitation-game.ts';
import { infectAnswerer } from '../reference/infectious-jailbreak.ts';
import { chooseByHeatBath } from '../reference/ising-choice.ts';
import { conformToMajority } from '../reference/llm-conformity.ts';
import { voteWithMajority } from '../reference/majority-vote.ts';
import { negotiateName, placeCommittedToA } from '../reference/naming-game.ts';
import { conformToQ } from '../reference/noisy-q-voter.ts';
import { chooseByPolicy, placeCommittedToB, rememberTalk } from '../reference/policy-table.ts';
import { catchOrRecover } from '../reference/sis.ts';
import { type NamedRule, Society, type SocietyOptions } from '../reference/society.ts';
import { imitateBest, imitateRandom, playNeighbors } from '../reference/spatial-dilemma.ts';
import { copyContact } from '../reference/voter.ts';
import { classesOf, load, neighborsOf, type SpecObject } from '../support/runs.ts';

const POPULATION = 65;
const STEPS = 50;

interface Case {
  model: string;
  rule: NamedRule | NamedRule[];
  params: Record<string, number>;
  /** Parameters that are words: the rule's statement is for these. */
  choices?: Record<string, string>;
  /** Parameters that are tables. */
  tables?: Record<string, readonly number[]>;
  init: Record<string, number[]>;
  /** Words of fields that start with values per agent. */
  starts?: Record<string, (agent: number, replica: number) => number>;
  zero?: string[];
  zealots?: { up: number; down: number };
  setup?: SocietyOptions['setup'];
  derived?: SocietyOptions['derived'];
  updates: (string | { activation: number })[];
  topologies: (string | object)[];
}

const GRAPH = { kind: 'erdos-renyi', mean_degree: 3, directed: true };
/** Hubs, isolated agents, self-loops and repeated edges. */
const MUTUAL = { kind: 'configuration', degrees: { 0: 0.1, 1: 0.3, 3: 0.5, 20: 0.1 }, simple: false };
const RING = { kind: 'ring', reach: 2 };

const drawnOpinion = (agent: number, replica: number): number =>
  innateOpinion(uniform('reference', 'init:opinion', replica, agent));
/** A policy of which every row is another: multiples of 1/128, exact in fixed point, from never to always. */
const policyFor = (history: number): number[] =>
  policyRows(history).map((_, row, rows) => (((row * 37) % rows.length) % 129) / 128);

const CASES: Case[] = [
  {
    model: 'voter',
    rule: { name: 'copy_contact', act: copyContact },
    params: { zealots_up: 3, zealots_down: 2 },
    init: { opinion: [0.4, 0.6] },
    zero: ['zealot'],
    zealots: { up: 3, down: 2 },
    updates: ['pairing', 'synchronous', { activation: 0.3 }, 'sublattice', 'sequential'],
    topologies: ['complete', RING, GRAPH, MUTUAL],
  },
  ...[0, 1].map(anticonformity => ({
    model: 'noisy-q-voter',
    rule: { name: 'conform_to_q', act: conformToQ },
    params: { q: 3, independence: 0.3, anticonformity },
    init: { opinion: [0.3, 0.7] },
    updates: ['synchronous', { activation: 0.3 }, 'sequential'],
    topologies: ['complete', RING, GRAPH],
  })),
  {
    model: 'infectious-jailbreak',
    rule: { name: 'infect_answerer', act: infectAnswerer },
    params: { infection: 0.7, recovery: 0.1 },
    init: { carrier: [0.8, 0.2] },
    updates: ['pairing'],
    topologies: ['complete'],
  },
  {
    model: 'llm-conformity',
    rule: { name: 'conform_to_majority', act: conformToMajority },
    params: { majority_force: 1.7, bias: 0.15, bias_sign: -1, zealots_up: 4, zealots_down: 1 },
    init: { opinion: [0.55, 0.45] },
    zero: ['zealot'],
    zealots: { up: 4, down: 1 },
    updates: ['synchronous', { activation: 0.3 }, 'sequential'],
    topologies: ['complete', RING, GRAPH],
  },
  {
    model: 'naming-game',
    rule: negotiateName,
    // 6.5 agents are 7
    params: { committed: 0.1 },
    init: { inventory: [0.1, 0.7, 0.2] },
    zero: ['committed'],
    setup: placeCommittedToA(7),
    updates: ['pairing'],
    topologies: ['complete'],
  },
  ...[4, 31].map(memory_length => ({
    model: 'convention-memory',
    rule: [chooseConvention, rememberConvention],
    params: { memory_length, committed: 0.2 },
    init: { word: [0.6, 0.4] },
    zero: ['memory', 'committed'],
    setup: placeCommittedToNew(13, memory_length),
    updates: ['pairing', 'synchronous', { activation: 0.3 }, 'sequential'],
    topologies: ['complete', RING, GRAPH],
  })),
  ...[
    { history: 0, start: 'blank', agreed: 0 },
    { history: 3, start: 'blank', agreed: 0 },
    { history: 2, start: 'agreed', agreed: 2 },
    { history: 8, start: 'agreed', agreed: 8 },
  ].map(({ history, start, agreed }) => ({
    model: 'policy-table',
    rule: [chooseByPolicy(policyFor(history), history), rememberTalk],
    params: { history, committed: 0.1 },
    choices: { start },
    tables: { policy: policyFor(history) },
    init: { word: [0.6, 0.4] },
    zero: ['past', 'coordinated', 'committed'],
    setup: placeCommittedToB(7, agreed),
    updates: ['pairing', 'synchronous'],
    topologies: ['complete', RING, GRAPH, MUTUAL],
  })),
  ...[
    { how: 'fermi', act: learnByExpectedPayoff },
    { how: 'proportional', act: learnByRealisedPayoff },
    { how: 'moran', act: beReplaced },
  ].map(({ how, act }) => ({
    model: 'imitation-game',
    rule: { name: 'learn_strategy', act },
    params: { reward: 1.3, sucker: 0.4, temptation: 2.1, punishment: -0.2, advantage: 0.15, selection: 1.7 },
    choices: { how },
    init: { strategy: [0.6, 0.4] },
    updates: ['pairing', 'synchronous', { activation: 0.3 }, 'sequential'],
    topologies: ['complete'],
  })),
  ...[
    { act: weighEveryone, topologies: ['complete'] },
    { act: weighNeighbors, topologies: [RING, GRAPH, MUTUAL] },
  ].map(({ act, topologies }) => ({
    model: 'friedkin-johnsen',
    rule: { name: 'weigh_opinions', act },
    params: { susceptibility: 0.7 },
    init: {},
    starts: { opinion: drawnOpinion, innate: drawnOpinion },
    updates: ['synchronous', { activation: 0.3 }, 'sublattice', 'sequential'],
    topologies,
  })),
  {
    model: 'sis',
    rule: { name: 'catch_or_recover', act: catchOrRecover },
    params: { infection: 0.07, recovery: 0.2 },
    init: { infected: [0.7, 0.3] },
    updates: ['synchronous', { activation: 0.3 }, 'sublattice', 'sequential'],
    topologies: ['complete', RING, GRAPH, MUTUAL],
  },
  {
    model: 'majority-vote',
    rule: { name: 'vote_with_majority', act: voteWithMajority },
    params: { noise: 0.15 },
    init: { opinion: [0.5, 0.5] },
    updates: ['synchronous', { activation: 0.3 }, 'sublattice', 'sequential'],
    topologies: ['complete', RING, GRAPH, MUTUAL],
  },
  {
    model: 'ising-choice',
    rule: { name: 'choose_by_heat_bath', act: chooseByHeatBath },
    params: { temperature: 2.7 },
    init: { opinion: [0.4, 0.6] },
    updates: ['sublattice', 'sequential'],
    topologies: [RING, GRAPH, MUTUAL],
  },
  ...[
    { how: 'best', act: imitateBest, temptation: 1.55, self_interaction: 1, noise: 0.1 },
    // whole numbers: ties between strategies
    { how: 'best', act: imitateBest, temptation: 2, self_interaction: 0, noise: 0.1 },
    { how: 'fermi', act: imitateRandom, temptation: 1.3, self_interaction: 0, noise: 0.7 },
    { how: 'fermi', act: imitateRandom, temptation: 1.01, self_interaction: 1, noise: 0.03 },
  ].map(({ how, act, ...params }) => ({
    model: 'spatial-dilemma',
    rule: [
      { name: 'play_neighbors', act: playNeighbors },
      { name: 'learn_from_neighbors', act },
    ],
    derived: ['play_neighbors'],
    params,
    choices: { how },
    init: { strategy: [0.7, 0.3] },
    zero: ['payoff'],
    updates: ['synchronous', { activation: 0.3 }, 'sublattice'],
    topologies: [RING, GRAPH, MUTUAL],
  })),
];

/** Pairing wants agents that look at each other, sublattice agents that do not look at everybody. */
function allowed(update: string | object, topology: string | object): boolean {
  return (update !== 'pairing' || topology !== GRAPH) && (update !== 'sublattice' || topology !== 'complete');
}

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

describe.each(CASES)('$model $choices', testCase => {
  const {
    model,
    rule,
    params,
    choices,
    tables,
    init,
    starts = {},
    zero,
    zealots,
    setup,
    derived,
    updates,
    topologies,
  } = testCase;
  const runs = updates
    .flatMap(update => topologies.map(topology => ({ update, topology })))
    .filter(run => allowed(run.update, run.topology));
  test.each(runs)('$update on $topology', async ({ update, topology }) => {
    const spec: SpecObject = {
      model,
      population: POPULATION,
      topology,
      params: {
        ...params,
        ...choices,
        ...Object.fromEntries(Object.entries(tables ?? {}).map(([name, values]) => [name, { values }])),
      },
      init: Object.fromEntries(Object.entries(init).map(([field, shares]) => [field, { ...shares }])),
      update,
      steps: STEPS,
      seed: 'reference',
      replicas: 2,
    };
    const { prepared, population } = await load(engine, spec);
    // the second replica, so that streams are part of the comparison
    const society = new Society({
      population: POPULATION,
      seed: 'reference',
      stream: 1,
      params,
      init,
      zero,
      zealots,
      setup,
      derived,
      neighbors: neighborsOf(prepared),
      classes: update === 'sublattice' ? classesOf(prepared) : undefined,
      alongEdges: topology !== 'complete',
      update: typeof update === 'string' ? { kind: update as 'synchronous' } : { kind: 'activation', ...update },
      rule,
    });
    for (const [field, word] of Object.entries(starts)) {
      society.state[field] = Array.from({ length: POPULATION }, (_, agent) => word(agent, 1));
    }
    for (let step = 0; step <= STEPS; step++) {
      for (const field of Object.keys(society.state)) {
        const values = (await population.read(field)).subarray(POPULATION);
        expect([...values], `${field} after ${step} steps`).toEqual(society.state[field]);
      }
      society.step();
      await population.step(1, { every: 0 });
    }
    expect([...(await population.saturations())]).toEqual([0, 0]);
  });
});
