// Traces: what they tell is what a run does.
import { expect, test } from 'vitest';
import { open } from '../../src/experiment/open.ts';
import { prepare } from '../../src/experiment/prepare.ts';
import { type AgentTrace, type TracedCall, traceAgent } from '../../src/experiment/trace.ts';
import { bit, category, fixed, integerField, number, probability } from '../../src/model/index.ts';
import { seedKey } from '../../src/random.ts';
import { refusal } from '../engine/support.ts';
import { toy, word } from '../engine/toys.ts';
import { Draws } from '../reference/draws.ts';
import { neighborsOf } from '../support/runs.ts';

const VOTER = {
  model: 'voter',
  population: 30,
  replicas: 3,
  topology: { kind: 'erdos-renyi', mean_degree: 3, realisations: 2 },
  params: { zealots_up: [0, 4] },
  update: 'synchronous',
  steps: 6,
  seed: 'told',
};

/** `name(arguments) = result`, indented by depth. */
const lines = (calls: readonly TracedCall[]): string[] =>
  calls.map(({ call, args, result, write, depth }) => {
    const given = `${'  '.repeat(depth)}${call}(${args.map(({ text }) => text).join(', ')})`;
    if (write) return `${given}: ${write.before.text} → ${write.after.text}`;
    return result ? `${given} = ${result.text}` : given;
  });

test('state, neighbours and draws are those of the run, in every world', async () => {
  const prepared = await prepare({ value: VOTER });
  await using world = await open(VOTER, { engine: 'cpu' });
  const states = [await world.read('opinion')];
  for (let step = 1; step <= 6; step++) {
    await world.step(1, { every: 0 });
    states.push(await world.read('opinion'));
  }
  for (const [agent, step, point, replica] of [
    [0, 1, 0, 0],
    [29, 6, 1, 2],
    [11, 3, 1, 1],
  ]) {
    const trace = await traceAgent(VOTER, { agent, step, point, replica });
    const at = (of: number): number => (point * 3 + replica) * 30 + of;
    expect(trace.before.opinion.value).toBe(states[step - 1][at(agent)]);
    expect(trace.after.opinion.value).toBe(states[step][at(agent)]);
    expect(trace.varied).toEqual({ 'params.zealots_up': point === 0 ? 0 : 4 });
    const neighbors = neighborsOf(prepared, replica % 2)[agent];
    const drawn = new Draws(seedKey('told'), replica, 'copy_contact').below(neighbors.length, 0, agent, step);
    const zealot = trace.before.zealot.value;
    const contact = neighbors.length === 0 ? agent : neighbors[drawn];
    const met = states[step - 1][at(contact)];
    const { text } = trace.after.opinion;
    expect(trace.rules.map(({ rule }) => rule)).toEqual(['copy_contact']);
    const expected = [`zealot(${agent}) = ${zealot}`];
    if (zealot === 0) {
      expected.push(`contact(${agent}) = ${contact}`, `  degree(${agent}) = ${neighbors.length}`);
      if (neighbors.length > 0)
        expected.push(`  below(${neighbors.length}) = ${drawn}`, `  neighbor(${agent}, ${drawn}) = ${contact}`);
      expected.push(`opinion(${contact}) = ${met}`, `set_opinion(${met}): ${trace.before.opinion.text} → ${text}`);
    }
    expect(lines(trace.rules[0].calls)).toEqual(expected);
  }
});

const everyone = (spec: Record<string, unknown>, step: number): Promise<AgentTrace[]> =>
  Promise.all(
    Array.from({ length: 6 }, (_, agent) =>
      traceAgent({ ...VOTER, population: 6, topology: 'complete', ...spec }, { agent, step, replica: 1 }),
    ),
  );

test('activation: who does not act is told so, and does not change', async () => {
  const traces = await everyone({ update: { activation: 0.5 } }, 4);
  const idle = traces.filter(trace => trace.idle);
  expect(idle.length).toBeGreaterThan(0);
  expect(idle.length).toBeLessThan(6);
  for (const { idle: why, rules, before, after } of idle) {
    expect(why).toEqual({ why: 'coin' });
    expect(rules).toEqual([]);
    expect(after).toEqual(before);
  }
  for (const trace of traces) expect(trace.rules).toHaveLength(trace.idle ? 0 : 1);
});

test('sequential: one agent acts, and the others are told which', async () => {
  const traces = await everyone({ update: 'sequential' }, 5);
  const acting = traces.filter(({ rules }) => rules.length > 0);
  expect(acting).toHaveLength(1);
  for (const { idle } of traces.filter(trace => trace.idle)) {
    expect(idle).toMatchObject({ why: 'other', other: { value: acting[0].agent.value } });
  }
});

test('pairing: the partner, and which of the two is first', async () => {
  const traces = await everyone({ update: 'pairing' }, 3);
  for (const { agent, pair } of traces) {
    const other = traces[pair!.partner.value as number];
    expect(other.pair!.partner.value).toBe(agent.value);
    expect(other.pair!.first).toBe(!pair!.first);
  }
});

test('step 0: the rules that set up the initial state', async () => {
  const trace = await traceAgent({ ...VOTER, params: { zealots_up: 30 } }, { agent: 4, step: 0 });
  expect(trace.rules).toMatchObject([{ rule: 'place_zealots', params: { zealots_up: 30, zealots_down: 0 } }]);
  expect(lines(trace.rules[0].calls).slice(1)).toEqual([
    'set_zealot(1): 0 → 1',
    expect.stringContaining('set_opinion(1)'),
  ]);
  expect(trace.before).toEqual({});
  expect(trace.after.zealot.value).toBe(1);
});

test('values are told as a modeller means them: labels, decimals, groups, names; loops are counted', async () => {
  const model = toy(
    {
      name: 'wordy',
      fields: {
        mood: category(['calm', 'angry', 'gone']),
        strain: fixed({ min: -1, max: 1 }),
        level: integerField({ min: -3, max: 12 }),
        flag: bit(),
      },
      params: {
        odds: probability({ default: 0.25, about: 'a probability' }),
        push: number({ default: -1.5, about: 'a number' }),
        spare: number({ default: 3, about: 'not mentioned' }),
      },
      aggregates: { strain_total: { kind: 'total', field: 'strain', before: 'speak' } },
      rules: ['speak', 'listen'],
    },
    {
      speak:
        `import package::agent::{group, level, mood, neighbor, neighbor_sum_level, param, set_level, set_mood, set_strain, strain, strain_total};
import package::random::{chance, chance_at, draw};
import package::choice::logistic;
fn turn_of(p: ptr<function, u32>, by: vec2i) -> bool {
  *p += u32(by.x - by.y);
  return *p > 5u;
}
fn speak(me: u32) {
  var sum = 4u;
  let big = turn_of(&sum, vec2i(5, 2));
  set_mood(2u);
  set_strain(strain_total() + 0x10000000);
  set_strain(strain(me) - 0x8000000);
  set_level(group(me) - 100 + i32(logistic(param.push) > 0u) + i32(draw().x & 1u));
  for (var k = 0u; k < 3u; k++) {
    if (chance_at(k, param.odds)) { set_mood(mood(neighbor(me, k & 1u))); }
  }
}`.replace('group(me)', 'i32(group(me))'),
      listen:
        'import package::agent::{flag, set_flag};\nfn listen(me: u32) {\n  set_flag(1u - flag(me));\n  set_flag(flag(me));\n}',
    },
  );
  const edges = 'source,target\nann,bob\nbob,cleo\ncleo,ann\nann,cleo\nbob,ann\ncleo,bob\n';
  const groups = 'ann red\nbob red\ncleo blue\n';
  const readFile = async (name: string) => new TextEncoder().encode(name === 'edges.csv' ? edges : groups);
  const topology = { kind: 'edges', file: 'edges.csv', groups: { file: 'groups.txt', columns: { id: 1, group: 2 } } };
  const spec = { model: 'wordy', topology, update: 'synchronous', steps: 2 };
  const trace = await traceAgent(spec, { agent: 2, step: 1, models: [model], readFile });
  expect(trace.agent).toEqual({ value: 2, text: '2 "cleo"' });
  expect(trace.before).toEqual({
    mood: { value: 0, text: 'calm' },
    strain: { value: 0, text: '0' },
    level: { value: 0, text: '0' },
    flag: { value: 0, text: '0' },
  });
  const [speak, listen] = trace.rules;
  expect(speak.params).toEqual({ odds: 0.25, push: -1.5 });
  const told = lines(speak.calls);
  expect(told.slice(0, 8)).toEqual([
    'turn_of(…, (5, 2)) = true',
    'set_mood(gone): calm → gone',
    'strain_total() = 0',
    'set_strain(0.5): 0 → 0.5',
    'strain(2 "cleo") = 0',
    'set_strain(-0.25): 0.5 → -0.25',
    'group(2 "cleo") = blue',
    'logistic(-1.5) = 0.182426',
  ]);
  expect(told[8]).toMatch(/^draw\(\) = \(\d+, \d+\)$/);
  expect(told[9]).toMatch(/^set_level\(-\d+\): 0 → -3$/);
  const coins = speak.calls.filter(({ call }) => call === 'chance_at');
  expect(coins.map(({ args, turn }) => [...args.map(({ value }) => value), turn])).toEqual([
    [0, 0.25, 1],
    [1, 0.25, 2],
    [2, 0.25, 3],
  ]);
  const heads = coins.filter(({ result }) => result!.value === true).length;
  expect(speak.calls.filter(({ call }) => call === 'neighbor')).toHaveLength(heads);
  expect(speak.calls[1]).toMatchObject({
    kind: 'writes',
    write: { field: 'mood', before: { value: 0, text: 'calm' }, after: { value: 2, text: 'gone' } },
    place: { file: 'toys/speak.wgsl', line: 11, column: 3, text: 'set_mood(2u)' },
  });
  expect(speak.calls.map(({ kind }) => kind).slice(0, 9)).toEqual([
    ...['calls', 'writes', 'reads', 'writes', 'reads', 'writes', 'reads', 'calls', 'draws'],
  ]);
  expect(lines(listen.calls)).toEqual([
    ...['flag(2 "cleo") = 0', 'set_flag(1): 0 → 1', 'flag(2 "cleo") = 0', 'set_flag(0): 1 → 0'],
  ]);
  expect(trace.after.flag.value).toBe(0);
});

test('at most 10,000 calls are kept, and the rest is counted', async () => {
  const model = toy(
    { name: 'busy', fields: { tally: word }, rules: ['toil'] },
    {
      toil: 'import package::agent::{set_tally, tally};\nfn toil(me: u32) {\n  for (var k = 0u; k < 12000u; k++) {\n    set_tally(tally(me) + k);\n  }\n}',
    },
  );
  const spec = { model: 'busy', population: 3, topology: 'ring', steps: 1 };
  const trace = await traceAgent(spec, { agent: 1, step: 1, models: [model] });
  // the beginning of the rule takes one place
  expect(trace.rules[0].calls).toHaveLength(9_999);
  expect(trace.left).toBe(24_001 - 10_000);
  expect(trace.after.tally.value).toBe(11_999);
});

test.each([
  [{ agent: 30, step: 1 }, 'agent', '0 to 29', '30'],
  [{ agent: 1.5, step: 1 }, 'agent', '0 to 29', '1.5'],
  [{ agent: 0, step: 7 }, 'step', '0 to 6', '7'],
  [{ agent: 0, step: -1 }, 'step', '0 to 6', '-1'],
  [{ agent: 0, step: 1, replica: 3 }, 'replica', '0 to 2', '3'],
  [{ agent: 0, step: 1, point: 2 }, 'point', '0 to 1', '2'],
])('%o: there is no such %s', async (request, where, expected, got) => {
  expect(await refusal(() => traceAgent(VOTER, request))).toMatchObject({ where, expected, got, kind: 'input' });
});

test('roles and relations have their names', async () => {
  const model = toy(
    { name: 'clerks', fields: { note: integerField({ max: 9 }) }, rules: ['write_note'] },
    {
      write_note: `import package::agent::{group, relation, relation_strength, role, set_note};
fn write_note(me: u32) {
  set_note(role(me) + relation(group(me), 1u) + (relation_strength(group(me), 1u) >> 30u));
}`,
    },
  );
  const spec = {
    model: 'clerks',
    population: 4,
    steps: 1,
    groups: { aid: { size: 2, roles: { leader: { size: 1, place: 'hubs' }, member: 'rest' } }, firm: 2 },
    relations: { aid: { firm: { kind: 'competitive', strength: 0.25 } } },
  };
  const { rules } = await traceAgent(spec, { agent: 0, step: 1, models: [model] });
  const told = lines(rules[0].calls);
  expect(told).toContain('role(0) = leader');
  expect(told).toContain('relation(aid, firm) = competitive');
  expect(told).toContain('relation_strength(aid, firm) = 0.25');
});
