// Agents of tri-alignment as test/reference states them against the density mean field, which is derived from the same rules without drawing anything.
import { expect, test } from 'vitest';
import { TIPPING_EXAMPLE } from '../../scripts/tipping-example.mjs';
import { type Density, type DensityParams, densityModel } from '../../src/models/tri-alignment-density.ts';
import { openTriAlignment, stepTriAlignment } from '../reference/tri-alignment.ts';
import type { TriParams } from '../reference/tri-alignment-params.ts';
import type { TriWorld } from '../reference/tri-alignment-world.ts';
import { estimate } from '../support/statistics.ts';

/** The same parameters under the names that agents know them by. */
function paramsOfAgents(params: DensityParams): Partial<TriParams> {
  return {
    value_pull: params.valuePull,
    preference_pull: params.preferencePull,
    task_pull: params.taskPull,
    training_pull: params.trainingPull,
    social_pull: params.socialPull,
    tolerance: params.tolerance,
    noise: params.noise,
    corruption: params.corruption,
    sycophancy: params.sycophancy,
    deception: params.deception,
    transparency: params.transparency,
    benefit: params.payoffs.temptation,
    cost: -params.payoffs.sucker,
    stakes: params.stakes,
    audit: params.audit,
    fine: params.fine,
    sharing: params.sharing,
    conscience: params.conscience,
    selection_noise: params.selectionNoise,
    imitation: params.imitation,
    mutation: params.mutation,
    learning: params.learning,
  };
}

const AGENTS = 8000;
const STEPS = 30;

function population(params: DensityParams, exploiters: number): TriWorld {
  const { committed } = params;
  const zealots = Math.round(committed.share * AGENTS);
  const exploiting = Math.round(exploiters * (AGENTS - zealots));
  return openTriAlignment({
    seed: 'density',
    population: AGENTS,
    params: paramsOfAgents(params),
    groups: [{ human: [params.human], task: [params.task], temptation: [params.temptation] }],
    relations: [[{ kind: 'cooperative', strength: 1 }]],
    update: 'pairing',
    start: i => ({
      group: 0,
      preference: [params.preference],
      stance: [i < zealots ? committed.stance : params.trained],
      exploits: i < zealots ? committed.exploits : i < zealots + exploiting,
      committed: i < zealots,
    }),
  });
}

/** The free agents as a density: each on the two bins nearest, in proportion. */
function densityOf({ agents }: TriWorld, bins: number): Density {
  const density = { comply: new Float64Array(bins), exploit: new Float64Array(bins) };
  for (const { stance, exploits, committed } of agents) {
    if (committed) continue;
    const mass = exploits ? density.exploit : density.comply;
    const place = ((stance[0] + 1) / 2) * (bins - 1);
    const below = Math.min(bins - 2, Math.floor(place));
    mass[below] += (below + 1 - place) / AGENTS;
    mass[below + 1] += (place - below) / AGENTS;
  }
  return density;
}

interface Surprises {
  exploiters: number[];
  stance: number[];
}

/** What agents do in each step less what a mean field says of the state before it. With the right one that is noise of mean 0, independent from step to step. */
function surprises(params: DensityParams, exploiters: number, theories: readonly DensityParams[]): Surprises[] {
  const world = population(params, exploiters);
  const models = theories.map(densityModel);
  const found = models.map((): Surprises => ({ exploiters: [], stance: [] }));
  for (let step = 0; step < STEPS; step++) {
    const before = densityOf(world, params.bins);
    stepTriAlignment(world);
    const share = world.agents.filter(agent => agent.exploits).length / AGENTS;
    const stance = world.agents.reduce((sum, agent) => sum + agent.stance[0], 0) / AGENTS;
    models.forEach((model, k) => {
      const expected = model.summary(model.step(before));
      found[k].exploiters.push(share - expected.exploiters);
      found[k].stance.push(stance - expected.stance);
    });
  }
  return found;
}

const EVERYTHING: Partial<DensityParams> = {
  noise: 0.03,
  trainingPull: 0.03,
  sycophancy: 3,
  deception: 0.5,
  transparency: 0.2,
  corruption: 0.8,
  audit: 0.3,
  fine: 1,
  sharing: 0.3,
  stakes: 1.2,
  mutation: 0.01,
  imitation: 0.3,
  committed: { share: 0.05, stance: -0.7, exploits: true },
};

/** How many standard errors a mean is from 0. */
const deviation = (values: readonly number[]): number => {
  const { mean, error } = estimate(values);
  return Math.abs(mean) / error;
};

const CASES: { name: string; params: Partial<DensityParams>; exploiters: number; wrong: Partial<DensityParams>[] }[] = [
  { name: 'the example', params: { imitation: 0.3 }, exploiters: 0.5, wrong: [{ conscience: 1.15 }, { valuePull: 0.045 }] },
  { name: 'everything on', params: EVERYTHING, exploiters: 0.6, wrong: [{ conscience: 1 }, { deception: 0.2 }] },
  { name: 'everything on, expected payoffs', params: { ...EVERYTHING, learning: 'expected' }, exploiters: 0.6, wrong: [{ sharing: 0 }, { trainingPull: 0.06 }] },
]; // biome-ignore format: a table

// Of 8,000 agents a few hundred change strategy in a step, so that a share is known to about 0.002 and its mean surprise over 30 steps to 4e-4. Stances surprise by their
// noise alone. Theories with one strategy's or one stance's parameter wrong are told apart.
test.each(CASES)('$name: no step of 8,000 agents surprises the mean field', ({ params, exploiters, wrong }) => {
  const right = { ...TIPPING_EXAMPLE, ...params, bins: 1001 };
  const theories = [right, ...wrong.map(other => ({ ...right, ...other }))];
  const [found, otherStrategies, otherStances] = surprises(right, exploiters, theories);
  expect(deviation(found.exploiters)).toBeLessThan(4);
  expect(deviation(otherStrategies.exploiters)).toBeGreaterThan(6);
  const noise = right.noise / Math.sqrt(AGENTS * STEPS);
  expect(Math.abs(estimate(found.stance).mean)).toBeLessThan(4 * noise + 1e-9);
  expect(Math.abs(estimate(otherStances.stance).mean)).toBeGreaterThan(8 * noise + 1e-4);
});
