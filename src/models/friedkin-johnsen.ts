import {
  defineModel,
  fixed,
  histogram,
  maximum,
  mean,
  minimum,
  probability,
  type TheoryContext,
  variance,
} from '../model/index.ts';
import { actingShare } from './mean-field.ts';

/** Kinds of topology in which everyone looks at as many, as many look at everyone, and links weigh the same: columns of W sum to 1 as rows do. */
const BALANCED = ['complete', 'ring', 'lattice', 'random-regular'];

/** The mean is conserved where W is doubly stochastic, by the expectation of a step; in classes those that act later hear what earlier ones made of the mean. */
function constantMean({ initial, update, topology: { kind, degrees = [] } }: TheoryContext): number | undefined {
  const balanced = BALANCED.includes(kind) && degrees.length <= 1;
  return balanced && update.kind !== 'sublattice' ? initial.mean : undefined;
}

/** What is left of the initial variance on a complete graph, where an agent that has acted is at m + (1 − λ)(x(0) − m) and one that has not at x(0). */
function varianceLeft(context: TheoryContext, step: number): number {
  const waiting = (1 - actingShare(context)) ** step;
  return waiting + (1 - waiting) * (1 - context.params.susceptibility) ** 2;
}

/**
 * Opinions in [−1, 1] that are weighed against an anchor (Friedkin & Johnsen 1990; DeGroot 1974 at λ = 1):
 *
 * x(t + 1) = Λ W x(t) + (I − Λ) x(0).
 *
 * Λ is diagonal: each agent's susceptibility to what it hears, 1 − λ its stubbornness. W is row-stochastic: equal shares of those that an agent looks at, or by the
 * weights of the links; on `complete` 1/N for everyone, the agent itself included. Who looks at nobody hears itself (Wᵢᵢ = 1) and so keeps its opinion. Where λ < 1
 * for everyone there is one stationary state, x* = (I − ΛW)⁻¹ (I − Λ) x(0), which every update approaches: a step of all
 * shrinks the largest deviation to at most max λ of itself.
 * With λᵢ = dᵢ / (1 + dᵢ), d the sum of the weights of its links, it is (I + L)⁻¹ x(0), L the Laplacian (Bindel, Kleinberg & Oren 2015).
 *
 * Opinions have 29 fraction bits, λ and the shares of W have 31. What is heard is summed exactly and rounded once, the new opinion again, half away from zero, so
 * that −x(0) makes −x(t) to the last bit. The stationary state is off by at most 2⁻²⁹ / (1 − max λ), and d 2⁻³¹ λ / (1 − λ) more where shares of d links are rounded.
 */
export const friedkinJohnsen = defineModel({
  name: 'friedkin-johnsen',
  about:
    'Agents move to the mean opinion of those they look at, as far as they are susceptible, and are held by the opinion that they started with.',
  source: 'Friedkin & Johnsen 1990, J. Math. Sociol. 15 193; DeGroot 1974, JASA 69 118 (susceptibility 1)',
  updates: ['synchronous', 'activation', 'sublattice', 'sequential'],
  published: {
    update: 'synchronous',
    note: 'All updates settle at the same opinions where every susceptibility is below 1: the map is a contraction of the largest deviation (Chazan & Miranker 1969). At 1 the consensus depends on the order.',
  },
  fields: {
    opinion: fixed({ min: -1, max: 1, about: 'what the agent holds' }),
    innate: fixed({ min: -1, max: 1, about: 'its opinion at the start, set from `opinion`' }),
  },
  params: {
    susceptibility: probability({
      default: 0.8,
      about: 'λ: weight of what an agent hears; the rest is that of its first opinion. 1: DeGroot, no anchor',
    }),
  },
  init: { opinion: 'uniform' },
  setup: ['remember_innate'],
  aggregates: { mean_opinion: { kind: 'mean', field: 'opinion', before: 'weigh_opinions' } },
  rules: ['weigh_opinions'],
  measures: {
    mean: mean('opinion'),
    variance: variance('opinion'),
    minimum: minimum('opinion'),
    maximum: maximum('opinion'),
    opinions: histogram('opinion', { bins: 20 }),
  },
  invariants: [
    { kind: 'within', measure: 'minimum', min: -1, max: 1 },
    { kind: 'within', measure: 'maximum', min: -1, max: 1 },
  ],
  mechanisms: {
    listening: { about: 'opinions move towards those heard', off: { susceptibility: 0 }, perGroup: true },
  },
  theory: [
    {
      kind: 'trajectory',
      measure: 'mean',
      about: 'conserved: everyone is heard as much as anyone, N → ∞ where agents act at random',
      source: 'DeGroot 1974: W doubly stochastic',
      status: 'exact',
      predict(context, steps) {
        const value = constantMean(context);
        return value === undefined ? undefined : steps.map(() => value);
      },
    },
    {
      kind: 'trajectory',
      measure: 'variance',
      about:
        'complete graph: (1 − λ)² of the initial variance for those that have acted, N → ∞ where they act at random',
      source: 'Friedkin & Johnsen 1990, with all influence equal',
      status: 'exact',
      predict(context, steps) {
        if (context.topology.kind !== 'complete') return undefined;
        return steps.map(step => context.initial.variance * varianceLeft(context, step));
      },
    },
    {
      kind: 'steady',
      measure: 'variance',
      about: 'complete graph: (1 − λ)² of the initial variance',
      source: 'Friedkin & Johnsen 1990, with all influence equal',
      status: 'exact',
      predict({ params, initial, topology }) {
        if (topology.kind !== 'complete') return undefined;
        return [{ value: initial.variance * (1 - params.susceptibility) ** 2, stable: true }];
      },
    },
  ],
});
