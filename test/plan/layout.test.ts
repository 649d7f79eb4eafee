// Where fields live: two slots exactly where a rule writes what it reads at others.
import { describe, expect, test } from 'vitest';
import { bit, integerField, type Model } from '../../src/model/index.ts';
import type { StateLayout } from '../../src/plan/layout.ts';
import { slotAfter, slotExpression, stateBytesPerAgent, valuesOf, wordsOf } from '../../src/plan/layout.ts';
import { flickering, toy } from '../engine/toys.ts';
import { planOf } from './support.ts';

const slotsOf = ({ fields }: StateLayout): Record<string, number> =>
  Object.fromEntries(fields.map(({ name, slots }) => [name, slots]));

describe('slots', () => {
  test('infectious-jailbreak: the carrier is read at the partner', async () => {
    const { layout } = await planOf('infectious-jailbreak', { topology: 'complete' });
    expect(slotsOf(layout)).toEqual({ carrier: 2 });
    // a bit of 64 agents, twice
    expect(layout.partnerBase).toBe(4);
    expect(stateBytesPerAgent(layout)).toBe(4.25);
  });

  test('voter: the opinion is exchanged, the zealot mark is not', async () => {
    const { layout } = await planOf('voter', { update: 'synchronous' });
    expect(slotsOf(layout)).toEqual({ opinion: 2, zealot: 1 });
    expect(layout.partnerBase).toBeUndefined();
  });

  test('llm-conformity: two slots on a ring, one on a complete graph, where a total stands for the others', async () => {
    expect(slotsOf((await planOf('llm-conformity')).layout)).toEqual({ opinion: 2, zealot: 1 });
    const { layout } = await planOf('llm-conformity', { topology: 'complete' });
    expect(slotsOf(layout)).toEqual({ opinion: 1, zealot: 1 });
  });

  test('alone, an agent needs one', async () => {
    expect(slotsOf((await planOf('voter', { update: 'sequential' })).layout)).toEqual({ opinion: 1, zealot: 1 });
  });

  test('what one rule writes and another reads at others is not exchanged', async () => {
    const model: Model = toy(
      { name: 'relay', fields: { said: bit(), heard: bit() }, rules: ['say', 'hear'] },
      {
        say: 'import package::agent::{said, set_said};\nfn say(me: u32) { set_said(1u - said(me)); }',
        hear: 'import package::agent::{neighbor, said, set_heard};\nfn hear(me: u32) { set_heard(said(neighbor(me, 0u))); }',
      },
    );
    expect(slotsOf((await planOf(model)).layout)).toEqual({ said: 1, heard: 1 });
  });

  test('every rule that writes a field of two slots exchanges them', async () => {
    const flips = async (rules: string[]): Promise<number> =>
      (await planOf(flickering(rules))).layout.fields[0].flipsPerStep;
    expect(await flips(['fade'])).toBe(0);
    expect(await flips(['flicker_0'])).toBe(1);
    expect(await flips(['flicker_0', 'fade'])).toBe(2);
    expect(await flips(['fade', 'flicker_0', 'flicker_1'])).toBe(3);
  });
});

test('slots take turns only with an odd number of exchanges in a step', () => {
  const place = { base: 100, slots: 2, slotWords: 10, flipsPerStep: 1 } as const;
  const layout = {
    name: 'x',
    field: bit(),
    holder: 'agent',
    elements: 1,
    bits: 32,
    bundleWords: 10,
    ...place,
  } as const;
  expect([0, 1, 2, 3].map(step => slotAfter(layout, step))).toEqual([0, 1, 0, 1]);
  expect([0, 1, 2, 3].map(step => slotAfter({ ...layout, flipsPerStep: 2 }, step))).toEqual([0, 0, 0, 0]);
  expect(slotExpression({ ...layout, flipsPerStep: 2 }, 1)).toBe('110u');
  expect(slotExpression({ ...layout, slots: 1, flipsPerStep: 0 }, 0)).toBe('100u');
  expect(slotExpression(layout, 0)).toMatch(/frame\.step \+ 1u/);
  expect(slotExpression(layout, 1)).toMatch(/frame\.step \+ 0u/);
});

test('blocks do not overlap, and words are those of all slots of all worlds', async () => {
  const model = toy(
    { name: 'wide', fields: { a: integerField({ max: 9 }), b: bit(), c: bit() }, rules: ['shuffle_b'] },
    {
      shuffle_b: 'import package::agent::{b, neighbor, set_b};\nfn shuffle_b(me: u32) { set_b(b(neighbor(me, 1u))); }',
    },
  );
  const { layout, buffers, worlds } = await planOf(model, { replicas: 3 });
  // 4 bits and a bit of 3 × 64 agents; b twice
  expect(layout.fields.map(({ bits }) => bits)).toEqual([4, 1, 1]);
  expect(layout.fields.map(({ base }) => base)).toEqual([0, 24, 24 + 12]);
  expect(layout.words).toBe(24 + 12 + 6);
  expect(buffers.state.words).toBe(layout.words);
  expect(worlds.map(({ replica }) => replica)).toEqual([0, 1, 2]);
});

test('who acts alone or in classes shares no word', async () => {
  const bitsFor = async (spec: Record<string, unknown>): Promise<number[]> =>
    (await planOf('voter', spec)).layout.fields.map(({ bits }) => bits);
  expect(await bitsFor({ update: 'synchronous' })).toEqual([1, 1]);
  expect(await bitsFor({ update: 'sequential' })).toEqual([32, 32]);
  expect(await bitsFor({ update: 'sublattice' })).toEqual([32, 32]);
});

describe('packed values', () => {
  const places = { holder: 'agent', elements: 1, base: 0, slots: 1, flipsPerStep: 0 } as const;
  test.each([1, 2, 4, 8, 16])('%i bits: words of values are words of the same values again, world by world', bits => {
    const counts = {
      population: 37,
      points: 3,
      strands: 3,
      strandStride: 3,
      bundles: 2,
      bundled: 1,
      groups: 1,
      links: [],
      fields: [],
      words: 0,
    };
    const layout = { ...counts, partnerBase: undefined, candidateBase: undefined };
    const bundleWords = Math.ceil((37 * 3 * bits) / 32);
    const place = {
      ...places,
      name: 'x',
      field: integerField({ max: 2 ** bits - 1 }),
      bits,
      bundleWords,
      slotWords: 2 * bundleWords,
    };
    const values = Uint32Array.from({ length: 37 * 3 * 2 }, (_, k) => (k * 2654435761) >>> (32 - bits));
    const words = wordsOf(values, layout, place);
    expect(words).toHaveLength(2 * bundleWords);
    expect(valuesOf(words, layout, place)).toEqual(values);
    // agent 5 at point 2 of replica 1
    const value = 5 * 3 + 2;
    const word = words[bundleWords + Math.floor((value * bits) / 32)];
    expect((word >>> ((value * bits) % 32)) & (2 ** bits - 1)).toBe(values[2 * 2 * 37 + 37 + 5]);
  });
});

test('a population beyond 2³² words is refused with numbers', async () => {
  const spec = { topology: 'ring', population: 2 ** 31 - 1, replicas: 2, update: 'sequential' };
  await expect(planOf('voter', spec)).rejects.toThrow(
    'population: the population does not fit: expected at most 4294967296 words of state, got 8589934588 (2 worlds of 2147483647 agents). Use fewer agents, points or replicas',
  );
});
