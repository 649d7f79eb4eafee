// `--set path=value` and `--seed`: what they change, and how their faults are named.
import { describe, expect, it } from 'vitest';
import { parseSpec } from '../../src/spec/index.ts';
import { BASE, messageOf, read } from './read.ts';
import { models } from './toy.ts';

const set = (...changes: string[]) => read(BASE, { set: changes });

describe('--set', () => {
  it('changes and adds parts, in order', () => {
    const spec = set('params.noise=0.2', 'population=1e6', 'population=2000000', 'params.preset=[small, large]');
    expect(spec.population).toBe(2_000_000);
    expect(spec.points.map(({ params, preset }) => [preset, params.noise])).toEqual([
      ['small', 0.2],
      ['large', 0.2],
    ]);
  });

  it('reaches into short forms', () => {
    expect(set('topology=ring', 'topology.reach=3').topology).toEqual({ kind: 'ring', reach: 3, realisations: 1 });
    const measure = read(`${BASE}measure: 5\n`, { set: ['measure.add.alone={kind: isolated}'] }).measure;
    expect(measure).toMatchObject({ schedule: { steps: { every: 5 } }, measures: { alone: { kind: 'isolated' } } });
    expect(read(`${BASE}update: synchronous\n`, { set: ['update.activation=0.5'] }).update.kind).toBe('activation');
  });

  it('keeps the place of a key, and so the order of points', () => {
    const text = `${BASE}params: {q: 1, noise: [0.1, 0.2]}\n`;
    const { points } = read(text, { set: ['params.q=[1, 2]'] });
    expect(Object.keys(points[0].varied)).toEqual(['params.q', 'params.noise']);
  });

  it('is in the source, and leaves the object as it was', () => {
    const value = { model: 'toy', population: 10, steps: 1, params: { q: 1 } };
    const { source } = parseSpec({ value }, models, { set: ['params.q=2'], seed: 'b' });
    expect(source).toEqual({ model: 'toy', population: 10, steps: 1, params: { q: 2 }, seed: 'b' });
    expect(value.params.q).toBe(1);
  });

  it.each([
    ['params.q=33', '--set params.q: out of range: expected an integer from 1 to 8, got 33'],
    ['params.qq=3', '--set params.qq: unknown parameter "qq". Did you mean "q"?'],
    ['parms.q=3', '--set parms.q: unknown key "parms". Did you mean "params"?'],
    ['steps.x=3', '--set steps.x: not a number: expected an integer of at least 1, got a mapping'],
    ['params.noise=[0.1,7]', '--set params.noise[1]: out of range: expected a number from 0 to 1, got 7'],
    ['model=toi', '--set model: unknown model "toi". Did you mean "toy"?'],
    ['__proto__.x=1', '--set __proto__.x: unknown key "__proto__"'],
    ['init.opinion.1=0.3', '--set init.opinion.1: the shares do not sum to 1: expected a sum of 1, got 0.3'],
    ['seed={', '--set seed: bad YAML: Flow map must end with a }'],
    ['seed=*x', '--set seed: bad YAML: Unresolved alias'],
    ['steps', '--set: not an assignment: expected path=value, such as params.noise=0.2, got "steps"'],
    ['=3', '--set: not an assignment: expected path=value, such as params.noise=0.2, got "=3"'],
    ['params..q=3', '--set: not an assignment: expected path=value, such as params.noise=0.2, got "params..q=3"'],
  ])('%s is refused', (change, message) => {
    expect(messageOf(() => set(change))).toContain(message);
  });

  it('names the part of a shorthand that is missing beside it', () => {
    expect(messageOf(() => set('topology.reach=3'))).toContain(
      '--set topology.reach: missing: expected one of complete',
    );
  });

  it('leaves the line of other faults as they are', () => {
    expect(messageOf(() => read(`${BASE}replicas: 0\n`, { set: ['steps=3'] }))).toContain(
      'replicas (spec.yaml, line 4',
    );
  });
});

describe('--seed', () => {
  it('stands for the seed of the spec', () => {
    expect(read(`${BASE}seed: 3\n`, { seed: 'a' }).seed).toBe('a');
  });

  it('is named in its faults', () => {
    expect(messageOf(() => read(BASE, { seed: '' }))).toBe('--seed: out of range: expected a word or a number, got ""');
  });
});
