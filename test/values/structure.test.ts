// Values that follow from who an agent is: what groups say of their own, roles, users, and how many look at it; and how fields of groups start.
import { describe, expect, test } from 'vitest';
import { type Prepared, prepare } from '../../src/experiment/prepare.ts';
import {
  arrayOf,
  bit,
  category,
  decodeParam,
  decodeValue,
  fixed,
  integer,
  number,
  type Param,
  perGroup,
  probability,
} from '../../src/model/index.ts';
import { toy } from '../engine/toys.ts';
import { messageOfAsync } from './message.ts';

const model = toy(
  {
    name: 'society',
    fields: {
      side: bit(),
      mood: category(['calm', 'angry']),
      strain: fixed({ min: -1, max: 1 }),
      wish: arrayOf(fixed({ min: -1, max: 1 }), 'questions'),
      norm: arrayOf(perGroup(fixed({ min: -1, max: 1 }), { start: 0.5 }), 'questions'),
      pool: perGroup(fixed({ min: 0, max: 100 })),
    },
    params: {
      questions: integer({ default: 2, min: 1, max: 4, about: 'elements', shared: true }),
      weight: number({ default: 1, min: 0, max: 9, about: 'a number' }),
      odds: probability({ default: 0.25, about: 'a probability' }),
      size: integer({ default: 3, min: 1, max: 9, about: 'an integer' }),
    },
    init: { side: [0.5, 0.5] },
    rules: ['rest'],
  },
  { rest: 'import package::agent::{param, set_side};\nfn rest(me: u32) {\n  set_side(u32(param.size) & 1u);\n}' },
);

const prepared = (spec: object): Promise<Prepared> =>
  prepare({ value: { model: 'society', population: 10, steps: 1, ...spec } }, { models: [model] });

/** The parameter of every agent at a point, for each replica. */
function paramOf({ values, spec }: Prepared, name: string, point = 0): number[][] {
  const source = spec.points[point].agentParams![name];
  return values.agents
    .get(source)!
    .map(words => Array.from(words, word => decodeParam(model.params[name] as Param, word)));
}

/** The start of every agent, or group; elements side by side. */
function startOf({ values, spec }: Prepared, name: string, point = 0): number[][] {
  const source = spec.points[point].starts![name];
  const field = model.fields[name];
  return values.agents
    .get(source)!
    .map(words => Array.from(words, word => decodeValue(field, field.kind === 'fixed' ? word | 0 : word)));
}

describe('what a group says of its own', () => {
  const overlaid = {
    few: { size: 4, params: { weight: 5 }, init: { strain: -0.5, mood: { value: 'angry' } } },
    many: 6,
  };

  test('holds for its agents; others keep what the spec says of everybody, at every point', async () => {
    const run = await prepared({ groups: overlaid, params: { weight: [2, 3] } });
    expect(paramOf(run, 'weight', 0)).toEqual([[5, 5, 5, 5, 2, 2, 2, 2, 2, 2]]);
    expect(paramOf(run, 'weight', 1)).toEqual([[5, 5, 5, 5, 3, 3, 3, 3, 3, 3]]);
    expect(run.spec.points.map(({ varied }) => varied)).toEqual([{ 'params.weight': 2 }, { 'params.weight': 3 }]);
  });

  test('or else the default', async () => {
    const run = await prepared({ groups: overlaid });
    expect(paramOf(run, 'weight')).toEqual([[5, 5, 5, 5, 1, 1, 1, 1, 1, 1]]);
    expect(startOf(run, 'strain')).toEqual([[-0.5, -0.5, -0.5, -0.5, 0, 0, 0, 0, 0, 0]]);
    expect(startOf(run, 'mood')).toEqual([[1, 1, 1, 1, 0, 0, 0, 0, 0, 0]]);
  });

  test('leaves exact shares to the others', async () => {
    const run = await prepared({ groups: { few: { size: 4, init: { side: 1 } }, many: 6 }, replicas: 2 });
    for (const side of startOf(run, 'side')) {
      expect(side.slice(0, 4)).toEqual([1, 1, 1, 1]);
      expect(side.slice(4).reduce((sum, value) => sum + value, 0)).toBe(3);
    }
  });

  test('may be drawn, over what is drawn for everybody', async () => {
    const distribution = (mean: number) => ({ distribution: 'normal', mean, sd: 0.1 });
    const groups = { few: { size: 4, params: { weight: distribution(7) } }, many: 6 };
    const [values] = paramOf(await prepared({ groups, params: { weight: distribution(2) } }), 'weight');
    expect(values.map(Math.round)).toEqual([7, 7, 7, 7, 2, 2, 2, 2, 2, 2]);
    expect(new Set(values).size).toBe(10);
  });

  test('may be element by element', async () => {
    const groups = { few: { size: 1, init: { wish: { elements: [0.5, -0.25] } } }, many: 9 };
    const [wish] = startOf(await prepared({ groups, init: { wish: 0.125 } }), 'wish');
    expect(wish).toEqual([0.5, -0.25, ...new Array(18).fill(0.125)]);
  });
});

describe('fields of groups', () => {
  const groups = { few: { size: 4, init: { norm: { elements: [0.25, -1] } } }, many: 6 };

  test('start with what their group says, else the spec, else the model', async () => {
    expect(startOf(await prepared({ groups }), 'norm')).toEqual([[0.25, -1, 0.5, 0.5]]);
    expect(startOf(await prepared({ groups, init: { norm: -0.5 } }), 'norm')).toEqual([[0.25, -1, -0.5, -0.5]]);
  });

  test('start alike, by group, and drawn', async () => {
    const init = { pool: { by: 'group', values: { few: 3, many: { distribution: 'uniform', min: 50, max: 60 } } } };
    const run = await prepared({
      groups: { few: 4, many: 6 },
      replicas: 2,
      init: { ...init, norm: { elements: [0, 1] } },
    });
    const pools = startOf(run, 'pool');
    expect(pools.map(([few]) => few)).toEqual([3, 3]);
    expect(pools.every(([, many]) => many >= 50 && many <= 60)).toBe(true);
    expect(pools[0][1]).not.toBe(pools[1][1]);
    expect(startOf(run, 'norm')[0]).toEqual([0, 1]);
  });
});

describe('by role, user and degree', () => {
  const groups = { few: { size: 4, roles: { leader: 1, member: 'rest' }, users: 2 }, many: 6 };

  test('a value for each role', async () => {
    const weight = { by: 'role', values: { leader: 5, member: 1 } };
    const run = await prepared({ groups, replicas: 3, params: { weight } });
    paramOf(run, 'weight').forEach((values, replica) => {
      const numbers = run.values.roles!.numbers[replica];
      expect(values).toEqual(Array.from(numbers, role => (role === 0 ? 5 : 1)));
    });
  });

  test('a group speaks of its own roles only', async () => {
    const own = {
      few: { ...groups.few, params: { weight: { by: 'role', values: { leader: 5, member: 2 } } } },
      many: 6,
    };
    const [values] = paramOf(await prepared({ groups: own, params: { weight: 3 } }), 'weight');
    expect([...values].sort()).toEqual([2, 2, 2, 3, 3, 3, 3, 3, 3, 5]);
    expect(values.slice(4)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  test('one draw for each user', async () => {
    const drawn = { distribution: 'uniform', min: 0, max: 9 };
    const run = await prepared({ groups, replicas: 2, params: { weight: { by: 'user', value: drawn } } });
    const plain = await prepared({ groups, replicas: 2, params: { weight: drawn } });
    const [own, one] = [paramOf(run, 'weight'), paramOf(plain, 'weight')];
    own.forEach((values, replica) => {
      const [a, b, ...others] = one[replica];
      expect(values).toEqual([a, b, a, b, ...others.slice(2)]);
    });
  });

  test('a power of how many look at the agent', async () => {
    const topology = { kind: 'barabasi-albert', links: 2, realisations: 2 };
    const params = { weight: { by: 'degree', power: 0.5, scale: 2 }, size: { by: 'degree', power: 3 } };
    const run = await prepared({ population: 50, topology, replicas: 2, params });
    run.topology.graphs!.forEach(({ rowOffsets }, graph) => {
      const degrees = Array.from({ length: 50 }, (_, i) => rowOffsets[i + 1] - rowOffsets[i]);
      const mean = degrees.reduce((sum, degree) => sum + degree, 0) / 50;
      const [weight, size] = [paramOf(run, 'weight')[graph], paramOf(run, 'size')[graph]];
      degrees.forEach((degree, i) => {
        expect(weight[i]).toBeCloseTo(Math.min(9, 2 * Math.sqrt(degree / mean)), 4);
        expect(size[i]).toBe(Math.min(9, Math.max(1, Math.round((degree / mean) ** 3))));
      });
    });
  });

  test('where all are looked at alike, everybody has the scale', async () => {
    const run = await prepared({ topology: 'complete', params: { weight: { by: 'degree', power: -2, scale: 0.75 } } });
    expect(new Set(paramOf(run, 'weight')[0])).toEqual(new Set([0.75]));
  });
});

const ROLES = 'groups: {few: {size: 4, roles: {leader: 1, helper: rest}}, many: 6}\n';
test.each([
  [
    `${ROLES}params: {weight: {by: role, values: {leeder: 1}}}`,
    'params.weight.values.leeder (spec.yaml, line 5, column 38): unknown role "leeder". Did you mean "leader"?',
  ],
  [
    `${ROLES}params: {weight: {by: role, values: {leader: 1, helper: 2}}}`,
    'params.weight (spec.yaml, line 5, column 18): no value for role "member": expected one for each of leader, helper, member',
  ],
  [
    'groups: {few: 4, many: 6}\nparams: {weight: {by: role, values: {leader: 1}}}',
    'params.weight (spec.yaml, line 5, column 18): there are no roles. Give the groups of the spec roles',
  ],
  [
    'params: {weight: {by: rank, values: {leader: 1}}}',
    'params.weight.by (spec.yaml, line 4, column 23): unknown division "rank". Known: group, role, user, degree',
  ],
  [
    'params: {weight: {by: degree, powr: 1}}',
    'params.weight.powr (spec.yaml, line 4, column 31): unknown key "powr". Did you mean "power"?',
  ],
  [
    'groups: {few: {size: 4, params: {weigth: 2}}, many: 6}',
    'groups.few.params.weigth (spec.yaml, line 4, column 34): unknown parameter with values per agent "weigth". Did you mean "weight"?',
  ],
  [
    'groups: {few: {size: 4, params: {questions: 2}}, many: 6}',
    'groups.few.params.questions (spec.yaml, line 4, column 34): unknown parameter with values per agent "questions". Known: weight, odds, size',
  ],
  [
    'groups: {few: {size: 4, params: {odds: 2}}, many: 6}',
    'groups.few.params.odds (spec.yaml, line 4, column 40): out of range: expected a number from 0 to 1, got 2',
  ],
  [
    'groups: {few: {size: 4, init: {norm: {elements: [1, 2]}}}, many: 6}',
    'groups.few.init.norm.elements[1] (spec.yaml, line 4, column 53): out of range: expected a number from -1 to 1, got 2',
  ],
  [
    'groups: {few: {size: 4, init: {norm: {elements: [1]}}}, many: 6}',
    'groups.few.init.norm (spec.yaml, line 4, column 38): wrong number of elements of norm: expected 2, got 1',
  ],
  [
    'init: {pool: {by: group, values: {few: 1}}}',
    'init.pool (spec.yaml, line 4, column 14): there are no groups. Add groups to the spec, or to the topology’s file',
  ],
  [
    'groups: {few: 4, many: 6}\ninit: {pool: {run: earlier}}',
    'init.pool (spec.yaml, line 5, column 14): unexpected value: expected a number from 0 to 100, or values per group ({value: …}, {distribution: …} or {by: group, …}), got a mapping',
  ],
])('%s', async (more, message) => {
  const text = `model: society\npopulation: 10\nsteps: 1\n${more}`;
  expect(await messageOfAsync(() => prepare({ text, file: 'spec.yaml' }, { models: [model] }))).toBe(message);
});
