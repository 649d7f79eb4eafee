// Tables whose rows have names: read from a file in any order, and the message of every way in which that can be wrong.
import { describe, expect, test } from 'vitest';
import { prepare } from '../../src/experiment/prepare.ts';
import { bit, decodeParam, defineModel, integer, table } from '../../src/model/index.ts';
import { messageOfAsync } from './message.ts';

const model = defineModel({
  name: 'moods',
  about: 'Does as a table with named rows says.',
  source: 'made up',
  updates: ['synchronous'],
  published: { update: 'synchronous', note: 'made up' },
  fields: { mood: bit() },
  params: {
    size: integer({ default: 3, min: 1, max: 9, about: 'rows' }),
    policy: table({
      length: ({ size }) => size,
      default: 0.5,
      rowName: row => ['low', 'middle', 'high', 'top'][row],
      about: 'by mood',
    }),
    plain: table({ length: 1, default: 0, about: 'without names' }),
  },
  init: {},
  rules: ['feel'],
  measures: {},
  shaders: {
    feel: {
      path: 'feel.wgsl',
      text: 'import package::agent::{policy_at, set_mood};\nimport package::random::chance;\nfn feel(me: u32) {\n  set_mood(u32(chance(policy_at(0u))));\n}',
    },
  },
});

const FILES: Readonly<Record<string, string>> = {
  'policy.csv': 'mood,calm,angry\nhigh,0.75,1\nlow,0.25,0\nmiddle,0.5,0.5\n',
  'twice.csv': 'mood,calm\nhigh,0.75\nlow,0.25\nhigh,0.5\n',
  'other.csv': 'mood,calm\nhigh,0.75\nlow,0.25\nmidle,0.5\n',
};

const prepared = (params: object) =>
  prepare(
    { value: { model: 'moods', population: 3, steps: 1, params } },
    { models: [model], readFile: async name => new TextEncoder().encode(FILES[name]) },
  );

test('rows go by their names; columns of one file are told apart by their names', async () => {
  const policy = ['calm', 'angry'].map(column => ({ file: 'policy.csv', column, id: 'mood' }));
  const { values, spec } = await prepared({ policy });
  const rows = values.tables.map(tables =>
    Array.from(tables.policy, word => decodeParam({ kind: 'probability' }, word)),
  );
  expect(rows).toEqual([
    [0.25, 0.5, 0.75],
    [0, 0.5, 1],
  ]);
  expect(spec.points.map(({ varied }) => varied['params.policy'])).toEqual(['calm', 'angry']);
});

const file = (name: string) => ({ file: name, column: 'calm', id: 'mood' });
describe('the message of a fault', () => {
  test.each([
    ['too few rows', { size: 4, policy: file('policy.csv') }, 'params.policy: wrong length of table policy: expected 4 values for size 4, got 3 in policy.csv. 3 are right for size 3'],
    ['a row twice', { policy: file('twice.csv') }, 'twice.csv:4: row "high" comes twice: expected every row once, got another at twice.csv:2'],
    ['an unknown row', { policy: file('other.csv') }, 'other.csv:4: "midle" is no row of table policy. Did you mean "middle"?'],
    ['no names', { plain: { ...file('policy.csv') } }, 'params.plain: the rows of table plain have no names: expected a file without id, its rows in order'],
    ['a length that nothing gives', { policy: { values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] } }, 'expected 3 values for size 3, got 10'],
  ])('%s', async (_, params, message) => {
    expect(await messageOfAsync(() => prepared(params))).toContain(message);
  }); // biome-ignore format: a table
});
