// Small scenarios of tri-alignment for the tests of suites: one whose effect is there, and one whose control is the same run.

const COMMON = {
  model: 'tri-alignment',
  population: 200,
  replicas: 4,
  steps: 20,
  init: { human: 0.8, stance: 0.8 },
} as const;

/** A fifth of the agents was trained to what is not human, and is heard by all. */
export const leaders = {
  ...COMMON,
  groups: { loud: { share: 0.2, params: { influence: 20 }, init: { stance: -0.6 } }, others: 0.8 },
  params: { value_pull: 0.02, social_pull: 0.3, training_pull: 0.05, noise: 0.02 },
  scenario: {
    risk: 'Loud leaders',
    about: 'Who is loud is followed.',
    measure: 'human_alignment',
    moves: 'down',
    tuned: 'none',
    control: { 'groups.loud.params': null },
    levers: {
      'equal-voice': {
        about: 'From step 8 on everybody is heard alike.',
        set: { 'interventions.equal-voice': { at: 8, do: { set: { influence: 1 } }, cost: 2 } },
      },
      louder: { about: 'Louder still.', set: { 'groups.loud.params.influence': 60 } },
    },
    cases: {
      crowd: {
        about: 'Nobody has values.',
        set: { 'params.value_pull': 0 },
        shows: ['human_by_group', 'polarisation.0'],
      },
    },
  },
};

/** Nobody exploits, so that a conscience has nothing to do. */
export const nothing = {
  ...COMMON,
  params: { value_pull: 0.02, social_pull: 0.3, noise: 0.02 },
  scenario: {
    risk: 'No risk',
    about: 'A conscience that nobody needs.',
    measure: 'human_alignment',
    moves: 'down',
    tuned: 'none',
    control: { 'params.conscience': 1 },
    levers: { values: { about: 'Values pull harder.', set: { 'params.value_pull': 0.3 } } },
  },
};

/** Its parameters are in a file that is not there, which comes to light when it is prepared. */
export const failing = {
  ...nothing,
  params: { ...nothing.params, value_pull: { file: 'missing.csv', column: 'pull' } },
};
