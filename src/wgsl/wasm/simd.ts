// Instructions on vectors of four words, or of sixteen bytes (SIMD of WebAssembly). Truth is a mask: all bits or none.
import { type Operation, operandType, type Scalar } from '../scalar.ts';
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
export const NOT_EQUAL = simd(56);
export const LESS_UNSIGNED = simd(58);
export const NOT = simd(77);
export const AND = simd(78);
/** The first without the bits of the second. */
export const AND_NOT = simd(79);
/** Bits of the first where the third has ones, else of the second. */
export const BITSELECT = simd(82);
/** Whether any bit is one. */
export const ANY = simd(83);
export const SHIFT_LEFT = simd(171);
export const SHIFT_RIGHT_SIGNED = simd(172);
export const SHIFT_RIGHT_UNSIGNED = simd(173);
export const ADD = simd(174);
const NEGATE = simd(161);
const vector = (words: readonly number[]): Bytes => [...simd(12), ...new Uint8Array(Int32Array.from(words).buffer)];
/** The vector (0, 1, 2, 3). */
export const NUMBERS = vector([0, 1, 2, 3]);
export const ALL_ONES = vector([-1, -1, -1, -1]);

/** Bytes: the first sixteen lanes of a group. */
export const SPLAT_BYTES = simd(15);
export const SWIZZLE = simd(14);
export const EQUAL_BYTES = simd(35);
export const ADD_BYTES = simd(110);
export const SUBTRACT_BYTES = simd(113);
export const NEGATE_BYTES = simd(97);
/** Followed by the number of the byte; with its sign. */
export const EXTRACT_BYTE = simd(21);
/** The highest bits of the bytes. */
export const BITMASK_BYTES = simd(100);
const bytes = (values: readonly number[]): Bytes => [...simd(12), ...values];
/** The place of each lane's bit in its byte, and the byte of 16 bits that it is in. */
export const BYTE_BITS = bytes(Array.from({ length: 16 }, (_, lane) => 1 << (lane & 7)));
export const BYTE_OF_LANE = bytes(Array.from({ length: 16 }, (_, lane) => lane >> 3));
/** Four words from bytes, with their signs: those of vector `w`. */
export const WIDEN: readonly Bytes[] = [
  [...simd(135), ...simd(167)],
  [...simd(135), ...simd(168)],
  [...simd(136), ...simd(167)],
  [...simd(136), ...simd(168)],
];
/** Two vectors of words as one of halves of words, and two of these as one of bytes; what does not fit becomes the nearest that does. */
export const NARROW_WORDS = simd(133);
export const NARROW_HALVES = simd(101);

const shuffle = (places: readonly number[]): Bytes => [...simd(13), ...places];
const sixteen = (place: (at: number) => number): number[] => Array.from({ length: 16 }, (_, at) => place(at));
/** Bytes of two vectors in turn, from their first or second halves; likewise pairs of bytes. */
export const INTERLEAVE_LOW = shuffle(sixteen(at => (at >> 1) + 16 * (at & 1)));
export const INTERLEAVE_HIGH = shuffle(sixteen(at => 8 + (at >> 1) + 16 * (at & 1)));
export const INTERLEAVE_PAIRS_LOW = shuffle(sixteen(at => 2 * (at >> 2) + (at & 1) + 8 * (at & 2)));
export const INTERLEAVE_PAIRS_HIGH = shuffle(sixteen(at => 8 + 2 * (at >> 2) + (at & 1) + 8 * (at & 2)));
/** The bytes with this number of the words of two vectors, in the first half of one; and the first halves of two. */
export const bytesOfWords = (byte: number): Bytes => shuffle(sixteen(at => (at < 8 ? 4 * at + byte : 0)));
export const FIRST_HALVES = shuffle(sixteen(at => (at < 8 ? at : at + 8)));

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

/** The instruction of an operation whose operands are written before it. */
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

/** By operation, on bytes. */
const BYTE_INSTRUCTIONS: Readonly<Record<string, number>> = {
  '+': 110,
  '-': 113,
  '&': 78,
  '|': 80,
  '^': 81,
  '!': 77,
  negate: 97,
  '==': 35,
  '!=': 36,
  '<': 37,
  '>': 39,
  '<=': 41,
  '>=': 43,
  select: 82,
};

/** The same as `instructionOf`, on bytes from −128 to 127. */
export function byteInstructionOf({ operation, args, type }: Scalar & { kind: 'apply' }): Bytes {
  const from = operandType(args);
  if (!CONVERSIONS.includes(operation.name)) return simd(BYTE_INSTRUCTIONS[operation.name]);
  if (from === 'bool' && type.name !== 'bool') return simd(BYTE_INSTRUCTIONS.negate);
  if (from !== 'bool' && type.name === 'bool')
    return [...constant(0), ...SPLAT_BYTES, ...simd(BYTE_INSTRUCTIONS['!='])];
  return [];
}

const CONVERSIONS: readonly string[] = ['convert', 'bitcast'];

/** Whether there are vectors of four words of what an operation gives; shifts must be the same for all. */
export const hasVectors = ({ name }: Operation): boolean =>
  name in INSTRUCTIONS || CONVERSIONS.includes(name) || ['<<', '>>', 'select', 'mulHigh'].includes(name);

/** Whether there are vectors of bytes of it. */
export const hasBytes = ({ name }: Operation): boolean => name in BYTE_INSTRUCTIONS || CONVERSIONS.includes(name);

/** The operands in the order in which an instruction takes them. */
export const operandsOf = ({ operation, args }: Scalar & { kind: 'apply' }): readonly Scalar[] =>
  operation.name === 'select' ? [args[1], args[2], args[0]] : args;

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
