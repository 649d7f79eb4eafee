// Agents that differ in their parameters, against the rule stated in plain TypeScript: bit for bit, N = 65, 40 steps, two replicas at two points.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { uniform } from '../reference/draws.ts';
import { conformToQ } from '../reference/noisy-q-voter.ts';
import { type Rule, Society } from '../reference/society.ts';
import { load, neighborsOf } from '../support/runs.ts';

const POPULATION = 65;
const agents = Array.from({ length: POPULATION }, (_, i) => i);
const contrary = agents.map(i => Number(i % 7 === 3));
const start = agents.map(i => Number((i * i) % 5 < 2));
const rows = agents.map(i => `${i},${contrary[i]},${start[i]}`).reverse();
const readFile = async (): Promise<Uint8Array> => new TextEncoder().encode(`id,contrary,start\n${rows.join('\n')}\n`);

const SPEC = {
  model: 'noisy-q-voter',
  population: POPULATION,
  groups: { few: 20, many: 45 },
  params: {
    q: { by: 'group', values: { few: 1, many: { distribution: 'uniform', min: 2, max: 4 } } },
    independence: [{ distribution: 'uniform', min: 0.125, max: 0.875 }, 0.25],
    anticonformity: { file: 'agents.csv', column: 'contrary', id: 'id' },
  },
  init: { opinion: { file: 'agents.csv', column: 'start', id: 'id' } },
  steps: 40,
  seed: 'reference',
  replicas: 2,
};

/** The rule with the parameters of the agent that acts. */
const ownParams =
  (point: number, replica: number): Rule =>
  sight =>
    conformToQ({
      ...sight,
      params: {
        q: sight.me < 20 ? 1 : 2 + Math.floor(3 * uniform('reference', 'param:q', replica, sight.me)),
        independence: point === 1 ? 0.25 : 0.125 + 0.75 * uniform('reference', 'param:independence', replica, sight.me),
        anticonformity: contrary[sight.me],
      },
    });

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 2 });
});
afterAll(() => engine.dispose());

test.each([
  { update: 'synchronous', topology: { kind: 'ring', reach: 2 } },
  { update: { activation: 0.3 }, topology: { kind: 'erdos-renyi', mean_degree: 3, directed: true } },
  { update: 'sequential', topology: 'complete' },
])('$update on $topology', async ({ update, topology }) => {
  const { prepared, population } = await load(engine, { ...SPEC, update, topology }, { readFile });
  const societies = prepared.plan.worlds.map(({ point, replica }) => {
    const society = new Society({
      population: POPULATION,
      seed: 'reference',
      stream: replica,
      params: {},
      init: { opinion: [1] },
      neighbors: neighborsOf(prepared),
      update: typeof update === 'string' ? { kind: update as 'synchronous' } : { kind: 'activation', ...update },
      rule: { name: 'conform_to_q', act: ownParams(point, replica) },
    });
    society.state.opinion = [...start];
    return society;
  });
  for (let step = 0; step <= SPEC.steps; step++) {
    const opinion = [...(await population.read('opinion'))];
    expect(opinion, `after ${step} steps`).toEqual(societies.flatMap(({ state }) => state.opinion));
    for (const society of societies) society.step();
    await population.step(1, { every: 0 });
  }
  await population.dispose();
});
