// The statistics of pairs against Student's own data, and by hand.
import { describe, expect, it } from 'vitest';
import { leavesZero, onsetOf, pairedEffect } from '../../src/experiment/paired.ts';
import { measureEffects } from '../../src/experiment/paired-rows.ts';
import type { Rows } from '../../src/plan/rows.ts';

/** Hours of sleep gained with two drugs by ten patients: Student 1908, Biometrika 6 1, table on p. 20; R's `sleep`. */
const DRUG_1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
const DRUG_2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

describe('pairedEffect', () => {
  it('agrees with the paired t-test of Student’s sleep data', () => {
    const { effect, a, b, equal, size, varianceRemoved } = pairedEffect(DRUG_1, DRUG_2);
    // R: t.test(extra ~ group, paired = TRUE) gives 0.7001142 to 2.4598858 about 1.58
    expect(effect).toMatchObject({
      mean: expect.closeTo(1.58, 12),
      halfWidth: expect.closeTo(0.8798858, 6),
      count: 10,
    });
    expect([a.mean, b.mean]).toEqual([expect.closeTo(0.75, 12), expect.closeTo(2.33, 12)]);
    expect(equal).toBe(false);
    // sd 1.789010, 2.002249 and, of the differences, 1.229995
    expect(size).toBeCloseTo(1.58 / Math.sqrt((1.78901 ** 2 + 2.002249 ** 2) / 2), 5);
    expect(varianceRemoved).toBeCloseTo(1 - 1.229995 ** 2 / (1.78901 ** 2 + 2.002249 ** 2), 5);
  });

  it('of equal sides is exactly zero with an empty interval', () => {
    expect(pairedEffect(DRUG_1, DRUG_1)).toMatchObject({
      effect: { mean: 0, halfWidth: 0 },
      equal: true,
      size: 0,
      varianceRemoved: 1,
    });
    const still = pairedEffect([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]);
    expect(still).toMatchObject({ effect: { mean: 0, halfWidth: 0, count: 3 }, equal: true });
    expect([still.size, still.varianceRemoved]).toEqual([undefined, undefined]);
    expect(pairedEffect([0.3], [0.3])).toMatchObject({ effect: { mean: 0, halfWidth: 0, count: 1 }, equal: true });
  });

  it('removes nothing from independent sides, and adds to opposed ones', () => {
    expect(pairedEffect([1, 1, -1, -1], [1, -1, 1, -1]).varianceRemoved).toBeCloseTo(0, 12);
    expect(pairedEffect([1, -1], [-1, 1]).varianceRemoved).toBeCloseTo(-1, 12);
    expect(pairedEffect([1, 2, 3], [6, 7, 8])).toMatchObject({
      effect: { mean: 5, halfWidth: 0 },
      varianceRemoved: 1,
      size: 5,
    });
  });

  it('leaves out pairs of which one side has no value', () => {
    const { effect, a } = pairedEffect([1, Number.NaN, 3], [2, 5, Number.NaN]);
    expect([effect.mean, effect.count, a.mean]).toEqual([1, 1, 1]);
    expect(pairedEffect([Number.NaN], [1])).toMatchObject({ equal: false, effect: { count: 0 } });
  });
});

describe('onsetOf', () => {
  const none = pairedEffect([1, 2], [1, 2]);
  const unclear = pairedEffect([1, 2], [0, 4]);
  const clear = pairedEffect([1, 2], [3, 4]);

  it('tells the first difference, the first step outside the interval, and from when on it stays there', () => {
    expect([none, unclear, clear].map(leavesZero)).toEqual([false, false, true]);
    const course = [none, unclear, clear, unclear, clear, clear];
    expect(onsetOf([0, 5, 10, 15, 20, 25], course)).toEqual({ differs: 5, first: 10, lasting: 20 });
    expect(onsetOf([0, 5], [none, unclear])).toEqual({ differs: 5, first: undefined, lasting: undefined });
    expect(onsetOf([0, 5], [clear, clear])).toEqual({ differs: 0, first: 0, lasting: 0 });
  });

  it('of one replica tells a difference only', () => {
    expect(onsetOf([0, 1], [pairedEffect([1], [1]), pairedEffect([1], [2])])).toEqual({ differs: 1 });
  });
});

describe('measureEffects', () => {
  /** Steps 0, 10, 20, 30, 40 of two points and replicas, with values of point, replica and step. */
  function rowsOf(value: (point: number, replica: number, step: number) => number): Rows {
    const all = [0, 10, 20, 30, 40].flatMap(step =>
      [0, 1].flatMap(point => [0, 1].map(replica => ({ step, point, replica }))),
    );
    return {
      point: Uint32Array.from(all, ({ point }) => point),
      replica: Uint32Array.from(all, ({ replica }) => replica),
      step: Uint32Array.from(all, ({ step }) => step),
      measures: { up: Float64Array.from(all, ({ point, replica, step }) => value(point, replica, step)) },
    };
  }

  it('pairs replicas of the same point, at the end and over the last quarter', () => {
    const effects = measureEffects(
      rowsOf((point, replica) => point + replica),
      rowsOf((point, replica, step) => point + replica + (point === 1 && step > 20 ? step : 0)),
      ['up'],
    );
    expect(effects.map(({ measure, point }) => [measure, point])).toEqual([['up', 0], ['up', 1]]); // biome-ignore format: one thought
    expect(effects[0]).toMatchObject({
      final: { equal: true },
      lastQuarter: { equal: true },
      onset: { differs: undefined },
    });
    expect(effects[1].final.effect).toMatchObject({ mean: 40, halfWidth: 0, count: 2 });
    expect(effects[1].final.a.mean).toBe(1.5);
    expect(effects[1].lastQuarter.effect.mean).toBe(35);
    expect(effects[1].onset).toEqual({ differs: 30, first: 30, lasting: 30 });
    expect(effects[1].course.steps).toEqual([0, 10, 20, 30, 40]);
  });

  it('compares means over the last quarter at the steps that both sides have', () => {
    const gap = rowsOf((_, __, step) => (step === 40 ? Number.NaN : step));
    const [{ lastQuarter, final }] = measureEffects(gap, rowsOf((_, __, step) => step + 1), ['up']); // biome-ignore format: one thought
    expect(lastQuarter.effect.mean).toBe(1);
    expect(final.effect.count).toBe(0);
  });
});
