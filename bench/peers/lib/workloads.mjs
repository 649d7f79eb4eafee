// What is computed. Two kinds: answers equal bit for bit after every number of steps, and answers equal in distribution, for systems with
// generators of their own.
import { CHANCES_OF_UP, chanceOfInfection } from '../models/index.mjs';

const SEED = 'peers';
const DEGREE = 8;
/** Probabilities are integers of 31 bits in every contender. */
const threshold = probability => Math.round(probability * 2 ** 31);

/**
 * `steps` is how many a turn takes; `gpuSteps` those of contenders on a GPU, `slowSteps` those of slow ones. `a` and `table` are the integers that the rule
 * compares its draws with.
 */
const exact = [
  {
    name: 'majority-gather',
    about: 'majority of 8 neighbours on a random regular graph, no noise: 8 gathers an agent and step',
    code: 0,
    model: 'peers-majority-gather',
    rule: 'majority_of_neighbors',
    field: 'opinion',
    startShare: 0.5,
    a: 0,
    table: [],
  },
  {
    name: 'majority',
    about: 'the same with noise .1 and coins for ties: one Threefry block an agent and step',
    code: 1,
    model: 'peers-majority',
    rule: 'noisy_majority',
    field: 'opinion',
    startShare: 0.5,
    a: threshold(0.1),
    table: [],
  },
  {
    name: 'contagion',
    about:
      'susceptible-infected-susceptible, infection .05 by each infected neighbour, recovery .2: one block an agent and step',
    code: 2,
    model: 'peers-contagion',
    rule: 'contagion',
    field: 'infected',
    startShare: 0.3,
    a: threshold(0.2),
    table: Array.from({ length: 9 }, (_, k) => threshold(chanceOfInfection(0.05, k))),
  },
  {
    name: 'ising',
    about: 'Ising model on a square lattice, heat bath, one half-lattice after the other: one block an agent and step',
    code: 6,
    model: 'peers-ising',
    rule: 'heat_bath',
    update: 'sublattice',
    field: 'spin',
    startShare: 0.5,
    width: 1024,
    a: 0,
    table: CHANCES_OF_UP.map(threshold),
  },
  {
    name: 'pairing',
    about: 'infectious jailbreak: a new random matching of everybody in every step, carriers infect those who answer',
    code: 7,
    model: 'infectious-jailbreak',
    rule: 'infect_answerer',
    update: 'pairing',
    complete: true,
    field: 'carrier',
    startShare: 0.2,
    // recovery, and infection
    a: threshold(0.1),
    table: [threshold(0.8)],
  },
].map(workload => ({
  ...workload,
  compare: 'bits',
  seed: SEED,
  population: 2 ** 20,
  degree: workload.complete ? undefined : workload.width ? 4 : DEGREE,
  steps: 10,
  gpuSteps: 200,
  slowSteps: 2,
}));

/**
 * The rate is that of `population` agents; `steps` of a turn are those of Groundswell, `slowSteps` those of the peer. The answer is that of `check`: `runs` of the
 * peer, more of Groundswell and of the reference. A step is one agent's update where the update is sequential.
 */
const distributions = [
  {
    name: 'voter',
    about: 'voter model, one random agent at a time',
    code: 3,
    model: 'voter',
    update: 'sequential',
    field: 'opinion',
    startShare: 0.5,
    params: {},
    steps: 100_000,
    slowSteps: 20,
    check: { population: 100, steps: 2000, runs: 60 },
  },
  {
    name: 'q-voter',
    about: 'q-voter model, q = 3, one random agent at a time',
    code: 4,
    model: 'noisy-q-voter',
    update: 'sequential',
    field: 'opinion',
    startShare: 0.6,
    params: { q: 3, independence: 0 },
    steps: 100_000,
    slowSteps: 20,
    check: { population: 100, steps: 400, runs: 100 },
  },
  {
    name: 'sir',
    about: 'susceptible-infected-removed, infection .05 by each infected neighbour, recovery .2, everybody at once',
    code: 5,
    model: 'peers-sir',
    update: 'synchronous',
    field: 'state',
    startShare: 0.1,
    params: { infection: 0.05, recovery: 0.2 },
    steps: 20,
    slowSteps: 3,
    check: { population: 1000, steps: 15, runs: 60 },
  },
].map(workload => ({ ...workload, compare: 'distribution', seed: SEED, population: 100_000, degree: DEGREE }));

export const workloads = [...exact, ...distributions];

/** The same, small: to see that everything works. */
export function quick(workload) {
  if (workload.compare === 'bits')
    return { ...workload, population: 2 ** 16, gpuSteps: 50, width: workload.width && 256 };
  return { ...workload, population: 10_000, steps: workload.steps > 1000 ? 10_000 : 10 };
}

/** What Groundswell is told; the start state is the instance's. */
export function specOf(workload, replicas = 1) {
  const { model, population, degree, width, complete, params = {}, update = 'synchronous', steps, seed } = workload;
  const graph = width ? { kind: 'lattice', width, height: population / width } : { kind: 'random-regular', degree };
  const topology = complete ? 'complete' : graph;
  return { model, population, replicas, topology, params, update, steps, seed };
}

/** The rows of a prepared topology, those of a lattice too; none where everybody looks at everybody. */
export function rowsOf({ graphs, implicit }) {
  if (graphs) return graphs[0];
  const { nodeCount, neighbor, shape } = implicit;
  const degree = shape.kind === 'complete' ? 0 : implicit.degree;
  const rowOffsets = Uint32Array.from({ length: nodeCount + 1 }, (_, i) => degree * i);
  const neighbors = Uint32Array.from({ length: nodeCount * degree }, (_, at) =>
    neighbor(Math.floor(at / degree), at % degree),
  );
  return { rowOffsets, neighbors };
}

/** The statistics of a final state by which distributions are compared. */
export const statistics = {
  voter: counts => ({ up: counts[1], mixture: 4 * counts[0] * counts[1] }),
  'q-voter': counts => ({ up: counts[1], mixture: 4 * counts[0] * counts[1] }),
  sir: counts => ({ infected: counts[1], removed: counts[2] }),
};

/** The shares of the values 0, 1 and 2. */
export function sharesOf(state) {
  const counts = [0, 0, 0];
  for (const value of state) counts[value]++;
  return counts.map(count => count / state.length);
}
