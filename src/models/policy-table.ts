import { bit, choice, defineModel, integer, integerField, probability, share, table } from '../model/index.ts';
import { MOST_TALKS, majorityPolicy, policyLength, policyRow } from './policy-histories.ts';
import { meanField, settledShares } from './policy-mean-field.ts';

const ABOUT = 'integrated mean field: the share of every history, N → ∞';
const SOURCE =
  'derived from the rule, for rounds in which everyone talks once; after the mean-field approach of Flint et al. 2025';

/**
 * A naming game of two words whose agents are a cached language model. An agent that remembers the talks h, at most H of them and the latest last, says word B with
 * probability π(h), a row of the table `policy`; in a talk both choose, then both remember what they said and heard. As N → ∞ the share that says B is
 * y = c + (1 − c) Σ p(h) π(h), with committed share c, and the shares p(h) of the free agents move to the histories after a talk: p′(h·sw) = p(h) · P(says s | h) · P(hears w),
 * where w is B with probability y. The default policy is best response to memory: then the model is `convention-memory`.
 */
export const policyTable = defineModel({
  name: 'policy-table',
  about:
    'A naming game in which agents say a word with the probability that a table has for their last talks: a cached language model.',
  source:
    'Flint, Aiello, Pastor-Satorras & Baronchelli 2025, arXiv:2510.22422; game of Flint Ashery, Aiello & Baronchelli 2025, Science Advances 11 eadu9368',
  updates: ['pairing', 'synchronous'],
  published: {
    update: 'sequential',
    note: 'Published: one random pair at a time. A round of pairing is N/2 such talks, in which everyone takes part once. Stationary shares are the same; but agents that start together forget together, so that transients differ, and tables that are nearly certain and answer against the majority may swing for ever (docs/policy-tables.md). When synchronous, everyone hears a random other, also of a directed graph.',
  },
  fields: {
    past: integerField({
      max: 2 ** (2 * MOST_TALKS + 1) - 1,
      about: 'the talks remembered below a leading 1, two bits each (said, heard), the latest lowest',
    }),
    word: bit('what the agent said last, 0: A, 1: B'),
    coordinated: bit('1: both said the same in its last talk'),
    committed: bit('1: says B, for ever'),
  },
  params: {
    history: integer({ default: 3, min: 0, max: MOST_TALKS, shared: true, about: 'talks that an agent remembers' }),
    policy: table({
      length: ({ history }) => policyLength(history),
      default: majorityPolicy,
      rowName: policyRow,
      about:
        'probability of saying B by history: the shorter first, then in the order of the alphabet, the oldest talk first; by default what most partners said',
    }),
    start: choice({
      options: ['blank', 'agreed'],
      default: 'blank',
      about: 'what agents remember at first: nothing, or talks in which both said the word that they start with',
    }),
    committed: probability({ default: 0, about: 'share of all agents that is committed to B, rounded to agents' }),
  },
  init: { word: [1, 0] },
  setup: ['place_committed', 'start_pasts'],
  rules: ['choose_by_policy', 'remember_talk'],
  measures: {
    says_b: share('word', 1),
    free_says_b: share('word', 1, { among: { field: 'committed', is: 0 } }),
    coordinated: share('coordinated', 1),
    committed: share('committed', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'committed' },
    { kind: 'within', measure: 'says_b', min: 0, max: 1 },
  ],
  theory: [
    {
      kind: 'map',
      measure: 'says_b',
      about: ABOUT,
      source: SOURCE,
      status: 'exact',
      predict: context => meanField(context, 0),
    },
    {
      kind: 'map',
      measure: 'coordinated',
      about: ABOUT,
      source: SOURCE,
      status: 'exact',
      predict: context => meanField(context, 1),
    },
    {
      kind: 'steady',
      measure: 'says_b',
      about: 'where a population settles from its start, and where it goes from there if that is unstable, N → ∞',
      source: SOURCE,
      status: 'numerical',
      predict: settledShares,
    },
  ],
});
