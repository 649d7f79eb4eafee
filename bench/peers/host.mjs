// What the host does before and after the steps, measured with the package "benchmark": node bench/peers/host.mjs [--out FILE.json]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import Benchmark from 'benchmark';
import { catalogue, parseSpec, prepare, simulate } from '../../dist/index.js';
import { writeSeries } from '../../dist/record/series.js';
import { buildTopology } from '../../dist/topology/index.js';
import { commit, machine } from './lib/machine.mjs';

const { values: given } = parseArgs({ options: { out: { type: 'string' } } });
const text = readFileSync(new URL('../../examples/noisy-q-voter.yaml', import.meta.url), 'utf8');
const spec = { model: 'tri-alignment', population: 1000, steps: 10, topology: { kind: 'ring', reach: 4 } };
const NODES = 100_000;

const { series } = await simulate(
  { model: 'voter', population: 16, replicas: 500, steps: 199, measure: 1 },
  { engine: 'cpu' },
);
const { point, replica, step, ...measures } = series;
const rows = { point, replica, step, measures };

const build = topology => buildTopology(topology, { population: NODES, seed: [1, 2], realisations: 1 });

/** Name, work; what it must give, looked at once before anything is timed. */
const tasks = [
  [
    'parse a spec (examples/noisy-q-voter.yaml)',
    () => parseSpec({ text }, catalogue),
    parsed => parsed.spec.model.name === 'noisy-q-voter',
  ],
  ['plan a run (tri-alignment, 1,000 agents)', () => prepare({ value: spec }), ready => ready.plan.population === 1000],
  [
    `build random-regular, degree 8, ${NODES} agents`,
    () => build({ kind: 'random-regular', degree: 8 }),
    ({ graphs }) => graphs[0].neighbors.length === 8 * NODES,
  ],
  [
    `build barabasi-albert, 4 links, ${NODES} agents`,
    () => build({ kind: 'barabasi-albert', links: 4 }),
    ({ graphs }) => graphs[0].neighbors.length === 8 * (NODES - 4),
  ],
  [
    `write series.parquet, ${step.length} rows of ${Object.keys(measures).length} measures`,
    () => writeSeries(rows),
    bytes => Buffer.from(bytes.subarray(0, 4)).toString() === 'PAR1',
  ],
];

for (const [name, work, holds] of tasks) if (!holds(await work())) throw new Error(`${name}: a wrong result`);

const suite = new Benchmark.Suite();
for (const [name, work] of tasks) {
  const fn = deferred => Promise.resolve(work()).then(() => deferred.resolve());
  suite.add(name, { defer: true, fn, minSamples: 10, maxTime: 3 });
}
const results = await new Promise((resolve, reject) => {
  suite.on('error', ({ target }) => reject(target.error));
  suite.on('cycle', ({ target }) => process.stdout.write(`${line(target)}\n`));
  suite.on('complete', () => resolve(suite.map(resultOf)));
  suite.run({ async: true });
});
if (given.out) {
  mkdirSync(dirname(given.out), { recursive: true });
  const head = { what: 'host side (bench/peers/host.mjs)', date: new Date().toISOString().slice(0, 10), ...commit() };
  writeFileSync(given.out, `${JSON.stringify({ ...head, machine: machine('python3'), results }, null, 2)}\n`);
}

/** Medians, since a busy machine makes some samples long. */
function resultOf({ name, stats }) {
  const sorted = [...stats.sample].sort((a, b) => a - b).map(seconds => Number((1000 * seconds).toPrecision(4)));
  return { name, msMedian: sorted[sorted.length >> 1], msRange: [sorted[0], sorted.at(-1)], samples: sorted.length };
}

function line(target) {
  const { name, msMedian, msRange, samples } = resultOf(target);
  return `${name.padEnd(62)} ${String(msMedian).padStart(8)} ms  (${msRange.join(' to ')}, ${samples} samples)`;
}
