// The checks of test/science/tri-alignment* at full size, for scripts/nightly.mjs: the example that tips by 2e5 agents, and the limits of the model.

import { densityModel } from '../dist/models/tri-alignment-density.js';
import { branch, fold, settle, tippingMinority, tippingStart } from '../dist/models/tri-alignment-tipping.js';
import { TIPPING_EXAMPLE as EXAMPLE, tippingSpec } from './tipping-example.mjs';
import { driven, LEAN, meanFieldCourse, stages } from './tri-alignment-example.mjs';

const AGENTS = 200_000;
/** On the host thresholds are found on a coarser grid: it moves them by less than their errors here. */
const COARSE = { ...EXAMPLE, bins: 401 };
const TOLERANCE = 0.005;

/** The worst of some distances, as an outcome of a check. */
const worst = (name, distances, tolerance) => ({ name, expected: 0, measured: Math.max(...distances), tolerance });

/** `run` takes a spec and models; `courses` and `estimate` are those of nightly.mjs. */
export function triAlignmentChecks({ run, courses, estimate }) {
  const simulated = spec => run(tippingSpec({ population: AGENTS, seed: 'nightly', ...spec }), [LEAN]);

  async function* branches() {
    const starts = [0, 0.3, 0.9];
    const steps = 300;
    const result = await simulated({ exploiters: starts, steps, measure: 5 });
    for (const [point, exploiters] of starts.entries()) {
      const theory = meanFieldCourse(EXAMPLE, exploiters, steps);
      for (const measure of Object.keys(theory[0])) {
        const [seen] = courses(result, measure, point);
        const distances = seen.slice(1).map((value, k) => Math.abs(value - theory[5 * k + 4][measure]));
        const name = `${measure} of ${AGENTS} agents from ${exploiters}, worst of ${distances.length} steps`;
        yield worst(name, distances, TOLERANCE);
      }
    }
    for (const [point, name] of [
      [0, 'aligned'],
      [2, 'misaligned'],
    ]) {
      const [seen] = courses(result, 'exploiters', point);
      yield { name: `exploiters on the ${name} branch`, expected: branch(EXAMPLE, name).exploiters, measured: seen.at(-1), tolerance: TOLERANCE }; // biome-ignore format: one thought
    }
  }

  async function* start() {
    const { value } = tippingStart(COARSE, 1e-3);
    const [below, above] = [value - 0.01, value + 0.01];
    const result = await simulated({ exploiters: [below, above], steps: 1000, measure: 1000 });
    const ends = [0, 1].map(point => courses(result, 'exploiters', point)[0].at(-1));
    yield {
      name: `exploiters in the end from ${below.toFixed(3)}`,
      expected: 0.0133,
      measured: ends[0],
      tolerance: 0.01,
    };
    yield {
      name: `exploiters in the end from ${above.toFixed(3)}`,
      expected: 0.9874,
      measured: ends[1],
      tolerance: 0.01,
    };
  }

  const exploitersWith = async (spec, from) => {
    const [seen] = courses(await simulated({ measure: 50, ...spec }), 'exploiters');
    return seen.slice(from / 50);
  };
  const plant = fraction => ({ plant: { at: 1, target: { fraction }, do: 'commit-to-exploit' } });

  async function* minority() {
    const { value } = tippingMinority(COARSE, 1e-3);
    const small = { ...EXAMPLE, committed: { ...EXAMPLE.committed, share: value - 0.004 } };
    const rest = settle(densityModel(small), densityModel(small).start(0)).exploiters;
    const held = await exploitersWith({ steps: 2500, interventions: plant(value - 0.004) }, 2000);
    yield { name: `exploiters with ${(value - 0.004).toFixed(4)} committed`, expected: rest, measured: estimate(held).mean, tolerance: 0.01 }; // biome-ignore format: one thought
    for (const how of ['uncommit', 'remove']) {
      const free = { at: 2001, target: { where: { committed: 1 } }, do: how };
      const left = await exploitersWith({ steps: 2500, interventions: { ...plant(value + 0.004), free } }, 2050);
      const name = `least share of exploiters after ${(value + 0.004).toFixed(4)} have tipped the rest and “${how}”`;
      yield { name, expected: 0.9874, measured: Math.min(...left), tolerance: 0.01 };
    }
  }

  async function* folds() {
    const hold = 400;
    const byConscience = conscience => ({ ...COARSE, conscience });
    const low = fold(byConscience, 'aligned', 1.6, 1, 1e-3).value;
    const high = fold(byConscience, 'misaligned', 1, 1.6, 1e-3).value;
    const falling = [1.4, 1.3, 1.25, low + 0.01, low - 0.015, 1.05];
    const rising = [low, 1.25, 1.3, high - 0.01, high + 0.015, 1.5];
    const values = [...falling, ...rising];
    const spec = { steps: hold * values.length, measure: hold, interventions: stages(values, hold) };
    const seen = courses(await simulated(spec), 'exploiters')[0].slice(1);
    const theory = driven(COARSE, values, hold);
    for (const [k, conscience] of values.entries()) {
      // next to a fold populations are slow, and chance moves them
      const near = [low, high].some(edge => Math.abs(conscience - edge) < 0.02);
      const name = `exploiters as conscience ${k < falling.length ? 'falls' : 'rises'} to ${conscience.toFixed(3)}`;
      yield { name, expected: theory[k], measured: seen[k], tolerance: near ? 0.05 : TOLERANCE };
    }
  }

  async function* games() {
    for (const [name, kind, params, expected] of [
      ['hawks (V/C)', 'competitive', { prize: 1, injury: 4 }, 1 / 4],
      [
        'exploiters of the snowdrift game (c/(2b − c))',
        'cooperative',
        { game: 'snowdrift', benefit: 1, cost: 0.4 },
        1 / 4,
      ],
    ]) {
      const spec = {
        model: 'tri-alignment',
        population: AGENTS,
        replicas: 4,
        groups: { all: 1 },
        steps: 150,
        measure: 1,
      };
      const relations = { all: { all: kind } };
      const init = { strategy: { comply: 0.4, exploit: 0.6 } };
      const learning = { imitation: 0.5, selection_noise: 0.2, learning: 'expected' };
      const result = await run({ ...spec, relations, init, params: { ...learning, ...params }, seed: 'nightly' }, [
        LEAN,
      ]);
      const means = courses(result, 'exploiters').map(course => estimate(course.slice(50)).mean);
      const seen = estimate(means);
      yield { name, expected, measured: seen.mean, error: seen.error, tolerance: 1e-3 };
    }
  }

  return {
    'tri-alignment-branches': branches,
    'tri-alignment-start': start,
    'tri-alignment-minority': minority,
    'tri-alignment-folds': folds,
    'tri-alignment-games': games,
  };
}
