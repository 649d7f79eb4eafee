// What it gives that consecutive rules share a kernel, on the CPU engine with one thread: made-up models whose rules may, each run so and with a kernel for every rule, in
// turn, states compared before times. Medians of rounds.
// `node bench/fusion.mjs [--out FILE]` after `npm run build`; a minute.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bit, defineModel, integerField, open, probability } from '../dist/index.js';

const ROUNDS = 15;
/** Updates that one timing takes, about. */
const UPDATES = 2 ** 21;

const RULES = {
  vote: `import package::agent::{degree, mood, neighbor_sum_mood, param, set_mood};
import package::random::chance;
fn vote(me: u32) {
  let up = 2u * u32(neighbor_sum_mood(me));
  let next = select(u32(up > degree(me)), mood(me), up == degree(me));
  set_mood(select(next, 1u - next, chance(param.noise)));
}`,
  count: `import package::agent::{last, mood, set_last, set_turns, turns};
fn count(me: u32) {
  if (mood(me) != last(me)) {
    set_turns(min(turns(me) + 1u, 1000000u));
  }
  set_last(mood(me));
}`,
  heat: `import package::agent::{hot, neighbor_sum_mood, set_hot};
import package::choice::logistic;
import package::random::chance;
fn heat(me: u32) {
  set_hot(u32(chance(logistic(neighbor_sum_mood(me) * 20000 - 80000 + i32(hot(me))))));
}`,
  pick: `import package::agent::{degree, hot, mood, neighbor, param, set_taste, taste};
import package::random::{below, chance};
fn pick(me: u32) {
  let other = neighbor(me, below(degree(me)));
  if (mood(other) != taste(me) && chance(param.noise * 3u)) {
    set_taste(mood(other) ^ hot(me));
  }
}`,
  tally: `import package::agent::{mood, score, set_score, taste};
import package::random::draw;
fn tally(me: u32) {
  set_score((score(me) * 3u + mood(me) * 5u + taste(me) * 7u + (draw().x >> 28u)) & 0xffffu);
}`,
};

const model = (/** @type {string} */ name, /** @type {readonly (keyof typeof RULES)[]} */ rules) =>
  defineModel({
    name,
    about: 'made up to be timed',
    source: 'none',
    updates: ['synchronous', 'activation'],
    published: { update: 'synchronous', note: 'none' },
    fields: {
      ...{ mood: bit(), last: bit(), hot: bit(), taste: bit() },
      ...{ turns: integerField({ max: 1_000_000 }), score: integerField({ max: 0xffff }) },
    },
    params: { noise: probability({ default: 0.1, about: 'chance to err' }) },
    init: { mood: [1, 1] },
    rules: [...rules],
    measures: {},
    shaders: Object.fromEntries(rules.map(rule => [rule, { path: `bench/${rule}.wgsl`, text: RULES[rule] }])),
  });

const MODELS = [
  model('vote-and-count', ['vote', 'count']),
  model('four-small-rules', ['heat', 'pick', 'tally', 'count']),
];
const CASES = MODELS.flatMap(made =>
  ['synchronous', { activation: 0.5 }].flatMap(update => [
    ...[2 ** 16, 2 ** 20].map(population => ({ made, update, population, points: 1 })),
    { made, update, population: 2 ** 14, points: 32 },
  ]),
);

const median = (/** @type {number[]} */ values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
const rows = [];
for (const { made, update, population, points } of CASES) {
  const noise = points === 1 ? 0.1 : Array.from({ length: points }, (_, k) => 0.02 + (0.3 * k) / points);
  const topology = { kind: 'random-regular', degree: 8 };
  const spec = { model: made.name, population, topology, params: { noise }, update, steps: 1_000_000, seed: 'fusion' };
  const steps = Math.max(2, Math.round(UPDATES / population / points));
  const sides = [];
  for (const fuse of [true, false]) {
    const world = await open(spec, { engine: 'cpu', threads: 1, models: [made], fuse });
    await world.step(steps, { every: 0 });
    sides.push({ fuse, world, digest: await world.digest(), times: /** @type {number[]} */ ([]) });
  }
  if (sides[0].digest !== sides[1].digest) throw new Error(`${made.name}: the states differ`);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { world, times } of sides) {
      const begun = performance.now();
      await world.step(steps, { every: 0 });
      times.push(((performance.now() - begun) * 1e6) / (steps * population * points));
    }
  }
  const [together, apart] = sides.map(({ times }) => median(times));
  const [few, many] = sides.map(({ world }) => world.plan.passes.step.length);
  for (const { world } of sides) await world.dispose();
  const row = { model: made.name, update, population, points, kernels: [few, many], together, apart };
  rows.push(row);
  process.stdout.write(`${JSON.stringify(row)}\n`);
}
const result = { machine: cpus()[0].model, node: process.version, rounds: ROUNDS, rows };
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, undefined, 2)}\n`);
