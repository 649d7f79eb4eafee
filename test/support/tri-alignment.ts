// What several tests of tri-alignment share.
import { defineModel } from '../../src/model/index.ts';
import { triAlignment } from '../../src/models/tri-alignment.ts';

/** The same model without measures, which take longer to plan than all of its rules. */
export const UNMEASURED = defineModel({
  ...triAlignment,
  ...{ name: 'unmeasured', measures: {}, alignments: undefined, interference: undefined, invariants: undefined },
});

/** Every mechanism at work, at several points. */
export const EVERYTHING = {
  params: {
    questions: 2,
    value_pull: 0.05,
    preference_pull: 0.1,
    task_pull: 0.1,
    training_pull: 0.05,
    social_pull: 0.3,
    tolerance: 0.1,
    noise: 0.1,
    attention: [0, 3],
    confidence: 0.9,
    repulsion: 1.5,
    influence: 1.5,
    matthew: 0.7,
    capability: { distribution: 'uniform', min: 0.5, max: 2 },
    game: 'snowdrift',
    learning: ['realised', 'expected'],
    sharing: 0.3,
    audit: 0.2,
    fine: 0.7,
    shunning: 0.5,
    imitation: 0.6,
    selection_noise: 0.4,
    mutation: 0.05,
    conscience: 0.7,
    corruption: 0.6,
    sycophancy: 1.5,
    deception: 0.5,
    transparency: 0.2,
    infection: 0.4,
    recovery: 0.2,
    rotation: 0.2,
    holistic_level: 0.6,
  },
  init: {
    stance: { distribution: 'uniform', min: -1, max: 1 },
    preference: { distribution: 'uniform', min: -1, max: 1 },
    human: 0.8,
    task: 0.4,
    temptation: -0.7,
    strategy: { comply: 0.6, exploit: 0.4 },
    compromised: 0.1,
    committed: 0.1,
    quarantined: 0.1,
    removed: 0.05,
  },
};

/** Groups, roles and relations of every kind. */
export const SOCIETY = {
  groups: {
    aid: { share: 0.3, roles: { leader: { share: 0.2, place: 'hubs' }, member: 'rest' } },
    gov: { share: 0.5, users: 3, params: { capability: { distribution: 'normal', mean: 1, sd: 0.2 } } },
    firm: 0.2,
  },
  relations: { aid: { gov: { kind: 'cooperative', strength: 0.6 } }, gov: { firm: 'competitive', gov: 'cooperative' } },
};
