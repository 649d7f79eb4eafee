// The example of docs/tri-alignment.md that tips, by agents on an engine: its branches, what tips it, and that it does not come back. Reduced; at full size: scripts/nightly.mjs.
import { describe, expect, test } from 'vitest';
import { TIPPING_EXAMPLE, tippingSpec } from '../../scripts/tipping-example.mjs';
import { type Density, type DensityModel, type DensityParams, densityModel } from '../../src/models/tri-alignment-density.ts'; // biome-ignore format: one thought
import type { SpecObject } from '../support/runs.ts';
import { courses, measuredSteps, run } from './measure.ts';
import { LEAN } from './tri-alignment.ts';

/** 401 bins move the course of an infinite population by less than 1e-3. */
const EXAMPLE: DensityParams = { ...TIPPING_EXAMPLE, bins: 401 };
const simulated = (spec: SpecObject) => run(tippingSpec(spec), { models: [LEAN], threads: 1 });

/** Measures of agents and the same of a density; outcomes are those of the strategies with which a step began. */
function told(model: DensityModel, now: Density, before: Density): Record<string, number> {
  const { exploiters, stance, human, preference, task } = model.summary(now);
  const outcome = model.outcome(model.summary(before).exploiters);
  return { exploiters, 'stance.0': stance, human_alignment: human, preferential_alignment: preference, task_alignment: task, outcome }; // biome-ignore format: one thought
}

/** What an infinite population does, by step from 1 on. */
function course(params: DensityParams, exploiters: number, steps: number): Record<string, number>[] {
  const model = densityModel(params);
  let density = model.start(exploiters);
  return Array.from({ length: steps }, () => {
    const before = density;
    density = model.step(before);
    return told(model, density, before);
  });
}

describe('both branches', () => {
  const [AGENTS, STEPS, STARTS] = [20_000, 240, [0.3, 0.9]];
  // 2e5 agents agree within .005 (nightly); noise goes as 1/√N, so 2e4 agree within .0158. Near the branches it is far less: exploiters on the aligned one come and go as births and
  // deaths do, with a variance of a few e/N, so that .006 is five standard deviations of √(2 · .0133/2e4) = 1.2e-3; likewise compliers on the other.
  const [BOUND, AT_REST] = [0.0158, 0.006];

  test('every measure of 20,000 agents follows the mean field to both', async () => {
    const strategy = STARTS.map(exploit => ({ comply: 'rest', exploit }));
    const init = { ...(tippingSpec().init as SpecObject), strategy };
    const result = await simulated({ population: AGENTS, init, steps: STEPS, measure: 10, seed: 'branches' });
    const steps = measuredSteps(result).slice(1);
    const distance = (theory: Record<string, number>[], point: number, from: number): number =>
      Math.max(
        ...Object.keys(theory[0]).flatMap(measure => {
          const [seen] = courses(result, measure, point);
          return steps.flatMap((step, k) => (step < from ? [] : Math.abs(seen[k + 1] - theory[step - 1][measure])));
        }),
      );
    for (const [point, exploiters] of STARTS.entries()) {
      const theory = course(EXAMPLE, exploiters, STEPS);
      expect(distance(theory, point, 0)).toBeLessThan(BOUND);
      expect(distance(theory, point, 200)).toBeLessThan(AT_REST);
      expect(distance(course({ ...EXAMPLE, conscience: 1.2 }, exploiters, STEPS), point, 0)).toBeGreaterThan(BOUND);
      expect(distance(course({ ...EXAMPLE, socialPull: 0.07 }, exploiters, STEPS), point, 0)).toBeGreaterThan(BOUND);
    }
    const ends = STARTS.map((_, point) => courses(result, 'exploiters', point)[0].at(-1)!);
    expect(ends[0]).toBeLessThan(0.03);
    expect(ends[1]).toBeGreaterThan(0.97);
  });
});

// Mean field: .5729. Around it a distance grows to e times itself in about 55 steps, while the noise of a step is at most √(τ e(1 − e)/N) = 1.6e-3: 8e-3 in all, against 0.07.
test('from 50 % exploiters 10,000 agents recover, from 64 % they do not', async () => {
  const strategy = [0.5, 0.64].map(exploit => ({ comply: 'rest', exploit }));
  const init = { ...(tippingSpec().init as SpecObject), strategy };
  const result = await simulated({ population: 10_000, init, steps: 400, measure: 400, seed: 'start' });
  const [recovered, lost] = [0, 1].map(point => courses(result, 'exploiters', point)[0][1]);
  expect(recovered).toBeLessThan(0.05);
  expect(lost).toBeGreaterThan(0.95);
});

describe('a committed minority (mean field: 4.33 % tips)', () => {
  const plant = (fraction: number) => ({ plant: { at: 1, target: { fraction }, do: 'commit-to-exploit' } });
  const committed = { where: { committed: 1 } };
  const exploiters = async (spec: SpecObject): Promise<number[]> =>
    courses(await simulated({ population: 10_000, measure: 50, seed: 'minority', ...spec }), 'exploiters')[0];

  // At rest with 3 % the mean field has 7.47 % exploiters; the noise of 10,000 agents is a few √(e/N) = 3e-3.
  test('of 3 % leaves the aligned branch where it is', async () => {
    const seen = await exploiters({ steps: 400, interventions: plant(0.03) });
    expect(Math.abs(seen.at(-1)! - 0.0747)).toBeLessThan(0.012);
    expect(Math.max(...seen)).toBeLessThan(0.1);
  });

  test.each([
    { how: 'uncommit', left: 0.97 },
    { how: 'remove', left: 0.97 },
  ])('of 7 % takes it over; $how does not bring alignment back', async ({ how, left }) => {
    const interventions = { ...plant(0.07), free: { at: 501, target: committed, do: how } };
    const seen = await exploiters({ steps: 700, interventions });
    const at = (step: number): number => seen[step / 50];
    expect(at(50)).toBeLessThan(0.2);
    expect(at(500)).toBeGreaterThan(0.97);
    for (const step of [550, 600, 650, 700]) expect(at(step)).toBeGreaterThan(left);
  });
});

describe('conscience down and up again', () => {
  const HOLD = 150;
  const down = [1.4, 1.3, 1.25, 1.2, 1.12, 1.05];
  const stages = [...down, ...down.toReversed().slice(1), 1.5, 1.5];

  /** The mean field with the same schedule: where it is at the end of each stage, and how far it came in the last ten steps. */
  function driven(): { value: number; change: number }[] {
    let density: Density | undefined;
    return stages.map(conscience => {
      const model = densityModel({ ...EXAMPLE, conscience });
      density ??= model.start(0);
      let before = density;
      for (let step = 0; step < HOLD; step++) {
        density = model.step(density);
        if (step === HOLD - 11) before = density;
      }
      const [last, value] = [before, density].map(state => model.summary(state).exploiters);
      return { value, change: Math.abs(value - last) };
    });
  }

  // Between folds a branch holds its place to the noise of births and deaths, a few √(e(1 − e)/N) ≤ 5e-3 for e near 0 or 1. Past a fold the way over takes some 100 steps, and when it
  // begins is a matter of chance: stages at whose end the mean field is on its way are left out.
  test('10,000 agents go around the loop of the mean field', async () => {
    const interventions = Object.fromEntries(
      stages.map((conscience, k) => [`stage-${k}`, { at: 1 + k * HOLD, do: { set: { conscience } } }]),
    );
    const spec = { population: 10_000, steps: HOLD * stages.length, measure: HOLD, interventions, seed: 'loop' };
    const seen = courses(await simulated(spec), 'exploiters')[0].slice(1);
    const theory = driven();
    const settled = theory.flatMap(({ change }, k) => (change < 3e-3 ? [k] : []));
    expect(settled.length).toBeGreaterThanOrEqual(9);
    for (const k of settled) expect(Math.abs(seen[k] - theory[k].value), `stage ${k}`).toBeLessThan(0.02);
    // at 1.25, 1.2 and 1.3 it depends on where they came from
    for (const value of [1.3, 1.25, 1.2]) {
      expect(seen[stages.indexOf(value)]).toBeLessThan(0.1);
      expect(seen[stages.lastIndexOf(value)]).toBeGreaterThan(0.9);
    }
  });
});
