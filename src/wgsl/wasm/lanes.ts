// Writes scalars as vectors of four invocations (SIMD instructions of WebAssembly). Truth is a mask: all bits or none.
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, operandType, type Scalar, u32 } from '../scalar.ts';
import { U32 } from '../types.ts';
import { AHEAD, type Ahead } from './ahead.ts';
import { type Bytes, constant, OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';

/** Words of a vector. */
const LANES = 4;

const simd = (code: number): Bytes => [0xfd, ...unsigned(code)];
const LOAD = [...simd(0), 2, 0];
const STORE = [...simd(11), 4, 0];
const SPLAT = simd(17);
const NOT_EQUAL = simd(56);
const BITSELECT = simd(82);
const NEGATE = simd(161);
const ADD = simd(174);
/** The vector (0, 1, 2, 3). */
const NUMBERS = [...simd(12), ...[0, 1, 2, 3].flatMap(lane => [lane, 0, 0, 0])];

const both = (code: number): Record<'i32' | 'u32', number> => ({ i32: code, u32: code });
/** Instructions of two operands and of one, by the type of the operands. */
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

/** Writes loops that compute ahead for invocations from `x` to `end`, in whole vectors. */
export class LaneEmitter {
  private readonly emitter: FunctionEmitter;
  private readonly isFixed: (scalar: Scalar) => boolean;
  private readonly x: Local;
  /** The first invocation of a vector. */
  private readonly first: Local = { name: 'first', type: U32 };
  /** Numbers of the vectors of locals that differ between invocations. */
  private readonly vectors = new Map<Local, number>();
  /** Numbers of the vectors of what is the same for all, set before a loop. */
  private readonly splats = new Map<string, number>();

  constructor(emitter: FunctionEmitter, isFixed: (scalar: Scalar) => boolean, x: Local) {
    this.emitter = emitter;
    this.isFixed = isFixed;
    this.x = x;
  }

  ahead({ guards, code, outputs }: Ahead, end: Local): void {
    const { emitter } = this;
    const compute = (): void => {
      for (const { value } of [...code, ...outputs]) this.prepare(value);
      this.loop(end, () => {
        for (const { local, value } of code) {
          this.scalar(value);
          emitter.write(OP.localSet, ...unsigned(this.vectorOf(local)));
        }
        for (const { memory, value } of outputs) {
          emitter.address(memory, apply(op.AND, U32, localScalar(this.first), u32(AHEAD - 1)));
          this.scalar(value);
          emitter.write(...STORE);
        }
      });
    };
    const guarded = (depth: number): void => {
      if (depth === guards.length) compute();
      else {
        emitter.scalar(guards[depth]);
        emitter.structure(OP.if, '', 'break', () => guarded(depth + 1));
      }
    };
    guarded(0);
    this.splats.clear();
  }

  private loop(end: Local, body: () => void): void {
    const { emitter, first } = this;
    emitter.scalar(apply(op.AND, U32, localScalar(this.x), u32(-LANES)));
    emitter.set(first);
    emitter.structure(OP.loop, 'lanes', 'continue', () => {
      emitter.get(first);
      emitter.write(...SPLAT, ...NUMBERS, ...ADD, OP.localSet, ...unsigned(this.vectorOf(this.x)));
      body();
      emitter.get(first);
      emitter.write(...constant(LANES), OP.i32Add, OP.localTee, ...unsigned(emitter.number(first)));
      emitter.get(end);
      emitter.write(OP.i32LtU, OP.brIf, 0);
    });
  }

  private vectorOf(local: Local): number {
    const known = this.vectors.get(local);
    if (known !== undefined) return known;
    const made = this.emitter.newLocal(V128);
    this.vectors.set(local, made);
    return made;
  }

  /** Puts the parts of a scalar that are the same for all into vectors. */
  private prepare(scalar: Scalar): void {
    if (this.isFixed(scalar)) {
      const key = keyOf(scalar);
      if (this.splats.has(key)) return;
      const number = this.emitter.newLocal(V128);
      this.emitter.scalar(scalar);
      // truth is a mask
      if (scalar.type.name === 'bool') this.emitter.write(...constant(-1), OP.i32Mul);
      this.emitter.write(...SPLAT, OP.localSet, ...unsigned(number));
      this.splats.set(key, number);
    } else if (scalar.kind === 'apply') {
      const operands = isShift(scalar) ? scalar.args.slice(0, 1) : scalar.args;
      for (const arg of operands) this.prepare(arg);
    }
  }

  private scalar(scalar: Scalar): void {
    const { emitter } = this;
    const fixed = this.splats.get(keyOf(scalar));
    if (fixed !== undefined) emitter.write(OP.localGet, ...unsigned(fixed));
    else if (scalar.kind === 'local') emitter.write(OP.localGet, ...unsigned(this.vectorOf(scalar.local)));
    else if (scalar.kind === 'apply') this.apply(scalar);
    else if (scalar.kind === 'load') {
      // the index is the invocation's number, so much further: four words side by side
      emitter.address(scalar.memory, substitute(scalar.index, this.x, this.first));
      emitter.write(...LOAD);
    } else throw new Error(`no vector of a ${scalar.kind}`);
  }

  private mulHigh(args: readonly Scalar[]): void {
    for (const product of [MULTIPLY_LOWER_PAIR, MULTIPLY_UPPER_PAIR]) {
      for (const arg of args) this.scalar(arg);
      this.emitter.write(...product);
    }
    this.emitter.write(...UPPER_WORDS);
  }

  private apply(scalar: Scalar & { kind: 'apply' }): void {
    const { emitter } = this;
    const { operation, args, type } = scalar;
    const from = operandType(args);
    if (operation.name === 'select') {
      for (const arg of [args[1], args[2], args[0]]) this.scalar(arg);
      emitter.write(...BITSELECT);
    } else if (isShift(scalar)) {
      this.scalar(args[0]);
      emitter.scalar(args[1]);
      emitter.write(...simd(operation.name === '<<' ? 171 : type.name === 'i32' ? 172 : 173));
    } else if (operation.name === 'convert' || operation.name === 'bitcast') {
      this.scalar(args[0]);
      if (from === 'bool' && type.name !== 'bool') emitter.write(...NEGATE);
      if (from !== 'bool' && type.name === 'bool') emitter.write(...constant(0), ...SPLAT, ...NOT_EQUAL);
    } else if (operation.name === 'mulHigh') {
      this.mulHigh(args);
    } else {
      for (const arg of args) this.scalar(arg);
      emitter.write(...simd(INSTRUCTIONS[operation.name][from === 'i32' ? 'i32' : 'u32']));
    }
  }
}

/** Products of two pairs of words, of 64 bits, and the upper words of two such vectors. */
const MULTIPLY_LOWER_PAIR = simd(222);
const MULTIPLY_UPPER_PAIR = simd(223);
const UPPER_WORDS = [...simd(13), ...[4, 12, 20, 28].flatMap(byte => [byte, byte + 1, byte + 2, byte + 3])];

const isShift = ({ operation }: Scalar & { kind: 'apply' }): boolean =>
  operation.name === '<<' || operation.name === '>>';

function substitute(scalar: Scalar, local: Local, other: Local): Scalar {
  if (scalar.kind === 'local') return scalar.local === local ? localScalar(other) : scalar;
  if (scalar.kind !== 'apply') return scalar;
  return apply(scalar.operation, scalar.type, ...scalar.args.map(arg => substitute(arg, local, other)));
}
