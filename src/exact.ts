// Logarithms from + − × ÷ alone, so that whatever is drawn through them has the same bits in every JavaScript engine (ECMAScript leaves
// the last bits of Math.log open). ln((1 + s) / (1 − s)) = 2 (s + s³/3 + s⁵/5 + …). The exponential is in fixed.ts. Also the tables of powers for kernels.
import { encodeFixed, exactExp } from './fixed.ts';

const { LN2 } = Math;

/** ln(x) for a finite x > 0, to a few units in the last place. */
export function ln(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2; // exact
    exponent--;
  }
  while (mantissa > Math.SQRT2) {
    mantissa /= 2; // exact
    exponent++;
  }
  return exponent * LN2 + series(mantissa - 1);
}

/** ln(1 − p) for 0 ≤ p < 1, accurate for small p too. */
export function lnOneMinus(p: number): number {
  return p < 0.25 ? series(-p) : ln(1 - p);
}

/** ln(1 + f) for −0.3 < f < 0.42: |s| < 0.18, so the first term left out, s²³ / 23, is below 10⁻¹⁸. */
function series(f: number): number {
  const s = f / (2 + f);
  const z = s * s;
  let sum = 1 / 21;
  for (let odd = 19; odd >= 1; odd -= 2) sum = sum * z + 1 / odd;
  return 2 * s * sum;
}

/** Intervals of the tables of powers: linear interpolation then errs by less than 3e-6 of the value. */
const POWER_INTERVALS = 256;

/** log₂(1 + i/256) with 24 fraction bits, and 2^(i/256) with 30, for i = 0 … 256: `shaders/lib/power.wgsl` interpolates them. */
export const powerTables: Readonly<Record<'log2' | 'exp2', () => Uint32Array>> = {
  log2: () => powerTable(x => encodeFixed(ln(1 + x) / LN2, 24)),
  exp2: () => powerTable(x => encodeFixed(exactExp(x * LN2), 30)),
};

function powerTable(value: (x: number) => number): Uint32Array {
  return Uint32Array.from({ length: POWER_INTERVALS + 1 }, (_, i) => value(i / POWER_INTERVALS));
}
