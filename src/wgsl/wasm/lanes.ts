// Writes scalars as vectors of four invocations (SIMD instructions of WebAssembly). Truth is a mask: all bits or none.
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, type Scalar, substitute, u32 } from '../scalar.ts';
import { U32 } from '../types.ts';
import { AHEAD, type Ahead } from './ahead.ts';
import { constant, OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import * as simd from './simd.ts';

/** Vectors that are computed side by side: rounds of a draw wait for each other, and a processor does several vectors in that time. */
const TOGETHER = 4;

/** Writes loops that compute ahead for invocations from `x` to `end`, in whole vectors. */
export class LaneEmitter {
  private readonly emitter: FunctionEmitter;
  private readonly isFixed: (scalar: Scalar) => boolean;
  private readonly x: Local;
  /** The first invocation of the vectors. */
  private readonly first: Local = { name: 'first', type: U32 };
  /** Numbers of the vectors of locals that differ between invocations. */
  private readonly vectors = new Map<Local, number[]>();
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
          this.vectorsOf(local).forEach((number, v) => {
            this.scalar(value, v);
            emitter.write(OP.localSet, ...unsigned(number));
          });
        }
        for (const { memory, value } of outputs) {
          for (let v = 0; v < TOGETHER; v++) {
            emitter.address(memory, apply(op.AND, U32, this.firstOf(v), u32(AHEAD - 1)));
            this.scalar(value, v);
            emitter.write(...simd.STORE);
          }
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
    const step = TOGETHER * simd.LANES;
    emitter.scalar(apply(op.AND, U32, localScalar(this.x), u32(-step)));
    emitter.set(first);
    emitter.structure(OP.loop, 'lanes', 'continue', () => {
      this.vectorsOf(this.x).forEach((number, v) => {
        emitter.scalar(this.firstOf(v));
        emitter.write(...simd.SPLAT, ...simd.NUMBERS, ...simd.ADD, OP.localSet, ...unsigned(number));
      });
      body();
      emitter.get(first);
      emitter.write(...constant(step), OP.i32Add, OP.localTee, ...unsigned(emitter.number(first)));
      emitter.get(end);
      emitter.write(OP.i32LtU, OP.brIf, 0);
    });
  }

  private firstOf(v: number): Scalar {
    return apply(op.ADD, U32, localScalar(this.first), u32(simd.LANES * v));
  }

  private vectorsOf(local: Local): readonly number[] {
    const known = this.vectors.get(local);
    if (known) return known;
    const made = Array.from({ length: TOGETHER }, () => this.emitter.newLocal(V128));
    this.vectors.set(local, made);
    return made;
  }

  /** Puts the parts of a scalar that are the same for all into vectors. */
  private prepare(scalar: Scalar): void {
    if (this.isFixed(scalar)) {
      const key = keyOf(scalar);
      if (this.splats.has(key)) return;
      this.emitter.masked(scalar);
      this.emitter.write(...simd.SPLAT);
      this.splats.set(key, this.emitter.keep(V128));
    } else if (scalar.kind === 'apply') {
      const operands = simd.isShift(scalar) ? scalar.args.slice(0, 1) : scalar.args;
      for (const arg of operands) this.prepare(arg);
    }
  }

  private scalar(scalar: Scalar, v: number): void {
    const { emitter } = this;
    const fixed = this.splats.get(keyOf(scalar));
    if (fixed !== undefined) emitter.write(OP.localGet, ...unsigned(fixed));
    else if (scalar.kind === 'local') emitter.write(OP.localGet, ...unsigned(this.vectorsOf(scalar.local)[v]));
    else if (scalar.kind === 'apply') this.apply(scalar, v);
    else if (scalar.kind === 'load') {
      // the index is the invocation's number, so much further: four words side by side
      emitter.address(scalar.memory, substitute(scalar.index, new Map([[this.x, this.firstOf(v)]])));
      emitter.write(...simd.LOAD);
    } else throw new Error(`no vector of a ${scalar.kind}`);
  }

  private apply(scalar: Scalar & { kind: 'apply' }, v: number): void {
    const { emitter } = this;
    const { operation, args } = scalar;
    const instruction = simd.instructionOf(scalar);
    if (simd.isShift(scalar)) {
      this.scalar(args[0], v);
      emitter.scalar(args[1]);
      emitter.write(...simd.shiftOf(scalar));
    } else if (operation.name === 'mulHigh') {
      simd.writeMulHigh(emitter, args, arg => this.scalar(arg, v));
    } else if (instruction) {
      for (const arg of simd.operandsOf(scalar)) this.scalar(arg, v);
      emitter.write(...instruction);
    } else throw new Error(`no vectors of "${operation.name}"`);
  }
}
