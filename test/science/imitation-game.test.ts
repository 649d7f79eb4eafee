// Games among imitators: mixed equilibria, and fixation in small populations against the exact birth-death chain.
import { expect, test } from 'vitest';
import { fixationProbability, mixedEquilibrium } from '../../src/models/imitation-game.ts';
import { chiSquareTest, normalTwoSided, shareError } from '../support/statistics.ts';
import { courses, lateMean, run } from './measure.ts';

/** Chance of a false alarm of each check. */
const ALPHA = 0.001;

const HAWK_DOVE = { reward: 0.5, sucker: 0, temptation: 1, punishment: -1.5, advantage: 0 };

// Expected payoffs, β = 5: a step's noise is √(x(1 − x)/N) and a deviation shrinks to 1 − 2βx(1 − x)/2 = .06 of itself, so that the mean of 40 steps and 4 replicas has a
// standard error of 2.5e-4. Realised payoffs: noise √(.0703/N), a deviation shrinks to .85, 100 steps and 4 replicas: 6e-4.
test.each([
  { how: 'fermi', selection: 5, steps: 60, from: 20, bound: 0.001 },
  { how: 'proportional', selection: 1, steps: 140, from: 40, bound: 0.003 },
])(
  'hawks settle at V/C = 1/4 ± $bound by $how (4 × 20,000 agents); cooperators of the snowdrift game at 1 − c/(2b − c) = 2/3',
  async testCase => {
    const { how, selection, steps, from, bound } = testCase;
    const result = await run({
      model: 'imitation-game',
      population: 20_000,
      replicas: 4,
      params: { preset: ['hawk-dove', 'snowdrift'], how, selection },
      init: { strategy: 0.5 },
      steps,
      measure: 1,
      seed: 'hawks',
    });
    expect(mixedEquilibrium(HAWK_DOVE)).toBeCloseTo(0.25, 12);
    expect(Math.abs(lateMean(result, 'defectors', from, 0).mean - 0.25)).toBeLessThan(bound);
    // the snowdrift game's payoffs differ less, so that deviations last longer: a standard error of 6e-4 for both, and twice the bound
    expect(Math.abs(lateMean(result, 'cooperators', from, 1).mean - 2 / 3)).toBeLessThan(2 * bound);
  },
);

interface Chain {
  /** Probabilities of one defector more, and of one less, in an elementary update when there are k of N. */
  up(k: number, n: number): number;
  down(k: number, n: number): number;
}

/** Distribution of the number of defectors after so many elementary updates from k. */
function evolve({ up, down }: Chain, n: number, k: number, updates: number): number[] {
  const ups = Array.from({ length: n + 1 }, (_, j) => (j > 0 && j < n ? up(j, n) : 0));
  const downs = Array.from({ length: n + 1 }, (_, j) => (j > 0 && j < n ? down(j, n) : 0));
  let law = Array.from({ length: n + 1 }, (_, j) => Number(j === k));
  for (let update = 0; update < updates; update++) {
    law = law.map(
      (p, j) =>
        p * (1 - ups[j] - downs[j]) + (law[j - 1] ?? 0) * (ups[j - 1] ?? 0) + (law[j + 1] ?? 0) * (downs[j + 1] ?? 0),
    );
  }
  return law;
}

type Game = typeof HAWK_DOVE;

const payoff = (game: Game, own: number, met: number): number =>
  own === 0 ? [game.reward, game.sucker][met] : [game.temptation, game.punishment][met] + game.advantage;

/** Mean payoff of one with a strategy in a population of n with k defectors; with `self`, it may meet itself, as some authors have it. */
function expected(game: Game, own: number, k: number, n: number, self = false): number {
  const share = self ? k / n : (k - own) / (n - 1);
  return (1 - share) * payoff(game, own, 0) + share * payoff(game, own, 1);
}

/** The active agent and its model differ. */
const mixedPair = (k: number, n: number): number => ((n - k) * k) / (n * (n - 1));

function fermiChain(game: Game, selection: number, self = false): Chain {
  const chance = (k: number, n: number, sign: number): number =>
    1 / (1 + Math.exp(-sign * selection * (expected(game, 1, k, n, self) - expected(game, 0, k, n, self))));
  return {
    up: (k, n) => mixedPair(k, n) * chance(k, n, 1),
    down: (k, n) => mixedPair(k, n) * chance(k, n, -1),
  };
}

/** Both meet one of all others each, independently. */
function proportionalChain(game: Game): Chain {
  const all = [0, 1].flatMap(own => [0, 1].map(met => payoff(game, own, met)));
  const range = Math.max(...all) - Math.min(...all);
  const chance = (k: number, n: number, model: number): number => {
    let sum = 0;
    for (const mine of [0, 1]) {
      for (const its of [0, 1]) {
        const among = (own: number, met: number): number => {
          const defectors = (k - own) / (n - 1);
          return met === 1 ? defectors : 1 - defectors;
        };
        const lead = payoff(game, model, its) - payoff(game, 1 - model, mine);
        sum += among(1 - model, mine) * among(model, its) * Math.max(0, lead);
      }
    }
    return sum / range;
  };
  return { up: (k, n) => mixedPair(k, n) * chance(k, n, 1), down: (k, n) => mixedPair(k, n) * chance(k, n, 0) };
}

/** One dies, one of all is the parent; with `others`, the dead one is not among them. */
function moranChain(game: Game, others = false): Chain {
  const parent = (k: number, n: number, own: number, dead: number): number => {
    const agents = [n - k, k].map((count, strategy) => count - Number(others && strategy === dead));
    const weights = agents.map((count, strategy) => count * expected(game, strategy, k, n));
    return weights[own] / (weights[0] + weights[1]);
  };
  return {
    up: (k, n) => ((n - k) / n) * parent(k, n, 1, 0),
    down: (k, n) => (k / n) * parent(k, n, 0, 1),
  };
}

const MIXED: Game = { reward: 1.2, sucker: 0.6, temptation: 2, punishment: 0.3, advantage: 0.1 };

// 20,000 worlds, about 12 cells. The chains in which one may meet itself, or the dead be no parent, differ so much that they are rejected.
test.each([
  { how: 'fermi', chain: fermiChain(MIXED, 2), wrong: fermiChain(MIXED, 2, true) },
  { how: 'proportional', chain: proportionalChain(MIXED), wrong: fermiChain(MIXED, 1) },
  { how: 'moran', chain: moranChain(MIXED), wrong: moranChain(MIXED, true) },
])(
  '$how, sequential, 12 agents: the number of defectors after 60 updates is distributed as the exact chain says (chi-square, 20,000 worlds)',
  async ({ how, chain, wrong }) => {
    const [population, worlds, steps] = [12, 20_000, 60];
    const result = await run({
      model: 'imitation-game',
      population,
      replicas: worlds,
      params: { ...MIXED, how, selection: 2 },
      init: { strategy: 0.25 },
      update: 'sequential',
      steps,
      measure: steps,
      seed: 'chain',
    });
    const counts = new Array<number>(population + 1).fill(0);
    for (const course of courses(result, 'defectors')) counts[Math.round(course[1] * population)]++;
    expect(chiSquareTest(counts, evolve(chain, population, 3, steps)).p).toBeGreaterThan(ALPHA);
    expect(chiSquareTest(counts, evolve(wrong, population, 3, steps)).p).toBeLessThan(1e-6);
  },
);

const CONSTANT: Game = { reward: 1, sucker: 1, temptation: 1, punishment: 1, advantage: 0 };

// One mutant of 50. The chain says that fewer than 1.4e-3 (fermi) and 2.4e-4 (moran) of the worlds are undecided; the share of fixed worlds is compared with the formula
// within 3.3 standard errors of 3e-3 to 6e-3 (4,000 worlds). 1e5 worlds: scripts/nightly.mjs.
test.each([
  { how: 'fermi', advantage: 0.1, selection: 2, logRatio: 0.2, steps: 6000 },
  { how: 'moran', advantage: 0.2, selection: 1, logRatio: Math.log(1.2), steps: 4000 },
])(
  '$how, sequential: one mutant takes over 50 agents with the published probability (4,000 worlds)',
  async ({ how, advantage, selection, logRatio, steps }) => {
    const [population, worlds] = [50, 4000];
    const result = await run({
      model: 'imitation-game',
      population,
      replicas: worlds,
      params: { preset: 'constant', how, advantage, selection },
      init: { strategy: 1 / population },
      update: 'sequential',
      steps,
      measure: steps,
      seed: 'fixation',
    });
    const formula = fixationProbability(logRatio, 1, population);
    const game = { ...CONSTANT, advantage };
    const law = evolve(how === 'fermi' ? fermiChain(game, selection) : moranChain(game), population, 1, steps);
    expect(law[0] + law[population]).toBeGreaterThan(1 - 1.4e-3);
    expect(Math.abs(law[population] - formula)).toBeLessThan(1.4e-3);
    const ends = courses(result, 'defectors').map(course => course[1]);
    const fixed = ends.filter(share => share === 1).length / worlds;
    expect(normalTwoSided((fixed - law[population]) / shareError(formula, worlds))).toBeGreaterThan(ALPHA);
    expect(ends.filter(share => share > 0 && share < 1).length).toBeLessThan(20);
  },
);

test('fixation probabilities: the formulas in their common forms', () => {
  expect(fixationProbability(Math.log(1.1), 1, 50)).toBeCloseTo((1 - 1 / 1.1) / (1 - 1.1 ** -50), 12);
  expect(fixationProbability(0, 3, 50)).toBeCloseTo(0.06, 12);
  expect(fixationProbability(1e-9, 3, 50)).toBeCloseTo(0.06, 6);
  // the products of the ratios of the chain's probabilities (Nowak 2006, Evolutionary Dynamics, equation 6.13)
  const chain = fermiChain({ ...CONSTANT, advantage: 0.1 }, 2);
  let [product, sum] = [1, 1];
  for (let k = 1; k < 50; k++) {
    product *= chain.down(k, 50) / chain.up(k, 50);
    sum += product;
  }
  expect(fixationProbability(0.2, 1, 50)).toBeCloseTo(1 / sum, 12);
});
