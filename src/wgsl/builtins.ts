// The table of WGSL's builtin functions: for each, its types and its meaning in scalar operations. Compile-time evaluation
// and every back end follow from the meaning, so a builtin is added here and nowhere else.
import { COUNT_LEADING, COUNT_ONES, INVERSE_SQRT, math, REVERSE, ROUND } from './functions.ts';
import * as op from './operations.ts';
import { apply, constantScalar, type Operation, type Scalar, u32, type Value } from './scalar.ts';
import { ABSTRACT_INT, BOOL, type ScalarName, type ScalarType, type Type, U32, withScalar } from './types.ts';

export interface Builtin {
  readonly name: string;
  readonly signature: Signature;
  /** The scalars of the result from the scalars of each argument. `share` makes a scalar cheap to use twice. */
  lower(args: readonly (readonly Scalar[])[], share: (scalar: Scalar) => Scalar): Scalar[];
  /** What is wrong with arguments known at compile time (`undefined` for the others). */
  refuse?(first: readonly (Value | undefined)[]): string | undefined;
}

type Domain = 'int' | 'float' | 'numeric' | 'signed' | 'bool' | 'any';

/** How the types of arguments and result depend on one type T, a scalar or vector in a domain. */
export interface Signature {
  readonly domain: Domain;
  /** `T`: a T; `scalar`: a scalar of T's kind; `mask`: bool like T or scalar; or a fixed type. */
  readonly params: readonly ('T' | 'scalar' | 'mask' | ScalarType)[];
  readonly result: (T: Type) => Type;
  /** What T may be; default both. */
  readonly shape?: 'scalar' | 'vector' | 'vec3';
}

const DOMAINS: Readonly<Record<Domain, readonly ScalarName[]>> = {
  int: ['i32', 'u32', 'abstract-int'],
  float: ['f32', 'abstract-float'],
  numeric: ['i32', 'u32', 'f32', 'abstract-int', 'abstract-float'],
  signed: ['i32', 'f32', 'abstract-int', 'abstract-float'],
  bool: ['bool'],
  any: ['bool', 'i32', 'u32', 'f32', 'abstract-int', 'abstract-float'],
};
export const inDomain = (domain: Domain, name: ScalarName): boolean => DOMAINS[domain].includes(name);

const like = (x: Scalar, value: number): Scalar =>
  constantScalar(x.type, x.type === ABSTRACT_INT ? BigInt(value) : op.wrap(value, x.type.name));
const same = (operation: Operation, ...args: Scalar[]): Scalar => apply(operation, args[0].type, ...args);
const test = (operation: Operation, a: Scalar, b: Scalar): Scalar => apply(operation, BOOL, a, b);
const select = (condition: Scalar, accept: Scalar, reject: Scalar): Scalar =>
  apply(op.SELECT, accept.type, condition, accept, reject);
const isFloat = (x: Scalar): boolean => x.type.name === 'f32' || x.type.name === 'abstract-float';

const MIN_FLOAT = math('min', Math.min);
const MAX_FLOAT = math('max', Math.max);
const SIGN_FLOAT = math('sign', Math.sign);
const ABS_FLOAT = math('abs', Math.abs);
const FLOOR = math('floor', Math.floor);
const SQRT = math('sqrt', Math.sqrt);

const min = (a: Scalar, b: Scalar): Scalar => (isFloat(a) ? same(MIN_FLOAT, a, b) : select(test(op.LT, b, a), b, a));
const max = (a: Scalar, b: Scalar): Scalar => (isFloat(a) ? same(MAX_FLOAT, a, b) : select(test(op.LT, a, b), b, a));
const add = (a: Scalar, b: Scalar): Scalar => same(op.ADD, a, b);
const sub = (a: Scalar, b: Scalar): Scalar => same(op.SUB, a, b);
const mul = (a: Scalar, b: Scalar): Scalar => same(op.MUL, a, b);

type Share = (scalar: Scalar) => Scalar;
/** A function of single components; every argument is shared, so it may be used more than once. */
type Componentwise = (args: Scalar[], share: Share) => Scalar;

const T = (type: Type): Type => type;
const table = new Map<string, Builtin>();

function define(name: string, signature: Signature, lower: Builtin['lower']): void {
  table.set(name, { name, signature, lower });
}

/** A builtin that acts on each component alone; scalar arguments go with every component. */
function each(name: string, domain: Domain, params: Signature['params'], compute: Componentwise): void {
  define(name, { domain, params, result: T }, (args, share) => {
    const shared = args.map(arg => arg.map(share));
    const size = Math.max(...args.map(arg => arg.length));
    return Array.from({ length: size }, (_, i) =>
      compute(
        shared.map(arg => arg[arg.length === 1 ? 0 : i]),
        share,
      ),
    );
  });
}

const unary = (name: string, domain: Domain, operation: Operation): void =>
  each(name, domain, ['T'], ([x]) => same(operation, x));

// Bits.
unary('countOneBits', 'int', COUNT_ONES);
unary('countLeadingZeros', 'int', COUNT_LEADING);
unary('reverseBits', 'int', REVERSE);
const leading = (x: Scalar): Scalar => sub(like(x, 31), same(COUNT_LEADING, x));
const lowestBit = (x: Scalar): Scalar => same(op.AND, x, same(op.NEGATE, x));
each('firstTrailingBit', 'int', ['T'], ([x]) => leading(lowestBit(x)));
each('countTrailingZeros', 'int', ['T'], ([x]) =>
  select(test(op.EQ, x, like(x, 0)), like(x, 32), leading(lowestBit(x))),
);
each('firstLeadingBit', 'int', ['T'], ([x]) =>
  leading(x.type.name === 'u32' ? x : same(op.XOR, x, apply(op.SHR, x.type, x, u32(31)))),
);
/** Offset and count of a bit field, clamped to the word as WGSL says. */
function field(offset: Scalar, count: Scalar, share: Share): { start: Scalar; width: Scalar } {
  const start = share(min(offset, u32(32)));
  return { start, width: share(min(count, sub(u32(32), start))) };
}
each('extractBits', 'int', ['T', U32, U32], ([x, offset, count], share) => {
  const { start, width } = field(offset, count, share);
  const left = apply(op.SHL, x.type, x, sub(sub(u32(32), start), width));
  const value = apply(op.SHR, x.type, left, sub(u32(32), width));
  return select(test(op.EQ, width, u32(0)), like(x, 0), value);
});
each('insertBits', 'int', ['T', 'T', U32, U32], ([x, bits, offset, count], share) => {
  const { start, width } = field(offset, count, share);
  const ones = select(test(op.LT, width, u32(32)), sub(apply(op.SHL, U32, u32(1), width), u32(1)), u32(0xffffffff));
  const mask = share(apply(op.CONVERT, x.type, apply(op.SHL, U32, ones, start)));
  const kept = same(op.AND, x, same(op.COMPLEMENT, mask));
  return same(op.OR, kept, same(op.AND, apply(op.SHL, x.type, bits, start), mask));
});

// Any number.
each('abs', 'numeric', ['T'], ([x]) => {
  if (isFloat(x)) return same(ABS_FLOAT, x);
  return x.type === U32 ? x : select(test(op.LT, x, like(x, 0)), same(op.NEGATE, x), x);
});
each('sign', 'signed', ['T'], ([x]) => {
  if (isFloat(x)) return same(SIGN_FLOAT, x);
  const one = select(test(op.GT, x, like(x, 0)), like(x, 1), like(x, 0));
  return select(test(op.LT, x, like(x, 0)), like(x, -1), one);
});
each('min', 'numeric', ['T', 'T'], ([a, b]) => min(a, b));
each('max', 'numeric', ['T', 'T'], ([a, b]) => max(a, b));
each('clamp', 'numeric', ['T', 'T', 'T'], ([x, low, high], share) => min(share(max(x, low)), high));
const sum = (terms: readonly Scalar[]): Scalar => terms.reduce(add);
const dot = (a: readonly Scalar[], b: readonly Scalar[]): Scalar => sum(a.map((x, i) => mul(x, b[i])));
const element = (type: Type): Type => (type.kind === 'vector' ? type.element : type);
define('dot', { domain: 'numeric', params: ['T', 'T'], result: element, shape: 'vector' }, ([a, b]) => [dot(a, b)]);

// Truth.
const boolean = (): Type => BOOL;
const fold =
  (operation: Operation) =>
  (args: readonly (readonly Scalar[])[]): Scalar[] => [args[0].reduce((a, b) => test(operation, a, b))];
define('all', { domain: 'bool', params: ['T'], result: boolean }, fold(op.AND));
define('any', { domain: 'bool', params: ['T'], result: boolean }, fold(op.OR));
each('select', 'any', ['T', 'T', 'mask'], ([reject, accept, condition]) => select(condition, accept, reject));

// f32.
unary('floor', 'float', FLOOR);
unary('ceil', 'float', math('ceil', Math.ceil));
unary('trunc', 'float', math('trunc', Math.trunc));
unary('round', 'float', ROUND);
unary('sqrt', 'float', SQRT);
unary('inverseSqrt', 'float', INVERSE_SQRT);
unary('exp', 'float', math('exp', Math.exp));
unary(
  'exp2',
  'float',
  math('exp2', x => 2 ** x, '$exp2'),
);
unary('log', 'float', math('log', Math.log));
unary('log2', 'float', math('log2', Math.log2));
unary('sin', 'float', math('sin', Math.sin));
unary('cos', 'float', math('cos', Math.cos));
unary('tan', 'float', math('tan', Math.tan));
unary('asin', 'float', math('asin', Math.asin));
unary('acos', 'float', math('acos', Math.acos));
unary('atan', 'float', math('atan', Math.atan));
unary('sinh', 'float', math('sinh', Math.sinh));
unary('cosh', 'float', math('cosh', Math.cosh));
unary('tanh', 'float', math('tanh', Math.tanh));
const POW = math('pow', (x, y) => x ** y);
const ATAN2 = math('atan2', Math.atan2);
each('pow', 'float', ['T', 'T'], ([x, y]) => same(POW, x, y));
each('atan2', 'float', ['T', 'T'], ([y, x]) => same(ATAN2, y, x));
each('fract', 'float', ['T'], ([x]) => sub(x, same(FLOOR, x)));
each('degrees', 'float', ['T'], ([x]) => mul(x, like(x, 180 / Math.PI)));
each('radians', 'float', ['T'], ([x]) => mul(x, like(x, Math.PI / 180)));
each('fma', 'float', ['T', 'T', 'T'], ([x, y, z]) => add(mul(x, y), z));
each('saturate', 'float', ['T'], ([x]) => min(max(x, like(x, 0)), like(x, 1)));
each('step', 'float', ['T', 'T'], ([edge, x]) => select(test(op.LE, edge, x), like(x, 1), like(x, 0)));
each('mix', 'float', ['T', 'T', 'scalar'], ([x, y, a]) => add(mul(x, sub(like(x, 1), a)), mul(y, a)));
each('smoothstep', 'float', ['T', 'T', 'T'], ([low, high, x], share) => {
  const ratio = same(op.DIV, sub(x, low), sub(high, low));
  const t = share(min(max(ratio, like(x, 0)), like(x, 1)));
  return mul(mul(t, t), sub(like(x, 3), mul(like(x, 2), t)));
});
const norm = (v: readonly Scalar[]): Scalar => (v.length === 1 ? same(ABS_FLOAT, v[0]) : same(SQRT, dot(v, v)));
define('length', { domain: 'float', params: ['T'], result: element }, ([v], share) => [norm(v.map(share))]);
define('distance', { domain: 'float', params: ['T', 'T'], result: element }, ([a, b], share) => [
  norm(a.map((x, i) => share(sub(x, b[i])))),
]);
define('normalize', { domain: 'float', params: ['T'], result: T, shape: 'vector' }, ([v], share) => {
  const shared = v.map(share);
  const size = share(norm(shared));
  return shared.map(x => same(op.DIV, x, size));
});
define('cross', { domain: 'float', params: ['T', 'T'], result: T, shape: 'vec3' }, ([v, w], share) => {
  const [a, b] = [v.map(share), w.map(share)];
  return [0, 1, 2].map(i => {
    const [j, k] = [(i + 1) % 3, (i + 2) % 3];
    return sub(mul(a[j], b[k]), mul(a[k], b[j]));
  });
});

/** Adds a rule about constant arguments to a builtin. Only the first scalar of each argument is looked at. */
function forbid(name: string, refuse: Builtin['refuse']): void {
  const builtin = table.get(name);
  if (builtin) table.set(name, { ...builtin, refuse });
}
const FIELD = 'offset and count of a bit field exceed 32 bits';
const exceeds = (offset: Value | undefined, count: Value | undefined): boolean =>
  Number(offset ?? 0) + Number(count ?? 0) > 32;
forbid('extractBits', ([, offset, count]) => (exceeds(offset, count) ? FIELD : undefined));
forbid('insertBits', ([, , offset, count]) => (exceeds(offset, count) ? FIELD : undefined));
forbid('clamp', ([, low, high]) =>
  low !== undefined && high !== undefined && low > high
    ? 'the lower bound of "clamp" lies above the upper one'
    : undefined,
);

export const BUILTINS: ReadonlyMap<string, Builtin> = table;

/** An atomic builtin. What it stores follows from the old value and the argument; `undefined` stores nothing. */
export interface Atomic {
  readonly name: string;
  readonly takesValue: boolean;
  readonly returnsOld: boolean;
  combine(old: Scalar, value: Scalar | undefined): Scalar | undefined;
}
const update = (name: string, combine: (old: Scalar, value: Scalar) => Scalar): Atomic => ({
  name,
  takesValue: true,
  returnsOld: true,
  combine: (old, value) => value && combine(old, value),
});
export const ATOMICS: ReadonlyMap<string, Atomic> = new Map(
  [
    { name: 'atomicLoad', takesValue: false, returnsOld: true, combine: () => undefined },
    { ...update('atomicStore', (_old, value) => value), returnsOld: false },
    update('atomicExchange', (_old, value) => value),
    update('atomicAdd', add),
    update('atomicSub', sub),
    update('atomicMin', min),
    update('atomicMax', max),
    update('atomicAnd', (old, value) => same(op.AND, old, value)),
    update('atomicOr', (old, value) => same(op.OR, old, value)),
    update('atomicXor', (old, value) => same(op.XOR, old, value)),
  ].map(atomic => [atomic.name, atomic]),
);

/** The type of a parameter once T is known. */
export function parameterType(param: Signature['params'][number], type: Type, arg: Type): Type {
  if (param === 'T') return type;
  if (param === 'scalar') return arg.kind === 'vector' ? type : element(type);
  if (param === 'mask') return arg.kind === 'vector' ? withScalar(type, BOOL) : BOOL;
  return param;
}

// What WGSL has and this compiler has not, with the way out.
const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [/^(?:pack|unpack)/, 'use shifts, masks and bitcast instead'],
  [/^dot4/, 'use extractBits and dot instead'],
  [/^(?:subgroup|quad)/, 'use a loop over storage instead: subgroup sizes differ between devices'],
  [/Barrier$|^workgroupUniformLoad$/, 'use two kernels instead: the CPU has no workgroups'],
  [/^atomicCompareExchangeWeak$/, 'use atomicMin, atomicMax, atomicOr or atomicExchange instead'],
  [/^texture/, 'use a storage buffer instead'],
  [/^(?:dpdx|dpdy|fwidth)/, 'use differences of storage values instead: derivatives exist in fragment shaders only'],
  [/^(?:transpose|determinant)$/, 'use vectors instead: matrices are not supported'],
  [/^frexp$/, 'use bitcast<u32>(x) and masks instead'],
  [/^ldexp$/, 'use x * exp2(f32(e)) instead'],
  [/^modf$/, 'use trunc(x) and x - trunc(x) instead'],
  [/^asinh$/, 'use log(x + sqrt(x * x + 1.0)) instead'],
  [/^acosh$/, 'use log(x + sqrt(x * x - 1.0)) instead'],
  [/^atanh$/, 'use 0.5 * log((1.0 + x) / (1.0 - x)) instead'],
  [/^(?:faceForward|reflect|refract|outerProduct|quantizeToF16)$/, 'write it out with dot, select and arithmetic'],
];

/** What to use instead of a builtin that WGSL has and this compiler has not; undefined for other names. */
export const insteadOf = (name: string): string | undefined => UNSUPPORTED.find(([pattern]) => pattern.test(name))?.[1];
