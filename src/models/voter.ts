import { activeLinks, bit, defineModel, integer, share } from '../model/index.ts';

/** The voter model with zealots: an agent takes the opinion of the one it meets; zealots never change theirs. */
export const voter = defineModel({
  name: 'voter',
  about: 'Agents copy the opinion of whom they meet; zealots never change theirs.',
  source: 'Clifford & Sudbury 1973; Holley & Liggett 1975; zealots: Mobilia, Petersen & Redner 2007',
  updates: ['pairing', 'synchronous', 'activation', 'sublattice', 'sequential'],
  published: {
    update: 'sequential',
    note: 'Exit probabilities and mean-field points agree for every update. Fluctuations do not: with zealots the variance of the share is about half as large when synchronous.',
  },
  fields: { opinion: bit('0 or 1'), zealot: bit('1: never changes its opinion') },
  params: {
    zealots_up: integer({ default: 0, shared: true, about: 'number of zealots that hold opinion 1' }),
    zealots_down: integer({ default: 0, shared: true, about: 'number of zealots that hold opinion 0' }),
  },
  init: { opinion: [0.5, 0.5] },
  setup: ['place_zealots'],
  rules: ['copy_contact'],
  measures: {
    up: share('opinion', 1),
    free_up: share('opinion', 1, { among: { field: 'zealot', is: 0 } }),
    active_links: activeLinks('opinion'),
    zealots: share('zealot', 1),
  },
  invariants: [
    { kind: 'conserved', measure: 'zealots' },
    { kind: 'within', measure: 'up', min: 0, max: 1 },
  ],
});
