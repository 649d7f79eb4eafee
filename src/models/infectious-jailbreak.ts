import { bit, count, defineModel, probability, share } from '../model/index.ts';

/** Infectious jailbreak: adversarial content that spreads from agent to agent in pairwise chats. */
export const infectiousJailbreak = defineModel({
  name: 'infectious-jailbreak',
  about:
    'In each round half the agents question the other half one to one; carriers infect those who answer and may recover.',
  source: 'Gu et al. 2024, "Agent Smith", arXiv:2402.08567',
  updates: ['pairing'],
  published: {
    update: 'pairing',
    note: 'The published order. The paper’s closed form is the differential equation; the process follows the map drawn as theory.',
  },
  topologies: ['complete'],
  fields: { carrier: bit('1: carries the jailbreak') },
  params: {
    infection: probability({
      default: 0.8,
      about: 'probability β that a carrier’s question infects a benign answerer',
    }),
    recovery: probability({ default: 0.1, about: 'probability γ that a carrier recovers in a round' }),
  },
  init: { carrier: [0.99, 0.01] },
  rules: ['infect_answerer'],
  measures: { carriers: share('carrier', 1), carrier_count: count('carrier', 1) },
  invariants: [{ kind: 'within', measure: 'carriers', min: 0, max: 1 }],
  theory: [
    {
      kind: 'map',
      measure: 'carriers',
      about: 'c′ = (1 − γ) c + β c (1 − c) / 2 in each round, N → ∞',
      source: 'Gu et al. 2024, the process before its differential equation',
      status: 'exact',
      predict({ params: { infection, recovery } }) {
        return c => (1 - recovery) * c + (infection * c * (1 - c)) / 2;
      },
    },
    {
      kind: 'steady',
      measure: 'carriers',
      about: 'c∞ = 1 − 2γ/β if β > 2γ, else 0, N → ∞',
      source: 'Gu et al. 2024',
      status: 'exact',
      predict({ params: { infection, recovery } }) {
        const spreads = infection > 2 * recovery;
        const extinct = { value: 0, stable: !spreads };
        return spreads ? [extinct, { value: 1 - (2 * recovery) / infection, stable: true }] : [extinct];
      },
    },
    {
      kind: 'threshold',
      of: 'params.infection',
      about: 'it spreads if β > 2γ',
      source: 'Gu et al. 2024',
      status: 'exact',
      predict: ({ params }) => (params.recovery <= 0.5 ? 2 * params.recovery : undefined),
    },
    {
      kind: 'threshold',
      of: 'params.recovery',
      about: 'it dies out if γ ≥ β/2',
      source: 'Gu et al. 2024',
      status: 'exact',
      predict: ({ params }) => params.infection / 2,
    },
  ],
});
