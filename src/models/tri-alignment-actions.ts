// What interventions and adversaries do to agents of `tri-alignment`, by name. Parameters named here have round values; a spec that wants others writes `set`.
import type { Action } from '../model/index.ts';

export const ACTIONS: Readonly<Record<string, Action>> = {
  retrain: {
    about: 'takes the stance that it was trained to, complies, and is free of whatever had hold of it',
    rule: 'retrain',
  },
  'value-training': { about: 'is pulled to the human reference by 0.1', set: { value_pull: 0.1 } },
  audit: { about: 'is found out exploiting with probability 0.2 in a step, and fined 3', set: { audit: 0.2, fine: 3 } },
  reputation: {
    about: 'is found out exploiting with probability 0.2, and refuses to meet those that were',
    set: { audit: 0.2, shunning: 0.9 },
  },
  'equal-voice': { about: 'is heard as much as anyone, rich or not', set: { influence: 1, matthew: 0 } },
  'share-rewards': { about: 'pools half of what it earns with its group', set: { sharing: 0.5 } },
  'lower-stakes': { about: 'plays for half', set: { stakes: 0.5 } },
  'rotate-teams': {
    about: 'turns to anyone in a quarter of all cases, instead of a neighbour',
    set: { rotation: 0.25 },
  },
  judge: { about: 'is seen through when it deceives', set: { transparency: 1 } },
  quarantine: { about: 'is cut off from all others', write: { quarantined: 1 } },
  release: { about: 'is cut off no longer', write: { quarantined: 0 } },
  remove: { about: 'is taken away', write: { removed: 1 } },
  'honest-zealot': { about: 'stands for the human reference and complies from now on', rule: 'commit_to_values' },
  'commit-to-exploit': { about: 'stands where exploiting leads and exploits from now on', rule: 'commit_to_exploit' },
  commit: { about: 'keeps the stance and the strategy that it has', write: { committed: 1 } },
  uncommit: { about: 'may change again', write: { committed: 0 } },
  exploit: { about: 'exploits, until it learns otherwise', write: { strategy: 'exploit' } },
  infect: { about: 'is compromised, and may compromise others', write: { compromised: 1 } },
};
