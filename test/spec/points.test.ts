// The grid of points: presets, lists and ranges, their order, and shares that sum to 1.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineModel } from '../../src/model/index.ts';
import { parseSpec } from '../../src/spec/index.ts';
import { messageOf, read, readObject } from './read.ts';
import { toy } from './toy.ts';

const params = (written: object) => readObject({ params: written }).points.map(point => point.params);

describe('points', () => {
  it('vary the last key fastest, in the order written', () => {
    const { points } = readObject({ params: { noise: [0.1, 0.2], q: [1, 2] }, init: { opinion: [0, 1] } });
    expect(points.map(({ varied }) => Object.values(varied))).toEqual([
      [0.1, 1, 0],
      [0.1, 1, 1],
      [0.1, 2, 0],
      [0.1, 2, 1],
      [0.2, 1, 0],
      [0.2, 1, 1],
      [0.2, 2, 0],
      [0.2, 2, 1],
    ]);
    expect(Object.keys(points[0].varied)).toEqual(['params.noise', 'params.q', 'init.opinion']);
  });

  it('follow the order of sections too', () => {
    const text = 'model: toy\ninit: {opinion: [0, 1]}\nparams: {q: [1, 2]}\npopulation: 10\nsteps: 1\n';
    expect(Object.keys(read(text).points[0].varied)).toEqual(['init.opinion', 'params.q']);
  });

  it('do not vary in what has one value', () => {
    expect(readObject({ params: { q: [2], noise: 0.3 } }).points.map(({ varied }) => varied)).toEqual([{}]);
  });

  it('take presets over defaults, and what is written over presets', () => {
    const { points } = readObject({ params: { q: 5, preset: 'all' } });
    expect(points).toMatchObject([
      { preset: 'small', params: { q: 5, noise: 0.01, gain: 2 }, varied: { 'params.preset': 'small' } },
      { preset: 'large', params: { q: 5, noise: 0.1, gain: 2 }, varied: { 'params.preset': 'large' } },
    ]);
    expect(params({ preset: ['large', 'small'] }).map(({ q }) => q)).toEqual([8, 1]);
    expect(readObject({ params: { preset: 'large' } }).points[0]).toMatchObject({ preset: 'large', varied: {} });
  });

  it('have words for the options of a choice, and their positions in the parameters', () => {
    const { points } = readObject({ params: { how: ['random', 'copy'], q: 2 } });
    expect(points.map(({ params: { how }, varied }) => [how, varied])).toEqual([
      [2, { 'params.how': 'random' }],
      [0, { 'params.how': 'copy' }],
    ]);
    expect(params({}).map(({ how }) => how)).toEqual([1]);
    expect(params({ how: 'copy' }).map(({ how }) => how)).toEqual([0]);
    expect(params({ preset: 'large' }).map(({ how }) => how)).toEqual([2]);
    expect(params({ preset: 'large', how: 'best' }).map(({ how }) => how)).toEqual([1]);
  });

  it('name shares by their values, so that lists of them differ', () => {
    const { points } = readObject({ init: { phase: [{ calm: 'rest', angry: 0.1 }, { gone: 1 }] } });
    expect(points.map(({ varied, init }) => [varied, init.phase])).toEqual([
      [{ 'init.phase': 'calm 0.9, angry 0.1' }, [0.9, 0.1, 0]],
      [{ 'init.phase': 'gone 1' }, [0, 0, 1]],
    ]);
    expect(() => readObject({ init: { phase: [{ gone: 1 }, { gone: 1 }] } })).toThrow('gone 1 comes twice');
  });

  it('span ranges, both ends included', () => {
    const noise = (range: object) => params({ noise: range }).map(point => point.noise);
    expect(noise({ from: 0, to: 1, count: 11 })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(noise({ from: 0.001, to: 1, count: 4, scale: 'log' })).toEqual([0.001, 0.01, 0.1, 1]);
    expect(noise({ from: 0.9, to: 0.3, count: 3 })).toEqual([0.9, 0.6, 0.3]);
    expect(params({ q: { from: 1, to: 8, count: 8 } }).map(point => point.q)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(params({ q: { from: 1, to: 8, count: 3, scale: 'log' } }).map(point => point.q)).toEqual([1, 3, 8]);
  });

  it('lie between the ends of a range', () => {
    const end = fc.double({ min: 0, max: 10, noNaN: true });
    fc.assert(
      fc.property(end, end, fc.integer({ min: 2, max: 50 }), (from, to, count) => {
        fc.pre(Math.abs(to - from) > 1e-3);
        const values = params({ gain: { from, to, count } }).map(({ gain }) => gain);
        expect(values).toHaveLength(count);
        expect([values[0], values.at(-1)]).toEqual([from, to]);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(from, to) + 1e-9);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('initial shares', () => {
  const opinion = (written: unknown) =>
    readObject({ init: { opinion: written } }).points.map(({ init }) => init.opinion);

  it('of a bit are the share of 1, several of them, or by value', () => {
    expect(opinion(0.25)).toEqual([[0.75, 0.25]]);
    expect(opinion([0, 1])).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(opinion({ from: 0, to: 1, count: 3 })).toEqual([
      [1, 0],
      [0.5, 0.5],
      [0, 1],
    ]);
    expect(opinion({ 0: 0.4, 1: 0.6 })).toEqual([[0.4, 0.6]]);
    expect(opinion({ 0: 'rest', 1: 0.25 })).toEqual([[0.75, 0.25]]);
  });

  it('are by label or value, and 0 elsewhere', () => {
    const { init } = readObject({ init: { phase: { gone: 0.5, 0: 0.5 }, level: { 1: 0.5, 4: 'rest' } } }).points[0];
    expect(init).toEqual({ opinion: [0.5, 0.5], phase: [0.5, 0, 0.5], level: [0, 0.5, 0, 0, 0.5] });
  });

  it('sum to 1 whatever the weights, with or without a rest', () => {
    const weights = fc.tuple(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(weights, fc.boolean(), ([calm, angry, gone], rest) => {
        const sum = calm + angry + gone;
        const written = { calm: calm / sum, angry: angry / sum, gone: rest ? 'rest' : gone / sum };
        const shares = readObject({ init: { phase: written } }).points[0].init.phase;
        expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 9);
        expect(shares[2]).toBeCloseTo(gone / sum, 9);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it('are refused when they miss 1 by more than rounding', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 0.4, noNaN: true }), excess => {
        expect(messageOf(() => opinion({ 0: 0.6 - excess, 1: 0.4 }))).toContain('the shares do not sum to 1');
      }),
      { numRuns: 20 },
    );
  });
});

describe('fields that start uniform', () => {
  const drawn = defineModel({ ...toy, init: { opinion: [0.5, 0.5], level: 'uniform', weight: 'uniform' } });
  const pointsOf = (more: object) =>
    parseSpec({ value: { model: 'toy', population: 100, steps: 10, ...more } }, [drawn]).spec.points;

  it('have one source for all points, over the range of the field', () => {
    const [one, other] = pointsOf({ params: { q: [1, 2] } });
    expect(one.starts).toMatchObject({
      level: { kind: 'distribution', name: 'uniform', of: { min: 1, max: 4 }, min: 1, max: 4 },
      weight: { of: { min: -1, max: 1 }, label: 'uniform(-1, 1)' },
    });
    expect(other.starts?.weight).toBe(one.starts?.weight);
    expect(Object.keys(one.init)).toEqual(['opinion']);
  });

  it('give way to what a spec says: values per agent, or shares', () => {
    const init = { level: { 2: 1 }, weight: [{ value: 0.5 }, { distribution: 'normal', mean: 0, sd: 1 }] };
    const [one, other] = pointsOf({ init });
    expect(one.init.level).toEqual([0, 0, 1, 0, 0]);
    expect(one.starts).toEqual({ weight: expect.objectContaining({ kind: 'value', value: 0.5 }) });
    expect(other.starts).toEqual({ weight: expect.objectContaining({ name: 'normal' }) });
  });
});
