// Fixed points of maps that are known in closed form.
import { expect, test } from 'vitest';
import { bisect, fixedPoints, roots } from '../../src/models/fixed-points.ts';

test('bisection finds a root to the last bits, rising or falling', () => {
  expect(bisect(x => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 14);
  expect(bisect(x => 2 - x * x, 0, 2)).toBeCloseTo(Math.SQRT2, 14);
});

test('roots at grid points, at the ends and in between', () => {
  expect(roots(x => x * (x - 0.5) * (x - 1), 0, 1)).toEqual([0, 0.5, 1]);
  const found = roots(x => Math.sin(7 * x), 0.1, 3);
  expect(found.length).toBe(6);
  found.forEach((x, k) => {
    expect(x).toBeCloseTo(((k + 1) * Math.PI) / 7, 12);
  });
});

test('two roots within one cell, as just inside a fold; none just outside', () => {
  const parabola = (depth: number) => (x: number) => (x - 0.4321) ** 2 - depth;
  const close = roots(parabola(1e-8), 0, 1);
  expect(close.length).toBe(2);
  expect(close[0]).toBeCloseTo(0.432, 10);
  expect(close[1]).toBeCloseTo(0.4322, 10);
  expect(roots(parabola(-1e-8), 0, 1)).toEqual([]);
});

test('logistic map: r = 2.5 rests at 1 − 1/r, r = 3.2 overshoots, r = 0.8 dies out', () => {
  const logistic = (r: number) => fixedPoints(x => r * x * (1 - x));
  const [, rests] = logistic(2.5);
  expect(logistic(2.5).map(({ stable }) => stable)).toEqual([false, true]);
  expect(rests.value).toBeCloseTo(0.6, 12);
  expect(logistic(3.2).map(({ stable }) => stable)).toEqual([false, false]);
  expect(logistic(0.8)).toEqual([{ value: 0, stable: true }]);
});

test('a slow map has the fixed points and stabilities of the fast one', () => {
  const fast = (x: number): number => (1 + Math.tanh(2 * (2 * x - 1))) / 2;
  const slow = (x: number): number => x + 1e-6 * (fast(x) - x);
  const [a, b] = [fixedPoints(fast), fixedPoints(slow)];
  expect(a.map(({ stable }) => stable)).toEqual([true, false, true]);
  expect(b.map(({ stable }) => stable)).toEqual([true, false, true]);
  a.forEach(({ value }, k) => {
    expect(b[k].value).toBeCloseTo(value, 9);
  });
});
