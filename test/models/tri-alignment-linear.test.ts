// Closed forms of the linear regime of tri-alignment against a dense solution, finite differences, and agents that step.
import { describe, expect, test } from 'vitest';
import {
  everyone,
  type Hear,
  interference,
  type LinearRegime,
  meanAlignment,
  mixedDerivatives,
  mixedStances,
  PULLS,
  type Pull,
  restingStances,
  stanceDerivatives,
  uncrossedInterference,
} from '../../src/models/tri-alignment-linear.ts';
import { seedKey, sequence } from '../../src/random.ts';
import { openTriAlignment, stepTriAlignment } from '../reference/tri-alignment.ts';
import { solveDominant } from '../support/linear.ts';

const AGENTS = 40;
const QUESTIONS = 2;
const draws = sequence(seedKey('linear'));
const column = (low: number, high: number): Float64Array =>
  Float64Array.from({ length: AGENTS }, () => low + (high - low) * draws.unit());
const columns = (low: number, high: number): Float64Array[] =>
  Array.from({ length: QUESTIONS }, () => column(low, high));
const same = (value: number): Float64Array[] =>
  Array.from({ length: QUESTIONS }, () => new Float64Array(AGENTS).fill(value));

const REGIME: LinearRegime = {
  pulls: { value: 0.05, preference: 0.02, task: 0.06, training: 0.03 },
  social: 0.2,
  anchors: { value: same(0.8), preference: columns(-0.5, 0.7), task: columns(-0.2, 0.6), training: columns(-1, 1) },
};
const INFLUENCE = column(0.2, 3);

/** A directed network with weights: each looks at three others. */
const NEIGHBORS = Array.from({ length: AGENTS }, (_, i) => [1, 3, 11].map(step => (i * step + step) % AGENTS));
const WEIGHTS = NEIGHBORS.map(others => others.map((_, n) => [0.5, 0.3, 0.2][n]));
const network: Hear = x => NEIGHBORS.map((others, i) => others.reduce((sum, j, n) => sum + WEIGHTS[i][n] * x[j], 0));
const mixed = everyone(INFLUENCE);

/** Rows of W: what is heard of unit vectors. */
function rowsOf(hear: Hear): Float64Array[] {
  const rows = Array.from({ length: AGENTS }, () => new Float64Array(AGENTS));
  for (let j = 0; j < AGENTS; j++) {
    const heard = hear(Float64Array.from({ length: AGENTS }, (_, i) => Number(i === j)));
    for (let i = 0; i < AGENTS; i++) rows[i][j] = heard[i];
  }
  return rows;
}

const farthest = (a: readonly ArrayLike<number>[], b: readonly ArrayLike<number>[]): number =>
  Math.max(...a.flatMap((values, k) => Array.from(values, (value, i) => Math.abs(value - b[k][i]))));

const changed = (by: Pull | 'social', step: number): LinearRegime =>
  by === 'social'
    ? { ...REGIME, social: REGIME.social + step }
    : { ...REGIME, pulls: { ...REGIME.pulls, [by]: REGIME.pulls[by] + step } };

describe.each([
  { on: 'a directed network', hear: network },
  { on: 'complete mixing by influence', hear: mixed },
])('$on', ({ hear }) => {
  test('stances rest at the dense solution of (λI + λ_s(I − W)) x = b', () => {
    const rows = rowsOf(hear);
    const own = PULLS.reduce((sum, pull) => sum + REGIME.pulls[pull], 0);
    const dense = REGIME.anchors.value.map((_, k) => {
      const matrix = rows.map((row, i) => row.map((w, j) => REGIME.social * (Number(i === j) - w) + own * Number(i === j))); // biome-ignore format: one thought
      const b = Float64Array.from({ length: AGENTS }, (_, i) =>
        PULLS.reduce((sum, pull) => sum + REGIME.pulls[pull] * REGIME.anchors[pull][k][i], 0),
      );
      return solveDominant(matrix, b);
    });
    expect(farthest(restingStances(REGIME, hear), dense)).toBeLessThan(1e-13);
  });

  // central differences with steps of 1e-5: errors of 1e-10 / λ² and 1e-16 / 1e-5
  test('derivatives are what finite differences say', () => {
    const derivatives = stanceDerivatives(REGIME, hear);
    for (const by of [...PULLS, 'social'] as const) {
      const [more, less] = [1e-5, -1e-5].map(step => restingStances(changed(by, step), hear));
      const slopes = more.map((x, k) => x.map((value, i) => (value - less[k][i]) / 2e-5));
      expect(farthest(derivatives[by], slopes), by).toBeLessThan(1e-6);
      expect(farthest(derivatives[by], same(0)), by).toBeGreaterThan(0.1);
    }
  });
});

test('complete mixing: the closed forms are the general ones, with and without influence', () => {
  for (const influence of [INFLUENCE, undefined]) {
    expect(farthest(mixedStances(REGIME, influence), restingStances(REGIME, everyone(influence)))).toBeLessThan(1e-13);
    const [closed, general] = [mixedDerivatives(REGIME, influence), stanceDerivatives(REGIME, everyone(influence))];
    for (const by of [...PULLS, 'social'] as const) expect(farthest(closed[by], general[by]), by).toBeLessThan(1e-11);
  }
  expect(farthest(mixedStances(REGIME), mixedStances(REGIME, INFLUENCE))).toBeGreaterThan(0.001);
});

describe('interference matrix', () => {
  const slopes = (goals: readonly ArrayLike<number>[], by: Pull | 'social'): number => {
    const [more, less] = [1e-6, -1e-6].map(step => meanAlignment(mixedStances(changed(by, step), INFLUENCE), goals));
    return (more - less) / 2e-6;
  };

  test('goals that stances lie on both sides of: as finite differences say', () => {
    const stances = mixedStances(REGIME, INFLUENCE);
    const derivatives = mixedDerivatives(REGIME, INFLUENCE);
    for (const goal of ['value', 'preference', 'task'] as const) {
      const row = interference(stances, REGIME.anchors[goal], derivatives);
      for (const by of [...PULLS, 'social'] as const) {
        expect(Math.abs(row[by] - slopes(REGIME.anchors[goal], by)), `${goal} by ${by}`).toBeLessThan(1e-6);
      }
    }
    const others = interference(stances, REGIME.anchors.task, derivatives);
    expect(Math.max(...PULLS.map(pull => Math.abs(others[pull])))).toBeGreaterThan(0.1);
  });

  test('a goal that nobody crosses: the short form, and the social pull does nothing', () => {
    const row = uncrossedInterference(REGIME, REGIME.anchors.value)!;
    const general = interference(mixedStances(REGIME), REGIME.anchors.value, mixedDerivatives(REGIME));
    for (const by of [...PULLS, 'social'] as const) expect(row[by]).toBeCloseTo(general[by], 12);
    expect(row.social).toBe(0);
    // the human reference draws nearer, the others away
    expect(row.value).toBeGreaterThan(0.5);
    expect(row.task).toBeLessThan(-0.1);
    expect(uncrossedInterference(REGIME, REGIME.anchors.training)).toBeUndefined();
  });
});

// Each step shrinks what is missing to 1 − λ = 0.84 of itself: 2 × 0.84^200 < 2e-15.
test.each([
  { on: 'a network', neighbors: NEIGHBORS },
  { on: 'complete mixing', neighbors: undefined },
])('agents that step come to rest there, on $on', ({ neighbors }) => {
  const { pulls, social, anchors } = REGIME;
  const goals = { human: [0.8, 0.8], task: [0.1, -0.2], temptation: [0, 0] };
  const params = { value_pull: pulls.value, preference_pull: pulls.preference, task_pull: pulls.task, training_pull: pulls.training, social_pull: social }; // biome-ignore format: one thought
  const of = (by: readonly ArrayLike<number>[], i: number): number[] => by.map(values => values[i]);
  const world = openTriAlignment({
    seed: 'linear',
    population: AGENTS,
    params,
    paramsOf: i => ({ influence: INFLUENCE[i] }),
    groups: [goals],
    neighbors,
    update: 'synchronous',
    start: i => ({ group: 0, exploits: false, preference: of(anchors.preference, i), stance: of(anchors.training, i) }),
  });
  for (let step = 0; step < 200; step++) stepTriAlignment(world);
  const regime = { ...REGIME, anchors: { ...anchors, task: goals.task.map(goal => new Float64Array(AGENTS).fill(goal)) } }; // biome-ignore format: one thought
  const byInfluence: Hear = x =>
    NEIGHBORS.map(others => {
      const whole = others.reduce((sum, j) => sum + INFLUENCE[j], 0);
      return others.reduce((sum, j) => sum + (INFLUENCE[j] / whole) * x[j], 0);
    });
  const expected = neighbors ? restingStances(regime, byInfluence) : mixedStances(regime, INFLUENCE);
  const seen = goals.task.map((_, k) => world.agents.map(({ stance }) => stance[k]));
  expect(farthest(seen, expected)).toBeLessThan(1e-12);
  const wrong = neighbors ? mixedStances(regime, INFLUENCE) : restingStances(regime, byInfluence);
  expect(farthest(seen, wrong)).toBeGreaterThan(0.01);
});
