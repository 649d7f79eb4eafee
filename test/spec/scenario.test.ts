// `scenario` of a spec: what it may say, with the place of each fault.
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/models/index.ts';
import { parseSpec } from '../../src/spec/index.ts';

const TEXT = `model: tri-alignment
population: 100
steps: 10
groups: { aid: 0.5, firm: 0.5 }
params: { social_pull: 0.2 }
scenario:
  risk: A risk
  about: A mechanism.
  measure: human_alignment
  moves: down
  tuned: none
  control: { params.social_pull: 0 }
  levers:
    louder: { about: More of it., set: { params.social_pull: 0.4 } }
  cases:
    alone: { about: Without., set: { params.social_pull: null }, shows: [human_by_group] }
`;

const read = (text: string) => parseSpec({ text }, catalogue);
const changed = (from: string, to: string): string => {
  expect(TEXT).toContain(from);
  return TEXT.replace(from, to);
};

describe('scenario', () => {
  it('is read into changes with their places, and stays in the source', () => {
    const { spec, source } = read(TEXT);
    expect(spec.scenario).toMatchObject({
      risk: 'A risk',
      measure: 'human_alignment',
      moves: 'down',
      control: [{ path: ['params', 'social_pull'], value: 0 }],
      levers: [{ name: 'louder', changes: [{ path: ['params', 'social_pull'], value: 0.4 }], shows: [] }],
      cases: [{ name: 'alone', changes: [{ value: undefined }], shows: ['human_by_group'] }],
    });
    expect(spec.scenario?.control[0].from).toBe('scenario.control.params.social_pull (line 12, column 14)');
    expect(source).toHaveProperty('scenario.tuned', 'none');
  });

  it('changes nothing else of the spec', () => {
    const { scenario: _, ...rest } = read(TEXT).spec;
    expect(rest).toEqual(read(TEXT.slice(0, TEXT.indexOf('scenario:'))).spec);
  });

  it('takes what a path names away, or puts a value there', () => {
    const { spec } = read(TEXT);
    const { changes } = spec.scenario!.cases[0];
    expect(parseSpec({ text: TEXT }, catalogue, { changes: [{ path: ['scenario'], value: undefined }, ...changes] }).source).toEqual({ model: 'tri-alignment', population: 100, steps: 10, groups: { aid: 0.5, firm: 0.5 }, params: {} }); // biome-ignore format: one thought
  });

  it('may speak of an element, or of a group', () => {
    for (const measure of ['polarisation.0', 'human_by_group.aid']) {
      expect(read(changed('measure: human_alignment', `measure: ${measure}`)).spec.scenario?.measure).toBe(measure);
    }
  });

  it.each([
    [
      'unknown measure',
      'measure: human_alignment',
      'measure: human_alinment',
      /line 9, column 12.*unknown measure "human_alinment".*human_alignment/s,
    ],
    [
      'a measure by group',
      'measure: human_alignment',
      'measure: human_by_group',
      /line 9, column 12.*a value for each group/s,
    ],
    [
      'a measure of elements',
      'measure: human_alignment',
      'measure: polarisation',
      /line 9, column 12.*for each element/s,
    ],
    ['unknown group', 'measure: human_alignment', 'measure: human_by_group.army', /line 9, column 12.*unknown group/s],
    [
      'unknown measure that is shown',
      '[human_by_group]',
      '[human]',
      /scenario\.cases\.alone\.shows\[0\].*unknown measure "human"/s,
    ],
    ['unknown word', 'moves: down', 'moves: sideways', /line 10, column 10.*unknown word "sideways"/s],
    ['unknown key', 'tuned: none', 'tuned: none\n  lever: {}', /line 12, column 3.*unknown key "lever"/s],
    ['what was tuned left out', '  tuned: none\n', '', /scenario\.tuned.*missing/s],
    [
      'no levers',
      'levers:\n    louder: { about: More of it., set: { params.social_pull: 0.4 } }',
      'levers: {}',
      /line 13, column 11.*no lever/s,
    ],
    ['no change', 'control: { params.social_pull: 0 }', 'control: {}', /line 12, column 12.*nothing is changed/s],
    [
      'a bad path',
      'control: { params.social_pull: 0 }',
      'control: { params..social_pull: 0 }',
      /line 12, column 14.*bad path/s,
    ],
    [
      'a path that all runs share',
      'control: { params.social_pull: 0 }',
      'control: { steps: 5 }',
      /line 12, column 14.*cannot be changed here/s,
    ],
    [
      'nothing to take away',
      'params.social_pull: null',
      'params.value_pull: null',
      /no "params\.value_pull" to take away/,
    ],
    ['two of a name', 'alone:', 'louder:', /line 16, column 5.*the name of a lever/s],
  ])('refuses %s', (_, from, to, message) => {
    expect(() => read(changed(from, to))).toThrow(message);
  });
});
