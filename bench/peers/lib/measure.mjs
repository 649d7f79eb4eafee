// One workload after another: start its contenders, hold their answers against the expected ones, and only then time those that are right, in turn.
import { join } from 'node:path';
import { catalogue, prepare } from '../../../dist/index.js';
import { models } from '../models/index.mjs';
import { judgeSamples } from './answers.mjs';
import { start } from './contender.mjs';
import { contenders } from './contenders.mjs';
import { instanceOf, writeInstance } from './instance.mjs';
import { expectedSamples, expectedStates } from './reference.mjs';
import { median } from './statistics.mjs';
import { rowsOf, quick as small, specOf, workloads } from './workloads.mjs';

/** Runs of the reference simulation, where distributions are compared. */
const REFERENCE_RUNS = 1000;

export const names = [...workloads, ...contenders].map(({ name }) => name);

/** Yields the result of each workload. `only` names workloads and contenders; none of a kind means all. */
export async function* measure({ only, quick, rounds, folder, python, ndlib, log }) {
  const pick = (all, keep) => {
    const named = all.filter(({ name }) => only.includes(name));
    return named.length > 0 ? all.filter(item => named.includes(item) || keep(item)) : all;
  };
  const size = quick ? 'quick' : 'full';
  for (const chosen of pick(workloads, () => false)) {
    const workload = quick ? small(chosen) : chosen;
    const instance = join(folder, `${workload.name}.bin`);
    const entrants = pick(contenders, ({ name }) => name === 'groundswell-cpu-1').filter(({ workloads: can }) =>
      can.includes(workload.name),
    );
    const context = { instance, workload, size, folder, options: { python, ndlib } };
    log(`${workload.name}: ${workload.about}`);
    yield await measureOne(workload, entrants, { ...context, rounds });
  }
}

/** The result of one workload with these contenders. */
export async function measureOne(workload, entrants, { rounds, ...context }) {
  const inputs = await writeInputs(workload, context.instance);
  const running = [];
  const results = [];
  try {
    for (const entrant of entrants) {
      const built = entrant.build?.(context) ?? {};
      const contender = built.skip ? built : await start(entrant.program(context));
      const result = {
        name: entrant.name,
        ...(contender.skip ? { skipped: contender.skip } : { detail: contender.detail }),
      };
      results.push(result);
      if (contender.skip) continue;
      contender.freeze();
      const steps = workload[entrant.pace ?? 'steps'];
      running.push({ contender, result, steps, times: [] });
    }
    const right = await judge(workload, inputs, running);
    for (let round = 0; round < rounds; round++) {
      for (const runner of right) await turn(workload, runner, inputs);
    }
    for (const { result, steps, times } of right.filter(({ result }) => isRight(result))) {
      Object.assign(result, summary(workload, steps, times));
    }
  } finally {
    for (const { contender } of running) await contender.close();
  }
  const { name, about, population, degree, compare, check } = workload;
  return { name, about, population, degree, compare, check, contenders: results };
}

/** The instance and, where distributions are compared, that of the check beside it. */
async function writeInputs(workload, path) {
  const graphOf = async spec =>
    rowsOf((await prepare({ value: spec }, { models: [...models, ...catalogue] })).topology);
  const instance = instanceOf(workload, await graphOf(specOf(workload)));
  writeInstance(path, instance);
  if (workload.compare === 'bits') return { instance, expected: {} };
  const check = { ...workload, population: workload.check.population };
  const checked = instanceOf(check, await graphOf(specOf(check)));
  writeInstance(`${path}.check`, checked);
  return { expected: expectedSamples(workload, checked, REFERENCE_RUNS) };
}

/** Warms everybody up and compares the answers; returns those who are right. */
async function judge(workload, inputs, running) {
  if (workload.compare === 'bits')
    inputs.expected = expectedStates(
      inputs.instance,
      running.map(({ steps }) => steps),
    );
  for (const runner of running) {
    if (workload.compare === 'distribution') {
      const { samples, error } = await awake(runner, 'samples');
      Object.assign(runner.result, error ? { failed: error } : judgeSamples(samples, inputs.expected));
    }
    await turn(workload, runner, inputs);
    runner.times.length = 0;
  }
  return running.filter(({ result }) => isRight(result));
}

const isRight = ({ wrong, failed }) => !wrong && !failed;

/** One turn: from the start state, so many steps; the answer is checked every time. */
async function turn(workload, runner, { expected }) {
  const { result, steps, times } = runner;
  if (!isRight(result)) return;
  const { ns, crc, error } = await awake(runner, `run ${steps}`);
  if (error) result.failed = error;
  else if (workload.compare === 'bits' && crc !== expected[steps]) {
    result.wrong = `the state after ${steps} steps has CRC ${hex(crc)}, expected ${hex(expected[steps])}`;
  } else times.push(ns);
}

async function awake({ contender }, command) {
  contender.thaw();
  const answer = await contender.ask(command);
  contender.freeze();
  return answer;
}

/** Milliseconds a step and agent updates a second: medians, smallest and largest. */
function summary({ update, population }, steps, times) {
  const updates = update === 'sequential' ? 1 : population;
  const perStep = times.map(ns => ns / steps / 1e6);
  const rates = times.map(ns => (updates * steps) / (ns / 1e9));
  const spread = values =>
    [median(values), Math.min(...values), Math.max(...values)].map(value => Number(value.toPrecision(4)));
  const [msPerStep, fastest, slowest] = spread(perStep);
  return { stepsPerTurn: steps, msPerStep, msRange: [fastest, slowest], updatesPerSecond: spread(rates)[0] };
}

function hex(crc) {
  return crc === undefined ? 'none' : crc.toString(16).padStart(8, '0');
}
