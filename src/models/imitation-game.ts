import {
  type Branch,
  bit,
  choice,
  defineModel,
  number,
  type ScalarMap,
  share,
  type TheoryContext,
} from '../model/index.ts';
import { actingShare } from './mean-field.ts';

type Params = Readonly<Record<string, number>>;

/** Mean payoffs of the strategies 0 and 1 when a share x of those met has strategy 1. */
function payoffs({ reward, sucker, temptation, punishment, advantage }: Params, x: number): [number, number] {
  return [(1 - x) * reward + x * sucker, (1 - x) * temptation + x * punishment + advantage];
}

/** The difference between the largest and the smallest payoff of an encounter. */
function payoffRange({ reward, sucker, temptation, punishment, advantage }: Params): number {
  const all = [reward, sucker, temptation + advantage, punishment + advantage];
  return Math.max(...all) - Math.min(...all);
}

/** Share of strategy 1 among those whose strategy is settled in a step, by what it was: the mean field as N → ∞, for each option of `how`. */
const LEARNED: readonly ((x: number, params: Params) => number)[] = [
  (x, params) => {
    const [zero, one] = payoffs(params, x);
    return x + x * (1 - x) * Math.tanh((params.selection * (one - zero)) / 2);
  },
  (x, params) => {
    const [zero, one] = payoffs(params, x);
    const range = payoffRange(params);
    return range === 0 ? x : x + (x * (1 - x) * (one - zero)) / range;
  },
  (x, params) => {
    const [zero, one] = payoffs(params, x).map(payoff => Math.max(0, payoff));
    const all = x * one + (1 - x) * zero;
    return all === 0 ? x : (x * one) / all;
  },
];

/** Share of strategy 1 at which both strategies earn the same, if that is between 0 and 1: V/C in Hawk-Dove, c/(2b − c) in the snowdrift game. */
export function mixedEquilibrium(params: Params): number | undefined {
  const [zeroAmongZeros, oneAmongZeros] = payoffs(params, 0);
  const [zeroAmongOnes, oneAmongOnes] = payoffs(params, 1);
  const gain = oneAmongZeros - zeroAmongZeros;
  const share = gain / (gain - (oneAmongOnes - zeroAmongOnes));
  return share > 0 && share < 1 ? share : undefined;
}

/**
 * Probability that k mutants take over a population of N, one elementary update at a time, when each difference of payoffs is v: (1 − e^(−βvk)) / (1 − e^(−βvN)).
 * For Moran replacement with relative fitness r it is (1 − r^(−k)) / (1 − r^(−N)): the same with βv = ln r.
 */
export function fixationProbability(selection: number, mutants: number, population: number): number {
  if (selection === 0) return mutants / population;
  return Math.expm1(-selection * mutants) / Math.expm1(-selection * population);
}

function meanField(context: TheoryContext): ScalarMap {
  const { params, update } = context;
  const rate = update.kind === 'pairing' ? 1 : actingShare(context);
  const learned = LEARNED[params.how];
  return x => x + rate * (learned(x, params) - x);
}

/** All of one strategy, all of the other, and both at equal payoffs; stable where the rarer strategy earns less, in a mixture where it earns more. */
function stationaryShares(params: Params): Branch[] {
  const [zeroAmongZeros, oneAmongZeros] = payoffs(params, 0);
  const [zeroAmongOnes, oneAmongOnes] = payoffs(params, 1);
  const mixed = mixedEquilibrium(params);
  return [
    { value: 0, stable: oneAmongZeros < zeroAmongZeros },
    { value: 1, stable: zeroAmongOnes < oneAmongOnes },
    ...(mixed === undefined ? [] : [{ value: mixed, stable: oneAmongZeros > zeroAmongZeros }]),
  ];
}

const PAYOFF = { min: -4095, max: 4095 };

/** Symmetric games of two strategies in a well-mixed population whose agents imitate the more successful. */
export const imitationGame = defineModel({
  name: 'imitation-game',
  about: 'Agents play a symmetric game of two strategies with random others, and strategies that earn more spread.',
  source:
    'Maynard Smith & Price 1973 (Hawk-Dove); Hauert & Doebeli 2004 (snowdrift); Traulsen, Nowak & Pacheco 2006, PRE 74 011909 (fermi); Schlag 1998 (proportional); Moran 1958',
  updates: ['pairing', 'synchronous', 'activation', 'sequential'],
  published: {
    update: 'sequential',
    note: 'Stationary mean-field points agree for every update, as long as a step does not overshoot (strong selection, synchronous or pairing). Fixation probabilities hold for sequential alone.',
  },
  topologies: ['complete'],
  fields: { strategy: bit('0: cooperate (dove), 1: defect (hawk, mutant)') },
  params: {
    how: choice({
      options: ['fermi', 'proportional', 'moran'],
      default: 'fermi',
      about:
        'fermi: imitate a random other by the expected payoffs against all others; proportional: by the payoffs of one encounter each; moran: be replaced by offspring of anyone, in proportion to expected payoff',
    }),
    reward: number({ default: 0.5, ...PAYOFF, about: 'payoff of a cooperator that meets a cooperator' }),
    sucker: number({ default: 0, ...PAYOFF, about: 'payoff of a cooperator that meets a defector' }),
    temptation: number({ default: 1, ...PAYOFF, about: 'payoff of a defector that meets a cooperator' }),
    punishment: number({ default: -1.5, ...PAYOFF, about: 'payoff of a defector that meets a defector' }),
    advantage: number({ default: 0, ...PAYOFF, about: 'v: what a defector earns on top, whomever it meets' }),
    selection: number({ default: 1, min: 0, max: 1000, about: 'β: strength of selection (fermi), the inverse noise' }),
  },
  presets: {
    'hawk-dove': {
      about: 'V = 1, C = 4: reward V/2, sucker 0, temptation V, punishment (V − C)/2; hawks settle at V/C = 1/4.',
      params: { reward: 0.5, sucker: 0, temptation: 1, punishment: -1.5 },
    },
    snowdrift: {
      about:
        'b = 1, c = 0.5: reward b − c/2, sucker b − c, temptation b, punishment 0; cooperators settle at 1 − c/(2b − c) = 2/3.',
      params: { reward: 0.75, sucker: 0.5, temptation: 1, punishment: 0 },
    },
    donation: {
      about: 'b = 3, c = 1: reward b − c, sucker −c, temptation b, punishment 0; defection takes over.',
      params: { reward: 2, sucker: -1, temptation: 3, punishment: 0 },
    },
    'stag-hunt': {
      about: 'reward 1, sucker 0, temptation 0.5, punishment 0.5: whoever has more than half takes over.',
      params: { reward: 1, sucker: 0, temptation: 0.5, punishment: 0.5 },
    },
    constant: {
      about: 'no game: everyone earns 1, a defector `advantage` more, so that its relative fitness is 1 + advantage.',
      params: { reward: 1, sucker: 1, temptation: 1, punishment: 1 },
    },
  },
  init: { strategy: [0.5, 0.5] },
  aggregates: { defector_count: { kind: 'count', field: 'strategy', value: 1, before: 'learn_strategy' } },
  rules: ['learn_strategy'],
  measures: { cooperators: share('strategy', 0), defectors: share('strategy', 1) },
  invariants: [{ kind: 'within', measure: 'defectors', min: 0, max: 1 }],
  mechanisms: {
    selection: { about: 'success counts (fermi)', off: { selection: 0 } },
    advantage: { about: 'defectors earn more, whomever they meet', off: { advantage: 0 } },
  },
  theory: [
    {
      kind: 'map',
      measure: 'defectors',
      about: 'mean field, N → ∞: the replicator dynamics that the way of learning makes',
      source: 'Traulsen, Claussen & Hauert 2005, PRL 95 238701',
      status: 'exact',
      predict: meanField,
    },
    {
      kind: 'steady',
      measure: 'defectors',
      about: 'where both strategies earn the same, or one is alone, N → ∞',
      source: 'Maynard Smith & Price 1973',
      status: 'exact',
      predict: ({ params }) => stationaryShares(params),
    },
  ],
});
