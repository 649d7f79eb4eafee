// Corrections for many checks, and ratios of effects, against published numbers and by hand.
import { describe, expect, it } from 'vitest';
import { holm, pValue } from '../../src/experiment/holm.ts';
import { pairedEffect } from '../../src/experiment/paired.ts';
import { shareUndone } from '../../src/experiment/undone.ts';

describe('pValue', () => {
  it('agrees with R on Student’s sleep data', () => {
    const drug1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const drug2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    // t.test(extra ~ group, data = sleep, paired = TRUE)
    expect(pValue(pairedEffect(drug1, drug2))).toBeCloseTo(0.002833, 6);
  });

  it('is 1 for equal sides and for one pair, and 0 for a difference without spread', () => {
    expect(pValue(pairedEffect([1, 2, 3], [1, 2, 3]))).toBe(1);
    expect(pValue(pairedEffect([1], [2]))).toBe(1);
    expect(pValue(pairedEffect([1, 2, 3], [2, 3, 4]))).toBe(0);
  });
});

describe('holm', () => {
  it('adjusts as R’s p.adjust does', () => {
    // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
    expect(holm([0.01, 0.04, 0.03, 0.005])).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(holm([0.6, 0.5])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});

describe('shareUndone', () => {
  it('is the ratio of the means, with the limits at which a paired t-test of gain − share × damage is just at 5 %', () => {
    const damages = [1, 1.2, 0.9, 1.1, 1.05];
    const gains = [0.6, 0.5, 0.55, 0.7, 0.5];
    const { value, low, high } = shareUndone(gains, damages);
    expect(value).toBeCloseTo(2.85 / 5.25, 12);
    for (const limit of [low!, high!]) {
      const { effect } = pairedEffect(damages.map(damage => limit * damage), gains); // biome-ignore format: one thought
      expect(Math.abs(effect.mean)).toBeCloseTo(effect.halfWidth, 9);
    }
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  it('has no interval where the damage may be none', () => {
    const { low, high } = shareUndone([0.1, 0.2, 0.3], [-1, 1, 0.2]);
    expect([low, high]).toEqual([undefined, undefined]);
  });

  it('leaves out pairs that are not known', () => {
    expect(shareUndone([0.5, Number.NaN, 0.5], [1, 1, 1]).value).toBe(0.5);
  });
});
