// What defineModel refuses.
import { expect, test } from 'vitest';
import { bit, defineModel, fixed, type Model, share, type Theory } from '../src/model/index.ts';
import { WGSL_WORDS } from '../src/model/wgsl-words.ts';

const model: Model = {
  name: 'toy',
  about: '',
  source: '',
  updates: ['synchronous'],
  published: { update: 'synchronous', note: '' },
  fields: { mood: bit() },
  params: {},
  init: {},
  rules: ['think'],
  measures: { happy: share('mood', 1) },
};

test('a sound declaration is returned as it is', () => {
  expect(defineModel(model)).toBe(model);
});

test.each(['shared', 'active', 'Mood', '2nd', 'loop'])('a field cannot be named %s', name => {
  expect(() => defineModel({ ...model, fields: { ...model.fields, [name]: bit() } })).toThrow('bad name of a field');
});

test('WGSL keeps its words', () => {
  for (const word of ['fn', 'struct', 'shared', 'active', 'self', 'yield']) expect(WGSL_WORDS.has(word)).toBe(true);
  expect(WGSL_WORDS.has('opinion')).toBe(false);
});

test.each([
  [
    'an unknown field of a measure',
    { measures: { happy: share('mod', 1) } },
    'model toy, measure happy: unknown field "mod". Did you mean "mood"?',
  ],
  ['an unknown field of init', { init: { modd: [1] } }, 'model toy, init: unknown field "modd". Did you mean "mood"?'],
  [
    'an aggregate before no rule',
    { aggregates: { all: { kind: 'total', field: 'mood', before: 'thnk' } } },
    'unknown rule "thnk". Did you mean "think"?',
  ],
  ['no rules', { rules: [] }, 'a model needs at least one rule'],
  ['a bad name', { name: 'Toy' }, 'bad model name'],
] as const)('%s is refused', (_, change, message) => {
  expect(() => defineModel({ ...model, ...(change as Partial<Model>) })).toThrow(message);
});

test('a fixed-point field of [−1, 1] has 29 fraction bits, so that differences fit', () => {
  expect(fixed({ min: -1, max: 1 })).toMatchObject({ fractionBits: 29, low: -(2 ** 29), high: 2 ** 29 });
  expect(() => fixed({ min: 0, max: 2 ** 31 })).toThrow('does not fit fixed point');
});

test('a theory speaks of what the model has', () => {
  const told = { about: 'guess', source: 'nobody', status: 'exact' } as const;
  const steady: Theory = { ...told, kind: 'steady', measure: 'happy', predict: () => [{ value: 0.5, stable: true }] };
  const threshold: Theory = { ...told, kind: 'threshold', of: 'init.mood', measure: 'happy', predict: () => 0.5 };
  const sound = { ...model, theory: [steady, threshold] };
  expect(defineModel(sound)).toBe(sound);
  const refused =
    (change: object, base: Theory = steady) =>
    () =>
      defineModel({ ...model, theory: [{ ...base, ...change } as Theory] });
  expect(refused({ measure: 'hapy' })).toThrow('"hapy". Did you mean "happy"?');
  expect(refused({ measure: undefined })).toThrow('no such measure');
  expect(refused({ kind: 'stedy' })).toThrow('Did you mean "steady"?');
  expect(refused({ status: 'certain' })).toThrow('unknown status of a theory');
  expect(refused({ of: 'params.noise' }, threshold)).toThrow(
    'model toy, theory 0: a threshold of something that cannot be set',
  );
  const grouped = { happy: share('mood', 1, { by: 'group' }) };
  expect(() => defineModel({ ...model, measures: grouped, theory: [steady] })).toThrow('measure with one column');
});
