// The linear regime on the engine: where 200 agents rest on three graphs, agent by agent, and how alignments answer to the pulls.
import { describe, expect, test } from 'vitest';
import { mixedStances, restingStances } from '../../src/models/tri-alignment-linear.ts';
import { solveDominant } from '../support/linear.ts';
import type { SpecObject } from '../support/runs.ts';
import { type AtRest, atRest, hearing, weighed } from './tri-alignment-rest.ts';

const AGENTS = 200;
const LAYERS = { aid: 0.3, state: 0.5, firm: 0.2 };
const TASKS = { aid: { value: 0.6 }, state: { value: -0.2 }, firm: { value: -0.7 } };
const UNEQUAL = { distribution: 'uniform', min: 0.25, max: 4 };

/** Three questions, three groups with a task each, three in ten exploit and always will. */
const REGIME: SpecObject = {
  model: 'tri-alignment',
  population: AGENTS,
  groups: LAYERS,
  update: 'synchronous',
  init: {
    stance: { distribution: 'uniform', min: -1, max: 1 },
    preference: { distribution: 'normal', mean: 0.3, sd: 0.3 },
    human: { elements: [0.8, 0.2, -0.4] },
    task: { by: 'group', values: TASKS },
    temptation: { elements: [-0.8, 0.9, 0] },
    strategy: { comply: 'rest', exploit: 0.3 },
  },
  seed: 'linear',
};
const PULLS = { questions: 3, value_pull: 0.02, preference_pull: 0.01, task_pull: 0.03, training_pull: 0.015, social_pull: 0.15, corruption: 0.6 }; // biome-ignore format: a table
/** λ = 1e-2, where rounding and what is left of the start count most. */
const WEAK = { ...PULLS, value_pull: 0.003, preference_pull: 0.002, task_pull: 0.004, training_pull: 0.001 };

const BLOCKS: SpecObject = {
  groups: undefined,
  topology: {
    kind: 'stochastic-block',
    groups: LAYERS,
    degrees: { aid: { aid: 10, state: 3, firm: 1 }, state: { state: 12, firm: 2 }, firm: { firm: 8 } },
  },
};

/** The solution of (λI + λ_s(I − W)) x = b by elimination. */
function dense({ regime }: AtRest, rows: readonly Float64Array[]): Float64Array[] {
  const { pulls, social, anchors } = regime;
  const entries = Object.entries(pulls) as [keyof typeof pulls, number][];
  const own = entries.reduce((sum, [, pull]) => sum + pull, 0);
  return anchors.value.map((_, k) => {
    const matrix = rows.map((row, i) => row.map((w, j) => (Number(i === j) - w) * social + Number(i === j) * own));
    const b = rows.map((_, i) => entries.reduce((sum, [pull, weight]) => sum + weight * anchors[pull][k][i], 0));
    return solveDominant(matrix, Float64Array.from(b));
  });
}

const farthest = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
  Math.max(...a.flatMap((values, k) => Array.from(values, (value, i) => Math.abs(value - b[k][i]))));

// What is left of the start: 2 (1 − λ)^steps, below 1e-6. Rounding: 2⁻³⁰ a step, 2⁻³⁰/λ at rest, below 1e-7 at λ = 1e-2; influence and pulls are the kernel's own to 2⁻¹³ and
// 2⁻³². So stances agree within 2e-6, far inside the 1e-4 that is asked for.
const BOUND = 2e-6;
const GRAPHS: Record<string, SpecObject> = {
  'complete graph': { topology: 'complete' },
  'ring of reach 3': { topology: { kind: 'ring', reach: 3 } },
  'stochastic block model': BLOCKS,
};

describe.each(Object.entries(GRAPHS))('%s of 200 agents', (name, graph) => {
  test.each([
    { of: 'λ = 0.075, equal influence', params: PULLS, steps: 200 },
    { of: 'λ = 0.075, influence from ¼ to 4', params: { ...PULLS, influence: UNEQUAL }, steps: 200 },
    { of: 'λ = 0.01, influence from ¼ to 4', params: { ...WEAK, influence: UNEQUAL }, steps: 1500 },
  ])('$of: every agent rests at the dense solution', async ({ params, steps }) => {
    const [found] = await atRest({ ...REGIME, ...graph, params, steps });
    const rows = weighed(found);
    const solution = dense(found, rows);
    expect(farthest(found.stances, solution)).toBeLessThan(BOUND);
    expect(farthest(restingStances(found.regime, hearing(rows)), solution)).toBeLessThan(1e-10);
    if (name === 'complete graph') {
      expect(farthest(mixedStances(found.regime, found.influence), solution)).toBeLessThan(1e-10);
    }
    // one who weighs all alike, or takes o(g, comply) for the anchor of everyone, is told apart
    const alike = weighed({ ...found, influence: new Float64Array(AGENTS).fill(1) });
    if ('influence' in params) expect(farthest(found.stances, dense(found, alike))).toBeGreaterThan(100 * BOUND);
    const anchors = { ...found.regime.anchors, task: found.goals.task };
    const honest = dense({ ...found, regime: { ...found.regime, anchors } }, rows);
    expect(farthest(found.stances, honest)).toBeGreaterThan(0.01);
  });

  // influence times strength is cut to 12 fraction bits: 0.4 % of the least, 1/16
  test('strengths of relations weigh like influence', async () => {
    const strengths = [[1, 0.25, 0.5], [0.25, 1, 1], [0.5, 1, 0]]; // biome-ignore format: a matrix
    const kinds = strengths.map(row => row.map(() => 'collaborative'));
    const params = { ...PULLS, influence: UNEQUAL };
    const [found] = await atRest({ ...REGIME, ...graph, relations: { kinds, strengths }, params, steps: 200 });
    expect(farthest(found.stances, dense(found, weighed(found, strengths)))).toBeLessThan(5e-5);
    expect(farthest(found.stances, dense(found, weighed(found)))).toBeGreaterThan(1e-3);
  });
});
