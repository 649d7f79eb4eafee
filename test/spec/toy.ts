// A made-up model for the tests of specs: every kind of field and parameter, and presets.
import {
  bit,
  category,
  choice,
  defineModel,
  fixed,
  integer,
  integerField,
  mean,
  number,
  probability,
  share,
} from '../../src/model/index.ts';

export const toy = defineModel({
  name: 'toy',
  about: 'A toy.',
  source: 'nobody 2026',
  updates: ['synchronous', 'activation', 'sublattice', 'pairing', 'sequential'],
  published: { update: 'pairing', note: 'No bias.' },
  fields: {
    opinion: bit('For or against.'),
    phase: category(['calm', 'angry', 'gone'], 'The mood.'),
    level: integerField({ min: 1, max: 4, about: 'A level.' }),
    weight: fixed({ min: -1, max: 1 }),
  },
  params: {
    q: integer({ default: 3, min: 1, max: 8, about: 'Size of the panel.' }),
    noise: probability({ default: 0.1, about: 'Chance of a random choice.' }),
    gain: number({ default: 2, min: 0, max: 10, about: 'Strength.' }),
    how: choice({ options: ['copy', 'best', 'random'], default: 'best', about: 'How to learn.' }),
  },
  presets: {
    small: { about: 'Small.', params: { q: 1, noise: 0.01 } },
    large: { about: 'Large.', params: { q: 8, how: 'random' } },
  },
  init: { opinion: [0.5, 0.5], phase: [1] },
  rules: ['toy_rule'],
  measures: { up: share('opinion', 1), drift: mean('weight') },
});

/** Pairing only, and some topologies only. */
export const pairs = defineModel({
  name: 'pairs',
  about: 'Pairs.',
  source: 'nobody 2026',
  updates: ['pairing'],
  published: { update: 'pairing', note: 'Exact.' },
  topologies: ['complete', 'ring', 'upscaled'],
  fields: { opinion: bit() },
  params: { rate: probability({ default: 0.5, about: 'Rate.' }) },
  init: {},
  rules: ['toy_rule'],
  measures: { up: share('opinion', 1) },
});

export const models = [toy, pairs];
