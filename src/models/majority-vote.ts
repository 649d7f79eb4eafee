import { activeLinks, type Branch, bit, defineModel, probability, share, type TheoryContext } from '../model/index.ts';
import { annealedMap } from './annealed.ts';
import { acting } from './mean-field.ts';

const PUBLISHED = 'Oliveira 1992';

/** Probability that most of `count` agents hold 1 when each does with probability p, a tie counting half: the sum of binomial terms, each from the one before. */
function majority(count: number, p: number): number {
  if (p <= 0 || p >= 1) return count === 0 ? 0.5 : Math.round(p);
  let sum = 0;
  let logTerm = count * Math.log1p(-p);
  for (let k = 0; k <= count; k++) {
    if (2 * k >= count) sum += Math.exp(logTerm) * (2 * k === count ? 0.5 : 1);
    logTerm += Math.log((count - k) / (k + 1)) + Math.log(p / (1 - p));
  }
  return sum;
}

/** The share of those who act that take opinion 1, when this share holds it and everyone looks at everyone, N → ∞. */
const mixed = (noise: number) => (up: number) => (up === 0.5 ? 0.5 : up > 0.5 ? 1 - noise : noise);

/** Where order ends on the square lattice, as published for random-sequential order; class by class and with few acting at once comes close to it. */
function lossOfOrder({ update, topology }: TheoryContext): number | undefined {
  const square = topology.kind === 'lattice' && topology.degrees?.every(({ out }) => out === 4);
  const oneByOne =
    update.kind === 'sublattice' ||
    update.kind === 'sequential' ||
    (update.kind === 'activation' && (update.activation ?? 1) <= 0.1);
  return square && oneByOne ? 0.075 : undefined;
}

/** The majority-vote model: conformity to most of those one looks at, but for some noise. */
export const majorityVote = defineModel({
  name: 'majority-vote',
  about:
    'Agents hold with most of those they look at, or against them with some probability; a tie is decided by a coin.',
  source: 'Oliveira 1992, J. Stat. Phys. 66 273',
  updates: ['synchronous', 'activation', 'sublattice', 'sequential'],
  published: {
    update: 'sequential',
    note: 'The order of a lattice ends at nearly the same noise whether agents act one by one or class by class. Synchronous, the two halves of a lattice of even sides never hear of themselves.',
  },
  fields: { opinion: bit('0 or 1') },
  params: {
    noise: probability({ default: 0.1, max: 0.5, about: 'probability q of holding against most' }),
  },
  init: { opinion: [0, 1] },
  rules: ['vote_with_majority'],
  measures: { up: share('opinion', 1), active_links: activeLinks('opinion') },
  invariants: [
    { kind: 'within', measure: 'up', min: 0, max: 1 },
    { kind: 'within', measure: 'active_links', min: 0, max: 1 },
  ],
  mechanisms: { noise: { about: 'agents hold against most now and then', off: { noise: 0 } } },
  theory: [
    {
      kind: 'map',
      measure: 'up',
      about: 'mean field, N → ∞: all who act join the majority but for a share q',
      source: PUBLISHED,
      status: 'exact',
      predict: context => (context.topology.kind === 'complete' ? acting(context, mixed(context.params.noise)) : undefined), // biome-ignore format: one thought
    },
    {
      kind: 'steady',
      measure: 'up',
      about: 'q, 1 − q, and between them ½, N → ∞',
      source: PUBLISHED,
      status: 'exact',
      predict({ params: { noise }, topology }): Branch[] | undefined {
        if (topology.kind !== 'complete') return undefined;
        if (noise === 0.5) return [{ value: 0.5, stable: true }];
        return [noise, 0.5, 1 - noise].map(value => ({ value, stable: value !== 0.5 }));
      },
    },
    {
      kind: 'threshold',
      of: 'params.noise',
      about: 'order ends at .0750 ± .0001, in random-sequential order, square lattice, four neighbours',
      source: PUBLISHED,
      status: 'published',
      predict: lossOfOrder,
    },
    {
      kind: 'map',
      measure: 'up',
      about: 'annealed mean field by degree',
      source: 'after Chen et al. 2015, PRE 91 022816',
      status: 'approximation',
      predict(context) {
        const { noise } = context.params;
        return annealedMap(
          context,
          context.initial.up,
          (seen, _, looksAt) =>
          noise + (1 - 2 * noise) * majority(looksAt, seen), // biome-ignore format: one thought
        );
      },
    },
  ],
});
