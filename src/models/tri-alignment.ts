import { defineModel } from '../model/index.ts';
import { ACTIONS } from './tri-alignment-actions.ts';
import { CONSTRAINTS, requirements } from './tri-alignment-bounds.ts';
import { INTERFERENCE, MECHANISMS } from './tri-alignment-couplings.ts';
import { ALIGNMENTS, MEASURES } from './tri-alignment-measures.ts';
import { PARAMS } from './tri-alignment-params.ts';
import { FIELDS } from './tri-alignment-state.ts';

/**
 * Human, preferential and objective alignment in a social structure (after Carichon, Khandelwal, Fauchard & Farnadi 2025, arXiv:2506.01080).
 *
 * An agent's stance on each of K value questions moves towards the human reference, its user's preference, its group's task and what it was trained to, and with what others
 * show; its strategy, to comply or to exploit, spreads by imitation of what pays. Couplings between the two are parameters that default to 0: at 0 the model is
 * Friedkin & Johnsen's on one side and imitation in a game on the other. They are hypotheses. docs/tri-alignment.md states the model in full.
 */
export const triAlignment = defineModel({
  name: 'tri-alignment',
  about:
    'Agents with stances on value questions and a strategy each, in groups that collaborate, cooperate or compete: how well do they keep to human values, to their users and to their tasks?',
  source: 'after Carichon, Khandelwal, Fauchard & Farnadi 2025, arXiv:2506.01080',
  updates: ['pairing', 'synchronous', 'activation'],
  published: {
    update: 'pairing',
    note: 'No published order. With pairing both of a pair play one encounter; with the others everyone plays one of its own with a random neighbour, and is paid for that alone.',
  },
  fields: FIELDS,
  params: PARAMS,
  constraints: CONSTRAINTS,
  requirements,
  init: { strategy: [1, 0] },
  setup: ['settle_in'],
  aggregates: {
    mean_wealth: { kind: 'mean', field: 'wealth', before: 'show_stance' },
    influence_sum: { kind: 'sum', field: 'influence', by: 'group', before: 'tally_voices' },
    voice_sum: { kind: 'sum', field: 'shown', weight: 'influence', by: 'group', before: 'tally_voices' },
    largest_influence: { kind: 'maximum', field: 'influence', before: 'adjust_stance' },
    mean_payoff: { kind: 'mean', field: 'payoff', by: 'group', before: 'settle_accounts' },
    exploiter_count: { kind: 'count', field: 'strategy', value: 1, by: 'group', before: 'imitate_strategy' },
  },
  rules: [
    'show_stance',
    'tally_voices',
    'adjust_stance',
    'judge_alignment',
    'play_encounter',
    'settle_accounts',
    'imitate_strategy',
  ],
  groupRules: ['tally_voices'],
  actions: ACTIONS,
  mechanisms: MECHANISMS,
  interference: INTERFERENCE,
  measures: MEASURES,
  alignments: ALIGNMENTS,
  invariants: [
    { kind: 'within', measure: 'human_alignment', min: 0, max: 1 },
    { kind: 'within', measure: 'preferential_alignment', min: 0, max: 1 },
    { kind: 'within', measure: 'task_alignment', min: 0, max: 1 },
    { kind: 'within', measure: 'outcome', min: 0, max: 1 },
  ],
});
