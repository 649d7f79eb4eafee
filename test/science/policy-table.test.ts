// A naming game by a table of histories (Flint et al. 2025, arXiv:2510.22422): agents against the integrated mean field, and tables that reduce it to a model with a known
// threshold.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { conventionThreshold } from '../../src/models/convention-memory.ts';
import { majorityPolicy, policyIndex, policyRows } from '../../src/models/policy-histories.ts';
import { policyMap, settledPolicy } from '../../src/models/policy-mean-field.ts';
import { threefry2x32 } from '../../src/random.ts';
import type { SpecObject } from '../support/runs.ts';
import { estimate } from '../support/statistics.ts';
import { courses, lateMean, run } from './measure.ts';

const model = 'policy-table';

/** Probabilities for every history of two talks and fewer, multiples of 1/1024. */
const randomPolicy = (seed: number): number[] =>
  policyRows(2).map((_, row) => (threefry2x32([seed, 0], [row, 0])[0] >>> 22) / 1024);

interface Start {
  talks: number;
  committed?: number;
  startedB?: number;
  agreed?: boolean;
}

/** States of the mean field at steps 0 to `steps`. */
function statesOf(policy: readonly number[], steps: number, start: Start): (readonly number[])[] {
  const map = policyMap(policy, { committed: 0, startedB: 0, agreed: false, ...start });
  const states = [map.start];
  while (states.length <= steps) states.push(map.next(states.at(-1)!));
  return states;
}

const distance = (seen: readonly number[], states: readonly (readonly number[])[], measured = 0): number =>
  Math.max(...seen.map((value, step) => Math.abs(value - states[step][measured])));

describe('the mean field', () => {
  test('of one remembered talk, by hand: p(BB) = y² of the free, and the next share follows', () => {
    // rows: -, AA, AB, BA, BB; a fifth is committed, so that the share of B is 1/5 + 4/5 x for the free agents' x
    const states = statesOf([0.5, 0.1, 0.3, 0.6, 1], 2, { talks: 1, committed: 0.2 });
    expect(states[0].slice(0, 3)).toEqual([0.2, 0, 1]);
    // x = ½, y = 0.6: free agents said A or B, heard A with 0.4
    expect(states[1]).toEqual([0.6, 0.52, 0, 0.2, 0.3, 0.2, 0.3].map(value => expect.closeTo(value, 12)));
    // x = 0.2 · 0.1 + 0.3 · 0.3 + 0.2 · 0.6 + 0.3 · 1 = 0.53
    expect(states[2][0]).toBeCloseTo(0.2 + 0.8 * 0.53, 12);
  });

  test('without memory, the share of B is the policy’s from the first talk on', () => {
    for (const [said] of statesOf([0.3], 4, { talks: 0 }).slice(1)) expect(said).toBeCloseTo(0.3, 12);
  });

  test('keeps the shares of histories a distribution', () => {
    for (const state of statesOf(randomPolicy(5), 30, { talks: 2, committed: 0.3, startedB: 0.4, agreed: true })) {
      expect(state.slice(2).reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
    }
  });

  test('turns with the words: probabilities mirrored, shares mirrored', () => {
    const policy = randomPolicy(6);
    const mirrored = policyRows(2).map(history => {
      const other = history.replace(/[AB]/g, word => (word === 'A' ? 'B' : 'A'));
      return 1 - policy[policyIndex(other)];
    });
    const [here, there] = [policy, mirrored].map(table => statesOf(table, 20, { talks: 2 }).slice(1));
    here.forEach(([said, same], step) => {
      expect(said + there[step][0]).toBeCloseTo(1, 12);
      expect(same).toBeCloseTo(there[step][1], 12);
    });
  });
});

// Of one random pair at a time, a tenth of the agents talk in a tenth of a round: the mean field moves a tenth of the way. Both have the same stationary shares.
test('rounds of pairs and one pair at a time settle alike for 200 random tables; of 100 that are certain, 55 do not settle in rounds, and of 38 that settle in both, 18 do so elsewhere', () => {
  const settling = (policy: number[]): (number | undefined)[] => {
    const rounds = policyMap(policy, { talks: 2, committed: 0, startedB: 0, agreed: false });
    const next = (state: readonly number[]): number[] => rounds.next(state).map((value, k) => (k < 2 ? value : state[k] + 0.1 * (value - state[k]))); // biome-ignore format: one thought
    return [rounds, { ...rounds, next }].map(map => settledPolicy(map)?.[0]);
  };
  const outcomes = (policies: number[][]) => {
    const ends = policies.map(settling);
    const both = ends.filter(([a, b]) => a !== undefined && b !== undefined) as [number, number][];
    const unsettled = ends.filter(([rounds]) => rounds === undefined).length;
    return { elsewhere: both.filter(([a, b]) => Math.abs(a - b) > 1e-6).length, unsettled, both: both.length };
  };
  const random = Array.from({ length: 200 }, (_, seed) => randomPolicy(seed));
  expect(outcomes(random)).toEqual({ elsewhere: 0, unsettled: 0, both: 200 });
  expect(outcomes(random.slice(0, 100).map(policy => policy.map(Math.round)))).toEqual({
    elsewhere: 18,
    unsettled: 55,
    both: 38,
  });
});

// A step's noise has a standard deviation of at most .0005 in the share of B (N = 10⁶, 1/(2√N)) and .0007 in that of pairs who say the same (N/2 of them); what it leaves in
// the histories changes later steps by less. The bound 3e-3 is at least four of these. The wrong tables are .05 off in one row: the blank one, or the fullest.
test('1,000,000 agents with each of three random tables: within 3e-3 of the mean field at every step; a table with one row .05 off is told apart', async () => {
  const policies = [1, 2, 3].map(randomPolicy);
  const steps = 12;
  const result = await run({
    ...{ model, population: 1_000_000, steps, measure: 1, seed: 'policy' },
    params: { history: 2, policy: policies.map(values => ({ values })) },
  });
  policies.forEach((policy, point) => {
    const [says] = courses(result, 'says_b', point);
    const [coordinated] = courses(result, 'coordinated', point);
    const states = statesOf(policy, steps, { talks: 2 });
    expect(says.length).toBe(steps + 1);
    expect(distance(says, states)).toBeLessThan(3e-3);
    expect(distance(coordinated, states, 1)).toBeLessThan(3e-3);
    const shares = states[steps].slice(2);
    for (const wrong of [0, shares.indexOf(Math.max(...shares))]) {
      const other = policy.map((value, row) => (row === wrong ? value + (value > 0.5 ? -0.05 : 0.05) : value));
      expect(distance(says, statesOf(other, steps, { talks: 2 })), `row ${wrong}`).toBeGreaterThan(3e-3);
    }
    // the run declares the same
    const declared = result.theory.courses.filter(course => course.point === point);
    expect(declared.map(({ measure }) => measure)).toEqual(['says_b', 'coordinated']);
    declared.forEach(({ values }, measured) => {
      expect(distance(values, states, measured)).toBeLessThan(1e-12);
    });
  });
});

// Standard deviation of a step .0011 (N = 200,000); the bound is 4.5 of them.
test.each([
  ['pairing', 'blank'],
  ['synchronous', 'agreed'],
])(
  'with a committed share, %s, from a start that is %s: 200,000 agents within 5e-3 of the mean field at every step',
  async (update, start) => {
    const result = await run({
      ...{ model, population: 200_000, update, init: { word: 0.3 }, steps: 15, measure: 1, seed: 'committed' },
      params: { history: 2, start, committed: 0.15, policy: { values: randomPolicy(4) } },
    });
    for (const { measure, values } of result.theory.courses) {
      const [seen] = courses(result, measure);
      expect(Math.max(...seen.map((value, k) => Math.abs(value - values[k]))), measure).toBeLessThan(5e-3);
    }
  },
);

describe('the majority of remembered words is convention-memory', () => {
  /** The same society in both models. */
  const twins = async (length: number, spec: SpecObject, seeds = ['twins', 'twins']) =>
    Promise.all([
      run({
        ...{ ...spec, model: 'convention-memory', seed: seeds[0] },
        params: { memory_length: length, committed: 0.1 },
      }),
      run({
        ...{ ...spec, model, seed: seeds[1] },
        params: { history: length, start: 'agreed', committed: 0.1 },
      }),
    ]);

  // No tie in an odd memory, so that only who meets whom is random, which both models draw alike.
  test.each([3, 5])('every agent says the same at every step, %i words, pairs', async length => {
    const record = { fields: ['word'], steps: { every: 1 } };
    const [convention, policy] = await twins(length, { population: 1001, steps: 60, init: { word: 0.2 }, record });
    expect(new Set(courses(policy, 'says_b')[0]).size).toBeGreaterThan(5);
    expect(policy.recorded.length).toBe(61);
    policy.recorded.forEach(({ values }, step) => {
      expect(values, `step ${step}`).toEqual(convention.recorded[step].values);
    });
  });

  test.each([3, 4, 5])('the declared courses are the same, %i words', async length => {
    const found = await twins(length, { population: 1000, steps: 60, init: { word: 0.3 } });
    const [theirs, mine] = found.map(({ theory }) => theory.courses[0].values);
    expect(mine).toEqual(theirs.map(value => expect.closeTo(value, 12)));
  });

  test('ties included: 4 words, 10,000 agents, 8 replicas: courses within five standard errors', async () => {
    const spec = { population: 10_000, replicas: 8, steps: 12, init: { word: 0.3 } };
    const [theirs, mine] = (await twins(4, spec, ['one', 'two'])).map((result, model) =>
      courses(result, ['adopters', 'says_b'][model]),
    );
    for (let step = 1; step <= 12; step++) {
      const [a, b] = [theirs, mine].map(list => estimate(list.map(course => course[step])));
      expect(Math.abs(a.mean - b.mean), `step ${step}`).toBeLessThan(5 * Math.hypot(a.error, b.error));
      expect(a.error + b.error).toBeLessThan(0.01);
    }
  });

  test.each([3, 4, 5])('the committed share that tips is the same, %i words', length => {
    const policy = policyRows(length).map((_, row) => majorityPolicy(row));
    const keepsA = (committed: number): boolean => {
      const map = policyMap(policy, { talks: length, committed, startedB: 0, agreed: true });
      return settledPolicy(map)![0] < 0.5;
    };
    const threshold = conventionThreshold(length);
    expect([threshold - 1e-3, threshold + 1e-3].map(keepsA)).toEqual([true, false]);
  });
});

// At ½ noise decides, and 20,000 agents have .0035 of it: the mean field stays at ½ for ever, agents leave it for either word. Their ends are those of a mean field that
// starts on the side. In the other runs the mean field is at .88 or higher from round 50 on.
test('agents who say either word alike on their own agree on B, as do those who rather say A (20,000 agents, 8 replicas, 150 rounds); without the lean either word wins', async () => {
  const table = readFileSync(new URL('../../examples/data/illustrative-policies.csv', import.meta.url), 'utf8');
  const lines = table.trim().split('\n').slice(1).map(line => line.split(',')); // biome-ignore format: one thought
  expect(lines.map(([history]) => history)).toEqual(policyRows(3));
  const policies = [1, 2, 3].map(column => lines.map(line => Number(line[column])));
  expect(policies.map(([alone]) => alone)).toEqual([0.5, 0.5, 0.4]);
  const result = await run({
    ...{ model, population: 20_000, replicas: 8, steps: 150, measure: 10, seed: 'bias' },
    params: { history: 3, policy: policies.map(values => ({ values })) },
  });
  const [even, leaning, contrary] = policies.map((_, point) => lateMean(result, 'says_b', 120, point).values);
  const ends = [0, 1].map(startedB => {
    const map = policyMap(policies[0], { talks: 3, committed: 0, startedB, agreed: true });
    return settledPolicy(map)![0];
  });
  expect(ends[0] + ends[1]).toBeCloseTo(1, 9);
  const won = even.map(share => ends.findIndex(end => Math.abs(end - share) < 0.01));
  expect(new Set(won)).toEqual(new Set([0, 1]));
  const settled = settledPolicy(policyMap(policies[1], { talks: 3, committed: 0, startedB: 0, agreed: false }))![0];
  for (const share of [...leaning, ...contrary]) expect(Math.abs(share - settled)).toBeLessThan(0.01);
  // the declared stationary values say the same: ½ is unstable, between the two words
  const branches = result.theory.steady[0].branches;
  expect(branches.map(({ value, stable }) => [Number(value.toFixed(6)), stable])).toEqual([
    [0.5, false],
    [Number(ends[0].toFixed(6)), true],
    [Number(ends[1].toFixed(6)), true],
  ]);
  expect(result.theory.steady[1].branches).toEqual([{ value: expect.closeTo(settled, 6), stable: true }]);
});
