// What paired worlds ask of `tri-alignment`: which weights pull at which alignments, and how each mechanism is switched off.
import type { Interference, Mechanism } from '../model/index.ts';

export const INTERFERENCE: Interference = {
  alignments: {
    human: 'human_alignment',
    preferential: 'preferential_alignment',
    task: 'task_alignment',
    outcome: 'outcome',
  },
  weights: {
    value: 'value_pull',
    preference: 'preference_pull',
    task: 'task_pull',
    training: 'training_pull',
    social: 'social_pull',
  },
};

export const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'social influence': { about: 'stances move with what others show', off: { social_pull: 0 }, perGroup: true },
  imitation: { about: 'strategies spread by what pays', off: { imitation: 0 }, perGroup: true },
  mutation: { about: 'strategies change at random', off: { mutation: 0 }, perGroup: true },
  // the emergence gap: what the same agents would be if each were by itself
  'being together': {
    about: 'others are heard and imitated, and strategies change; encounters take place all the same',
    off: { social_pull: 0, imitation: 0, mutation: 0 },
    perGroup: true,
  },
  'human values': { about: 'stances are pulled to the human reference', off: { value_pull: 0 }, perGroup: true },
  users: { about: 'stances are pulled to what the users prefer', off: { preference_pull: 0 }, perGroup: true },
  tasks: { about: 'stances are pulled to what the task asks for', off: { task_pull: 0 }, perGroup: true },
  training: { about: 'stances are pulled to what was trained', off: { training_pull: 0 }, perGroup: true },
  conscience: { about: 'values restrain conduct', off: { conscience: 0 }, perGroup: true },
  corruption: { about: 'conduct shapes values', off: { corruption: 0 }, perGroup: true },
  sycophancy: { about: 'discontent of the user adds to its weight', off: { sycophancy: 0 }, perGroup: true },
  deception: { about: 'exploiters show a stance that they do not have', off: { deception: 0 }, perGroup: true },
  'unequal influence': { about: 'some are heard more than others', off: { influence: 1, matthew: 0 } },
  'unequal capability': { about: 'some are abler than others', off: { capability: 1 } },
  audits: { about: 'exploiters are found out and fined', off: { audit: 0 }, perGroup: true },
  'reward sharing': { about: 'payoffs are pooled within groups', off: { sharing: 0 }, perGroup: true },
  infection: { about: 'compromised agents compromise others', off: { infection: 0 }, perGroup: true },
  noise: { about: 'stances change at random', off: { noise: 0 }, perGroup: true },
};
