// How the cost of an update grows with agents, neighbours, worlds, points and value questions, on the CPU engine, and what taking worlds and steps together saves: medians of
// rounds that take all sizes in turn.
// `node bench/scaling.mjs [--out FILE]` after `npm run build`; a few minutes. Not a comparison with peers: see bench/peers.
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { open } from '../dist/index.js';

const ROUNDS = 5;
/** Updates that one timing takes, about. */
const UPDATES = 2 ** 24;

const majority = (/** @type {number} */ population, degree = 8, replicas = 1) => ({
  model: 'majority-vote',
  population,
  replicas,
  topology: { kind: 'random-regular', degree, realisations: 1 },
  update: 'synchronous',
  steps: 1_000_000,
  seed: 'scaling',
});
const sweep = (/** @type {number} */ points) => ({
  ...majority(2 ** 15),
  params: { noise: points === 1 ? 0.1 : Array.from({ length: points }, (_, k) => 0.02 + (0.3 * k) / points) },
});
const alignment = (/** @type {number} */ questions) => ({
  model: 'tri-alignment',
  population: 2 ** 14,
  topology: 'complete',
  params: { questions, noise: 0.02 },
  steps: 1_000_000,
  seed: 'scaling',
});

/** @type {{ axis: string, at: string, spec: import('../dist/index.js').SpecLike }[]} */
const CASES = [
  ...[10, 12, 14, 16, 18, 20, 22].map(n => ({ axis: 'agents', at: `2^${n}`, spec: majority(2 ** n) })),
  ...[2, 4, 8, 16, 32, 64].map(k => ({ axis: 'neighbours', at: String(k), spec: majority(2 ** 18, k) })),
  ...[1, 4, 16, 64, 256, 1024].map(w => ({
    axis: 'worlds of 2^10 agents',
    at: String(w),
    spec: majority(2 ** 10, 8, w),
  })),
  ...[1, 8, 16, 32, 64, 256].map(p => ({ axis: 'points of a sweep, 2^15 agents', at: String(p), spec: sweep(p) })),
  ...[1, 2, 4, 8].map(k => ({ axis: 'value questions', at: String(k), spec: alignment(k) })),
];

/** @param {number[]} values */
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
const rows = [];
for (const axis of new Set(CASES.map(one => one.axis))) {
  const cases = CASES.filter(one => one.axis === axis);
  const runs = [];
  for (const { at, spec } of cases) {
    const world = await open(spec, { engine: 'cpu', threads: 1 });
    const { population, worlds, layout, buffers } = world.plan;
    const perStep = population * worlds.length;
    const steps = Math.max(1, Math.round(UPDATES / perStep / (axis === 'value questions' ? 16 : 1)));
    await world.step(Math.max(2, steps >> 2), { every: 0 });
    const graphWords = buffers.rows.words + buffers.columns.words;
    const bytes = (4 * (layout.words + graphWords)) / perStep;
    runs.push({ at, world, steps, updates: steps * perStep, bytes, nanoseconds: /** @type {number[]} */ ([]) });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of runs) {
      const begun = performance.now();
      await run.world.step(run.steps, { every: 0 });
      run.nanoseconds.push(((performance.now() - begun) * 1e6) / run.updates);
    }
  }
  for (const { at, world, bytes, nanoseconds } of runs) {
    const sorted = nanoseconds.toSorted((a, b) => a - b);
    const [least, most] = [sorted[0], sorted[sorted.length - 1]];
    rows.push({ axis, at, nsPerUpdate: median(nanoseconds), least, most, bytesPerAgent: bytes });
    await world.dispose();
  }
}

/** Milliseconds of two ways to do the same, in turn. */
async function compared(/** @type {[string, () => Promise<void>][]} */ ways) {
  for (const [, way] of ways) await way();
  const times = ways.map(() => /** @type {number[]} */ ([]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, [, way]] of ways.entries()) {
      const begun = performance.now();
      await way();
      times[k].push(performance.now() - begun);
    }
  }
  return Object.fromEntries(ways.map(([name], k) => [name, median(times[k])]));
}

const ensemble = await open(majority(1000, 8, 4096), { engine: 'cpu' });
const single = await open(majority(1000), { engine: 'cpu' });
const together = await compared([
  ['4,096 worlds of 1,000 agents, 10 steps', () => ensemble.step(10, { every: 0 })],
  [
    'one world after the other',
    async () => {
      for (let world = 0; world < 4096; world++) await single.step(10, { every: 0 });
    },
  ],
]);
await ensemble.dispose();
await single.dispose();
const small = await open(majority(10_000), { engine: 'cpu' });
const steps = await compared([
  ['1,000 steps of 10,000 agents in one call', () => small.step(1000, { every: 0 })],
  [
    'in 1,000 calls',
    async () => {
      for (let step = 0; step < 1000; step++) await small.step(1, { every: 0 });
    },
  ],
]);
await small.dispose();
const rounded = (/** @type {number} */ x) => Number(x.toPrecision(3));
console.table(
  rows.map(({ axis, at, ...numbers }) => ({
    axis,
    at,
    ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value)])),
  })),
);
console.table({ milliseconds: { ...together, ...steps } });
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version };
if (options.out)
  writeFileSync(
    options.out,
    `${JSON.stringify({ machine, rounds: ROUNDS, rows, milliseconds: { ...together, ...steps } }, null, 2)}\n`,
  );
