// Interventions as written: what is read, and every way in which they can be wrong, with the place.
import { describe, expect, it } from 'vitest';
import { defineModel, fixed, integer, integerField, type Model, number, perGroup } from '../../src/model/index.ts';
import { appliesAt, describeIntervention, parseSpec, timesUpTo } from '../../src/spec/index.ts';
import { BASE, messageOf, read } from './read.ts';
import { toy } from './toy.ts';

/** The toy with actions. */
const acting = defineModel({
  ...toy,
  name: 'acting',
  fields: { ...toy.fields, past: fixed({ min: -1, max: 1 }), pool: perGroup(integerField({ max: 9 })) },
  params: {
    ...toy.params,
    size: integer({ default: 3, min: 1, max: 8, about: 'Length.' }),
    crowd: number({ default: 1, shared: true, about: 'The same for all.' }),
  },
  actions: {
    calm: { about: 'Calms.', write: { phase: 'calm', weight: { field: 'past' } }, set: { how: 'copy' } },
    shake: { about: 'Shakes.', rule: 'shake_it' },
  },
});

const one = (lines: string): string => `${BASE}groups: {a: 0.5, b: 0.5}\ninterventions:\n  x: ${lines}\n`;
const readActing = (text: string) =>
  parseSpec({ text: text.replace('model: toy', 'model: acting'), file: 'spec.yaml' }, [acting]).spec;
const of = (lines: string) => readActing(one(lines)).interventions[0];

describe('what is written', () => {
  it('is complete', () => {
    const target = '{group: [a], fraction: 0.25, place: hubs, where: {phase: angry, weight: {below: 0.5}}}';
    expect(of(`{at: 2, every: 3, target: ${target}, do: shake, cost: 0.5}`)).toMatchObject({
      name: 'x',
      at: 2,
      until: 10,
      every: 3,
      cost: 0.5,
      set: {},
      does: [{ kind: 'act', rule: 'shake_it' }],
      target: {
        groups: ['a'],
        fraction: 0.25,
        place: 'hubs',
        where: [
          { field: 'phase', is: 'equal', value: 1 },
          { field: 'weight', is: 'below', value: 0.5 },
        ],
      },
    });
  });

  it('replaces actions by what they stand for, in order', () => {
    const { set, does, until } = of('{at: 2, until: 4, do: [{write: {opinion: 1}}, calm, {act: shake, set: {q: 5}}]}');
    expect(set).toMatchObject({ how: { kind: 'value', value: 0 }, q: { kind: 'value', value: 5 } });
    expect(until).toBe(4);
    expect(does).toMatchObject([
      { kind: 'write', values: { opinion: { kind: 'value', value: 1 } } },
      { kind: 'write', values: { phase: { kind: 'value', value: 0 }, weight: { kind: 'field', field: 'past' } } },
      { kind: 'act', rule: 'shake_it' },
    ]);
  });

  it('holds to the end where parameters are set, and is done once otherwise', () => {
    expect(of('{at: 4, do: {set: {gain: 1}}}').until).toBe(10);
    expect(of('{at: 4, until: 99, do: {set: {gain: 1}}}').until).toBe(10);
    expect(of('{at: 4, do: shake}').until).toBe(4);
  });

  it('is told in words', () => {
    const tell = (lines: string): string => describeIntervention(of(lines), acting);
    expect(tell('{at: 4, do: {set: {gain: 1}}}')).toBe('from step 4 to 10: set gain to 1; everybody');
    expect(tell('{at: 4, target: {group: [a, b], fraction: 0.1}, do: shake}')).toBe(
      'at step 4: shake; 10 % of group a or b, at random',
    );
    expect(
      tell('{at: 2, until: 8, every: 2, target: {agents: [1, 2], where: {phase: gone}}, do: {write: {level: 2}}}'),
    ).toBe('from step 2 to 8, every 2 steps: write level: 2; 2 agents by name, where phase is gone');
  });

  it('keeps the order in which interventions are written', () => {
    const text = `${BASE}interventions:\n  z: {at: 1, do: {write: {level: 2}}}\n  a: {at: 1, do: {write: {level: 3}}}\n`;
    expect(read(text).interventions.map(({ name }) => name)).toEqual(['z', 'a']);
  });
});

it('counts the steps at which it acts', () => {
  const often = of('{at: 2, until: 9, every: 3, do: shake}');
  const steps = Array.from({ length: 12 }, (_, step) => step);
  expect(steps.filter(step => appliesAt(often, step))).toEqual([2, 5, 8]);
  expect(steps.map(step => timesUpTo(often, step))).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
  expect(timesUpTo(of('{at: 2, do: shake}'), 10)).toBe(1);
});

// biome-ignore format: a case a line
const cases: [what: string, lines: string, message: string][] = [
  ['an unknown group', '{at: 1, target: {group: c}, do: shake}', 'interventions.x.target.group (spec.yaml, line 6, column 30): unknown group "c". Did you mean "a"?'],
  ['a group twice', '{at: 1, target: {group: [a, a]}, do: shake}', 'interventions.x.target.group (spec.yaml, line 6, column 30): a comes twice: expected different groups'],
  ['a role where there are none', '{at: 1, target: {role: chief}, do: shake}', 'interventions.x.target.role (spec.yaml, line 6, column 29): there are no roles. Give the groups roles'],
  ['an unknown action', '{at: 1, do: shaek}', 'interventions.x.do (spec.yaml, line 6, column 18): unknown action "shaek". Known: calm, shake'],
  ['an unknown action in a list', '{at: 1, do: [shake, claim]}', 'interventions.x.do[1] (spec.yaml, line 6, column 26): unknown action "claim". Known: calm, shake'],
  ['an action twice', '{at: 1, do: [shake, shake]}', 'interventions.x.do[1] (spec.yaml, line 6, column 26): shake comes twice: expected different actions'],
  ['an unknown parameter', '{at: 1, do: {set: {gane: 1}}}', 'interventions.x.do.set.gane (spec.yaml, line 6, column 25): unknown parameter "gane". Known: q, noise, gain, how, size, crowd'],
  ['a parameter out of range', '{at: 1, do: {set: {gain: 11}}}', 'interventions.x.do.set.gain (spec.yaml, line 6, column 31): out of range: expected a number from 0 to 10, got 11'],
  ['an unknown field', '{at: 1, do: {write: {opnion: 1}}}', 'interventions.x.do.write.opnion (spec.yaml, line 6, column 27): unknown field "opnion". Did you mean "opinion"?'],
  ['a field of groups', '{at: 1, do: {write: {pool: 1}}}', 'interventions.x.do.write.pool (spec.yaml, line 6, column 27): unknown field "pool". Known: opinion, phase, level, weight, past'],
  ['a field of another shape', '{at: 1, do: {write: {weight: {field: level}}}}', 'interventions.x.do.write.weight (spec.yaml, line 6, column 35): "level" cannot be written to "weight": the two fields have different shapes'],
  ['a step beyond the end', '{at: 11, do: shake}', 'interventions.x.at (spec.yaml, line 6, column 11): beyond the last step: expected at most 10 (steps), got 11'],
  ['step 0', '{at: 0, do: shake}', 'interventions.x.at (spec.yaml, line 6, column 11): out of range: expected an integer of at least 1, got 0'],
  ['an end before the beginning', '{at: 5, until: 4, do: {set: {gain: 1}}}', 'interventions.x.until (spec.yaml, line 6, column 21): it ends before it begins: expected a step from 5 on, got 4'],
  ['an end of what is done once', '{at: 5, until: 6, do: shake}', 'interventions.x.until (spec.yaml, line 6, column 14): it is done once, at `at`. Write every: 1 for each step, or leave until out'],
  ['a rhythm of what holds', '{at: 5, every: 2, do: {set: {gain: 1}}}', 'interventions.x.every (spec.yaml, line 6, column 14): parameters that are set hold all the time. Leave every out'],
  ['a fraction above 1', '{at: 1, target: {fraction: 1.5}, do: shake}', 'interventions.x.target.fraction (spec.yaml, line 6, column 33): out of range: expected a number from 0 to 1, got 1.5'],
  ['a fraction of nothing', '{at: 1, target: {fraction: 0}, do: shake}', 'interventions.x.target.fraction (spec.yaml, line 6, column 33): nobody is meant: expected a share above 0, got 0'],
  ['a place without a share', '{at: 1, target: {place: hubs}, do: shake}', 'interventions.x.target.place (spec.yaml, line 6, column 23): there is no share to place. Add fraction'],
  ['an agent twice', '{at: 1, target: {agents: [4, 4]}, do: shake}', 'interventions.x.target.agents[1] (spec.yaml, line 6, column 35): 4 comes twice: expected different agents'],
  ['an unknown state', '{at: 1, target: {where: {phase: glad}}, do: shake}', 'interventions.x.target.where.phase (spec.yaml, line 6, column 38): unknown value "glad". Known: calm, angry, gone'],
  ['a state where parameters are set', '{at: 1, target: {where: {phase: gone}}, do: {set: {gain: 1}}}', 'interventions.x.target.where (spec.yaml, line 6, column 23): parameters are set whatever the state. Choose the agents by group, role or fraction, or write fields instead'],
  ['a shared parameter for some', '{at: 1, target: {group: a}, do: {set: {crowd: 2}}}', 'interventions.x.target (spec.yaml, line 6, column 22): "crowd" is the same for everybody: expected no target, so that it is set for all'],
  ['a choice for some', '{at: 1, target: {group: a}, do: calm}', 'interventions.x.target (spec.yaml, line 6, column 22): "how" is the same for everybody: expected no target, so that it is set for all'],
  ['nothing to do', '{at: 1, do: {}}', 'interventions.x.do (spec.yaml, line 6, column 18): nothing is done: expected set, write or act'],
  ['no `do`', '{at: 1}', 'interventions.x.do (spec.yaml, line 6, column 6): missing: expected an action, {set: …}, {write: …} or {act: …}, or a list of them'],
];

describe('what is wrong', () => {
  it.each(cases)('%s', (_, lines, message) => {
    expect(messageOf(() => readActing(one(lines)))).toBe(message);
  });

  it('is a word where the model has no actions', () => {
    expect(messageOf(() => read(one('{at: 1, do: shake}')))).toContain('expected {set: …} or {write: …}, or a list');
  });
});

describe('actions of a model', () => {
  const withActions = (actions: Model['actions']) => () => defineModel({ ...acting, actions });
  it.each([
    [{ Calm: { about: '', rule: 'calm_down' } }, 'bad name of an action'],
    [{ calm: { about: '' } }, 'the action does nothing'],
    [{ calm: { about: '', rule: 'toy_rule' } }, '"toy_rule" is a rule of the model already'],
    [{ calm: { about: '', rule: 'Calm' } }, 'bad name of a rule'],
    [{ calm: { about: '', set: { gane: 1 } } }, 'unknown parameter "gane"'],
    [{ calm: { about: '', set: { gain: 11 } } }, 'out of range'],
    [{ calm: { about: '', set: { q: 1.5 } } }, 'expected an integer from 1 to 8'],
    [{ calm: { about: '', set: { how: 'cop' } } }, 'bad value of a parameter'],
    [{ calm: { about: '', write: { phase: 'glad' } } }, 'value out of range'],
    [{ calm: { about: '', write: { phas: 'calm' } } }, 'unknown field "phas"'],
    [{ calm: { about: '', write: { pool: 1 } } }, '"pool" is not a field of agents'],
    [{ calm: { about: '', write: { weight: { field: 'level' } } } }, 'different shapes'],
  ])('%j', (actions, message) => {
    expect(messageOf(withActions(actions))).toContain(message);
  });
});
