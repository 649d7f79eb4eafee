// The table of scalar operations: for each, its value at compile time and its JavaScript. Integers are int32 in JavaScript,
// for u32 too, and only operations that depend on the sign look at them unsigned.
import type { Operation, Value } from './scalar.ts';
import type { ScalarName } from './types.ts';

/** What a constant expression must not do, such as leave the range of an abstract number. */
export class ConstantError extends Error {}

const unsigned = (text: string): string => (/^-?\d+$/.test(text) ? String(Number(text) >>> 0) : `(${text} >>> 0)`);
const isInt = (name: ScalarName): boolean => name === 'i32' || name === 'u32';
/** An integer operand as the operation should see it: unsigned for u32. */
const seen = (text: string, from: ScalarName): string => (from === 'u32' ? unsigned(text) : text);

/** A JavaScript number as a value of a type: wrapped or rounded. */
export function wrap(value: number, to: ScalarName): Value {
  if (to === 'i32') return value | 0;
  if (to === 'u32') return value >>> 0;
  return to === 'f32' ? Math.fround(value) : value;
}

function abstractInt(value: bigint): bigint {
  if (value === BigInt.asIntN(64, value)) return value;
  throw new ConstantError('overflow of a 64-bit integer in a constant expression');
}

type Numbers = (a: number, b: number) => number;

interface Arithmetic {
  numbers: Numbers;
  bigints: (a: bigint, b: bigint) => bigint;
  /** JavaScript for int32 operands. */
  integer: (a: string, b: string, from: ScalarName) => string;
  /** JavaScript for f32 operands, before rounding; absent when f32 has no such operation. */
  float?: string;
}

function arithmetic(name: string, { numbers, bigints, integer, float }: Arithmetic): Operation {
  return {
    name,
    evaluate: ([a, b], _from, to) =>
      typeof a === 'bigint' ? abstractInt(bigints(a, b as bigint)) : wrap(numbers(a as number, b as number), to),
    emit: ([a, b], _from, to) => (isInt(to) || !float ? integer(a, b, to) : `Math.fround(${a} ${float} ${b})`),
  };
}

function nonzero(value: bigint): bigint {
  if (value === 0n) throw new ConstantError('division by zero in a constant expression');
  return value;
}

export const ADD = arithmetic('+', {
  numbers: (a, b) => a + b,
  bigints: (a, b) => a + b,
  integer: (a, b) => `(${a} + ${b} | 0)`,
  float: '+',
});
export const SUB = arithmetic('-', {
  numbers: (a, b) => a - b,
  bigints: (a, b) => a - b,
  integer: (a, b) => `(${a} - ${b} | 0)`,
  float: '-',
});
export const MUL: Operation = {
  name: '*',
  evaluate: ([a, b], _from, to) => {
    if (typeof a === 'bigint') return abstractInt(a * (b as bigint));
    return wrap(isInt(to) ? Math.imul(a as number, b as number) : (a as number) * (b as number), to);
  },
  emit: ([a, b], _from, to) => (isInt(to) ? `Math.imul(${a}, ${b})` : `Math.fround(${a} * ${b})`),
};

/** WGSL: x / 0 = x for integers; the quotient of two 32-bit integers is exact enough as a double (gap 2⁻³² against 2⁻⁵³). */
export const DIV = arithmetic('/', {
  numbers: (a, b) => a / b,
  bigints: (a, b) => a / nonzero(b),
  integer: (a, b, from) => {
    const quotient = `(${seen(a, from)} / ${seen(b, from)} | 0)`;
    if (/^-?\d+$/.test(b)) {
      const shift = from === 'u32' ? Math.log2(Number(b) >>> 0) : Number.NaN;
      if (Number.isInteger(shift)) return `(${a} >>> ${shift})`;
      return Number(b) === 0 ? a : quotient;
    }
    return `(${b} === 0 ? ${a} : ${quotient})`;
  },
  float: '/',
});
/** WGSL: x % 0 = 0 for integers, which is what `NaN | 0` gives. */
const REM = arithmetic('%', {
  numbers: (a, b) => a % b,
  bigints: (a, b) => a % nonzero(b),
  integer: (a, b, from) => {
    const divisor = /^-?\d+$/.test(b) ? Number(b) >>> 0 : 0;
    if (from === 'u32' && divisor !== 0 && (divisor & (divisor - 1)) === 0) return `(${a} & ${(divisor - 1) | 0})`;
    return `(${seen(a, from)} % ${seen(b, from)} | 0)`;
  },
  float: '%',
});

// Integer division by zero reaches `arithmetic` only for run-time values that turn out constant.
for (const [operation, atZero] of [
  [DIV, (a: Value) => a],
  [REM, () => 0],
] as const) {
  const { evaluate } = operation;
  Object.assign(operation, {
    evaluate: (values: readonly Value[], from: ScalarName, to: ScalarName): Value =>
      isInt(to) && values[1] === 0 ? atZero(values[0]) : evaluate(values, from, to),
  });
}

function bitwise(
  name: string,
  numbers: Numbers,
  bigints: (a: bigint, b: bigint) => bigint,
  logical: string,
): Operation {
  return {
    name,
    evaluate: ([a, b], _from, to) => {
      if (typeof a === 'boolean') return numbers(Number(a), Number(b)) !== 0;
      if (typeof a === 'bigint') return abstractInt(bigints(a, b as bigint));
      return wrap(numbers(a as number, b as number), to);
    },
    emit: ([a, b], from) => (from === 'bool' ? `(${a} ${logical} ${b})` : `(${a} ${name} ${b})`),
  };
}
export const AND = bitwise(
  '&',
  (a, b) => a & b,
  (a, b) => a & b,
  '&&',
);
export const OR = bitwise(
  '|',
  (a, b) => a | b,
  (a, b) => a | b,
  '||',
);
export const XOR = bitwise(
  '^',
  (a, b) => a ^ b,
  (a, b) => a ^ b,
  '!==',
);

/** Shift amounts count modulo 32, as `<<` and `>>` of JavaScript do it. */
export const SHL: Operation = {
  name: '<<',
  evaluate: ([a, b], _from, to) =>
    typeof a === 'bigint' ? abstractInt(a << BigInt(b as number)) : wrap((a as number) << (b as number), to),
  emit: ([a, b]) => `(${a} << ${b})`,
};
export const SHR: Operation = {
  name: '>>',
  evaluate: ([a, b], _from, to) => {
    if (typeof a === 'bigint') return a >> BigInt(b as number);
    return to === 'u32' ? (a as number) >>> (b as number) : (a as number) >> (b as number);
  },
  emit: ([a, b], _from, to) => {
    if (to === 'i32') return `(${a} >> ${b})`;
    return /^\d+$/.test(b) && (Number(b) & 31) !== 0 ? `(${a} >>> ${b})` : `(${a} >>> ${b} | 0)`;
  },
};

function comparison(name: string, js: string, holds: (a: number | bigint, b: number | bigint) => boolean): Operation {
  const ordered = js !== '===' && js !== '!==';
  return {
    name,
    evaluate: ([a, b]) => holds(typeof a === 'boolean' ? Number(a) : a, typeof b === 'boolean' ? Number(b) : b),
    emit: ([a, b], from) => `(${ordered ? seen(a, from) : a} ${js} ${ordered ? seen(b, from) : b})`,
  };
}
export const EQ = comparison('==', '===', (a, b) => a === b);
const NE = comparison('!=', '!==', (a, b) => a !== b);
export const LT = comparison('<', '<', (a, b) => a < b);
export const LE = comparison('<=', '<=', (a, b) => a <= b);
export const GT = comparison('>', '>', (a, b) => a > b);
const GE = comparison('>=', '>=', (a, b) => a >= b);

export const NEGATE: Operation = {
  name: 'negate',
  evaluate: ([a], _from, to) => (typeof a === 'bigint' ? abstractInt(-a) : wrap(-(a as number), to)),
  emit: ([a], from) => (isInt(from) ? `(-${a} | 0)` : `(-${a})`),
};
export const COMPLEMENT: Operation = {
  name: '~',
  evaluate: ([a], _from, to) => (typeof a === 'bigint' ? ~a : wrap(~(a as number), to)),
  emit: ([a]) => `(~${a})`,
};
export const NOT: Operation = { name: '!', evaluate: ([a]) => !a, emit: ([a]) => `(!${a})` };
/** Condition, value if true, value if false. */
export const SELECT: Operation = {
  name: 'select',
  evaluate: ([condition, accept, reject]) => (condition ? accept : reject),
  emit: ([condition, accept, reject]) => `(${condition} ? ${accept} : ${reject})`,
};

// The largest f32 below 2³¹ and 2³²: conversions clamp in f32 (WGSL section "Floating Point Conversion").
const MAX_I32 = 2147483520;
const MAX_U32 = 4294967040;
const toInteger = (value: number, to: ScalarName): number => {
  const [low, high] = to === 'i32' ? [-2147483648, MAX_I32] : [0, MAX_U32];
  return Number.isNaN(value) ? 0 : Math.trunc(Math.min(Math.max(value, low), high));
};

/** Value conversion: `i32(x)`, `f32(x)`, `bool(x)` and what abstract numbers turn into. */
export const CONVERT: Operation = {
  name: 'convert',
  evaluate: ([a], from, to) => {
    if (to === 'bool') return typeof a === 'number' ? a !== 0 : Boolean(a);
    if (to === 'abstract-int') return a;
    const value = Number(a);
    return isInt(to) && (from === 'f32' || from === 'abstract-float')
      ? wrap(toInteger(value, to), to)
      : wrap(value, to);
  },
  emit: ([a], from, to) => {
    if (from === to) return a;
    if (to === 'bool') return `(${a} !== 0)`;
    if (from === 'bool') return `(${a} ? 1 : 0)`;
    if (to === 'f32') return `Math.fround(${seen(a, from)})`;
    if (from !== 'f32') return a;
    const [low, high] = to === 'i32' ? [-2147483648, MAX_I32] : [0, MAX_U32];
    return `(Math.min(Math.max(${a}, ${low}), ${high}) | 0)`;
  },
};

const bits = new DataView(new ArrayBuffer(4));
const isFloat = (name: ScalarName): boolean => name === 'f32' || name === 'abstract-float';
/** The same bits as another type. The generated code keeps one shared word for it. */
export const BITCAST: Operation = {
  name: 'bitcast',
  evaluate: ([a], from, to) => {
    if (isFloat(from)) bits.setFloat32(0, a as number);
    else bits.setUint32(0, Number(a));
    return to === 'f32' ? bits.getFloat32(0) : to === 'i32' ? bits.getInt32(0) : bits.getUint32(0);
  },
  emit: ([a], from, to) => {
    if (isFloat(from) === isFloat(to)) return a;
    return to === 'f32' ? `($i32[0] = ${a}, $f32[0])` : `($f32[0] = ${a}, $i32[0])`;
  },
};

export const BINARY: Readonly<Record<string, Operation>> = Object.fromEntries(
  [ADD, SUB, MUL, DIV, REM, AND, OR, XOR, SHL, SHR, EQ, NE, LT, LE, GT, GE].map(operation => [
    operation.name,
    operation,
  ]),
);
