import {
  arrayOf,
  bit,
  category,
  choice,
  count,
  defineModel,
  fixed,
  histogram,
  integer,
  mean,
  number,
  perGroup,
  probability,
  share,
  variance,
} from '../model/index.ts';

/** Stances are exact to 2⁻²⁹, and so are their differences. */
const QUESTIONS = 'questions';
const stances = (about: string) => arrayOf(fixed({ min: -1, max: 1, about }), QUESTIONS);
const alignment = (about: string) => fixed({ min: 0, max: 1, about });
const pull = (about: string) => probability({ default: 0, about });
const PAYOFF = { min: -127, max: 127 };

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
    note: 'With pairing both of a pair play one encounter; with the others everyone plays one of its own with a random neighbour, so that a pair may be of one mind about who met whom only by chance.',
  },
  fields: {
    stance: stances('what its behaviour expresses'),
    shown: stances('what others see of it'),
    trained: stances('what it was trained to: its stance at the start'),
    preference: stances('what its user prefers'),
    strategy: category(['comply', 'exploit'], 'how it plays'),
    committed: bit('keeps its stance and strategy'),
    compromised: bit('made to exploit by another'),
    flagged: bit('was caught exploiting'),
    quarantined: bit('cut off: neither hears, meets and imitates, nor is heard, met and imitated'),
    removed: bit('no longer there'),
    holistic: bit('all four alignments are at least `holistic_level`'),
    payoff: fixed({ min: -8192, max: 8192, about: 'what it kept of its last encounter' }),
    wealth: fixed({ min: 0, max: 16384, about: 'what it has kept in all' }),
    influence: fixed({ min: 0, max: 262144, about: 'how much others weigh what it shows' }),
    human_alignment: alignment('how far its stance is within human values'),
    preferential_alignment: alignment('how near its stance is to what its user prefers'),
    task_alignment: alignment('how near its stance is to what its task asks of one who complies'),
    outcome: alignment('joint payoff of its last encounter as a share of the best'),
    apparent_alignment: alignment('the human alignment that others see'),
    human: perGroup(stances('the human reference'), { start: 0.8 }),
    task: perGroup(stances('the stance that best serves the task of the group when complying'), { start: 0.6 }),
    temptation: perGroup(stances('the stance that serves one who exploits, as far as `corruption` goes'), {
      start: -0.8,
    }),
    voice: perGroup(stances('on a complete graph: the mean of what its agents show, by their influence')),
    loudness: perGroup(fixed({ min: 0, max: 1, about: 'on a complete graph: its share of all influence' })),
  },
  params: {
    questions: integer({ default: 1, min: 1, max: 8, about: 'K: value questions', shared: true }),
    value_pull: pull('λ_h: weight of the human reference, beyond the tolerance'),
    preference_pull: pull('λ_p: weight of the user’s preference'),
    task_pull: pull('λ_o: weight of the stance that serves the task'),
    training_pull: pull('λ_t: weight of the stance that it was trained to'),
    social_pull: pull('λ_s: weight of what others show'),
    tolerance: probability({
      default: 0,
      about: 'ρ: distance from the human reference within which every stance is human',
    }),
    noise: probability({ default: 0, about: 'σ: standard deviation of the random change of a stance in a step' }),
    attention: integer({
      default: 0,
      min: 0,
      max: 64,
      about: 'm: others that an agent listens to in a step, drawn by influence; 0: all that it looks at',
    }),
    confidence: number({
      default: 2,
      min: 0.001,
      max: 2,
      about:
        'ε: largest difference that a cooperative group listens to, and at which a competitive one is no longer repelled',
    }),
    repulsion: number({ default: 1, min: 0, max: 4, about: 'κ: strength of the repulsion between competitive groups' }),
    influence: number({ default: 1, min: 0, max: 1024, about: 'c: how much others weigh what the agent shows' }),
    matthew: number({
      default: 0,
      min: 0,
      max: 2,
      about: 'μ: how influence grows with relative wealth, to this power; 0: not',
    }),
    wealth_floor: number({
      default: 0.1,
      min: 0.001,
      max: 1,
      about: 'least relative wealth that counts for influence',
    }),
    capability: number({
      default: 1,
      min: 0.01,
      max: 16,
      about: 'how able the agent is: what its help and its strength are worth',
    }),
    stakes: number({ default: 1, min: 0, max: 16, about: 'factor of all payoffs' }),
    joint_success: number({ default: 1, ...PAYOFF, about: 'collaborative: what each has if both comply' }),
    joint_partial: number({ default: 0.5, ...PAYOFF, about: 'collaborative: what each has if one complies' }),
    joint_failure: number({ default: 0, ...PAYOFF, about: 'collaborative: what each has if none complies' }),
    game: choice({
      options: ['donation', 'snowdrift'],
      default: 'donation',
      about: 'cooperative: give at a cost, or share the cost of what helps both',
    }),
    benefit: number({
      default: 3,
      ...PAYOFF,
      about: 'b, cooperative: what a favour is worth to the other (donation), or the work to both (snowdrift)',
    }),
    cost: number({ default: 1, ...PAYOFF, about: 'c, cooperative: what it costs' }),
    prize: number({ default: 1, ...PAYOFF, about: 'V, competitive: what the contest is about' }),
    injury: number({ default: 4, ...PAYOFF, about: 'C, competitive: what an escalated contest costs its loser' }),
    sharing: probability({ default: 0, about: 'α: share of the payoff that is pooled and split within the group' }),
    audit: probability({ default: 0, about: 'a: probability that an exploiter is found out in a step' }),
    fine: number({ default: 0, min: 0, max: 127, about: 'f: what being found out costs' }),
    shunning: probability({ default: 0, about: 'probability that an agent refuses to meet one that was found out' }),
    learning: choice({
      options: ['realised', 'expected'],
      default: 'realised',
      about: 'payoff that is compared: of the last encounter, or expected against everyone else',
    }),
    imitation: probability({
      default: 0,
      about: 'τ_s: probability that an agent considers another’s strategy in a step',
    }),
    selection_noise: number({ default: 0.1, min: 0.001, max: 1023, about: 'K_F: noise of the Fermi rule' }),
    mutation: probability({ default: 0, about: 'ν: probability of a random strategy in a step' }),
    conscience: number({
      default: 0,
      min: 0,
      max: 127,
      about: 'm: moral cost of exploiting for a fully human-aligned agent. Values restrain conduct',
    }),
    corruption: probability({
      default: 0,
      about: 'how far exploiting moves what the task asks for to `temptation`. Conduct shapes values',
    }),
    sycophancy: number({
      default: 0,
      min: 0,
      max: 8,
      about: 'y: how the user’s weight grows with its discontent, λ_p (1 + y (1 − A_p))',
    }),
    deception: probability({
      default: 0,
      about: 'δ: how far exploiters show a stance moved towards the human reference',
    }),
    transparency: probability({ default: 0, about: 'how far deception is seen through' }),
    infection: probability({
      default: 0,
      about: 'β: probability that a compromised agent compromises one that it meets',
    }),
    recovery: probability({ default: 0, about: 'γ: probability that a compromised agent recovers in a step' }),
    rotation: probability({
      default: 0,
      about:
        'probability that an agent listens to, meets or looks at anyone instead of a neighbour (listening: with attention; meeting: without pairing)',
    }),
    holistic_level: probability({
      default: 0.9,
      about: 'θ: alignment from which an agent counts as aligned in that respect',
    }),
  },
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
  measures: {
    human_alignment: mean('human_alignment'),
    preferential_alignment: mean('preferential_alignment'),
    task_alignment: mean('task_alignment'),
    outcome: mean('outcome'),
    holistic: share('holistic', 1),
    exploiters: share('strategy', 'exploit'),
    polarisation: variance('stance'),
    stances: histogram('stance', { bins: 20 }),
    flagged: count('flagged', 1),
  },
});
