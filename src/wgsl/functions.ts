// Scalar operations behind the builtin functions: bit counting and the mathematics of f32. A table like operations.ts.
import { wrap } from './operations.ts';
import type { Operation } from './scalar.ts';

/** Text of the functions that generated code may call, by name. They stand alone. Compile time evaluates the same text. */
export const HELPERS: Readonly<Record<string, string>> = {
  $countOneBits: `(value => {
  let x = value - ((value >>> 1) & 0x55555555) | 0;
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333) | 0;
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
})`,
  $reverseBits: `(value => {
  let x = ((value >>> 1) & 0x55555555) | ((value & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return (x >>> 16) | (x << 16);
})`,
  $mulHigh: `((a, b) => {
  const p01 = Math.imul(a & 0xffff, b >>> 16), p10 = Math.imul(a >>> 16, b & 0xffff);
  const middle = (Math.imul(a & 0xffff, b & 0xffff) >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  return Math.imul(a >>> 16, b >>> 16) + (p01 >>> 16) + (p10 >>> 16) + (middle >>> 16) | 0;
})`,
  $exp2: '(x => 2 ** x)',
  // To the nearest integer, ties to even. Operands are single precision, so `value - floor` is exact.
  $round: `(value => {
  const floor = Math.floor(value);
  const excess = value - floor;
  if (!(excess >= 0.5)) return floor;
  return excess > 0.5 || floor % 2 !== 0 ? floor + 1 : floor;
})`,
};

const helper = (name: string): ((...values: number[]) => number) => new Function(`return ${HELPERS[name]}`)();

/** A function of f32 that JavaScript's `Math` computes in double precision; the result is rounded to f32. */
export function math(name: string, compute: (...values: number[]) => number, js = `Math.${name}`): Operation {
  return {
    name,
    evaluate: (values, _from, to) => wrap(compute(...values.map(Number)), to),
    emit: (args, _from, to) => (to === 'f32' ? `Math.fround(${js}(${args.join(', ')}))` : `${js}(${args.join(', ')})`),
  };
}

/** A function of one 32-bit word, the same for both signs. */
function word(name: string, compute: (value: number) => number, emit: (arg: string) => string): Operation {
  return { name, evaluate: ([a], _from, to) => wrap(compute(Number(a)), to), emit: ([a]) => emit(a) };
}

/** The upper word of the product of two unsigned words. */
export const MUL_HIGH: Operation = {
  name: 'mulHigh',
  evaluate: ([a, b], _from, to) => wrap(helper('$mulHigh')(Number(a), Number(b)), to),
  emit: ([a, b]) => `$mulHigh(${a}, ${b})`,
};
export const COUNT_ONES = word('countOneBits', helper('$countOneBits'), a => `$countOneBits(${a})`);
export const REVERSE = word('reverseBits', helper('$reverseBits'), a => `$reverseBits(${a})`);
export const COUNT_LEADING = word('countLeadingZeros', Math.clz32, a => `Math.clz32(${a})`);
export const ROUND = math('round', helper('$round'), '$round');
export const INVERSE_SQRT = math('inverseSqrt', x => 1 / Math.sqrt(x), '1 / Math.sqrt');
