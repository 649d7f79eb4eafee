// The host twin of shaders/lib/fixed.wgsl: fixed-point formats, and the integer tables of nonlinear functions. Everything is
// built from operations that ECMAScript defines exactly (+ − × ÷, Math.floor, shifts), never from Math.exp and its kin, so that
// every machine builds the same bits.
import { GroundswellError } from './errors.ts';

/** Fraction bits of a probability or weight: 1 is 2³¹, so `chance(1)` is certain. */
export const PROBABILITY_BITS = 31;
/** Fraction bits of a `number` parameter: Q15.16. */
export const NUMBER_BITS = 16;

/** Round half away from zero, so that x → −x commutes with rounding (`Math.round` does not: it rounds −½ to −0). */
export function roundHalfAway(x: number): number {
  return x < 0 ? -Math.floor(-x + 0.5) : Math.floor(x + 0.5);
}

/**
 * Fraction bits of a field with the range [min, max]: the most that let the difference of any two values fit a 32-bit signed
 * word. [−1, 1] gives 29 (Q2.29).
 */
export function fractionBits(min: number, max: number): number {
  const span = Math.max(max - min, Math.abs(min), Math.abs(max));
  let bits = 30;
  while (bits > 0 && span * 2 ** bits > 2 ** 30) bits--;
  if (span * 2 ** bits > 2 ** 30) {
    throw new GroundswellError({
      what: 'the range does not fit fixed point',
      expected: 'a span of at most 2³⁰',
      got: `[${min}, ${max}]`,
    });
  }
  return bits;
}

/** A real number as fixed point: the nearest multiple of 2^−bits, half away from zero. */
export function encodeFixed(value: number, bits: number): number {
  return roundHalfAway(value * 2 ** bits);
}

/** Fixed point as a real number, exactly. */
export function decodeFixed(word: number, bits: number): number {
  return word / 2 ** bits;
}

/** ⌊√n⌋ of a 32-bit word, a bit at a time from the top. */
export function isqrt(n: number): number {
  let root = 0;
  for (let bit = 2 ** 15; bit >= 1; bit /= 2) if ((root + bit) ** 2 <= n) root += bit;
  return root;
}

/** eˣ for −745 < x < 709, from exactly defined operations: x = k ln 2 + r, a Taylor series in r, and a scaling by 2ᵏ. Relative error below 1e-15. */
export function exactExp(x: number): number {
  const LN2_HIGH = 0.6931471803691238; // fdlibm's split of ln 2: k × high is exact for abs k < 2¹¹
  const LN2_LOW = 1.9082149292705877e-10;
  const k = roundHalfAway(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (r / n) * sum;
  return k >= 0 ? sum * 2 ** k : sum / 2 ** -k;
}

/** Inputs of the logistic table lie in [0, 32): the rest follows from symmetry and saturation. */
const LOGISTIC_RANGE = 32;
/** Table intervals per unit of x. Linear interpolation then errs by at most (1/128)² / 8 × 0.0963 < 7.4e-7. */
const LOGISTIC_RESOLUTION = 128;

/** 1 / (1 + e^−x) at x = 0, 1/128, …, 32, as probabilities with 31 fraction bits. `shaders/lib/choice.wgsl` interpolates it. */
export function logisticTable(): Uint32Array {
  return Uint32Array.from({ length: LOGISTIC_RANGE * LOGISTIC_RESOLUTION + 1 }, (_, i) =>
    encodeFixed(1 / (1 + exactExp(-i / LOGISTIC_RESOLUTION)), PROBABILITY_BITS),
  );
}

/** The tables that a kernel may read, by name: `table_<name>(i)` in WGSL. A plan holds those that its kernels reach. */
export const tables: Readonly<Record<string, () => Uint32Array>> = { logistic: logisticTable };
