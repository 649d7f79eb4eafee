// What an order of agents in memory (`order` of a topology) is worth: processor time of an update on one thread with and without, on graphs with and without something to
// find; medians of rounds that take all orders in turn. Answers are compared before times are.
// `node bench/locality.mjs [--data DIR] [--out FILE]` after `npm run build`; some minutes. DIR holds email-eu-core.txt and moltbook-2026-02-01.csv; without it they are left out.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

/** @param {string} path */
const built = path => import(new URL(`../dist/${path}`, import.meta.url).href);
/** @type {typeof import('../src/engine/cpu/engine.ts')} */
const { openCpu } = await built('engine/cpu/engine.js');
/** @type {typeof import('../src/models/index.ts')} */
const { catalogue } = await built('models/index.js');
/** @type {typeof import('../src/plan/plan.ts')} */
const { planRun } = await built('plan/plan.js');
/** @type {typeof import('../src/random.ts')} */
const { seedKey } = await built('random.js');
/** @type {typeof import('../src/spec/index.ts')} */
const { parseSpec } = await built('spec/index.js');
/** @type {typeof import('../src/topology/csr.ts')} */
const { graphOf, rowsOf } = await built('topology/csr.js');
/** @type {typeof import('../src/topology/index.ts')} */
const { buildTopology, inOrder, placesOf } = await built('topology/index.js');
/** @type {typeof import('../src/values/index.ts')} */
const { resolveValues } = await built('values/index.js');

const ROUNDS = 7;
/** Updates that one timing takes, about. */
const UPDATES = 2 ** 22;
const ORDERS = /** @type {const} */ (['none', 'degree', 'breadth-first']);
/** @type {Record<string, Record<string, unknown>>} */
const MODELS = {
  'friedkin-johnsen': {},
  sis: { params: { infection: 0.05, recovery: 0.2 }, init: { infected: 0.1 } },
  'majority-vote': {},
};

/** Numbers below a bound from a fixed seed (xorshift32). */
function randomly(/** @type {number} */ seed) {
  let state = seed;
  return (/** @type {number} */ bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * bound);
  };
}

/** The graph with its agents numbered at random. */
function shuffled(/** @type {import('../src/topology/index.ts').Graph} */ graph) {
  const below = randomly(20251);
  const numbers = Uint32Array.from({ length: graph.nodeCount }, (_, i) => i);
  for (let k = numbers.length - 1; k > 0; k--) {
    const other = below(k + 1);
    [numbers[k], numbers[other]] = [numbers[other], numbers[k]];
  }
  return inOrder(graph, numbers, placesOf(numbers));
}

/** Agents at random places of a torus, who look at those within the distance at which 8 are expected. */
function geometric(/** @type {number} */ population) {
  const below = randomly(99);
  const cells = Math.floor(Math.sqrt((population * Math.PI) / 8));
  const places = () => Float64Array.from({ length: population }, () => (below(2 ** 24) / 2 ** 24) * cells);
  const [x, y] = [places(), places()];
  const cellOf = (/** @type {number} */ cx, /** @type {number} */ cy) =>
    ((cy + cells) % cells) * cells + ((cx + cells) % cells);
  const inCell = Array.from({ length: cells * cells }, () => /** @type {number[]} */ ([]));
  for (let i = 0; i < population; i++) inCell[cellOf(Math.floor(x[i]), Math.floor(y[i]))].push(i);
  const apart = (/** @type {number} */ a, /** @type {number} */ b) =>
    Math.min(Math.abs(a - b), cells - Math.abs(a - b));
  /** @type {number[]} */
  const sources = [];
  /** @type {number[]} */
  const targets = [];
  for (let i = 0; i < population; i++) {
    for (let d = 0; d < 9; d++) {
      const cell = inCell[cellOf(Math.floor(x[i]) + (d % 3) - 1, Math.floor(y[i]) + Math.floor(d / 3) - 1)];
      for (const j of cell) {
        if (j <= i || apart(x[i], x[j]) ** 2 + apart(y[i], y[j]) ** 2 >= 1) continue;
        sources.push(i);
        targets.push(j);
      }
    }
  }
  const edges = { sources: Uint32Array.from(sources), targets: Uint32Array.from(targets) };
  return graphOf(false, rowsOf(population, edges, true));
}

const { values: options } = parseArgs({ options: { out: { type: 'string' }, data: { type: 'string' } } });
const seed = seedKey('locality');
const build = async (
  /** @type {import('../src/topology/index.ts').TopologySpec} */ spec,
  /** @type {number | undefined} */ population = undefined,
) => {
  const readFile = async (/** @type {string} */ name) => new Uint8Array(readFileSync(name));
  return (await buildTopology(spec, { population, seed, realisations: 1, readFile })).graphs?.[0];
};
const degrees = new URL('../examples/data/moltbook-reply-degrees.csv', import.meta.url).pathname;
const N = 2 ** 20;
const smallWorld = /** @type {const} */ ({ kind: 'watts-strogatz', reach: 4, rewiring: 0.1 });
/** @type {[string, () => Promise<import('../src/topology/index.ts').Graph | undefined> | import('../src/topology/index.ts').Graph][]} */
const GRAPHS = [
  ['small world of 2^20, numbered at random', async () => shuffled(/** @type {any} */ (await build(smallWorld, N)))],
  ['small world of 2^20, numbered along the ring', () => build(smallWorld, N)],
  ['random geometric, 2^20, numbered at random', () => shuffled(geometric(N))],
  ['random geometric, 2^22, numbered at random', () => shuffled(geometric(4 * N))],
  ['random regular, degree 8, 2^20', () => build({ kind: 'random-regular', degree: 8 }, N)],
  ['degrees of Moltbook, 2^20', () => build({ kind: 'upscaled', degrees }, N)],
  ['Barabási–Albert, 4 links, 2^20', () => build({ kind: 'barabasi-albert', links: 4 }, N)],
];
for (const [name, file, rest] of /** @type {const} */ ([
  ['e-mail, 1,005 people', 'email-eu-core.txt', {}],
  ['Moltbook, replies', 'moltbook-2026-02-01.csv', { filter: { kind: 'reply' } }],
])) {
  const path = `${options.data}/${file}`;
  if (existsSync(path)) GRAPHS.push([name, () => build({ kind: 'edges', file: path, ...rest })]);
}

/** The plan of a model on a graph that is there already. */
async function planOn(
  /** @type {import('../src/topology/index.ts').Graph} */ graph,
  /** @type {string} */ model,
  /** @type {typeof ORDERS[number]} */ order,
) {
  const { nodeCount: population } = graph;
  const topology = { kind: 'erdos-renyi', mean_degree: 0, order };
  const value = { model, population, topology, update: 'synchronous', steps: 1, seed: 'locality', ...MODELS[model] };
  const { spec } = parseSpec({ value }, catalogue);
  const values = await resolveValues(spec, {
    ...{ seed, population, replicas: 1, graphs: 1, elements: new Map(), lookers: () => new Uint32Array(0) },
    groups: { groups: [], numbers: new Uint32Array(0), perGraph: false },
    readFile: async () => new Uint8Array(0),
    readRun: async () => [],
  });
  return planRun(spec, { kind: 'edges', nodeCount: population, graphs: [graph] }, values);
}

/** @param {number[]} values */
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
/** Milliseconds of the processor, so that what else the machine does counts less. */
const cpuTime = () => process.cpuUsage().user / 1000;

const rows = [];
const engine = await openCpu({ threads: 1 });
for (const [graph, make] of GRAPHS) {
  const made = await make();
  if (!made) continue;
  for (const model of Object.keys(MODELS)) {
    const steps = Math.max(1, Math.round(UPDATES / made.nodeCount));
    const runs = [];
    for (const order of ORDERS) {
      const begun = cpuTime();
      const population = await engine.load(await planOn(made, model, order));
      const loaded = (cpuTime() - begun) / 1000;
      await population.step(steps, { every: 0 });
      runs.push({ order, population, loaded, times: /** @type {number[]} */ ([]) });
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const { population, times } of runs) {
        const begun = cpuTime();
        await population.step(steps, { every: 0 });
        times.push(((cpuTime() - begun) * 1e6) / (steps * made.nodeCount));
      }
    }
    const digests = await Promise.all(runs.map(async ({ population }) => (await population.digests())[0]));
    if (new Set(digests).size !== 1) throw new Error(`${graph}, ${model}: answers differ`);
    const found = Object.fromEntries(runs.map(({ order, times }) => [order, Number(median(times).toPrecision(3))]));
    const [none, , breadthFirst] = runs.map(({ loaded }) => loaded);
    const row = { graph, model, ...found, secondsToOrder: Number((breadthFirst - none).toPrecision(2)) };
    rows.push(row);
    console.log(JSON.stringify(row));
    for (const { population } of runs) await population.dispose();
  }
}
await engine.dispose();
console.table(rows);
const machine = { cpu: cpus()[0].model, cores: cpus().length, node: process.version, load: loadavg()[0] };
const unit = 'nanoseconds of processor time an update, one thread';
if (options.out) writeFileSync(options.out, `${JSON.stringify({ machine, unit, rounds: ROUNDS, rows }, null, 2)}\n`);
