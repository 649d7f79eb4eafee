import { activeLinks, type Branch, bit, defineModel, number, share, type TheoryContext } from '../model/index.ts';
import { energyPerLink, magnetisation, ONSAGER_TEMPERATURE } from './onsager.ts';

const isSquare = ({ topology }: TheoryContext): boolean =>
  topology.kind === 'lattice' && (topology.degrees?.every(({ out }) => out === 4) ?? false);

/** Shares of opinion 1 in an infinite system: two, either of which is kept for ever, or one half. */
function ordered(temperature: number): Branch[] {
  const m = magnetisation(temperature);
  return m === 0 ? [{ value: 0.5, stable: true }] : [-m, m].map(value => ({ value: (1 + value) / 2, stable: true }));
}

/**
 * Binary choice with social influence: the Ising model with the heat bath, which is the logit choice of Blume 1993 and Brock & Durlauf 2001 with J = 1.
 * Agents acting one by one and class by class both leave its Gibbs law stationary; agents that act at once and look at each other would not, so that there is
 * no synchronous update here.
 */
export const isingChoice = defineModel({
  name: 'ising-choice',
  about:
    'Agents choose between two opinions by a logit of how many they look at hold each: the Ising model, with order up to a temperature.',
  source: 'Glauber 1963, J. Math. Phys. 4 294; Onsager 1944, Phys. Rev. 65 117; as a choice: Brock & Durlauf 2001',
  updates: ['sublattice', 'sequential'],
  published: {
    update: 'sequential',
    note: 'What is stationary is the same for both updates; how fast it is reached is not.',
  },
  // everyone at everyone wants a coupling of 1/N
  topologies: [
    'ring',
    'lattice',
    'random-regular',
    'erdos-renyi',
    'configuration',
    'watts-strogatz',
    'barabasi-albert',
    'stochastic-block',
    'edges',
    'upscaled',
  ],
  fields: { opinion: bit('0: −, 1: +') },
  params: {
    temperature: number({ default: 2.3, min: 0.001, max: 1023, about: 'T: noise of the choice, the coupling being 1' }),
  },
  init: { opinion: [0, 1] },
  rules: ['choose_by_heat_bath'],
  measures: { up: share('opinion', 1), active_links: activeLinks('opinion') },
  invariants: [
    { kind: 'within', measure: 'up', min: 0, max: 1 },
    { kind: 'within', measure: 'active_links', min: 0, max: 1 },
  ],
  theory: [
    {
      kind: 'steady',
      measure: 'up',
      about: '(1 ± m)/2 with m = (1 − sinh⁻⁴(2/T))^(1/8) below T_c, else ½ (square lattice, N → ∞)',
      source: 'Onsager 1944; Yang 1952, Phys. Rev. 85 808',
      status: 'exact',
      predict: context => (isSquare(context) ? ordered(context.params.temperature) : undefined),
    },
    {
      kind: 'steady',
      measure: 'active_links',
      about: 'half of 1 − the mean product of neighbours (square lattice, N → ∞)',
      source: 'Onsager 1944',
      status: 'exact',
      predict: context =>
        isSquare(context) ? [{ value: (1 + energyPerLink(context.params.temperature)) / 2, stable: true }] : undefined, // biome-ignore format: one thought
    },
    {
      kind: 'threshold',
      of: 'params.temperature',
      about: 'order ends at T_c = 2 / ln(1 + √2) = 2.26919 (square lattice, N → ∞)',
      source: 'Onsager 1944',
      status: 'exact',
      predict: context => (isSquare(context) ? ONSAGER_TEMPERATURE : undefined),
    },
  ],
});
