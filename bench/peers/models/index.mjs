// The workloads' rules as Groundswell models, declared as any user would.
import { readFileSync } from 'node:fs';
import { bit, category, defineModel, probability, share, table } from '../../../dist/index.js';

const common = {
  source: 'bench/peers',
  updates: ['synchronous'],
  published: { update: 'synchronous', note: 'A benchmark.' },
  invariants: [],
};

/** 1 − (1 − β)^k by products alone, so that it is the same number everywhere. */
export function chanceOfInfection(beta, k) {
  let spared = 1;
  for (let i = 0; i < k; i++) spared *= 1 - beta;
  return 1 - spared;
}

function model({ rule, ...declaration }) {
  const path = `${rule}.wgsl`;
  const text = readFileSync(new URL(`./${path}`, import.meta.url), 'utf8');
  return defineModel({ ...common, ...declaration, rules: [rule], shaders: { [rule]: { path, text } } });
}

export const majorityGather = model({
  name: 'peers-majority-gather',
  about: 'Agents do as most of those they look at.',
  rule: 'majority_of_neighbors',
  fields: { opinion: bit('0 or 1') },
  params: {},
  init: { opinion: [0.5, 0.5] },
  measures: { up: share('opinion', 1) },
});

export const noisyMajority = model({
  name: 'peers-majority',
  about: 'Agents do as most of those they look at, sometimes as the fewest.',
  rule: 'noisy_majority',
  fields: { opinion: bit('0 or 1') },
  params: { noise: probability({ default: 0.1, about: 'probability of doing as the fewest' }) },
  init: { opinion: [0.5, 0.5] },
  measures: { up: share('opinion', 1) },
});

export const contagion = model({
  name: 'peers-contagion',
  about: 'An infection that spreads from those looked at, and passes.',
  rule: 'contagion',
  fields: { infected: bit('1: infected') },
  params: {
    recovery: probability({ default: 0.2, about: 'probability of recovering in a step' }),
    infection: table({
      length: 9,
      default: k => chanceOfInfection(0.05, k),
      about: 'probability by infected agents looked at',
    }),
  },
  init: { infected: [0.7, 0.3] },
  measures: { infected: share('infected', 1) },
});

/** 1 / (1 + exp(−2h/T)) at the critical temperature 2.269, where h is the sum of four neighbours ±1, to four digits. */
export const CHANCES_OF_UP = [0.0286, 0.1464, 0.5, 0.8536, 0.9714];

export const ising = model({
  name: 'peers-ising',
  about: 'Spins on a square lattice at the critical temperature, one half-lattice after the other.',
  rule: 'heat_bath',
  updates: ['sublattice'],
  published: { update: 'sublattice', note: 'A benchmark.' },
  fields: { spin: bit('1: up') },
  params: { up: table({ length: 5, default: k => CHANCES_OF_UP[k], about: 'probability by neighbours that are up' }) },
  init: { spin: [0.5, 0.5] },
  measures: { up: share('spin', 1) },
});

export const sir = model({
  name: 'peers-sir',
  about: 'An infection after which agents are immune.',
  rule: 'sir',
  fields: { state: category(['susceptible', 'infected', 'removed'], 'state of health') },
  params: {
    infection: probability({ default: 0.05, about: 'probability of infection by one infected agent in a step' }),
    recovery: probability({ default: 0.2, about: 'probability of recovering in a step' }),
  },
  init: { state: [0.9, 0.1, 0] },
  measures: { infected: share('state', 1), removed: share('state', 2) },
});

export const models = [majorityGather, noisyMajority, contagion, ising, sir];
