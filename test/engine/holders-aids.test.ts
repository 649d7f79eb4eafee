// What helps a modeller with arrays, groups and links: initial values per element, checked mode, and traces.
import { describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import { simulate } from '../../src/experiment/simulate.ts';
import { traceAgent } from '../../src/experiment/trace.ts';
import { arrayOf, fixed, integer, integerField, type Model, number, perGroup, perLink } from '../../src/model/index.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { refusal } from './support.ts';
import { toy } from './toys.ts';

/** A rule for agents and one for groups that use everything once; a test plants one line in either. */
function society({ agents = '', groups = '' } = {}): Model {
  return toy(
    {
      name: 'society',
      updates: ['synchronous', 'activation'],
      fields: {
        stance: arrayOf(fixed({ min: -1, max: 1 }), 'questions'),
        marks: arrayOf(integerField({ max: 9 }), 3),
        trust: perLink(integerField({ max: 100 }), { start: 50 }),
        pool: perGroup(integerField({ max: 1000 }), { start: 7 }),
      },
      params: {
        questions: integer({ default: 2, min: 1, max: 4, about: 'elements' }),
        drift: number({ default: 0, about: 'added to the first mark' }),
      },
      rules: ['fill', 'judge'],
      groupRules: ['fill'],
    },
    {
      fill: `import package::agent::{group_size, pool, set_pool};
fn fill(g: u32) {
  set_pool(pool(g) + group_size(g));
  ${groups}
}`,
      judge: `import package::agent::{group, marks, neighbor, param, pool, set_marks, set_stance, set_trust, stance, trust};
fn judge(me: u32) {
  let three = 3u + (pool(group(me)) & 0u);
  set_trust(0u, trust(me, 0u) + 1u);
  set_marks(0u, u32(param.drift >> 16u) + marks(me, 2u));
  set_stance(1u, -stance(neighbor(me, 0u), 0u));
  ${agents}
}`,
    },
  );
}

const SPEC: SpecObject = {
  model: 'society',
  population: 6,
  topology: 'ring',
  groups: { few: 2, many: 4 },
  replicas: 2,
  steps: 4,
  seed: 'aids',
};

const run = (model: Model, changes: SpecObject = {}, checked = true) =>
  simulate({ ...SPEC, ...changes }, { models: [model], engine: 'cpu', checked });

describe('arrays start from values per agent', () => {
  const start = async (init: SpecObject, questions: number | number[] = 2) => {
    const engine = await openCpu({ threads: 1 });
    const { population } = await load(engine, { ...SPEC, init, params: { questions } }, { models: [society()] });
    return { stance: await population.read('stance'), marks: await population.read('marks') };
  };

  test('one form for all elements: each draws on its own, replicas too', async () => {
    const { stance } = await start({ stance: { distribution: 'uniform', min: -0.5, max: 0.5 } });
    expect(new Set(stance).size).toBe(24);
    for (const word of stance) expect(Math.abs(word)).toBeLessThanOrEqual(2 ** 28);
  });

  test('a form for each element; shares and groups too', async () => {
    const marks = {
      elements: [{ value: 4 }, { by: 'group', values: { few: { value: 1 }, many: { value: 2 } } }, { 3: 0.5, 5: 0.5 }],
    };
    const found = (await start({ marks })).marks;
    for (let replica = 0; replica < 2; replica++) {
      const own = Array.from({ length: 6 }, (_, i) => [
        ...found.subarray(18 * replica + 3 * i, 18 * replica + 3 * i + 3),
      ]);
      expect(own.map(([first]) => first)).toEqual([4, 4, 4, 4, 4, 4]);
      expect(own.map(([, second]) => second)).toEqual([1, 1, 2, 2, 2, 2]);
      expect(own.map(([, , third]) => third).sort()).toEqual([3, 3, 3, 5, 5, 5]);
    }
  });

  test('the same for all where nothing varies; shorter arrays leave the rest', async () => {
    const { stance } = await start({ stance: { elements: [{ value: 1 }, { value: -1 }, { value: 0.5 }] } }, [1, 3]);
    const Q29 = 2 ** 29;
    expect([...stance.subarray(0, 6)]).toEqual([Q29, 0, 0, Q29, 0, 0]);
    expect([...stance.subarray(36, 39)]).toEqual([Q29, -Q29, Q29 / 2]);
  });

  test('the wrong number of elements, and a length that varies by agent, are refused', async () => {
    expect((await refusal(() => start({ marks: { elements: [{ value: 1 }] } }))).message).toMatch(
      /init\.marks: wrong number of elements of marks: expected 3, got 1/,
    );
    const lengths = { questions: { by: 'group', values: { few: 1, many: 2 } } };
    expect((await refusal(() => run(society(), { params: lengths }))).message).toMatch(
      /params\.questions: questions is the number of elements of "stance", which is the same for all agents/,
    );
  });
});

describe('checked mode', () => {
  test('what is within bounds passes, with the digest of a run that is not checked', async () => {
    expect((await run(society())).digest).toBe((await run(society(), {}, false)).digest);
  });

  test.each([
    [
      'an element read',
      { agents: 'set_marks(1u, marks(me, three));' },
      /index is out of bounds in `marks\(me, three\)`.*agent 0.*expected 0 to 2, got 3/,
    ],
    [
      'an element written',
      { agents: 'set_marks(three, 1u);' },
      /index is out of bounds in `set_marks\(three, 1u\)`.*expected 0 to 2, got 3/,
    ],
    [
      'an element of a length that a parameter gives',
      { agents: 'set_stance(three - 1u, 0);' },
      /index is out of bounds.*expected 0 to 1, got 2/,
    ],
    [
      'the value of an element',
      { agents: 'set_marks(1u, three * 4u);' },
      /outside the range of "marks".*expected 0 to 9, got 12/,
    ],
    [
      'a link',
      { agents: 'set_trust(three, 1u);' },
      /no such neighbour in `set_trust\(three, 1u\)`.*expected 0 to 1, got 3/,
    ],
    [
      'the value of a link',
      { agents: 'set_trust(1u, three * 40u);' },
      /outside the range of "trust".*expected 0 to 100, got 120/,
    ],
    [
      'a group',
      { agents: 'set_marks(1u, pool(three) & 1u);' },
      /no such group in `pool\(three\)`.*expected 0 to 1, got 3/,
    ],
    [
      'a rule of groups',
      { groups: 'if (g == 1u) { set_pool(pool(g) + 2000u); }' },
      /outside the range of "pool".*group 1, in step 1/,
    ],
  ])('traps %s', async (_, planted, message) => {
    expect((await refusal(() => run(society(planted)))).message).toMatch(message);
  });
});

test('a trace tells of elements, links, the group and its rules, and of the agent’s own parameters', async () => {
  const params = { drift: { by: 'group', values: { few: 3, many: 5 } } };
  const models = [society({ agents: 'set_marks(1u, 20u);' })];
  const traced = await traceAgent(
    { ...SPEC, params: {}, init: { marks: { value: 1 } } },
    { agent: 1, step: 2, replica: 1, models },
  );
  expect(traced.before['trust.0'].value).toBe(51);
  expect(traced.after['trust.0'].value).toBe(52);
  expect(traced.before['trust.1'].value).toBe(50);
  expect([traced.before.pool.value, traced.after.pool.value]).toEqual([9, 11]);
  expect([0, 1, 2].map(k => traced.after[`marks.${k}`].value)).toEqual([1, 9, 1]);
  expect(traced.rules.map(({ rule }) => rule)).toEqual(['fill', 'judge']);
  expect(traced.rules[0].calls.find(({ call }) => call === 'set_pool')?.write).toMatchObject({
    before: { value: 9 },
    after: { value: 11 },
  });
  const trust = traced.rules[1].calls.find(({ call }) => call === 'set_trust');
  expect(trust?.write).toMatchObject({ field: 'trust', before: { value: 51 }, after: { value: 52 } });
  const marks = traced.rules[1].calls.filter(({ call }) => call === 'set_marks');
  // clamped in step 1 already
  expect(marks[1].write).toMatchObject({ before: { value: 9 }, after: { value: 9 } });
  // the rules of groups refuse parameters that vary by agent only where they mention them
  const own = await traceAgent({ ...SPEC, params }, { agent: 4, step: 1, models: [society()] });
  expect(own.rules[1].params).toEqual({ drift: 5 });
});
