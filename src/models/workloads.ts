// The workloads of `groundswell bench`, as declared in bench/DECLARATION.md: what is run, what an update of an agent is and moves, and what must come out.
// Models are named here, so that what runs the benchmark names none.

/** A declared piece of work, at two sizes. */
export interface Workload {
  /** lower-kebab-case. */
  readonly name: string;
  /** What is run, in a few words. */
  readonly about: string;
  /** What one update of an agent is. */
  readonly update: string;
  /**
   * A stated model of the bytes that an update must move, the same for every engine: words of four bytes, nothing packed and nothing kept in a cache.
   * Streamed words are met in the order of the agents; gathered ones lie anywhere.
   */
  readonly bytes: { readonly streamed: number; readonly gathered: number; readonly why: string };
  /** Whether its kernels take a WebGPU device in software too long to compile. */
  readonly needsHardware?: boolean;
  readonly full: WorkloadSize;
  readonly quick: WorkloadSize & {
    /** The digest of the worlds' states after warm-up and timed steps. */
    readonly digest: string;
  };
}

/** How large a workload is, and how long. */
export interface WorkloadSize {
  readonly spec: Readonly<Record<string, unknown>>;
  /** Steps that are not timed. */
  readonly warmUp: number;
  /** Steps of a round. */
  readonly steps: number;
}

const EIGHT_NEIGHBORS = { kind: 'random-regular', degree: 8 };
const SEED = 'bench';
const WORD = 4;

/** The number and the state of each of eight neighbours, where its row begins, and the agent's own state written. */
const OF_EIGHT = { streamed: (8 + 1 + 1) * WORD, gathered: 8 * WORD };

const contagion = (population: number) => ({
  model: 'sis',
  population,
  topology: EIGHT_NEIGHBORS,
  params: { infection: 0.05, recovery: 0.2 },
  init: { infected: 0.1 },
  update: 'synchronous',
  seed: SEED,
});

const majority = (population: number, replicas = 1) => ({
  model: 'majority-vote',
  population,
  replicas,
  topology: { ...EIGHT_NEIGHBORS, realisations: 1 },
  params: { noise: 0.1 },
  init: { opinion: 0.5 },
  update: 'synchronous',
  seed: SEED,
});

const ising = (side: number) => ({
  model: 'ising-choice',
  topology: { kind: 'lattice', width: side, height: side },
  params: { temperature: 2.3 },
  init: { opinion: 1 },
  update: 'sublattice',
  seed: SEED,
});

const pairing = (population: number) => ({
  model: 'infectious-jailbreak',
  population,
  topology: 'complete',
  params: { infection: 0.8, recovery: 0.1 },
  init: { carrier: 0.1 },
  update: 'pairing',
  seed: SEED,
});

// examples/tri-alignment.yaml, from its start with 40 % exploiters
const triAlignment = (population: number) => ({
  model: 'tri-alignment',
  population,
  groups: { all: 1 },
  relations: { all: { all: 'cooperative' } },
  params: {
    ...{ value_pull: 0.05, tolerance: 0.1, preference_pull: 0.02, task_pull: 0.06, social_pull: 0.1 },
    ...{ corruption: 1, conscience: 1.25, imitation: 0.1, mutation: 0.001 },
  },
  init: {
    ...{ stance: 0.8, human: 0.8, preference: 0.6, task: 0.6, temptation: -0.8 },
    strategy: { comply: 0.6, exploit: 0.4 },
  },
  seed: SEED,
});

/** Every workload of the benchmark, in the order in which it runs. */
export const workloads: readonly Workload[] = [
  {
    name: 'contagion',
    about: 'a contagion on a random graph of 8 neighbours each',
    update: 'count the infected of 8 neighbours, a power, a draw',
    bytes: {
      streamed: OF_EIGHT.streamed + WORD,
      gathered: OF_EIGHT.gathered,
      why: 'numbers and states of 8 neighbours, begin of the row, own state read and written',
    },
    full: { spec: contagion(2 ** 20), warmUp: 8, steps: 32 },
    quick: { spec: contagion(2 ** 15), warmUp: 16, steps: 64, digest: '0ac954e549b11f98' },
  },
  {
    name: 'majority',
    about: 'a noisy majority of 8 neighbours on a random graph',
    update: 'count the opinions of 8 neighbours, a draw',
    bytes: { ...OF_EIGHT, why: 'numbers and states of 8 neighbours, begin of the row, own state written' },
    full: { spec: majority(2 ** 20), warmUp: 8, steps: 32 },
    quick: { spec: majority(2 ** 15), warmUp: 16, steps: 64, digest: '0106a8dd792a2311' },
  },
  {
    name: 'ising',
    about: 'the heat bath on a square lattice, class by class',
    update: 'the sum of 4 neighbours, a logistic function, a draw',
    bytes: {
      streamed: 3 * WORD,
      gathered: 0,
      why: 'each state read once by its neighbours and written once, the agent’s place in its class',
    },
    full: { spec: ising(1024), warmUp: 8, steps: 32 },
    quick: { spec: ising(192), warmUp: 16, steps: 64, digest: '2a9805df9ee5f9c8' },
  },
  {
    name: 'pairing',
    about: 'a jailbreak that spreads in pairs drawn afresh in each step',
    update: 'the partner by a permutation of all, two draws',
    bytes: {
      streamed: 3 * WORD,
      gathered: 2 * WORD,
      why: 'the partner’s number written anywhere and read, its state, own state read and written',
    },
    full: { spec: pairing(2 ** 20), warmUp: 8, steps: 32 },
    quick: { spec: pairing(2 ** 15), warmUp: 16, steps: 64, digest: 'bfcdfb87bce14cde' },
  },
  {
    name: 'tri-alignment',
    about: 'human, preferential and objective alignment of agents that meet, pay, imitate and listen',
    update: 'all rules of a step: stances, alignments, an encounter, imitation',
    bytes: {
      streamed: 40 * WORD,
      gathered: 6 * WORD,
      why: '20 fields read and written, stance, strategy and payoff of a partner and of a model to imitate',
    },
    needsHardware: true,
    full: { spec: triAlignment(2 ** 17), warmUp: 4, steps: 16 },
    quick: { spec: triAlignment(2 ** 12), warmUp: 8, steps: 32, digest: '2d3afdf5774fa496' },
  },
  {
    name: 'ensemble',
    about: 'many small worlds: noisy majorities on one shared graph',
    update: 'count the opinions of 8 neighbours, a draw',
    bytes: { ...OF_EIGHT, why: 'as of majority; graph and worlds fit a cache here' },
    full: { spec: majority(1000, 4096), warmUp: 2, steps: 8 },
    quick: { spec: majority(1000, 128), warmUp: 8, steps: 32, digest: '9b53e0bc4afadb1f' },
  },
];
