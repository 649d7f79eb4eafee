// The checks of test/science at full size: what theory says, what was measured, its standard error, how many of them apart, and a verdict. Needs a build (dist).
// Usage: node scripts/nightly.mjs [--engine auto|webgpu|cpu] [part of a check's name …]
// Exit code 1 when a check fails, 2 when the command is wrong.
import { parseArgs } from 'node:util';
import { bit, catalogue, count, defineModel, integerField, open, policyRows, simulate } from '../dist/index.js';
import { triAlignmentChecks } from './nightly-tri-alignment.mjs';

const { values: options, positionals: wanted } = (() => {
  try {
    return parseArgs({ options: { engine: { type: 'string', default: 'auto' } }, allowPositionals: true });
  } catch (error) {
    console.error(`${error.message}\nusage: node scripts/nightly.mjs [--engine auto|webgpu|cpu] [part of a name …]`);
    process.exit(2);
  }
})();
const { engine } = options;

/** Standard errors that count as agreement: about 40 checks are made, and 3.9 are exceeded with probability 1e-4 each. */
const LIMIT = 3.9;

/**
 * One comparison. With `tolerance` the distance must be smaller than that (the standard error is still told); otherwise it must be within LIMIT standard errors.
 * @typedef {{ name: string, expected: number, measured: number, error?: number, tolerance?: number }} Outcome
 */

const run = (spec, models) => simulate({ measure: spec.steps, ...spec }, { engine, models });

const mean = xs => xs.reduce((sum, x) => sum + x, 0) / xs.length;

/** Mean and standard error of independent values. */
function estimate(xs) {
  const middle = mean(xs);
  return {
    mean: middle,
    error: Math.sqrt(xs.reduce((sum, x) => sum + (x - middle) ** 2, 0) / (xs.length - 1) / xs.length),
  };
}

/** Values of a measure by replica and then by measured step. */
function courses({ series }, measure, point = 0) {
  const found = [];
  for (let row = 0; row < series.step.length; row++) {
    if (series.point[row] !== point) continue;
    found[series.replica[row]] ??= [];
    found[series.replica[row]].push(series[measure][row]);
  }
  return found;
}

/** Means over the measured steps from the `from`-th on, by replica. */
const late = (result, measure, from, point) => courses(result, measure, point).map(course => mean(course.slice(from)));

/** Pearson's statistic with neighbouring cells pooled until each is expected 10 times: expected value is the number of degrees of freedom, ± √(2 × freedom). */
function chiSquare(name, counts, probabilities) {
  const total = counts.reduce((a, b) => a + b, 0);
  const cells = [];
  let cell = [0, 0];
  counts.forEach((seen, k) => {
    cell = [cell[0] + seen, cell[1] + total * probabilities[k]];
    if (cell[1] < 10) return;
    cells.push(cell);
    cell = [0, 0];
  });
  cells.at(-1)[0] += cell[0];
  cells.at(-1)[1] += cell[1];
  const freedom = cells.length - 1;
  const measured = cells.reduce((sum, [seen, expected]) => sum + (seen - expected) ** 2 / expected, 0);
  return { name: `${name} (χ²)`, expected: freedom, measured, error: Math.sqrt(2 * freedom) };
}

const order = up => 2 * up - 1;

const matchings = defineModel({
  name: 'matchings',
  about: 'Shows who meets whom.',
  source: 'made up',
  updates: ['pairing'],
  published: { update: 'pairing', note: 'made up' },
  fields: { mate: integerField({ max: 255 }), asks: bit() },
  params: {},
  init: {},
  rules: ['look'],
  measures: { askers: count('asks', 1) },
  shaders: {
    look: {
      path: 'matchings.wgsl',
      text: `
        import package::agent::{first, partner, set_asks, set_mate};
        fn look(me: u32) { set_mate(partner(me)); set_asks(u32(first(me))); }`,
    },
  },
});

async function* matchingsAreUniform() {
  const [replicas, steps] = [20_000, 200];
  for (const [n, possible] of [
    [4, 12],
    [5, 60],
    [6, 120],
    [8, 1680],
  ]) {
    const spec = { model: 'matchings', population: n, replicas, steps, seed: 'nightly' };
    const world = await open(spec, { engine, models: [...catalogue, matchings] });
    const seen = new Map();
    for (let step = 0; step < steps; step++) {
      await world.step(1, { every: 0 });
      const [mates, asks] = [await world.read('mate'), await world.read('asks')];
      for (let at = 0; at < mates.length; at += n) {
        let key = 0;
        for (let i = 0; i < n; i++) key = 16 * key + 2 * mates[at + i] + asks[at + i];
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
    }
    await world.dispose();
    const counts = [...seen.values(), ...new Array(Math.max(0, possible - seen.size)).fill(0)];
    yield chiSquare(
      `${replicas * steps} matchings of ${n}`,
      counts,
      counts.map(() => 1 / possible),
    );
  }
}

async function* qVoterOrder() {
  const independence = [0.1, 0.2, 0.28];
  for (const q of [2, 3]) {
    const params = { q, independence };
    const spec = { model: 'noisy-q-voter', population: 500_000, replicas: 4, params, init: { opinion: 1 } };
    const result = await run({ ...spec, update: 'synchronous', steps: 80, measure: 2, seed: 'nightly' });
    for (const [point, p] of independence.entries()) {
      const seen = estimate(late(result, 'up', 25, point).map(order));
      const expected = Math.sqrt((1 - 3 * p) / (1 - p));
      yield {
        name: `m at q = ${q}, independence ${p}`,
        expected,
        measured: seen.mean,
        error: seen.error,
        tolerance: 0.002,
      };
    }
  }
}

async function* qVoterThreshold() {
  for (const [q, anticonformity, p, scale, expected] of [
    [2, 0, [0.2, 0.25, 0.29, 0.31], x => 1 - x, 1 / 3],
    [3, 0, [0.2, 0.25, 0.29, 0.31], x => 1 - x, 1 / 3],
    [2, 1, [0.15, 0.19, 0.22, 0.235], () => 1, 1 / 4],
    [3, 1, [0.2, 0.25, 0.29, 0.31], x => 1 + x, 1 / 3],
  ]) {
    const params = { q, anticonformity, independence: p };
    const spec = { model: 'noisy-q-voter', population: 50_000, replicas: 6, params, init: { opinion: 1 } };
    const result = await run({ ...spec, update: 'synchronous', steps: 180, measure: 3, seed: 'nightly' });
    const ys = p.map((x, point) => late(result, 'up', 20, point).map(up => order(up) ** 2 * scale(x)));
    const zeros = ys[0].map((_, replica) => {
      const [mx, my] = [mean(p), mean(ys.map(y => y[replica]))];
      const slope =
        p.reduce((sum, x, k) => sum + (x - mx) * (ys[k][replica] - my), 0) /
        p.reduce((sum, x) => sum + (x - mx) ** 2, 0);
      return mx - my / slope;
    });
    const seen = estimate(zeros);
    const name = `p* at q = ${q}, ${anticonformity ? 'anticonformity' : 'independence'}`;
    yield { name, expected, measured: seen.mean, error: seen.error, tolerance: 0.003 };
  }
}

async function* jailbreak() {
  for (const [infection, recovery] of [
    [0.8, 0.1],
    [0.5, 0.2],
  ]) {
    const spec = { model: 'infectious-jailbreak', population: 1_000_000, replicas: 8, params: { infection, recovery } };
    const result = await run({ ...spec, init: { carrier: 0.01 }, steps: 60, measure: 1, seed: 'nightly' });
    const all = courses(result, 'carriers');
    let c = 0.01;
    let worst = { name: '', expected: c, measured: c, error: 0, tolerance: 4e-3 };
    for (let round = 0; round <= 60; round++) {
      const seen = estimate(all.map(course => course[round]));
      if (Math.abs(seen.mean - c) >= Math.abs(worst.measured - worst.expected)) {
        const name = `worst of 60 rounds (round ${round}), β = ${infection}, γ = ${recovery}`;
        worst = { name, expected: c, measured: seen.mean, error: seen.error, tolerance: 4e-3 };
      }
      c = (1 - recovery) * c + (infection * c * (1 - c)) / 2;
    }
    yield worst;
  }
}

async function* zealotVoter() {
  const free = 200;
  const worlds = 100_000;
  const steps = 80 * (free + 10);
  const params = { zealots_up: 5, zealots_down: 5 };
  const spec = { model: 'voter', population: free + 10, params, init: { opinion: 0.5 }, seed: 'nightly' };
  const counts = new Array(free + 1).fill(0);
  const result = await run({ ...spec, replicas: worlds, update: 'sequential', steps });
  for (const course of courses(result, 'free_up')) counts[Math.round(course.at(-1) * free)]++;
  // BetaBinomial(200, 5, 5) from its ratios
  const weights = [1];
  for (let k = 0; k < free; k++) weights.push((weights[k] * (free - k) * (k + 5)) / ((k + 1) * (free - k - 1 + 5)));
  const total = weights.reduce((a, b) => a + b, 0);
  yield chiSquare(
    'free ups with 5 + 5 zealots are BetaBinomial(200, 5, 5)',
    counts,
    weights.map(w => w / total),
  );
  const spread = (replicas, update, count) =>
    run({ ...spec, replicas, update, steps: count }).then(found => {
      const ups = courses(found, 'free_up').map(course => course.at(-1) - 0.5);
      const seen = estimate(ups.map(x => x * x));
      return { measured: seen.mean, error: seen.error };
    });
  // measured when the update order was studied (docs/updates.md): other laws, and reproducibly so
  yield {
    name: 'variance of the share, synchronous',
    expected: 0.0126,
    ...(await spread(20_000, 'synchronous', 150)),
    tolerance: 6e-4,
  };
  yield {
    name: 'variance of the share, pairing',
    expected: 0.023,
    ...(await spread(20_000, 'pairing', 300)),
    tolerance: 1e-3,
  };
}

async function* zealotConsensus() {
  for (const n of [30, 100]) {
    const every = 2;
    const spec = { model: 'voter', population: n + 1, replicas: 4000, params: { zealots_up: 1 }, init: { opinion: 0 } };
    const measure = every * (n + 1);
    const result = await run({ ...spec, update: 'sequential', steps: 11 * n * (n + 1), measure, seed: 'nightly' });
    const seen = estimate(
      courses(result, 'up').map(course => {
        const decided = course.indexOf(1);
        return (every * ((decided < 0 ? course.length : decided) - 0.5)) / n;
      }),
    );
    let expected = 0;
    for (let k = 1; k <= n; k++) expected += 1 / k ** 2;
    yield { name: `sweeps / N until one zealot has won over ${n}`, expected, measured: seen.mean, error: seen.error };
  }
}

async function* conformityBranches() {
  for (const force of [1.5, 2, 3]) {
    const fold = Math.sqrt(1 - 1 / force);
    const limit = fold - Math.atanh(fold) / force;
    const bias = [0, 0.4, 0.8].map(part => Math.round(limit * part * 1000) / 1000);
    const params = { majority_force: force, bias };
    const spec = { model: 'llm-conformity', population: 1_000_000, replicas: 2, params, init: { opinion: [0, 1] } };
    const result = await run({ ...spec, update: 'synchronous', steps: 60, measure: 1, seed: 'nightly' });
    for (const [k, h] of bias.entries()) {
      for (const [s, start] of [-1, 1].entries()) {
        let expected = start;
        for (let turn = 0; turn < 10_000; turn++) expected = Math.tanh(force * (expected + h));
        const seen = estimate(late(result, 'misaligned', 30, 2 * k + s).map(order));
        const name = `m at β = ${force}, h = ${h}, from ${start}`;
        yield { name, expected, measured: seen.mean, error: seen.error, tolerance: 0.003 };
      }
    }
  }
}

/** Narrows an interval in whose lower end the aligned branch is kept and in whose upper end it is lost; the half width of the last interval is the error. */
async function fold(spec, [from, to], rounds, paramsOf) {
  let [low, high] = [from, to];
  for (let round = 0; round < rounds; round++) {
    const values = [1, 2, 3].map(k => low + ((high - low) * k) / 4);
    const result = await run({
      model: 'llm-conformity',
      init: { opinion: 0 },
      update: 'synchronous',
      seed: 'nightly',
      ...spec,
      params: paramsOf(values),
    });
    const first = values.findIndex((_, point) => courses(result, 'misaligned', point)[0].at(-1) > 0.5);
    [low, high] = [first === 0 ? low : values[(first < 0 ? 3 : first) - 1], first < 0 ? high : values[first]];
  }
  return { measured: (low + high) / 2, error: (high - low) / 2 };
}

async function* spinodals() {
  for (const force of [1.5, 2, 3]) {
    const m = Math.sqrt(1 - 1 / force);
    const expected = m - Math.atanh(m) / force;
    const found = await fold({ population: 100_000, steps: 600 }, [0.8 * expected, 1.1 * expected], 4, bias => ({
      majority_force: force,
      bias,
    }));
    yield { name: `spinodal at β = ${force}`, expected, ...found, tolerance: 0.01 * expected };
  }
}

async function* stubbornTipping() {
  const population = 100_000;
  for (const [force, bias, expected] of [
    [2, 0, 0.1892],
    [2.5, 0.2, 0.4865],
    [3, 0.1, 0.4303],
  ]) {
    const found = await fold({ population, steps: 600 }, [0.85 * expected, 1.15 * expected], 4, zs => ({
      majority_force: force,
      bias,
      bias_sign: -1,
      zealots_up: zs.map(z => Math.round((population * z) / (1 + z))),
    }));
    yield {
      name: `stubborn share that tips at β = ${force}, h = −${bias}`,
      expected,
      ...found,
      tolerance: 0.02 * expected,
    };
  }
}

async function* graphTheory() {
  for (const [name, topology, tolerance] of [
    ['Erdős-Rényi, mean degree 20', { kind: 'erdos-renyi', mean_degree: 20 }, 0.01],
    ['Erdős-Rényi, mean degree 5', { kind: 'erdos-renyi', mean_degree: 5 }, 0.035],
    ['degrees 4 and 40', { kind: 'configuration', degrees: { 4: 0.8, 40: 0.2 } }, 0.02],
  ]) {
    const params = { majority_force: 1.5, bias: 0.1 };
    const spec = {
      model: 'llm-conformity',
      population: 100_000,
      replicas: 4,
      topology,
      params,
      init: { opinion: 0.6 },
    };
    const result = await run({ ...spec, update: 'synchronous', steps: 30, measure: 1, seed: 'nightly' });
    const all = courses(result, 'misaligned');
    let worst;
    result.theory.courses[0].values.forEach((expected, k) => {
      const seen = estimate(all.map(course => course[k]));
      if (!worst || Math.abs(seen.mean - expected) > Math.abs(worst.measured - worst.expected)) {
        worst = {
          name: `mean field by degree, ${name}, step ${k}`,
          expected,
          measured: seen.mean,
          error: seen.error,
          tolerance,
        };
      }
    });
    yield worst;
  }
}

async function* namingTipping() {
  // 1e6 agents, 2e4 rounds: 2e10 updates, half an hour or more on a processor. Above the threshold the mean field passes in 231 rounds. Measured with 1e5 agents and this
  // seed: at .096 n_B is .6936 in the mean of the last 1e4 rounds and never below .681; at .1 it is 0 from round 300 on.
  for (const [committed, steps, expected] of [
    [0.096, 20_000, 0.69397],
    [0.1, 2000, 0],
  ]) {
    const spec = { model: 'naming-game', population: 1_000_000, params: { committed }, steps, measure: 50 };
    const result = await run({ ...spec, seed: 'nightly' });
    const [course] = courses(result, 'n_b');
    const measured = mean(course.slice(course.length >> 1));
    yield { name: `n_B at a committed share of ${committed}`, expected, measured, tolerance: 0.005 };
  }
}

async function* conventionTipping() {
  for (const [memory_length, expected] of [
    [3, 0.1111],
    [5, 0.1651],
    [9, 0.2234],
    [12, 0.2419],
    [25, 0.3086],
  ]) {
    const committed = [-3, -2, -1, 0, 1, 2, 3].map(thousandths => expected + thousandths / 1000);
    const params = { memory_length, committed };
    const spec = { model: 'convention-memory', population: 100_000, params, steps: 1000, seed: 'nightly' };
    const result = await run(spec);
    const lost = committed.findIndex((_, point) => courses(result, 'adopters', point)[0].at(-1) > 0.9);
    const between = [committed[lost - 1] ?? Number.NaN, committed[lost] ?? Number.NaN];
    const name = `committed share that tips at M = ${memory_length}`;
    yield { name, expected, measured: mean(between), error: (between[1] - between[0]) / 2, tolerance: 0.003 };
  }
}

/** Random tables of three talks: the largest distance from the integrated mean field over all measured steps. */
async function* policyTables() {
  const values = odd => policyRows(3).map((_, row) => (Math.imul(row + 1, odd) >>> 22) / 1024);
  const params = {
    history: 3,
    committed: [0, 0.1],
    policy: [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35].map(odd => ({ values: values(odd) })),
  };
  const spec = { model: 'policy-table', population: 1_000_000, params, steps: 50, measure: 1, seed: 'nightly' };
  const result = await run(spec);
  for (const { measure, point, values: expected } of result.theory.courses) {
    const [seen] = courses(result, measure, point);
    const measured = Math.max(...seen.map((value, k) => Math.abs(value - expected[k])));
    // of one step, at most: a share among N agents, or among N / 2 pairs
    const error = measure === 'says_b' ? 5e-4 : 7.1e-4;
    yield {
      name: `table ${point % 3}, committed ${point < 3 ? 0 : 0.1}, ${measure}`,
      expected: 0,
      measured,
      error,
      tolerance: 3e-3,
    };
  }
}

async function* mixedEquilibria() {
  for (const [how, selection, steps, from] of [
    ['fermi', 5, 60, 20],
    ['proportional', 1, 140, 60],
  ]) {
    const params = { preset: ['hawk-dove', 'snowdrift'], how, selection };
    const spec = { model: 'imitation-game', population: 1_000_000, replicas: 2, params, init: { strategy: 0.5 } };
    const result = await run({ ...spec, steps, measure: 1, seed: 'nightly' });
    for (const [point, [name, expected]] of Object.entries([
      ['hawks (V/C)', 1 / 4],
      ['defectors of the snowdrift game (c/(2b − c))', 1 / 3],
    ])) {
      const seen = estimate(late(result, 'defectors', from, Number(point)));
      yield { name: `${name}, ${how}`, expected, measured: seen.mean, error: seen.error, tolerance: 0.003 };
    }
  }
}

async function* fixation() {
  const [population, worlds] = [50, 100_000];
  // updates after which fewer than 3e-5 of the worlds are undecided, by the exact chain
  for (const [how, advantage, selection, steps, expected] of [
    ['fermi', 0.1, 2, 9000, -Math.expm1(-0.2) / -Math.expm1(-0.2 * population)],
    ['moran', 0.1, 1, 8000, (1 - 1 / 1.1) / (1 - 1.1 ** -population)],
  ]) {
    const params = { preset: 'constant', how, advantage, selection };
    const spec = { model: 'imitation-game', population, replicas: worlds, params, init: { strategy: 1 / population } };
    const result = await run({ ...spec, update: 'sequential', steps, seed: 'nightly' });
    const fixed = courses(result, 'defectors').filter(course => course.at(-1) === 1).length;
    const error = Math.sqrt((expected * (1 - expected)) / worlds);
    yield { name: `one of ${population} takes over, ${how}`, expected, measured: fixed / worlds, error };
  }
}

/** Nowak & May's automaton on both engines, whatever --engine says: with 256 × 256 agents the digests of 1,000 generations, a measured one in ten, agree. */
async function* kaleidoscopeOnBoth() {
  const topology = { kind: 'lattice', width: 256, height: 256, neighbourhood: 'moore' };
  const params = { preset: 'nowak-may', temptation: 1.9 };
  const spec = { model: 'spatial-dilemma', topology, params, init: { strategy: 0.1 }, steps: 1000, measure: 10 };
  const one = await simulate({ ...spec, seed: 'nightly' }, { engine: 'cpu' });
  const other = await simulate({ ...spec, seed: 'nightly' }, { engine: 'webgpu' });
  const name = 'digests of 1,000 generations that agree, 256 × 256 agents';
  yield { name, expected: 1, measured: Number(one.digest === other.digest), tolerance: 0.5 };
}

async function* kaleidoscopeShare() {
  // Published: .318, near 12 ln 2 − 8, an estimate from the growth of one defector. Measured: .3159 and .3153, each ± .0002. From 90 % defectors one world in six lost all cooperators.
  const topology = { kind: 'lattice', width: 256, height: 256, neighbourhood: 'moore' };
  const init = { strategy: [0.1, 0.5] };
  const params = { preset: 'nowak-may', temptation: 1.9 };
  const spec = { model: 'spatial-dilemma', topology, replicas: 3, params, init, steps: 800, measure: 2 };
  const result = await run({ ...spec, seed: 'nightly' });
  for (const [point, share] of init.strategy.entries()) {
    const seen = estimate(late(result, 'cooperators', 100, point));
    const name = `cooperators at b = 1.9 from ${100 * share} % defectors`;
    yield { name, expected: 0.318, measured: seen.mean, error: seen.error, tolerance: 0.005 };
  }
}

async function* dilemmaExtinction() {
  // Class by class cooperators are extinct above 1.032, where their share c vanishes like (b_c − b)^.583 (directed percolation in two dimensions): c^(1/.583) is a straight line
  // in b, and its zero is b_c. Measured with 2 worlds: 1.0319. Published for random-sequential order: 1.036.
  const temptation = [1.02, 1.024, 1.028, 1.03];
  const topology = { kind: 'lattice', width: 200, height: 200 };
  const params = { preset: 'szabo-toke', temptation: [...temptation, 1.04, 1.05] };
  const spec = { model: 'spatial-dilemma', topology, params, init: { strategy: 0.5 }, update: 'sublattice' };
  const result = await run({ ...spec, replicas: 3, steps: 4000, measure: 20, seed: 'nightly' });
  const zeros = [0, 1, 2].map(replica => {
    const ys = temptation.map((_, point) => late(result, 'cooperators', 50, point)[replica] ** (1 / 0.583));
    const [mx, my] = [mean(temptation), mean(ys)];
    const slope =
      temptation.reduce((sum, x, k) => sum + (x - mx) * (ys[k] - my), 0) /
      temptation.reduce((sum, x) => sum + (x - mx) ** 2, 0);
    return mx - my / slope;
  });
  const seen = estimate(zeros);
  const name = 'temptation above which cooperators die out, class by class';
  yield { name, expected: 1.032, measured: seen.mean, error: seen.error, tolerance: 0.001 };
  for (const [k, b] of [1.04, 1.05].entries()) {
    const left = mean(courses(result, 'cooperators', temptation.length + k).map(course => course.at(-1)));
    yield { name: `cooperators left at b = ${b}`, expected: 0, measured: left, tolerance: 1e-9 };
  }
}

const CHECKS = {
  matchings: matchingsAreUniform,
  'q-voter-order': qVoterOrder,
  'q-voter-threshold': qVoterThreshold,
  jailbreak,
  'zealot-voter': zealotVoter,
  'zealot-consensus': zealotConsensus,
  'conformity-branches': conformityBranches,
  spinodals,
  'stubborn-tipping': stubbornTipping,
  'graph-theory': graphTheory,
  'naming-tipping': namingTipping,
  'convention-tipping': conventionTipping,
  'policy-tables': policyTables,
  'mixed-equilibria': mixedEquilibria,
  fixation,
  'kaleidoscope-on-both': kaleidoscopeOnBoth,
  'kaleidoscope-share': kaleidoscopeShare,
  'dilemma-extinction': dilemmaExtinction,
  ...triAlignmentChecks({ run, courses, estimate }),
};

const chosen = Object.entries(CHECKS).filter(
  ([name]) => wanted.length === 0 || wanted.some(part => name.includes(part)),
);
if (chosen.length === 0) {
  console.error(`no such check; there are ${Object.keys(CHECKS).join(', ')}`);
  process.exit(2);
}

let failed = 0;
for (const [title, check] of chosen) {
  const begun = performance.now();
  console.log(`\n${title}`);
  for await (const { name, expected, measured, error = 0, tolerance } of check()) {
    const off = Math.abs(measured - expected);
    const good = tolerance === undefined ? off <= LIMIT * error : off <= tolerance;
    if (!good) failed++;
    const z = error > 0 ? ((measured - expected) / error).toFixed(1) : '–';
    const [e, m, s] = [expected, measured, error].map(x => Number(x.toPrecision(5)));
    const bound = tolerance === undefined ? `${LIMIT} se` : `±${Number(tolerance.toPrecision(2))}`;
    console.log(
      `  ${good ? 'ok  ' : 'FAIL'}  ${name}: expected ${e}, measured ${m}, se ${s}, z ${z}, allowed ${bound}`,
    );
  }
  console.log(`  ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}
console.log(failed === 0 ? '\nall agree' : `\n${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
