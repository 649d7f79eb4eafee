// What the density mean field says of the example that tips, on a coarse grid: 201 bins move its folds by less than the errors asked for here. docs/tri-alignment.md has the numbers on 4,001.
import { describe, expect, test } from 'vitest';
import { TIPPING_EXAMPLE } from '../../scripts/tipping-example.mjs';
import { type DensityParams, densityModel } from '../../src/models/tri-alignment-density.ts';
import {
  branch,
  fold,
  hysteresis,
  removeMinority,
  settle,
  tippingMinority,
  tippingStart,
} from '../../src/models/tri-alignment-tipping.ts';

const EXAMPLE: DensityParams = { ...TIPPING_EXAMPLE, bins: 201 };
const byConscience =
  (socialPull = 0.1) =>
  (conscience: number): DensityParams => ({ ...EXAMPLE, socialPull, conscience });
const byValuePull = (valuePull: number): DensityParams => ({ ...EXAMPLE, valuePull });

test('two branches rest: about 1 and 99 % exploiters', () => {
  const [aligned, misaligned] = [branch(EXAMPLE, 'aligned'), branch(EXAMPLE, 'misaligned')];
  expect([aligned.settled, misaligned.settled]).toEqual([true, true]);
  expect(aligned.exploiters).toBeCloseTo(0.0133, 3);
  expect(misaligned.exploiters).toBeCloseTo(0.9874, 3);
  expect(aligned.human).toBeCloseTo(0.963, 3);
  expect(misaligned.human).toBeCloseTo(0.632, 3);
});

describe('the branches end', () => {
  test('as conscience falls and rises: a window of 0.178, most of which is social', () => {
    const window = (socialPull: number): number[] => {
      const family = byConscience(socialPull);
      return [fold(family, 'aligned', 2, 0.5, 4e-3), fold(family, 'misaligned', 0.5, 2, 4e-3)].map(
        ({ value }) => value,
      );
    };
    const [low, high] = window(0.1);
    expect(Math.abs(low - 1.1713)).toBeLessThan(0.006);
    expect(Math.abs(high - 1.3498)).toBeLessThan(0.006);
    const [lowAlone, highAlone] = window(0);
    expect(Math.abs(lowAlone - 1.2347)).toBeLessThan(0.006);
    expect(Math.abs(highAlone - 1.2737)).toBeLessThan(0.006);
  });

  test('as the pull of human values falls and rises', () => {
    expect(Math.abs(fold(byValuePull, 'aligned', 0.05, 0, 5e-4).value - 0.001)).toBeLessThan(1e-3);
    expect(Math.abs(fold(byValuePull, 'misaligned', 0.05, 0.15, 5e-4).value - 0.0818)).toBeLessThan(1e-3);
  });

  test('no fold where none is asked for', () => {
    expect(fold(byConscience(), 'aligned', 2, 1.5, 0.1).value).toBeNaN();
  });
});

test('a committed 4.3 % tips the rest, and taking them out again does not bring it back', () => {
  const { value, error } = tippingMinority(EXAMPLE, 1e-3);
  expect(Math.abs(value - 0.0433)).toBeLessThan(1.5e-3);
  const committed = { ...EXAMPLE.committed, share: value + 5 * error };
  const withMinority = { ...EXAMPLE, committed };
  const tipped = settle(densityModel(withMinority), densityModel(withMinority).start(0, 0.63));
  expect(tipped.exploiters).toBeGreaterThan(0.98);
  const left = removeMinority(withMinority, tipped);
  expect(left.exploiters).toBeCloseTo(branch(EXAMPLE, 'misaligned').exploiters, 6);
  // a minority too small leaves no trace
  const small = { ...EXAMPLE, committed: { ...committed, share: value - 5 * error } };
  const held = settle(densityModel(small), densityModel(small).start(0, 0.63));
  expect(removeMinority(small, held).exploiters).toBeCloseTo(branch(EXAMPLE, 'aligned').exploiters, 6);
});

test('honest minorities bring it back: 6.0 % at the human reference', () => {
  const honest = { ...EXAMPLE, committed: { share: 0, stance: 0.8, exploits: false } };
  expect(Math.abs(tippingMinority(honest, 1e-3).value - 0.0601)).toBeLessThan(1.5e-3);
});

test('everyone at the start at the human reference: it takes 57 % exploiters', () => {
  expect(Math.abs(tippingStart(EXAMPLE, 2e-3).value - 0.573)).toBeLessThan(4e-3);
});

test('conscience down and up again: a loop between the folds', () => {
  const values = Array.from({ length: 13 }, (_, k) => 1.41 - 0.025 * k);
  const { there, back, area } = hysteresis(byConscience(), values, 'aligned');
  const between = values.map(value => value > 1.171 && value < 1.35);
  values.forEach((value, k) => {
    expect(there[k] > 0.5, `down to ${value}`).toBe(value < 1.171);
    expect(back[k] > 0.5, `up to ${value}`).toBe(value < 1.35);
    expect(Math.abs(back[k] - there[k]) > 0.5).toBe(between[k]);
  });
  expect(area).toBeGreaterThan(0.15);
  expect(area).toBeLessThan(0.2);
});
