// The interference matrix of paired runs against its closed form in the linear regime, on a complete graph, with and without influence weights.
import { expect, test } from 'vitest';
import { interferenceMatrix } from '../../src/experiment/interference.ts';
import { interference, mixedDerivatives, mixedStances, uncrossedInterference } from '../../src/models/tri-alignment-linear.ts'; // biome-ignore format: one thought
import type { SpecObject } from '../support/runs.ts';
import { LEAN } from './tri-alignment.ts';
import { type AtRest, atRest } from './tri-alignment-rest.ts';

const AGENTS = 400;
const REPLICAS = 6;
const BY = 0.004;
const SPEC: SpecObject = {
  model: 'tri-alignment',
  population: AGENTS,
  replicas: REPLICAS,
  groups: { aid: 0.6, firm: 0.4 },
  update: 'synchronous',
  init: {
    // some are on either side of their user's preference and of their task, and nobody is across the human reference
    stance: { distribution: 'uniform', min: -0.4, max: 0.9 },
    preference: { distribution: 'normal', mean: 0.3, sd: 0.2 },
    human: { elements: [1, 0.98] },
    task: { by: 'group', values: { aid: { value: 0.5 }, firm: { value: -0.1 } } },
    temptation: { elements: [-0.8, 0.7] },
    strategy: { comply: 'rest', exploit: 0.25 },
  },
  params: { questions: 2, value_pull: 0.05, preference_pull: 0.04, task_pull: 0.06, training_pull: 0.05, social_pull: 0.1, corruption: 0.5 }, // biome-ignore format: a table
  steps: 60,
  measure: 60,
  seed: 'interference',
};

const between = (min: number, max: number) => ({ distribution: 'uniform', min, max });
const UNEQUAL = { influence: { by: 'group', values: { aid: between(1, 4), firm: between(0.25, 1) } } };
const GOALS = ['human', 'preferential', 'task'] as const;
const WEIGHTS = ['value', 'preference', 'task', 'training', 'social'] as const;

/** The closed form for one population. */
function closed({ regime, goals, influence }: AtRest, goal: (typeof GOALS)[number]) {
  return interference(mixedStances(regime, influence), goals[goal], mixedDerivatives(regime, influence));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

// A difference over ± 0.004 misses a derivative by its curvature, (0.004/λ)² ≈ 4e-4 of it at λ = 0.2, and by the few agents of 800 stances that cross their goal on the way, each
// of which turns its part of at most 1/(2 · 800 · λ) around: 0.01 allows for three. The interval is over six populations with draws of their own, whose own closed forms are
// averaged here, so that it holds with more than its 95 %.
test.each([
  { of: 'equal influence', params: {} },
  { of: 'influence from ¼ to 4', params: UNEQUAL },
])(
  '$of: every entry is the closed form, within its interval (6 × 400 agents)',
  async ({ params }) => {
    const spec = { ...SPEC, params: { ...(SPEC.params as SpecObject), ...params } };
    const { derivatives } = await interferenceMatrix(spec, { engine: 'cpu', threads: 1, models: [LEAN], by: BY });
    const worlds = await atRest(spec);
    for (const goal of GOALS) {
      const rows = worlds.map(world => closed(world, goal));
      for (const weight of WEIGHTS) {
        const { final } = derivatives.find(found => found.alignment === goal && found.weight === weight)!;
        const expected = mean(rows.map(row => row[weight]));
        const name = `∂ ${goal} / ∂ ${weight}`;
        expect(Math.abs(final.mean - expected), name).toBeLessThan(0.01);
        expect(Math.abs(final.mean - expected), name).toBeLessThan(final.halfWidth + 1e-4);
      }
      expect(Math.max(...WEIGHTS.map(weight => Math.abs(mean(rows.map(row => row[weight])))))).toBeGreaterThan(0.1);
    }
    // stances do not reach what comes of encounters while strategies are fixed
    for (const { final } of derivatives.filter(({ alignment }) => alignment === 'outcome')) {
      expect(final).toMatchObject({ mean: 0, halfWidth: 0 });
    }
    const ofHuman = (weight: (typeof WEIGHTS)[number]) =>
      derivatives.find(found => found.alignment === 'human' && found.weight === weight)!.final;
    if ('influence' in params) {
      // a social pull towards those who are heard most
      expect(Math.abs(ofHuman('social').mean)).toBeGreaterThan(ofHuman('social').halfWidth + 0.01);
    } else {
      // the short form, and nothing from the social pull
      const short = worlds.map(({ regime, goals }) => uncrossedInterference(regime, goals.human)!);
      for (const weight of WEIGHTS) {
        expect(Math.abs(ofHuman(weight).mean - mean(short.map(row => row[weight]))), weight).toBeLessThan(2e-3);
      }
    }
  },
  600_000,
);
