// Calls that expressions have in common are written once.
import { expect, test } from 'vitest';
import { shareCalls } from '../../src/plan/share-calls.ts';

test('inner calls come first, and outer ones are made of them', () => {
  const { lets, rest } = shareCalls(['f(g(me), 1u)', 'f(g(me), 1u) + g(me)', 'h(me)']);
  expect(lets).toEqual(['let shared_0 = g(me);', 'let shared_1 = f(shared_0, 1u);']);
  expect(rest).toEqual(['shared_1', 'shared_1 + shared_0', 'h(me)']);
});

test('the same call twice in one expression counts', () => {
  expect(shareCalls(['x(me) * x(me)'])).toEqual({ lets: ['let shared_0 = x(me);'], rest: ['shared_0 * shared_0'] });
});

test('a name that ends like another is another', () => {
  const { lets, rest } = shareCalls(['stance(me)', 'stance(me)', 'my_stance(me)']);
  expect(lets).toEqual(['let shared_0 = stance(me);']);
  expect(rest).toEqual(['shared_0', 'shared_0', 'my_stance(me)']);
});

test('what does not depend on the agent stays', () => {
  const texts = ['x + i32(0)', 'y + i32(0)', '1u'];
  expect(shareCalls(texts)).toEqual({ lets: [], rest: texts });
});
