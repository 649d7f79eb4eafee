// How long the generators take at a million agents, and what they draw beside what networkx draws.
// Usage: npm run build && node bench/topology.mjs   (writes bench/results/topology.json)
//
// Declared: each contender builds the graph named below from the same seed, one thread, contenders interleaved in three rounds after one
// unmeasured round at a tenth of the size; the time is that of buildTopology alone (wall, and of
// the processor, which a busy machine lengthens less), a full collection before each when node runs with
// --expose-gc. networkx (PYTHON, default /usr/bin/python3) draws the same families at 20,000 nodes, where both sides' degrees and clustering
// are compared before their times.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';

/** @type {typeof import('../src/topology/index.ts')} */
const { buildTopology, clustering, statistics } = await import(
  new URL('../dist/topology/index.js', import.meta.url).href
);

const SEED = /** @type {const} */ ([20_260_201, 42]);
const ROUNDS = 3;
const MILLION = 1_000_000;

const DEGREES = [
  { degree: 2, share: 0.4 },
  { degree: 5, share: 0.3 },
  { degree: 10, share: 0.2 },
  { degree: 57, share: 0.1 },
];

/**
 * Three groups with 8 neighbours of their own for each agent, and 1 to 1.6 of the others.
 * @param {number} population
 */
function blocks(population) {
  const groups = [0.2, 0.3, 0.5].map((share, g) => ({ name: `group-${g}`, size: Math.round(share * population) }));
  const probabilities = groups.map(({ size }, g) => groups.map((_, h) => (g === h ? 8 / (size - 1) : 2 / population)));
  return /** @type {const} */ ({ kind: 'stochastic-block', groups, probabilities });
}

/** @type {Record<string, { spec: import('../src/topology/types.ts').TopologySpec, small?: import('../src/topology/types.ts').TopologySpec, population: number, bound: number }>} */
const CONTENDERS = {
  'erdos-renyi, mean degree 10': { spec: { kind: 'erdos-renyi', meanDegree: 10 }, population: MILLION, bound: 3 },
  'erdos-renyi directed, mean degree 5': {
    spec: { kind: 'erdos-renyi', meanDegree: 5, directed: true },
    population: MILLION,
    bound: 3,
  },
  'random-regular, degree 10': { spec: { kind: 'random-regular', degree: 10 }, population: MILLION, bound: 3 },
  'configuration, degrees 2 to 57, mean 10': {
    spec: { kind: 'configuration', degrees: DEGREES },
    population: MILLION,
    bound: 8,
  },
  'watts-strogatz, reach 5, rewiring 0.1': {
    spec: { kind: 'watts-strogatz', reach: 5, rewiring: 0.1 },
    population: MILLION,
    bound: 3,
  },
  'barabasi-albert, 5 links': { spec: { kind: 'barabasi-albert', links: 5 }, population: MILLION, bound: 3 },
  'stochastic-block, 3 groups, 8 neighbours within and 1 to 1.6 between': {
    spec: blocks(MILLION),
    small: blocks(MILLION / 10),
    population: MILLION,
    bound: 3,
  },
  'upscaled, degrees of the Moltbook reply network': {
    spec: { kind: 'upscaled', degrees: 'moltbook-reply-degrees.csv' },
    population: MILLION,
    bound: 8,
  },
};

/** @param {string} name */
const readFile = async name => new Uint8Array(readFileSync(new URL(`../examples/data/${name}`, import.meta.url)));

/**
 * @param {import('../src/topology/types.ts').TopologySpec} spec
 * @param {number} population
 */
async function build(spec, population) {
  globalThis.gc?.();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { graphs } = await buildTopology(spec, { population, seed: SEED, realisations: 1, readFile });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  if (!graphs) throw new Error('expected graphs');
  return { graph: graphs[0], seconds, cpuSeconds: (user + system) / 1e6 };
}

/** @param {number[]} values */
const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];
/** @param {number} value */
const rounded = value => Number(value.toPrecision(4));

async function generationTimes() {
  /** @type {Record<string, number[]>} */
  const seconds = {};
  /** @type {Record<string, number[]>} */
  const cpuSeconds = {};
  /** @type {Record<string, unknown>} */
  const drawn = {};
  for (let round = -1; round < ROUNDS; round++) {
    for (const [name, { spec, small = spec, population }] of Object.entries(CONTENDERS)) {
      const result = await (round < 0 ? build(small, population / 10) : build(spec, population));
      if (round < 0) continue;
      seconds[name] ??= [];
      seconds[name].push(result.seconds);
      cpuSeconds[name] ??= [];
      cpuSeconds[name].push(result.cpuSeconds);
      drawn[name] ??= { ...statistics(result.graph), report: result.graph.report };
    }
  }
  return Object.entries(CONTENDERS).map(([name, { population, bound }]) => ({
    name,
    population,
    medianSeconds: rounded(median(seconds[name])),
    medianCpuSeconds: rounded(median(cpuSeconds[name])),
    allSeconds: seconds[name].map(rounded),
    boundSeconds: bound,
    drawn: drawn[name],
  }));
}

async function besideNetworkx(nodes = 20_000) {
  const oracle = fileURLToPath(new URL('../test/support/networkx_oracle.py', import.meta.url));
  const families = [
    { spec: /** @type {const} */ ({ kind: 'erdos-renyi', meanDegree: 10 }), request: { meanDegree: 10 } },
    { spec: /** @type {const} */ ({ kind: 'random-regular', degree: 10 }), request: { degree: 10 } },
    {
      spec: /** @type {const} */ ({ kind: 'watts-strogatz', reach: 5, rewiring: 0.1 }),
      request: { reach: 5, rewiring: 0.1 },
    },
    { spec: /** @type {const} */ ({ kind: 'barabasi-albert', links: 5 }), request: { links: 5 } },
  ];
  const rows = [];
  for (const { spec, request } of families) {
    const generate = { family: spec.kind, nodes, count: ROUNDS, seed: 1, ...request };
    const python = process.env.PYTHON ?? '/usr/bin/python3';
    const { status, stdout } = spawnSync(python, [oracle], { input: JSON.stringify({ generate }), maxBuffer: 2 ** 28 });
    if (status !== 0) {
      console.warn(`SKIPPED: ${python} cannot import networkx.`);
      return undefined;
    }
    /** @type {{ meanDegree: number, minOutDegree: number, maxOutDegree: number, average: number, transitivity: number, seconds: number }[]} */
    const theirs = JSON.parse(String(stdout));
    const ours = [];
    for (let round = 0; round < ROUNDS; round++) ours.push(await build(spec, nodes));
    const { graph } = ours[0];
    const { meanDegree, minOutDegree, maxOutDegree } = statistics(graph);
    rows.push({
      family: spec.kind,
      nodes,
      groundswell: {
        meanDegree,
        minOutDegree,
        maxOutDegree,
        ...clustering(graph),
        medianSeconds: rounded(median(ours.map(({ seconds }) => seconds))),
      },
      networkx: {
        meanDegree: theirs[0].meanDegree,
        minOutDegree: theirs[0].minOutDegree,
        maxOutDegree: theirs[0].maxOutDegree,
        average: theirs[0].average,
        transitivity: theirs[0].transitivity,
        medianSeconds: rounded(median(theirs.map(({ seconds }) => seconds))),
      },
    });
  }
  return rows;
}

const machine = { cpu: cpus()[0].model, cores: cpus().length, arch: arch(), node: process.version, load: loadavg()[0] };
const times = await generationTimes();
console.table(
  times.map(({ name, medianSeconds, medianCpuSeconds, boundSeconds, allSeconds }) => ({
    name,
    medianSeconds,
    medianCpuSeconds,
    boundSeconds,
    allSeconds: allSeconds.join(' '),
  })),
);
const comparison = await besideNetworkx();
for (const { family, groundswell, networkx } of comparison ?? []) {
  console.log(family);
  console.table({ groundswell, networkx });
}
const howMade =
  'node --expose-gc bench/topology.mjs: medians of 3 interleaved rounds on one thread; seconds are those of buildTopology';
const output = new URL('results/topology.json', import.meta.url);
writeFileSync(output, `${JSON.stringify({ howMade, machine, times, networkx: comparison }, null, 2)}\n`);
const late = times.filter(({ medianSeconds, boundSeconds }) => medianSeconds > boundSeconds);
for (const { name, medianSeconds, boundSeconds } of late)
  console.error(`${name}: ${medianSeconds} s, over its bound of ${boundSeconds} s`);
process.exitCode = late.length > 0 ? 1 : 0;
