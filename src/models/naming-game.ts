import { bit, category, defineModel, probability, share, type TheoryContext } from '../model/index.ts';
import { iterate } from './mean-field.ts';

/** Shares of all agents: free ones that know A alone, B alone, and both. What is missing to 1 is committed to A. */
export interface NamingShares {
  a: number;
  b: number;
  ab: number;
}

/**
 * The mean field of a round, exact as N → ∞. A free agent speaks or listens with probability ½ each. Let u be the probability that a random speaker says A. An
 * agent that knows one word learns the other as a listener that hears it. One that knows both forgets one as a listener, whatever it hears, and as a speaker
 * if the listener knows the word said.
 */
export function namingRound({ a, b, ab }: NamingShares): NamingShares {
  const committed = 1 - a - b - ab;
  const u = committed + a + ab / 2;
  const learnB = (a * (1 - u)) / 2;
  const learnA = (b * u) / 2;
  const toA = ab * (u / 2 + (1 - b) / 4);
  const toB = ab * ((1 - u) / 2 + (b + ab) / 4);
  return { a: a - learnB + toA, b: b - learnA + toB, ab: ab + learnA + learnB - toA - toB };
}

/** The state in which a population that starts with B settles, when a share `committed` is committed to A: after so many rounds that nothing changes. */
export function settledNaming(committed: number): NamingShares {
  let state: NamingShares = { a: 0, b: 1 - committed, ab: 0 };
  for (let round = 0; round < 1_000_000; round++) {
    const next = namingRound(state);
    if (Math.abs(next.b - state.b) + Math.abs(next.a - state.a) < 1e-15) break;
    state = next;
  }
  return state;
}

/** The committed share above which A wins: .097889. Bisection on whether the settled share of B is above ¼; it falls from .65 to .01 there. */
export function namingThreshold(): number {
  let [kept, lost] = [0.05, 0.15];
  while (lost - kept > 1e-7) {
    const middle = (kept + lost) / 2;
    if (settledNaming(middle).b > 0.25) kept = middle;
    else lost = middle;
  }
  return (kept + lost) / 2;
}

function trajectory({ initial }: TheoryContext, steps: readonly number[]): number[] {
  const start = { a: initial.n_a - initial.committed, b: initial.n_b, ab: initial.n_ab };
  return iterate(start, steps, namingRound).map(({ b }) => b);
}

/** The naming game of two words: a committed minority overturns what everyone else agrees on, if it is more than a tenth. */
export const namingGame = defineModel({
  name: 'naming-game',
  about:
    'Two words compete in pairwise talks; a committed minority that only ever says A faces a population that says B.',
  source: 'Xie, Sreenivasan, Korniss, Zhang, Lim & Szymanski 2011, PRE 84 011130, arXiv:1102.3931',
  updates: ['pairing'],
  published: {
    update: 'sequential',
    note: 'Published: one random pair of speaker and listener at a time. A round of pairing is N/2 such talks, in which everyone takes part once. Tipping point and stationary shares agree.',
  },
  topologies: ['complete'],
  fields: {
    inventory: category(['A', 'B', 'AB'], 'the words that an agent knows'),
    committed: bit('1: knows A alone, for ever'),
  },
  params: {
    committed: probability({ default: 0.1, about: 'share of all agents that is committed to A, rounded to agents' }),
  },
  init: { inventory: [0, 1, 0] },
  setup: ['place_committed', 'commit_to_a'],
  rules: ['negotiate_name'],
  measures: {
    n_a: share('inventory', 'A'),
    n_b: share('inventory', 'B'),
    n_ab: share('inventory', 'AB'),
    committed: share('committed', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'committed' },
    { kind: 'within', measure: 'n_b', min: 0, max: 1 },
  ],
  theory: [
    {
      measure: 'n_b',
      about: 'mean field of a round',
      source: 'the rate equations of Xie et al. 2011, for rounds in which everyone talks once',
      trajectory,
    },
  ],
});
