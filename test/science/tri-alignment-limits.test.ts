// What tri-alignment is when all but one of its parts is off: Friedkin & Johnsen's opinions, and games among imitators.
import { expect, test } from 'vitest';
import { TIPPING_EXAMPLE } from '../../scripts/tipping-example.mjs';
import { open } from '../../src/experiment/open.ts';
import { catalogue } from '../../src/models/index.ts';
import { densityModel } from '../../src/models/tri-alignment-density.ts';
import type { SpecObject } from '../support/runs.ts';
import { lateMean, run } from './measure.ts';
import { LEAN } from './tri-alignment.ts';

const AGENTS = 300;
/** Starts of agents, the same for both models. */
const START = Array.from({ length: AGENTS }, (_, i) => Math.sin(1 + 7 * i));
const readFile = async (): Promise<Uint8Array> => new TextEncoder().encode(['x', ...START].join('\n'));
const FROM_FILE = { file: 'start.csv', column: 'x' };

/** Stances or opinions after so many steps. */
async function after(spec: SpecObject, field: string): Promise<Float64Array> {
  await using world = await open(spec, {
    engine: 'cpu',
    threads: 1,
    models: [...catalogue.filter(({ name }) => name !== LEAN.name), LEAN],
    readFile,
  });
  await world.step(world.prepared.spec.steps, { every: 0 });
  return (await world.read(field)) as Float64Array;
}

const farthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

// x ← x + λ_t(t − x) + λ_s(Wx − x) = λ_t t + λ_s W x + (1 − λ_t − λ_s) x, with t = x(0). At λ_t + λ_s = 1 that is x ← Λ W x + (1 − Λ) x(0) with Λ = λ_s, step by step. Below 1 it
// is the same map taken (λ_t + λ_s) of the way, with the same rest at Λ = λ_s/(λ_t + λ_s). Each model rounds to 2⁻³⁰ a step, which is kept at most 1/λ_t times: below 1e-8.
const MIXING: { on: string; common: SpecObject }[] = [
  { on: 'a complete graph', common: { population: AGENTS } },
  { on: 'a ring', common: { population: AGENTS, topology: { kind: 'ring', reach: 2 } } },
  { on: 'a random graph', common: { population: AGENTS, topology: { kind: 'erdos-renyi', mean_degree: 4 } } },
];

test.each(MIXING)('λ_s and λ_t alone on $on: Friedkin & Johnsen, agent by agent within 1e-6', async ({ common }) => {
  const shared = { ...common, update: 'synchronous', seed: 'limit' };
  const opinions = (susceptibility: number, steps: number) =>
    after({ ...shared, model: 'friedkin-johnsen', steps, params: { susceptibility }, init: { opinion: FROM_FILE } }, 'opinion'); // biome-ignore format: one thought
  const stances = (social_pull: number, training_pull: number, steps: number) =>
    after({ ...shared, model: 'tri-alignment', steps, params: { social_pull, training_pull }, init: { stance: FROM_FILE } }, 'stance'); // biome-ignore format: one thought
  const onTheWay = await opinions(0.8, 7);
  expect(farthest(await stances(0.8, 0.2, 7), onTheWay)).toBeLessThan(1e-6);
  expect(farthest(await stances(0.799, 0.201, 7), onTheWay)).toBeGreaterThan(1e-5);
  // (1 − λ_t)^200 < 2e-6 × 1e-3 of what is left
  expect(farthest(await stances(0.4, 0.1, 200), await opinions(0.8, 100))).toBeLessThan(1e-6);
});

/** Games are played by all with all, and payoffs are those expected, unless the spec says otherwise. */
const GAME: SpecObject = { model: 'tri-alignment', population: 20_000, replicas: 2, groups: { all: 1 }, update: 'pairing', steps: 100, measure: 2, seed: 'game' }; // biome-ignore format: one thought
const LEARNING = { imitation: 0.5, selection_noise: 0.2 };

// Near the rest x a deviation shrinks to 1 − τ x(1 − x) s/(2 K_F) of itself a step, s the slope of the difference of payoffs in x: Hawk-Dove with V = 1 and C = 4 s = 2, so .53; snowdrift
// with b = 1 and c = .4 s = b − c/2 = .8, so .81. The noise of a step is at most √(τ x(1 − x)/N) = 2.2e-3: the mean of 60 steps and 2 worlds has standard errors of 4e-4 and 1.1e-3.
test.each([
  { game: 'Hawk-Dove', kind: 'competitive', params: { prize: 1, injury: 4 }, rest: 1 / 4, bound: 0.0015, payoffs: { reward: 0.5, sucker: 0, temptation: 1, punishment: -1.5 } },
  { game: 'snowdrift', kind: 'cooperative', params: { game: 'snowdrift', benefit: 1, cost: 0.4 }, rest: 1 - (1 - 0.4 / (2 - 0.4)), bound: 0.004, payoffs: { reward: 0.8, sucker: 0.6, temptation: 1, punishment: 0 } },
])('$game alone, expected payoffs: exploiters at $rest ± $bound (2 × 20,000 agents)', async ({ kind, params, rest, bound, payoffs }) => {
  const spec = { ...GAME, relations: { all: { all: kind } }, init: { strategy: { comply: 0.4, exploit: 0.6 } } };
  const learning = ['expected', 'realised'];
  const result = await run({ ...spec, params: { ...LEARNING, ...params, learning } }, { models: [LEAN], threads: 1 });
  expect(Math.abs(lateMean(result, 'exploiters', 40, 0).mean - rest)).toBeLessThan(bound);
  // one realised payoff each does not lead there (docs/tri-alignment.md), but where the mean field says
  const model = densityModel({ ...TIPPING_EXAMPLE, payoffs, imitation: 0.5, selectionNoise: 0.2, mutation: 0, conscience: 0, bins: 3 }); // biome-ignore format: one thought
  let density = model.start(0.6);
  for (let step = 0; step < 100; step++) density = model.step(density);
  const realised = model.summary(density).exploiters;
  expect(Math.abs(realised - rest)).toBeGreaterThan(0.02);
  expect(Math.abs(lateMean(result, 'exploiters', 40, 1).mean - realised)).toBeLessThan(0.01);
}); // biome-ignore format: a table
