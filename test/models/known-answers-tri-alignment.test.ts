// tri-alignment among one, two or three agents by hand: what must happen whatever the draws. The arithmetic is beside each answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openCpu } from '../../src/engine/cpu/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { load, type SpecObject } from '../support/runs.ts';
import { UNMEASURED } from '../support/tri-alignment.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openCpu({ threads: 1 });
});
afterAll(() => engine.dispose());

const FILES: Readonly<Record<string, string>> = {
  'pair.csv': 'source,target\n0,1\n',
  // 0 looks at 1 and 2, which look at 0
  'star.csv': 'source,target\n0,1\n0,2\n',
};
const readFile = async (name: string): Promise<Uint8Array> => new TextEncoder().encode(FILES[name]);
const onGraph = (file: string): SpecObject => ({
  topology: { kind: 'edges', file, directed: false },
  update: 'synchronous',
});

/** Values of fields by agent after some steps. */
async function valuesAfter(steps: number, spec: SpecObject, ...fields: string[]): Promise<number[][]> {
  const { population } = await load(
    engine,
    { model: UNMEASURED.name, steps, ...spec },
    { models: [UNMEASURED], readFile },
  );
  await population.step(steps, { every: 0 });
  const read = fields.map(async name => {
    const { fractionBits } = UNMEASURED.fields[name];
    return [...(await population.read(name))].map(value => value / 2 ** fractionBits);
  });
  const values = await Promise.all(read);
  await population.dispose();
  return values;
}

/** A value for each of the agents a, b, c, which are groups of one. */
const each = (...values: number[]) => ({
  by: 'group',
  values: Object.fromEntries(values.map((value, k) => ['abc'[k], value])),
});
const strategies = (...words: string[]) => ({
  by: 'group',
  values: Object.fromEntries(words.map((word, k) => ['abc'[k], { [word]: 1 }])),
});
const TWO: SpecObject = { population: 2, groups: { a: 1, b: 1 } };
const between = (kind: string, strength = 1) => ({ relations: { a: { b: { kind, strength } } } });

/** Values agree to 1e-7: exact to 2⁻²⁹ or so, and some of the numbers below are not. */
function expectClose(found: readonly number[], answer: readonly number[]): void {
  expect(found.length).toBe(answer.length);
  for (const [i, value] of answer.entries()) expect(found[i]).toBeCloseTo(value, 7);
}

describe('one agent at 0.5: human reference −0.5, user at 1, task at 0, temptation at −1', () => {
  const INIT = { stance: { value: 0.5 }, human: { value: -0.5 }, preference: { value: 1 }, task: { value: 0 }, temptation: { value: -1 } }; // biome-ignore format: one thought
  const alone = (params: SpecObject, strategy = 'comply'): SpecObject => ({
    population: 1,
    params,
    init: { ...INIT, strategy: { [strategy]: 1 } },
  });

  test.each([
    { pull: 'values', params: { value_pull: 0.5 }, stance: 0 }, // 0.5 + 0.5 (−0.5 − 0.5)
    { pull: 'values beyond a tolerance', params: { value_pull: 0.5, tolerance: 0.25 }, stance: 0.125 }, // 0.5 − 0.5 (1 − 0.25)
    { pull: 'the user', params: { preference_pull: 0.5 }, stance: 0.75 }, // 0.5 + 0.5 (1 − 0.5)
    // A_p = 1 − 0.5/2 = 0.75 at the start, so the weight is 0.25 (1 + 2 · 0.25) = 0.375: 0.5 + 0.375 · 0.5
    { pull: 'the user of a sycophant', params: { preference_pull: 0.25, sycophancy: 2 }, stance: 0.6875 },
    { pull: 'the task', params: { task_pull: 0.5 }, stance: 0.25 }, // 0.5 + 0.5 (0 − 0.5)
    { pull: 'the training, of which it is', params: { training_pull: 0.5 }, stance: 0.5 },
    // 0.5 + 0.25 (−1) + 0.125 · 0.5 + 0.5 (−0.5)
    { pull: 'all of them', params: { value_pull: 0.25, preference_pull: 0.125, task_pull: 0.5, training_pull: 0.125 }, stance: 0.0625 }, // biome-ignore format: one thought
  ])('is pulled by $pull', async ({ params, stance }) => {
    const [found] = await valuesAfter(1, alone(params), 'stance');
    expectClose(found, [stance]);
  });

  test('training pulls back what has left', async () => {
    // 0.5 → 0 by the values; then 0 + 0.5 (−0.5) + 0.25 (0.5 − 0) = −0.125
    const [stance, drift] = await valuesAfter(2, alone({ value_pull: 0.5, training_pull: 0.25 }), 'stance', 'drift');
    expectClose(stance, [-0.125]);
    expectClose(drift, [0.3125]); // 0.625 / 2
  });

  test('one who exploits is pulled to the temptation, as far as conduct shapes values', async () => {
    // o = 0 + 0.5 (−1 − 0) = −0.5; 0.5 + 0.5 (−0.5 − 0.5) = 0. Judged is the stance of one who complies: A_q = 1 − |0 − 0|/2
    const spec = alone({ task_pull: 0.5, corruption: 0.5 }, 'exploit');
    const [stance, task] = await valuesAfter(1, spec, 'stance', 'task_alignment');
    expectClose(stance, [0]);
    expectClose(task, [1]);
  });

  test('and is judged', async () => {
    const [human, preferential, task, outcome] = await valuesAfter(
      1,
      alone({ tolerance: 0.25 }),
      ...['human_alignment', 'preferential_alignment', 'task_alignment', 'outcome'],
    );
    expectClose(human, [1 - 0.75 / 1.75]); // |0.5 + 0.5| − 0.25 of at most 2 − 0.25
    expectClose(preferential, [0.75]); // 1 − 0.5/2
    expectClose(task, [0.75]);
    expectClose(outcome, [1]); // it has met nobody
  });

  test('two questions are averaged', async () => {
    const spec = { population: 1, params: { questions: 2 }, init: { stance: { elements: [0.5, -1] } } };
    const [human] = await valuesAfter(1, spec, 'human_alignment');
    expectClose(human, [0.625]); // 1 − (0.5 + 1)/2/2
  });

  test('deception moves what is shown, transparency looks through it', async () => {
    // x + 0.8 (1 − 0.5)(h − x) = 0.5 − 0.4 = 0.1 is shown: A_h looks like 1 − 0.6/2, and is 1 − 1/2
    const spec = alone({ deception: 0.8, transparency: 0.5 }, 'exploit');
    const [shown, human, apparent] = await valuesAfter(1, spec, 'shown', 'human_alignment', 'apparent_alignment');
    expectClose(shown, [0.1]);
    expectClose(human, [0.5]);
    expectClose(apparent, [0.7]);
  });
});

describe('a at 0.5 and b at −0.25, each of its own group, a social pull of 0.5', () => {
  const init = { stance: each(0.5, -0.25) };
  const HALF = { social_pull: 0.5 };

  test.each([
    { relation: 'collaborative', params: {}, stances: [0.125, 0.125] }, // 0.5 − 0.5 · 0.75
    { relation: 'cooperative', params: { confidence: 0.75 }, stances: [0.125, 0.125] },
    { relation: 'cooperative', params: { confidence: 0.5 }, stances: [0.5, -0.25] }, // 0.75 apart
    // ψ = −(−0.75)(1 − 0.75/1) = 0.1875: 0.5 + 0.5 · 0.1875
    { relation: 'competitive', params: { confidence: 1 }, stances: [0.59375, -0.34375] },
    { relation: 'competitive', params: { confidence: 1, repulsion: 2 }, stances: [0.6875, -0.4375] },
    { relation: 'competitive', params: { confidence: 0.5 }, stances: [0.5, -0.25] }, // too far to mind
  ])('look at each other: $relation $params', async ({ relation, params, stances }) => {
    const spec = { groups: TWO.groups, ...onGraph('pair.csv'), ...between(relation), init };
    expectClose((await valuesAfter(1, { ...spec, params: { ...HALF, ...params } }, 'stance'))[0], stances);
    // the only one there is to hear
    const drawn = { ...HALF, ...params, attention: 3 };
    expectClose((await valuesAfter(1, { ...spec, params: drawn }, 'stance'))[0], stances);
    expectClose((await valuesAfter(1, { ...TWO, ...between(relation), init, params: drawn }, 'stance'))[0], stances);
  });

  test.each([
    { what: 'their mean', strength: 1, influence: 1, stances: [0.3125, -0.0625] }, // to 0.125, half the way
    // of 1 + 0.5, a third is the other’s: 0.5 + 0.5 (−0.75/3), −0.25 + 0.5 · 0.75/3
    { what: 'less of the other', strength: 0.5, influence: 1, stances: [0.375, -0.125] },
    { what: 'more of who is heard three times as much', strength: 1, influence: each(3, 1), stances: [0.40625, 0.03125] }, // S = −0.75/4 and 0.75 · 3/4
  ])('hear everybody: $what', async ({ strength, influence, stances }) => {
    const spec = { ...TWO, ...between('collaborative', strength), init };
    expectClose((await valuesAfter(1, { ...spec, params: { ...HALF, influence } }, 'stance'))[0], stances);
  }); // biome-ignore format: a table

  test.each([{ quarantined: [0, 1] }, { removed: [0, 1] }])('who is cut off is not heard: %j', async cut => {
    const [name, values] = Object.entries(cut)[0];
    const spec = {
      groups: TWO.groups,
      ...onGraph('pair.csv'),
      params: HALF,
      init: { ...init, [name]: each(...values) },
    };
    expectClose((await valuesAfter(1, spec, 'stance'))[0], [0.5, -0.25]);
  });

  test('who is committed stays', async () => {
    const spec = { groups: TWO.groups, ...onGraph('pair.csv'), params: HALF, init: { ...init, committed: each(1, 0) } };
    expectClose((await valuesAfter(1, spec, 'stance'))[0], [0.5, 0.125]);
  });
});

test('neighbours are weighed by their influence', async () => {
  const init = { stance: each(0, 0.5, -1) };
  const params = { social_pull: 1, influence: each(1, 3, 1) };
  const spec = { groups: { a: 1, b: 1, c: 1 }, ...onGraph('star.csv'), params, init };
  expectClose((await valuesAfter(1, spec, 'stance'))[0], [0.125, 0, 0]); // (3 · 0.5 − 1)/4
});

describe('two agents meet', () => {
  const GAMES = [
    // joint success 1, joint partial 0.5, joint failure 0
    { kind: 'collaborative', game: 'donation', both: [1, 1, 1], one: [0.5, 0.5, 0.5], neither: [0, 0, 0] },
    // b = 3, c = 1: 3 − 1; −1 and 3, 2 of at most 4
    { kind: 'cooperative', game: 'donation', both: [2, 2, 1], one: [-1, 3, 0.5], neither: [0, 0, 0] },
    // 3 − 1/2; 3 − 1 and 3: the sum is 5 either way
    { kind: 'cooperative', game: 'snowdrift', both: [2.5, 2.5, 1], one: [2, 3, 1], neither: [0, 0, 0] },
    // V = 1, C = 4: 1/2; 0 and 1; (1 − 4)/2, less than nothing together
    { kind: 'competitive', game: 'donation', both: [0.5, 0.5, 1], one: [0, 1, 1], neither: [-1.5, -1.5, 0] },
  ];
  const PLAYS = [
    { plays: 'both', words: ['comply', 'comply'] },
    { plays: 'one', words: ['comply', 'exploit'] },
    { plays: 'neither', words: ['exploit', 'exploit'] },
  ] as const;
  const cases = GAMES.flatMap(game =>
    PLAYS.map(({ plays, words }) => ({ ...game, plays, words, answer: game[plays] })),
  );

  test.each(cases)('$kind, $game: $words', async ({ kind, game, words, answer }) => {
    const spec = { ...TWO, ...between(kind), params: { game, stakes: 2 }, init: { strategy: strategies(...words) } };
    const [first, second, outcome] = answer;
    for (const update of ['pairing', 'synchronous']) {
      const [payoff, wealth, found] = await valuesAfter(1, { ...spec, update }, 'payoff', 'wealth', 'outcome');
      expectClose(payoff, [2 * first, 2 * second]);
      expectClose(wealth, [Math.max(0, 1 + 2 * first), Math.max(0, 1 + 2 * second)]);
      expectClose(found, [outcome, outcome]);
    }
  });

  test.each([
    // a favour is as good as its giver is able: 3 · 1 − 1 and 3 · 2 − 1
    { kind: 'cooperative', words: ['comply', 'comply'], payoffs: [2, 5], outcome: 1 },
    // −1 and 3 · 2, of 7 together
    { kind: 'cooperative', words: ['comply', 'exploit'], payoffs: [-1, 6], outcome: 5 / 7 },
    { kind: 'cooperative', words: ['exploit', 'comply'], payoffs: [3, -1], outcome: 2 / 7 },
    { kind: 'collaborative', words: ['comply', 'comply'], payoffs: [1.5, 1.5], outcome: 1 },
    // V · 2/3 and V/3, less C/2
    { kind: 'competitive', words: ['exploit', 'exploit'], payoffs: [2 / 3 - 2, 1 / 3 - 2], outcome: 0 },
  ])('capabilities 2 and 1: $kind, $words', async ({ kind, words, payoffs, outcome }) => {
    const spec = {
      ...TWO,
      ...between(kind),
      params: { capability: each(2, 1) },
      init: { strategy: strategies(...words) },
    };
    const [payoff, found] = await valuesAfter(1, spec, 'payoff', 'outcome');
    for (const [i, answer] of payoffs.entries()) expect(Math.abs(payoff[i] - answer)).toBeLessThan(2 ** -15);
    for (const value of found) expect(Math.abs(value - outcome)).toBeLessThan(2 ** -15);
  });
});

describe('one complies and one exploits, for favours of 3 at a cost of 1', () => {
  // both of one group, a favour's payoffs −1 and 3: strategies are placed at random, so that values are sorted
  const ONE_GROUP = {
    population: 2,
    groups: { all: 2 },
    relations: { all: { all: 'cooperative' } },
    init: { strategy: { comply: 0.5, exploit: 0.5 } },
  };
  const TWO_GROUPS = { ...TWO, ...between('cooperative') };
  const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
  const init = (more: SpecObject = {}) => ({ init: { strategy: strategies('comply', 'exploit'), ...more } });

  test('sharing, audits and fines', async () => {
    const read = (params: SpecObject) => valuesAfter(1, { ...ONE_GROUP, params }, 'payoff', 'wealth', 'flagged');
    const [shared, saved] = await read({ sharing: 0.5 });
    expectClose(sorted(shared), [0, 2]); // half the way to the mean, 1
    expectClose(sorted(saved), [1, 3]);
    const [fined, left, flagged] = await read({ sharing: 0.5, audit: 1, fine: 2.5 });
    expectClose(sorted(fined), [-0.5, 0]); // 2 − 2.5
    expectClose(sorted(left), [0.5, 1]);
    expect(sorted(flagged)).toEqual([0, 1]);
  });

  test('who is richer is heard more: influence by relative wealth in the next step', async () => {
    // wealth 1 − 1 = 0, of which 0.25 counts, and 1 + 3 = 4; the mean is 2
    const spec = { ...TWO_GROUPS, ...init() };
    for (const [matthew, answer] of [
      [1, [0.25, 2]],
      [2, [0.0625, 4]],
    ] as const) {
      const [influence] = await valuesAfter(2, { ...spec, params: { matthew, wealth_floor: 0.25 } }, 'influence');
      expectClose(influence, answer);
    }
  });

  test.each([
    // 3 − (−1) = 4 more by exploiting, less the moral cost that each would bear itself
    { conscience: 3, stances: [0.8, 0.8], exploiting: [1, 1] }, // 4 − 3 · 1
    { conscience: 5, stances: [0.8, 0.8], exploiting: [0, 0] }, // 4 − 5 · 1
    { conscience: 5, stances: [0.8, -0.2], exploiting: [0, 1] }, // A_h = 1 − 1/2 of b: 4 − 5 · 0.5
    { conscience: 5, stances: [-0.2, 0.8], exploiting: [1, 0] },
  ])('conscience $conscience at $stances: who imitates the other', async ({ conscience, stances, exploiting }) => {
    // with so little noise a difference of 1 decides but for one time in e³²; each imitates on the state before
    const params = { conscience, imitation: 1, selection_noise: 0.001 };
    const spec = { ...TWO_GROUPS, params, ...init({ stance: each(...stances), human: { value: 0.8 } }) };
    for (const update of ['pairing', 'synchronous'])
      expect((await valuesAfter(1, { ...spec, update, replicas: 4 }, 'strategy'))[0]).toEqual(
        [1, 2, 3, 4].flatMap(() => exploiting),
      );
  });

  test('expected payoffs are those against the other', async () => {
    // a, who complies, earns −1 against b, b 3 against a: as in the encounter, and at a fine of 5 with an audit of 1/2 only 0.5
    for (const [fine, exploiting] of [
      [0, [1, 1]],
      [12, [0, 0]], // 3 − 6 < −1
    ] as const) {
      const params = { learning: 'expected', imitation: 1, selection_noise: 0.001, audit: 0.5, fine };
      expect((await valuesAfter(1, { ...TWO_GROUPS, params, ...init() }, 'strategy'))[0]).toEqual(exploiting);
    }
  });

  test('who was found out is refused: nobody earns anything', async () => {
    const params = { audit: 1, shunning: 1 };
    const [payoff, outcome] = await valuesAfter(2, { ...TWO_GROUPS, params, ...init() }, 'payoff', 'outcome');
    expectClose(payoff, [0, 0]);
    expectClose(outcome, [0, 0]);
  });

  test('a compromised agent compromises the other, both exploit, and recover', async () => {
    const infected = { ...TWO_GROUPS, init: { compromised: each(0, 1) } };
    const [compromised, strategy] = await valuesAfter(
      1,
      { ...infected, params: { infection: 1 } },
      'compromised',
      'strategy',
    );
    expect([compromised, strategy]).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect((await valuesAfter(1, { ...infected, params: { recovery: 1 } }, 'compromised'))[0]).toEqual([0, 0]);
    const immune = { ...infected.init, committed: each(1, 0) };
    const held = await valuesAfter(
      1,
      { ...infected, init: immune, params: { infection: 1 } },
      'compromised',
      'strategy',
    );
    expect(held).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});

test('holistic is who reaches the level in all four respects', async () => {
  // at 0.8 with a human reference of 0.8, a user at 0.8 and a task at 0.6 or −0.6: A_q = 0.9 or 0.3
  const init = { stance: { value: 0.8 }, human: { value: 0.8 }, preference: { value: 0.8 }, task: each(0.6, -0.6) };
  const [holistic] = await valuesAfter(1, { ...TWO, params: { holistic_level: 0.89 }, init }, 'holistic');
  expect(holistic).toEqual([1, 0]);
});
