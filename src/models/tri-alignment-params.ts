// The parameters of `tri-alignment`: every coupling is off by default.
import { choice, integer, number, type Param, probability } from '../model/index.ts';

const pull = (about: string) => probability({ default: 0, about });
/** Payoffs and the fine: their sums stay far within the field `payoff`. */
const PAYOFF = { min: -127, max: 127 };

export const PARAMS: Readonly<Record<string, Param>> = {
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
  influence: number({ default: 1, min: 0, max: 64, about: 'c: how much others weigh what the agent shows' }),
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
};
