// What a declaration may say of mechanisms and of the interference matrix.
import { describe, expect, it } from 'vitest';
import { defineModel, type Model } from '../src/model/index.ts';
import { catalogue } from '../src/models/index.ts';

const opinions = catalogue.find(({ name }) => name === 'friedkin-johnsen')!;
const voter = catalogue.find(({ name }) => name === 'voter')!;
const define = (model: Model, parts: Partial<Model>) => () => defineModel({ ...model, ...parts });

describe('interference', () => {
  const weights = { listening: 'susceptibility' };
  const alignments = { spread: 'variance' };

  it('names measures with one column and parameters that are numbers', () => {
    expect(define(opinions, { interference: { alignments, weights } })).not.toThrow();
    expect(define(opinions, { interference: { alignments: { spread: 'varianc' }, weights } })).toThrow(/model friedkin-johnsen, interference: no such measure with one column: "varianc"\. Did you mean "variance"/); // biome-ignore format: one thought
    expect(define(opinions, { interference: { alignments: { all: 'opinions' }, weights } })).toThrow(/no such measure with one column: "opinions"/); // biome-ignore format: one thought
    expect(define(opinions, { interference: { alignments, weights: { a: 'stubbornness' } } })).toThrow(/no such parameter that is a number: "stubbornness"/); // biome-ignore format: one thought
    expect(define(voter, { interference: { alignments: { up: 'up' }, weights: { z: 'zealots_up' } } })).toThrow(/no such parameter that is a number: "zealots_up"/); // biome-ignore format: one thought
    expect(define(opinions, { interference: { alignments, weights: {} } })).toThrow(/an empty matrix/);
  });
});

describe('mechanisms', () => {
  const about = 'what it does';

  it('name parameters and values that they may have', () => {
    expect(define(opinions, { mechanisms: { a: { about, off: { susceptibility: 1 } } } })).not.toThrow();
    expect(define(opinions, { mechanisms: { a: { about, off: {} } } })).toThrow(/mechanism a: nothing is switched off/);
    expect(define(opinions, { mechanisms: { a: { about, off: { suceptibility: 0 } } } })).toThrow(/no such parameter: "suceptibility"\. Did you mean/); // biome-ignore format: one thought
    expect(define(opinions, { mechanisms: { a: { about, off: { susceptibility: 2 } } } })).toThrow(/bad value of "susceptibility": expected a number from 0 to 1, got 2/); // biome-ignore format: one thought
    expect(define(opinions, { mechanisms: { a: { about, off: { susceptibility: 'no' } } } })).toThrow(/expected a number/); // biome-ignore format: one thought
    expect(define(voter, { mechanisms: { a: { about, off: { zealots_up: 0.5 } } } })).toThrow(/an integer from 0/);
  });

  it('of groups need parameters that agents may have of their own', () => {
    const off = { zealots_up: 0 };
    expect(define(voter, { mechanisms: { a: { about, off, perGroup: true } } })).toThrow(/"zealots_up" is the same for all agents/); // biome-ignore format: one thought
  });
});
