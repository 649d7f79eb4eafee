// The WebAssembly of scalar operations. Integers of both signs and bool are i32. What is not here is a function of the host, made of the operation's JavaScript.
import type { ScalarName } from '../types.ts';
import { type Bytes, constant, floatConstant, OP, TRUNCATE_SATURATED_S, TRUNCATE_SATURATED_U } from './binary.ts';

/** An operand that can be written more than once: a local or a constant. */
export interface Operand {
  readonly bytes: Bytes;
  /** The value, if it is constant. */
  readonly constant?: number;
}

/** How an operation is written: after its operands, or around operands that it uses twice. */
export type Instruction = { readonly after: Bytes } | { readonly around: (args: readonly Operand[]) => Bytes };

const after = (...bytes: number[]): Instruction => ({ after: bytes });

/** Instructions by type of the operands; bool goes with u32. */
interface ByType {
  readonly i32: Instruction;
  readonly u32: Instruction;
  readonly f32?: Instruction;
}

function byType(i32: Instruction, u32: Instruction, float?: number): ByType {
  return { i32, u32, ...(float !== undefined && { f32: after(float) }) };
}
const integers = (code: number, float?: number): ByType => byType(after(code), after(code), float);
const bySign = (signed: number, unsigned: number, float?: number): ByType =>
  byType(after(signed), after(unsigned), float);

/** WGSL: x / 0 = x and x % 0 = 0, which is what dividing by 1 gives; and the least i32 by −1 is itself. */
function division(code: number, isSigned: boolean): Instruction {
  return {
    around: ([left, right]) => {
      const { constant: divisor } = right;
      if (divisor !== undefined && divisor !== 0 && !(isSigned && divisor === -1)) {
        return [...left.bytes, ...right.bytes, code];
      }
      const isMinusOne = [...right.bytes, ...constant(-1), OP.i32Eq];
      const isLeast = [...left.bytes, ...constant(-(2 ** 31)), OP.i32Eq];
      const overflows = isSigned ? [...isMinusOne, ...isLeast, OP.i32And, OP.i32Or] : [];
      const replaced = [...right.bytes, OP.i32Eqz, ...overflows];
      return [...left.bytes, ...constant(1), ...right.bytes, ...replaced, OP.select, code];
    },
  };
}

/** The upper half of a product of 64 bits. */
const mulHigh = ([left, right]: readonly Operand[]): Bytes => [
  ...[...left.bytes, OP.i64ExtendU, ...right.bytes, OP.i64ExtendU, OP.i64Mul],
  ...[OP.i64Const, 32, OP.i64ShrU, OP.i32WrapI64],
];

const TABLE: Readonly<Record<string, ByType>> = {
  '+': integers(OP.i32Add, OP.f32Add),
  '-': integers(OP.i32Sub, OP.f32Sub),
  '*': integers(OP.i32Mul, OP.f32Mul),
  '/': byType(division(OP.i32DivS, true), division(OP.i32DivU, false), OP.f32Div),
  '%': byType(division(OP.i32RemS, true), division(OP.i32RemU, false)),
  '&': integers(OP.i32And),
  '|': integers(OP.i32Or),
  '^': integers(OP.i32Xor),
  '<<': integers(OP.i32Shl),
  '==': integers(OP.i32Eq, OP.f32Eq),
  '!=': integers(OP.i32Ne, OP.f32Ne),
  '<': bySign(OP.i32LtS, OP.i32LtU, OP.f32Lt),
  '<=': bySign(OP.i32LeS, OP.i32LeU, OP.f32Le),
  '>': bySign(OP.i32GtS, OP.i32GtU, OP.f32Gt),
  '>=': bySign(OP.i32GeS, OP.i32GeU, OP.f32Ge),
  '!': integers(OP.i32Eqz),
  negate: byType(after(...constant(-1), OP.i32Mul), after(...constant(-1), OP.i32Mul), OP.f32Neg),
  '~': byType(after(...constant(-1), OP.i32Xor), after(...constant(-1), OP.i32Xor)),
  mulHigh: byType({ around: mulHigh }, { around: mulHigh }),
  countOneBits: integers(OP.i32Popcnt),
  countLeadingZeros: integers(OP.i32Clz),
};

/** Functions of one f32 that WebAssembly has too. */
const FLOATS: Readonly<Record<string, number>> = {
  abs: OP.f32Abs,
  ceil: OP.f32Ceil,
  floor: OP.f32Floor,
  trunc: OP.f32Trunc,
  sqrt: OP.f32Sqrt,
  min: OP.f32Min,
  max: OP.f32Max,
};

/** The instruction of an operation with operands of type `from` (the last one) and a result of type `to`; undefined for what the host has to do. */
export function instructionOf(name: string, from: ScalarName, to: ScalarName): Instruction | undefined {
  if (name === 'convert') return conversion(from, to);
  if (name === 'bitcast') {
    if ((from === 'f32') === (to === 'f32')) return after();
    return after(to === 'f32' ? OP.f32Reinterpret : OP.i32Reinterpret);
  }
  if (name === '>>') return after(to === 'i32' ? OP.i32ShrS : OP.i32ShrU);
  if (from === 'f32' && FLOATS[name] !== undefined) return after(FLOATS[name]);
  const types = TABLE[name];
  return from === 'f32' ? types?.f32 : from === 'i32' ? types?.i32 : types?.u32;
}

// The largest f32 below 2³¹ and 2³²: conversions clamp in f32 (WGSL section "Floating Point Conversion"); the lower bound is saturated, and NaN becomes 0.
const LARGEST = { i32: floatConstant(2147483520), u32: floatConstant(4294967040) };

function conversion(from: ScalarName, to: ScalarName): Instruction {
  if (from === to) return after();
  if (to === 'bool') return from === 'f32' ? after(...floatConstant(0), OP.f32Ne) : after(OP.i32Eqz, OP.i32Eqz);
  if (to === 'f32') return after(from === 'i32' ? OP.f32ConvertS : OP.f32ConvertU);
  if (from !== 'f32') return after();
  return to === 'i32'
    ? after(...LARGEST.i32, OP.f32Min, ...TRUNCATE_SATURATED_S)
    : after(...LARGEST.u32, OP.f32Min, ...TRUNCATE_SATURATED_U);
}

/** Instructions of atomic updates, which leave the old word. */
export const ATOMIC_UPDATES: Readonly<Record<string, Bytes>> = {
  atomicAdd: [0xfe, 0x1e],
  atomicSub: [0xfe, 0x25],
  atomicAnd: [0xfe, 0x2c],
  atomicOr: [0xfe, 0x33],
  atomicXor: [0xfe, 0x3a],
  atomicExchange: [0xfe, 0x41],
  compareExchange: [0xfe, 0x48],
};
