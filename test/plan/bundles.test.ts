// Which replicas lie side by side.
import { describe, expect, test } from 'vitest';
import { planOf } from './support.ts';

const bundled = async (model: string, spec: Record<string, unknown>): Promise<number> =>
  (await planOf(model, spec)).layout.bundled;
const votes = (replicas: number, more: Record<string, unknown> = {}): Promise<number> =>
  bundled('majority-vote', { update: 'synchronous', replicas, ...more });
const noises = (count: number): object => ({ noise: Array.from({ length: count }, (_, k) => k / 100) });

describe('replicas of one graph whose agents hold bits are bundled', () => {
  test.each([
    [1, 1],
    [15, 1],
    [16, 16],
    [24, 24],
    // as many as fill the vectors, 32 rather than more
    [32, 32],
    [64, 32],
    [4096, 32],
    // 34 of 48 places are more than half, 17 of 32 barely
    [34, 34],
    // no divisor between 16 and 64
    [67, 1],
  ])('%i replicas: bundles of %i', async (replicas, expected) => {
    expect(await votes(replicas)).toBe(expected);
  });

  test('points count too', async () => {
    expect(await votes(8, { params: noises(4) })).toBe(8);
    expect(await votes(2, { params: noises(8) })).toBe(2);
    expect(await votes(4, { params: noises(3) })).toBe(1);
    // 16 points fill the vectors alone, and share their draws
    expect(await votes(32, { params: noises(16) })).toBe(1);
  });
});

test('others are not', async () => {
  const graph = { kind: 'random-regular', degree: 4 };
  expect(await votes(32, { topology: { ...graph, realisations: 1 } })).toBe(32);
  // a graph each
  expect(await votes(32, { topology: { ...graph, realisations: 32 } })).toBe(1);
  // who acts alone or in classes shares no word
  expect(await votes(32, { update: 'sequential' })).toBe(1);
  expect(await votes(32, { update: 'sublattice' })).toBe(1);
  // edges that nobody stores are not shared
  expect(await bundled('sis', { replicas: 32, topology: 'complete', update: 'synchronous' })).toBe(1);
  // whom an agent copies is drawn
  expect(await bundled('voter', { replicas: 32, update: 'synchronous' })).toBe(1);
  // more than bits
  expect(await bundled('friedkin-johnsen', { replicas: 32 })).toBe(1);
});
