// Instructions on vectors of four words (SIMD of WebAssembly). Truth is a mask: all bits or none.
import { operandType, type Scalar } from '../scalar.ts';
import { type Bytes, constant, unsigned } from './binary.ts';

/** Words of a vector. */
export const LANES = 4;

const simd = (code: number): Bytes => [0xfd, ...unsigned(code)];
export const LOAD = [...simd(0), 2, 0];
export const STORE = [...simd(11), 2, 0];
export const SPLAT = simd(17);
/** Followed by the number of the word. */
export const EXTRACT = simd(27);
export const REPLACE = simd(28);
export const EQUAL = simd(55);
export const NOT_EQUAL = simd(56);
export const LESS_UNSIGNED = simd(58);
export const NOT = simd(77);
export const AND = simd(78);
/** The first without the bits of the second. */
export const AND_NOT = simd(79);
export const OR = simd(80);
/** Bits of the first where the third has ones, else of the second. */
export const BITSELECT = simd(82);
/** Whether any bit is one. */
export const ANY = simd(83);
/** The highest bits of the words. */
export const BITMASK = simd(164);
export const SHIFT_LEFT = simd(171);
const SHIFT_RIGHT_SIGNED = simd(172);
export const SHIFT_RIGHT_UNSIGNED = simd(173);
export const ADD = simd(174);
export const SUBTRACT = simd(177);
const NEGATE = simd(161);
const vector = (words: readonly number[]): Bytes => [...simd(12), ...new Uint8Array(Int32Array.from(words).buffer)];
/** The vector (0, 1, 2, 3). */
export const NUMBERS = vector([0, 1, 2, 3]);
export const ALL_ONES = vector([-1, -1, -1, -1]);

const both = (code: number): Record<'i32' | 'u32', number> => ({ i32: code, u32: code });
/** By the type of the operands; bool goes with u32. */
const INSTRUCTIONS: Readonly<Record<string, Record<'i32' | 'u32', number>>> = {
  '+': both(174),
  '-': both(177),
  '*': both(181),
  '&': both(78),
  '|': both(80),
  '^': both(81),
  '~': both(77),
  '!': both(77),
  negate: both(161),
  '==': both(55),
  '!=': both(56),
  '<': { i32: 57, u32: 58 },
  '>': { i32: 59, u32: 60 },
  '<=': { i32: 61, u32: 62 },
  '>=': { i32: 63, u32: 64 },
};

/** The instruction of an operation whose operands are written before it (those of a selection last to first: value if true, value if false, condition). */
export function instructionOf({ operation, args, type }: Scalar & { kind: 'apply' }): Bytes | undefined {
  const from = operandType(args);
  switch (operation.name) {
    case 'select':
      return BITSELECT;
    case 'convert':
    case 'bitcast':
      if (from === 'bool' && type.name !== 'bool') return NEGATE;
      if (from !== 'bool' && type.name === 'bool') return [...constant(0), ...SPLAT, ...NOT_EQUAL];
      return [];
    default: {
      const found = INSTRUCTIONS[operation.name];
      return found && simd(found[from === 'i32' ? 'i32' : 'u32']);
    }
  }
}

export const isShift = ({ operation }: Scalar & { kind: 'apply' }): boolean =>
  operation.name === '<<' || operation.name === '>>';

/** The instruction of a shift by a scalar. */
export function shiftOf({ operation, type }: Scalar & { kind: 'apply' }): Bytes {
  if (operation.name === '<<') return SHIFT_LEFT;
  return type.name === 'i32' ? SHIFT_RIGHT_SIGNED : SHIFT_RIGHT_UNSIGNED;
}

/** Products of two pairs of words, of 64 bits, and the upper words of two such vectors. */
const MULTIPLY_LOWER_PAIR = simd(222);
const MULTIPLY_UPPER_PAIR = simd(223);
const UPPER_WORDS = [...simd(13), ...[4, 12, 20, 28].flatMap(byte => [byte, byte + 1, byte + 2, byte + 3])];

/** The upper words of products. */
export function writeMulHigh(
  emitter: { write(...bytes: Bytes): void },
  args: readonly Scalar[],
  operand: (arg: Scalar) => void,
): void {
  for (const product of [MULTIPLY_LOWER_PAIR, MULTIPLY_UPPER_PAIR]) {
    args.forEach(operand);
    emitter.write(...product);
  }
  emitter.write(...UPPER_WORDS);
}
