import {
  activeLinks,
  bit,
  defineModel,
  probability,
  type ScalarMap,
  share,
  type TheoryContext,
} from '../model/index.ts';
import { annealedMap } from './annealed.ts';
import { fixedPoints } from './fixed-points.ts';
import { acting } from './mean-field.ts';

const PUBLISHED = 'Gómez et al. 2010, without reinfection in a step';

/** Share of infected agents after a step from the share before, where everyone looks at everyone: a susceptible agent escapes iN infected ones. */
function mixed({ params: { infection, recovery }, population, topology }: TheoryContext): ScalarMap | undefined {
  if (topology.kind !== 'complete') return undefined;
  return i => i * (1 - recovery) + (1 - i) * (1 - (1 - infection) ** (i * population));
}

/** Contagion without immunity, in discrete time: susceptible, infected, susceptible. */
export const sis = defineModel({
  name: 'sis',
  about: 'Agents are infected by those they look at, recover, and may be infected again: a habit, a worm, a jailbreak.',
  source: 'Wang et al. 2003, SRDS 25; Gómez et al. 2010, EPL 89 38009',
  updates: ['synchronous', 'activation', 'sublattice', 'sequential'],
  published: {
    update: 'synchronous',
    note: 'Mean-field points and the threshold agree for every update. On graphs with few neighbours the endemic share and the threshold depend on it.',
  },
  fields: { infected: bit('0: susceptible, 1: infected') },
  params: {
    infection: probability({
      default: 0.05,
      about: 'probability β that an infected agent infects one that looks at it, in a step',
    }),
    recovery: probability({ default: 0.2, about: 'probability γ that an infected agent recovers in a step' }),
  },
  init: { infected: [0.9, 0.1] },
  rules: ['catch_or_recover'],
  measures: { infected: share('infected', 1), active_links: activeLinks('infected') },
  invariants: [
    { kind: 'within', measure: 'infected', min: 0, max: 1 },
    { kind: 'within', measure: 'active_links', min: 0, max: 1 },
  ],
  mechanisms: { contagion: { about: 'infected agents infect others', off: { infection: 0 } } },
  theory: [
    {
      kind: 'map',
      measure: 'infected',
      about: 'i′ = (1 − γ) i + (1 − i)(1 − (1 − β)^(iN)), N → ∞ with βN fixed',
      source: PUBLISHED,
      status: 'exact',
      predict(context) {
        const map = mixed(context);
        return map && acting(context, map);
      },
    },
    {
      kind: 'steady',
      measure: 'infected',
      about: 'fixed points of the mean field; 1 − γ/(βN) where both probabilities are small',
      source: PUBLISHED,
      status: 'numerical',
      predict(context) {
        const map = mixed(context);
        return map && fixedPoints(acting(context, map));
      },
    },
    {
      kind: 'threshold',
      of: 'params.infection',
      about: 'it spreads if −N ln(1 − β) > γ',
      source: PUBLISHED,
      status: 'exact',
      predict: ({ params, population, topology }) =>
        topology.kind === 'complete' ? -Math.expm1(-params.recovery / population) : undefined,
    },
    {
      kind: 'map',
      measure: 'infected',
      about: 'annealed mean field by degree',
      source: 'Pastor-Satorras & Vespignani 2001; Gómez et al. 2010',
      status: 'approximation',
      predict(context) {
        const { infection, recovery } = context.params;
        // of k agents, each infected with probability θ, none infects with probability (1 − βθ)^k
        return annealedMap(
          context,
          context.initial.infected,
          (seen, own, looksAt) =>
          own * (1 - recovery) + (1 - own) * (1 - (1 - infection * seen) ** looksAt), // biome-ignore format: one thought
        );
      },
    },
  ],
});
