// What defineModel refuses.
import { expect, test } from 'vitest';
import {
  bit,
  choice,
  defineModel,
  fixed,
  histogram,
  integer,
  type Model,
  paramLabel,
  perGroup,
  share,
  type Theory,
} from '../src/model/index.ts';
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

const how = choice({ options: ['best', 'copy'], default: 'copy', about: 'how to learn' });

test('a choice has words outside and positions inside', () => {
  expect(how).toMatchObject({ kind: 'choice', default: 1, min: 0, max: 1 });
  expect([0, 1].map(value => paramLabel(how, value))).toEqual(['best', 'copy']);
  expect(() => choice({ options: ['best'], default: 'best', about: '' })).toThrow('at least two, all different');
  expect(() => choice({ options: ['a', 'b', 'a'], default: 'b', about: '' })).toThrow('got a, b, a');
  expect(() => choice<string>({ options: ['a', 'b'], default: 'c', about: '' })).toThrow('one of a, b, got "c"');
});

test('a sound declaration is returned as it is', () => {
  expect(defineModel(model)).toBe(model);
});

test.each(['shared', 'active', 'Mood', '2nd', 'loop'])('a field cannot be named %s', name => {
  expect(() => defineModel({ ...model, fields: { ...model.fields, [name]: bit() } })).toThrow('bad name of a field');
});

test('alignments name measures of the model, of the kind that they need', () => {
  const measures = { ...model.measures, moods: histogram('mood'), by_group: share('mood', 1, { by: 'group' }) };
  const declare = (alignments: Model['alignments']) => () => defineModel({ ...model, measures, alignments });
  expect(declare({ human: { mean: 'happy', byGroup: 'by_group' }, stances: 'moods' })).not.toThrow();
  expect(declare({ human: { mean: 'hapy' } })).toThrow(
    'model toy, alignments, human.mean: unknown measure "hapy". Did you mean "happy"?',
  );
  expect(declare({ task: { mean: 'happy', spread: 'by_group' } })).toThrow('task.spread: "by_group" does not fit');
  expect(declare({ task: { mean: 'happy', byGroup: 'happy' } })).toThrow('expected a measure by group');
  expect(declare({ concentration: { gini: 'moods' } })).toThrow('expected a measure of one column');
  expect(declare({ stances: 'happy' })).toThrow('expected a histogram');
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
    'a field that cannot start uniform',
    { fields: { mood: bit(), pool: perGroup(bit()) }, init: { pool: 'uniform' } },
    'model toy, init: "pool" does not start with values per agent: it is not a single value of agents',
  ],
  [
    'an aggregate before no rule',
    { aggregates: { all: { kind: 'total', field: 'mood', before: 'thnk' } } },
    'unknown rule "thnk". Did you mean "think"?',
  ],
  [
    'a preset of an unknown parameter',
    { params: { q: integer({ default: 1, about: '' }) }, presets: { some: { about: '', params: { p: 1 } } } },
    'model toy, preset some: unknown parameter "p"',
  ],
  [
    'a preset with an unknown option',
    { params: { how }, presets: { some: { about: '', params: { how: 'coppy' } } } },
    'model toy, preset some, how: bad value of a parameter: expected one of best, copy, got "coppy". Did you mean "copy"?',
  ],
  [
    'a preset with the position of an option',
    { params: { how }, presets: { some: { about: '', params: { how: 1 } } } },
    'bad value of a parameter: expected one of best, copy, got 1',
  ],
  [
    'a preset with a word for a number',
    { params: { q: integer({ default: 1, about: '' }) }, presets: { some: { about: '', params: { q: 'one' } } } },
    'bad value of a parameter: expected a number, got "one"',
  ],
  ['no rules', { rules: [] }, 'a model needs at least one rule'],
  ['a bad name', { name: 'Toy' }, 'bad model name'],
  [
    'an unknown derived rule',
    { rules: ['earn', 'think'], derived: ['ern'] },
    'model toy, derived: unknown rule "ern". Did you mean "earn"?',
  ],
  ['nothing but derived rules', { derived: ['think'] }, 'all rules are derived: expected at least one rule that acts'],
  [
    'a constraint on no parameter',
    { constraints: [{ about: 'the sum', params: ['bias', 'none'], value: () => 0, max: 1 }] },
    'model toy, constraint on the sum: unknown parameter "bias"',
  ],
  [
    'a derived rule and sequential updates',
    { rules: ['earn', 'think'], derived: ['earn'], updates: ['synchronous', 'sequential'] },
    'a model with derived rules cannot be sequential: expected updates without "sequential", got synchronous, sequential. Sublattice has',
  ],
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
