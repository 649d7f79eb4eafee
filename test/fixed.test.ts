// The host's fixed point and tables against Math, which they do not use.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFixed, encodeFixed, exactExp, fractionBits, isqrt, logisticTable, roundHalfAway } from '../src/fixed.ts';

test('rounding is half away from zero and odd', () => {
  expect([0.5, 1.5, -0.5, -1.5, 2.4].map(roundHalfAway)).toEqual([1, 2, -1, -2, 2]);
  fc.assert(
    fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), x => roundHalfAway(-x) + roundHalfAway(x) === 0),
  );
});

test('exactExp agrees with Math.exp to 1e-14 relative', () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), x => Math.abs(exactExp(x) / Math.exp(x) - 1) < 1e-14),
    { numRuns: 2000, seed: 1 },
  );
});

test('the logistic table is monotonic, ends at 1 and agrees with Math to half a unit', () => {
  const table = logisticTable();
  expect(table.length).toBe(4097);
  expect(table[0]).toBe(2 ** 30);
  for (let i = 0; i < table.length; i++) {
    expect(Math.abs(table[i] - 2 ** 31 / (1 + Math.exp(-i / 128)))).toBeLessThanOrEqual(0.51);
    if (i > 0) expect(table[i]).toBeGreaterThanOrEqual(table[i - 1]);
  }
});

test('integer square roots are rounded down', () => {
  expect([0, 1, 2, 3, 4, 8, 9, 2 ** 32 - 1, 65535 ** 2, 65535 ** 2 - 1].map(isqrt)).toEqual([
    0, 1, 1, 1, 2, 2, 3, 65535, 65535, 65534,
  ]);
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), n => isqrt(n) ** 2 <= n && (isqrt(n) + 1) ** 2 > n));
});

test('a range leaves room for differences', () => {
  expect(fractionBits(-1, 1)).toBe(29);
  expect(fractionBits(0, 16)).toBe(26);
  fc.assert(
    fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }), (min, span) => {
      const bits = fractionBits(min, min + span);
      return span * 2 ** bits < 2 ** 31 && decodeFixed(encodeFixed(min, bits), bits) === min;
    }),
  );
});
