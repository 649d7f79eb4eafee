// Where values come from: columns of files, ids, groups, earlier runs and tables; and the message of every way in which they can be wrong.
import { describe, expect, test } from 'vitest';
import { type Prepared, prepare } from '../../src/experiment/prepare.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import {
  category,
  decodeParam,
  fixed,
  integer,
  integerField,
  number,
  probability,
  table,
} from '../../src/model/index.ts';
import { type ColumnData, type ColumnHead, startParquet } from '../../src/record/columns.ts';
import { AGENTS_FILE } from '../../src/record/read-agents.ts';
import { toy } from '../engine/toys.ts';
import { agentsFile, bytesOf } from '../support/agents-file.ts';
import { messageOfAsync } from './message.ts';

const model = toy(
  {
    name: 'readers',
    fields: { level: integerField({ max: 9 }), mood: category(['calm', 'angry']), strain: fixed({ min: -1, max: 1 }) },
    params: {
      odds: probability({ default: 0.25, about: 'a probability' }),
      size: integer({ default: 3, min: 1, max: 9, about: 'an integer' }),
      weight: number({ default: 1, min: -5, max: 5, about: 'a number' }),
      total: integer({ default: 2, max: 9, shared: true, about: 'of all agents' }),
      policy: table({ length: ({ size }) => size, default: index => index / 10, about: 'a table' }),
    },
    rules: ['read'],
  },
  { read: 'import package::agent::{param, set_level};\nfn read(me: u32) {\n  set_level(u32(param.size));\n}' },
);

const NODES = 'source,target\nann,bob\nbob,cat\ncat,ann\n';
const FILES: Readonly<Record<string, string>> = {
  'edges.csv': NODES,
  'groups.csv': 'id,group\nann,tall\nbob,short\ncat,tall\n',
  'agents.csv': 'name,odds,size,mood\ncat,0.75,3,angry\nann,0.125,1,calm\ndan,0.5,9,calm\nbob,0.5,2,angry\n',
  'rows.csv': 'odds;mood\n0.5;calm\n0.25;angry\n1;calm\n',
  'short.csv': 'odds\n0.5\n0.25\n',
  'bad.csv': 'odds\n0.5\n1.5\n0\n',
  'words.csv': 'odds\n0.5\nmany\n0\n',
  'moods.csv': 'mood\ncalm\nangri\ncalm\n',
  'twice.csv': 'id,odds\n0,0.5\n1,0.5\n1,0.25\n2,0\n',
  'gap.csv': 'id,odds\n0,0.5\n2,0.5\n',
  'numbers.csv': '1,2\n3,4\n5,6\n',
  'one-a-line.csv': '0.1\n0.2\n0.3\n',
  'one-a-line.txt': '# a policy\n0.1\n0.2\n0.3\n',
};

const recorded = (replicas: number, points = 1, population = 3, ids?: string[]): Uint8Array => {
  const fields = [
    { name: 'level', field: integerField({ max: 9 }) },
    { name: 'mood', field: category(['calm', 'angry']) },
  ];
  const parts = Array.from({ length: points * replicas }, (_, world) => {
    const agents = Uint32Array.from({ length: population }, (_, i) => i);
    const values = [10, 2].map(modulus => agents.map(i => (world * population + i) % modulus));
    return { point: Math.floor(world / replicas), replica: world % replicas, step: 5, agents, values };
  });
  return agentsFile({ ids, fields }, parts);
};

const parquetOf = (heads: readonly ColumnHead[], parts: readonly (readonly ColumnData[])[]): Uint8Array =>
  bytesOf(sink => {
    const file = startParquet(heads, sink);
    for (const part of parts) file.write(part);
    file.finish();
  });

/** Every step of a run of one world: level 1 to 3 at step 0, 4 to 6 at step 2, written in pieces out of order. */
const inSteps = parquetOf(
  [...['point', 'replica', 'step', 'agent'].map(name => ({ name, type: 'INT32' as const })), { name: 'level', type: 'INT64' }],
  [[0, [1, 2, 3]], [2, [4, 5, 6]], [1, [7, 8, 9]]].map(([step, levels]) => [
    new Int32Array(3),
    new Int32Array(3),
    new Int32Array(3).fill(step as number),
    Int32Array.of(0, 1, 2),
    BigInt64Array.from(levels as number[], BigInt),
  ]),
); // biome-ignore format: one thought
const RUNS: Readonly<Record<string, Uint8Array>> = {
  [`one/${AGENTS_FILE}`]: recorded(1),
  [`three/${AGENTS_FILE}`]: recorded(3),
  [`two/${AGENTS_FILE}`]: recorded(2),
  [`points/${AGENTS_FILE}`]: recorded(1, 2),
  [`large/${AGENTS_FILE}`]: recorded(1, 1, 4),
  [`named/${AGENTS_FILE}`]: recorded(1, 1, 3, ['cat', 'bob', 'ann']),
  [`stranger/${AGENTS_FILE}`]: recorded(1, 1, 3, ['cat', 'bob', 'dan']),
  [`steps/${AGENTS_FILE}`]: inSteps,
  [`broken/${AGENTS_FILE}`]: new TextEncoder().encode('nothing'),
};

const options = {
  models: [model],
  readFile: async (name: string): Promise<Uint8Array> => RUNS[name] ?? new TextEncoder().encode(FILES[name]),
};
const SPEC = { model: 'readers', population: 3, topology: 'complete', steps: 1 };
const NETWORK = {
  ...SPEC,
  population: undefined,
  topology: { kind: 'edges', file: 'edges.csv', groups: { file: 'groups.csv' } },
};
const prepared = (spec: object): Promise<Prepared> => prepare({ value: { ...SPEC, ...spec } }, options);

/** The decoded values of a parameter, by replica. */
async function paramOf(name: 'odds' | 'size' | 'weight', written: object, spec: object = {}): Promise<number[][]> {
  const { values, spec: parsed } = await prepared({ ...spec, params: { [name]: written } });
  const words = values.agents.get(parsed.points[0].agentParams![name])!;
  return words.map(replica => Array.from(replica, word => decodeParam(model.params[name] as { kind: 'number' }, word)));
}

/** The initial values of a field in all worlds. */
async function startOf(name: string, written: unknown, spec: object = {}): Promise<number[]> {
  const { series: _, ...result } = await simulate(
    { ...SPEC, ...spec, init: { [name]: written }, steps: 1 },
    { ...options, engine: 'cpu', until: 0 },
  );
  return [...result.final(name)];
}

describe('columns', () => {
  test('row k is agent k, without ids; the delimiter is found', async () => {
    expect(await paramOf('odds', { file: 'rows.csv', column: 'odds' })).toEqual([[0.5, 0.25, 1]]);
    expect(await paramOf('odds', { file: 'rows.csv', column: 1 })).toEqual([[0.5, 0.25, 1]]);
    expect(await startOf('mood', { file: 'rows.csv', column: 'mood' })).toEqual([0, 1, 0]);
  });

  test('by the ids of the topology’s file, whatever the order of the rows; others are passed over', async () => {
    const { topology } = await prepared(NETWORK);
    expect(topology.graphs![0].ids).toEqual(['ann', 'bob', 'cat']);
    expect(await paramOf('odds', { file: 'agents.csv', column: 'odds', id: 'name' }, NETWORK)).toEqual([
      [0.125, 0.5, 0.75],
    ]);
    expect(await startOf('mood', { file: 'agents.csv', column: 'mood', id: 'name' }, NETWORK)).toEqual([0, 1, 1]);
  });

  test('are among the inputs of the manifest, once each', async () => {
    const odds = { file: 'agents.csv', column: 'odds', id: 'name' };
    const weight = { file: 'agents.csv', column: 'size', id: 'name' };
    const { inputs } = await prepared({ ...NETWORK, params: { odds, weight } });
    expect(inputs.map(({ name }) => name)).toEqual(['edges.csv', 'groups.csv', 'agents.csv']);
  });
});

describe('groups', () => {
  test('of the spec and of the topology', async () => {
    const groups = { few: 1, many: 2 };
    expect(await paramOf('odds', { by: 'group', values: { many: 0.5, few: 1 } }, { groups })).toEqual([[1, 0.5, 0.5]]);
    expect(await paramOf('odds', { by: 'group', values: { tall: 0.5, short: 0 } }, NETWORK)).toEqual([[0.5, 0, 0.5]]);
  });

  test('may draw, and then replicas differ in those groups alone', async () => {
    const values = { tall: { distribution: 'uniform', min: 0, max: 1 }, short: 0 };
    const [first, second] = await paramOf('odds', { by: 'group', values }, { ...NETWORK, replicas: 2 });
    expect([first[1], second[1]]).toEqual([0, 0]);
    expect(first[0]).not.toBe(second[0]);
  });
});

describe('earlier runs', () => {
  test('replica r from replica r, or all from the only one', async () => {
    expect(await startOf('level', { run: 'three' }, { replicas: 2 })).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await startOf('level', { run: 'one/' }, { replicas: 2 })).toEqual([0, 1, 2, 0, 1, 2]);
    expect(await startOf('level', { run: 'points', point: 1 })).toEqual([3, 4, 5]);
    expect(await startOf('mood', { run: 'points', point: 1 })).toEqual([1, 0, 1]);
  });

  test('node by node, where both have ids', async () => {
    expect(await startOf('level', { run: 'named' }, NETWORK)).toEqual([2, 1, 0]);
    expect(await startOf('level', { run: 'one' }, NETWORK)).toEqual([0, 1, 2]);
  });

  test('at the last step that is recorded', async () => {
    expect(await startOf('level', { run: 'steps' })).toEqual([4, 5, 6]);
  });

  test('are among the inputs', async () => {
    const { inputs } = await prepared({ init: { level: { run: 'one' } } });
    expect(inputs.map(({ name }) => name)).toEqual([`one/${AGENTS_FILE}`]);
  });
});

describe('tables', () => {
  const tables = async (params: object) => {
    const { values, plan, spec } = await prepared({ params });
    expect(plan.buffers.setup.words).toBeGreaterThan(0);
    return {
      labels: spec.points.map(({ varied }) => varied),
      values: values.tables.map(({ policy }) => Array.from(policy, word => decodeParam({ kind: 'probability' }, word))),
    };
  };

  test('have the length that the parameters say, and are held once', async () => {
    const { values } = await prepared({ params: { size: [3, 2], weight: [1, 2] } });
    expect(values.tables.map(({ policy }) => policy.length)).toEqual([3, 3, 2, 2]);
    expect(values.tables[0].policy).toBe(values.tables[1].policy);
    expect((await tables({ size: 3 })).values[0]).toEqual([0, 0.1, 0.2].map(value => expect.closeTo(value, 9)));
  });

  test('come from the spec or from files, several making points', async () => {
    const several = await tables({
      policy: [{ values: [0, 0.5, 1] }, { file: 'rows.csv', column: 'odds' }, { file: 'one-a-line.csv' }],
    });
    expect(several.labels).toEqual([
      { 'params.policy': '[0, 0.5, 1]' },
      { 'params.policy': 'rows.csv:odds' },
      { 'params.policy': 'one-a-line.csv' },
    ]);
    expect(several.values.slice(0, 2)).toEqual([
      [0, 0.5, 1],
      [0.5, 0.25, 1],
    ]);
    const lines = [0.1, 0.2, 0.3].map(value => expect.closeTo(value, 9));
    expect(several.values[2]).toEqual(lines);
    expect((await tables({ policy: { file: 'one-a-line.txt' } })).values).toEqual([lines]);
  });
});

describe('points', () => {
  test('are labelled by a few words, of numbers and of values per agent alike', async () => {
    const odds = [
      0.5,
      { distribution: 'normal', mean: 0.8, sd: 0.1 },
      { distribution: 'beta', alpha: 2, beta: 1, max: 0.5 },
      { file: 'rows.csv', column: 'odds' },
    ];
    const { spec, values } = await prepared({ params: { odds } });
    expect(spec.points.map(({ varied }) => varied['params.odds'])).toEqual([
      0.5,
      'normal(0.8, 0.1)',
      'beta(2, 1) in [0, 0.5]',
      'rows.csv:odds',
    ]);
    expect(spec.points.map(({ params }) => params.odds)).toEqual([0.5, Number.NaN, Number.NaN, Number.NaN]);
    expect(values.agents.size).toBe(3);
  });

  test('share draws: equal numbers, seen through each distribution', async () => {
    const odds = [
      { distribution: 'uniform', min: 0, max: 0.5 },
      { distribution: 'uniform', min: 0.5, max: 1 },
    ];
    const { spec, values } = await prepared({ replicas: 2, params: { odds } });
    const [low, high] = spec.points.map(({ agentParams }) => values.agents.get(agentParams!.odds)!);
    expect([...high[0]].map((word, i) => Math.abs(word - low[0][i] - 2 ** 30) <= 1)).toEqual([true, true, true]);
    expect(low[0]).not.toEqual(low[1]);
  });
});

const groups = { few: 1, many: 2 };
const file = (name: string, column: string | number = 'odds', id?: string) => ({
  file: name,
  column,
  ...(id && { id }),
});
const cases: [what: string, spec: object, message: string][] = [
  ['an unknown distribution', { params: { odds: { distribution: 'norml', mean: 0, sd: 1 } } }, 'params.odds.distribution: unknown distribution "norml". Did you mean "normal"?'],
  ['a key of a distribution', { params: { odds: { distribution: 'normal', mean: 0, sdd: 1 } } }, 'params.odds.sdd: unknown normal key "sdd". Did you mean "sd"? And 1 more error'],
  ['a missing key', { params: { odds: { distribution: 'normal', mean: 0 } } }, 'params.odds.sd: missing: expected a number from 0 to 4294967296'],
  ['a negative spread', { params: { odds: { distribution: 'normal', mean: 0, sd: -1 } } }, 'params.odds.sd: out of range: expected a number from 0 to 4294967296, got -1'],
  ['bounds outside of the range', { params: { odds: { distribution: 'uniform', min: 0, max: 2 } } }, 'params.odds.max: out of range: expected a number from 0 to 1, got 2'],
  ['bounds the wrong way round', { params: { odds: { distribution: 'uniform', min: 1, max: 0.5 } } }, 'params.odds.max: max is below min: expected a number of at least 1, got 0.5'],
  ['a value of a choice', { params: { size: { distribution: 'choice', values: [1, 12] } } }, 'params.size.values[1]: out of range: expected an integer from 1 to 9, got 12'],
  ['shares of a choice', { params: { size: { distribution: 'choice', values: [1, 2], shares: [0.5, 0.4] } } }, 'params.size.shares: the shares do not sum to 1: expected a sum of 1, got 0.9'],
  ['too few shares', { params: { size: { distribution: 'choice', values: [1, 2], shares: [1] } } }, 'params.size.shares: a share for each value: expected 2 shares, got 1'],
  ['a label', { init: { mood: { distribution: 'choice', values: ['angri'] } } }, 'init.mood.values[0]: unknown value "angri". Did you mean "angry"?'],
  ['the same twice', { params: { odds: [{ file: 'rows.csv', column: 1 }, { file: 'rows.csv', column: 1 }] } }, 'params.odds[1]: rows.csv:1 comes twice: expected different values'],
  ['a key of a file', { params: { odds: { file: 'rows.csv', colum: 'odds' } } }, 'params.odds.colum: unknown key of a file "colum". Did you mean "column"? And 1 more error'],
  ['a column', { params: { odds: file('rows.csv', 'odd') } }, 'rows.csv: no column "odd" for the odds. Did you mean "odds"?'],
  ['a value out of range', { params: { odds: file('bad.csv') } }, 'bad.csv:3, odds: odds out of range: expected a number from 0 to 1, got "1.5"'],
  ['a word', { params: { odds: file('words.csv') } }, 'words.csv:3, odds: no value of odds: expected a number from 0 to 1, got "many"'],
  ['a label in a file', { init: { mood: file('moods.csv', 'mood') } }, 'moods.csv:3, mood: no value of mood: expected one of calm, angry, got "angri". Did you mean "angry"?'],
  ['too few rows', { params: { odds: file('short.csv') } }, 'short.csv: the rows are not as many as the agents: expected 3 rows, got 2. Without ids, row k is agent k'],
  ['rows for ids', { ...NETWORK, params: { odds: file('agents.csv') } }, 'agents.csv: the rows are not as many as the agents: expected 3 rows, got 4. Name the column of the ids with id'],
  ['an agent twice', { params: { odds: file('twice.csv', 'odds', 'id') } }, 'twice.csv:4: agent "1" has two rows: expected one row for each agent, got another at twice.csv:3'],
  ['an agent without a row', { params: { odds: file('gap.csv', 'odds', 'id') } }, 'gap.csv: agent "1" has no row: expected one row for each agent. The topology has no ids, so that agents are numbered from 0'],
  ['a header of numbers', { params: { odds: file('numbers.csv', 1) } }, 'numbers.csv: the first line is numbers: expected a header that names the columns. Write one, or format: csv if these are the names'],
  ['no groups', { params: { odds: { by: 'group', values: { few: 1 } } } }, 'params.odds: there are no groups. Add groups to the spec, or to the topology’s file'],
  ['an unknown group', { groups, params: { odds: { by: 'group', values: { fev: 1, many: 1 } } } }, 'params.odds.values.fev: unknown group "fev". Did you mean "few"?'],
  ['a group left out', { groups, params: { odds: { by: 'group', values: { few: 1 } } } }, 'params.odds: no value for group "many": expected one for each of few, many'],
  ['a value of a group', { groups, params: { odds: { by: 'group', values: { few: 1, many: 2 } } } }, 'params.odds.values.many: out of range: expected a number from 0 to 1, got 2'],
  ['another population', { init: { level: { run: 'large' } } }, 'init.level: the run large has another population: expected 3, got 4. Use that population, and the same topology where it has one of its own'],
  ['a field not recorded', { init: { strain: { run: 'one' } } }, 'one/agents.parquet: field "strain" is not recorded: expected it in record of that run. Known: level, mood'],
  ['no parquet', { init: { level: { run: 'broken' } } }, 'broken/agents.parquet: cannot read the agents: expected an agents.parquet written by groundswell'],
  ['a point to choose', { init: { level: { run: 'points' } } }, 'init.level: the run points has 2 points: expected a point from 0 to 1. Say which with point: …'],
  ['a point that is not there', { init: { level: { run: 'points', point: 2 } } }, 'init.level: the run points has no point 2: expected a point from 0 to 1. Say which with point: …'],
  ['too few replicas', { replicas: 3, init: { level: { run: 'two' } } }, 'init.level: the run two has fewer replicas: expected 1, or at least 3, got 2. Use replicas: 2 or fewer'],
  ['another network', { ...NETWORK, init: { level: { run: 'stranger' } } }, 'init.level: the run stranger has no agent "ann". Its topology must be of the same file'],
  ['a run for a parameter', { params: { odds: { run: 'one' } } }, 'params.odds: unexpected value: expected a number from 0 to 1, a list of them, a range {from, to, count}, or values per agent ({distribution: …}, {file: …} or {by: group, …}), got a mapping'],
  ['a parameter of all agents', { params: { total: { distribution: 'uniform', min: 0, max: 3 } } }, 'params.total: unexpected value: expected an integer from 0 to 9 for all agents, a list of them, or a range {from, to, count}, got a mapping'],
  ['the length of a table', { params: { policy: { values: [0, 1] } } }, 'params.policy: wrong length of table policy: expected 3 values for size 3, got 2. 2 are right for size 2'],
  ['the length of a table in a file', { params: { policy: { file: 'short.csv' } } }, 'params.policy: wrong length of table policy: expected 3 values for size 3, got 2 in short.csv. 2 are right for size 2'],
  ['a length that varies by agent', { params: { size: { distribution: 'uniform', min: 1, max: 2 } } }, 'params.policy: table policy has no length: expected an integer from 1 to 16777216, got NaN. It cannot depend on what varies by agent (size)'],
  ['a value of a table', { params: { policy: { values: [0, 1, 2] } } }, 'params.policy.values[2]: out of range: expected a number from 0 to 1, got 2'],
  ['a bare list for a table', { params: { policy: [0.1, 0.2, 0.3] } }, 'params.policy[0]: unexpected value: expected a table, {values: […]} or {file, column}, got 0.1'],
]; // biome-ignore format: a table

describe('the message of a fault', () => {
  test.each(cases)('%s', async (_, spec, message) => {
    expect(await messageOfAsync(() => prepared(spec))).toContain(message);
  });

  test('has line and column, also where it comes to light after parsing', async () => {
    const text =
      'model: readers\npopulation: 3\ntopology: complete\nsteps: 1\nparams:\n  odds: {by: group, values: {few: 1}}\n';
    expect(await messageOfAsync(() => prepare({ text, file: 'spec.yaml' }, options))).toBe(
      'params.odds (spec.yaml, line 6, column 9): there are no groups. Add groups to the spec, or to the topology’s file',
    );
  });
});
