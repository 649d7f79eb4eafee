// Every rule against its independent statement in test/reference: bit for bit, N = 65, 50 steps, every update that the model supports.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { infectAnswerer } from '../reference/infectious-jailbreak.ts';
import { conformToMajority } from '../reference/llm-conformity.ts';
import { conformToQ } from '../reference/noisy-q-voter.ts';
import { type Rule, Society } from '../reference/society.ts';
import { copyContact } from '../reference/voter.ts';
import { classesOf, load, neighborsOf, type SpecObject } from '../support/runs.ts';

const POPULATION = 65;
const STEPS = 50;

interface Case {
  model: string;
  rule: { name: string; act: Rule };
  params: Record<string, number>;
  init: Record<string, number[]>;
  zero?: string[];
  zealots?: { up: number; down: number };
  updates: (string | { activation: number })[];
  topologies: (string | object)[];
}

const GRAPH = { kind: 'erdos-renyi', mean_degree: 3, directed: true };
/** Hubs, isolated agents, self-loops and repeated edges. */
const MUTUAL = { kind: 'configuration', degrees: { 0: 0.1, 1: 0.3, 3: 0.5, 20: 0.1 }, simple: false };
const RING = { kind: 'ring', reach: 2 };

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

describe.each(CASES)('$model', ({ model, rule, params, init, zero, zealots, updates, topologies }) => {
  const runs = updates
    .flatMap(update => topologies.map(topology => ({ update, topology })))
    .filter(run => allowed(run.update, run.topology));
  test.each(runs)('$update on $topology', async ({ update, topology }) => {
    const spec: SpecObject = {
      model,
      population: POPULATION,
      topology,
      params,
      init: Object.fromEntries(Object.entries(init).map(([field, [, up]]) => [field, up])),
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
      neighbors: neighborsOf(prepared),
      classes: update === 'sublattice' ? classesOf(prepared) : undefined,
      alongEdges: topology !== 'complete',
      update: typeof update === 'string' ? { kind: update as 'synchronous' } : { kind: 'activation', ...update },
      rule,
    });
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
