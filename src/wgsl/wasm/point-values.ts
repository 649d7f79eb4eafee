// Writes the values of scalars for sixteen strands at once: four vectors of words, or one of bytes for what is small. What is the same for all strands is computed once.
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import type { SetCode } from './ahead.ts';
import { constant, OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { GROUP, groupBits, type PointLoop } from './points.ts';
import * as simd from './simd.ts';
import { isDoubling, type Widths } from './widths.ts';

export const VECTORS = GROUP / simd.LANES;
/** Vectors of a row of sets that are computed side by side. */
const PAIR = 2;

/** Memory that the strands need. */
export interface PointMemory {
  /** Values of each strand that are found before all agents, by text. */
  readonly arrays: Map<string, { memory: Memory; value: Scalar }>;
  /** What rows of sets leave, of one group. */
  readonly rows: Memory[];
  /** By table of up to sixteen words that is the same for all strands: the first bytes of all words, the second, the third, the fourth; undefined while nobody looks in it. */
  readonly planes: Map<Memory, Memory | undefined>;
}

/** A truth value of each strand, as words and as bytes; the form that nobody reads costs nothing, since V8 drops it. */
export interface Mask {
  readonly words: readonly number[];
  readonly bytes: number;
}

export class PointValues {
  /** The first strand of the group. */
  readonly first: Local = { name: 'firstPoint', type: U32 };
  private readonly emitter: FunctionEmitter;
  private readonly loop: PointLoop;
  private readonly widths: Widths;
  private readonly memory: PointMemory;
  private rowsLeft = 0;
  /** Vectors of each local that differs between strands: four of words, or one of bytes. */
  private readonly vectors = new Map<Local, number[]>();
  /** Vectors that hold for the present statement: of scalars that are the same for all strands, and of bytes as words. */
  private readonly splats = new Map<string, number>();
  private readonly byteSplats = new Map<string, number>();
  private readonly widened = new Map<string, number[]>();
  /** Vectors of the planes of tables, of the present agent. */
  private readonly planes = new Map<Memory, readonly number[]>();
  /** Vectors of the arrays that are known, of the present group. */
  private loaded = new Map<string, number[]>();
  private readonly byteBits: number;
  private readonly byteOfLane: number;

  constructor(emitter: FunctionEmitter, loop: PointLoop, widths: Widths, memory: PointMemory) {
    this.emitter = emitter;
    this.loop = loop;
    this.widths = widths;
    this.memory = memory;
    this.byteBits = emitter.newLocal(V128);
    this.byteOfLane = emitter.newLocal(V128);
  }

  /** Before the groups of an agent. */
  beginAgent(): void {
    this.emitter.write(...simd.BYTE_BITS, OP.localSet, ...unsigned(this.byteBits));
    this.emitter.write(...simd.BYTE_OF_LANE, OP.localSet, ...unsigned(this.byteOfLane));
    for (const [table, planes] of this.memory.planes) {
      if (planes)
        this.planes.set(
          table,
          this.allocate(k => this.loadAt(planes, u32(simd.LANES * k))),
        );
    }
  }

  /** Before all agents: takes the tables apart. */
  fillPlanes(): void {
    const { emitter } = this;
    for (const [table, planes] of this.memory.planes) {
      if (!planes) continue;
      const words = this.allocate(w => this.loadAt(table, u32(simd.LANES * w)));
      const half = (byte: number, from: number): void => {
        emitter.write(OP.localGet, ...unsigned(words[from]), OP.localGet, ...unsigned(words[from + 1]));
        emitter.write(...simd.bytesOfWords(byte));
      };
      for (let byte = 0; byte < 4; byte++) {
        emitter.address(planes, u32(simd.LANES * byte));
        half(byte, 0);
        half(byte, 2);
        emitter.write(...simd.FIRST_HALVES, ...simd.STORE);
      }
    }
  }

  /** At the start of a group. */
  beginGroup(): void {
    this.resetCounter();
    this.loaded = new Map(
      [...this.memory.arrays].map(([key, { memory }]) => [key, this.allocate(w => this.load(memory, w))]),
    );
  }

  /** After a statement: what it set may have changed what was kept. */
  endStatement(): void {
    this.splats.clear();
    this.byteSplats.clear();
    this.widened.clear();
  }

  isNarrow(scalar: Scalar): boolean {
    return this.widths.isNarrow(scalar);
  }

  resetCounter(): void {
    for (const local of [this.loop.counter, ...this.loop.aliases]) {
      this.emitter.get(this.first);
      this.emitter.set(local);
    }
  }

  /** New vectors with these values. */
  allocate(value: (w: number) => void): number[] {
    return Array.from({ length: VECTORS }, (_, w) => {
      value(w);
      return this.keep();
    });
  }

  /** A new vector with the value that was written. */
  keep(): number {
    const number = this.emitter.newLocal(V128);
    this.emitter.write(OP.localSet, ...unsigned(number));
    return number;
  }

  /** The vectors of a local. */
  vectorsOf(local: Local): readonly number[] {
    const known = this.vectors.get(local);
    if (known) return known;
    const length = this.isNarrow(localScalar(local)) ? 1 : VECTORS;
    const made = Array.from({ length }, () => this.emitter.newLocal(V128));
    this.vectors.set(local, made);
    return made;
  }

  /** Sets a local that differs between strands, for those of a mask, or for all. */
  set(local: Local, value: Scalar, mask?: Mask): void {
    const { emitter } = this;
    const numbers = this.vectorsOf(local);
    const isNarrow = numbers.length === 1;
    if (isNarrow) this.prepareBytes(value);
    else this.prepareWords(value);
    numbers.forEach((number, w) => {
      if (isNarrow) this.bytes(value);
      else this.words(value, w);
      if (mask) {
        emitter.write(OP.localGet, ...unsigned(number), OP.localGet);
        emitter.write(...unsigned(isNarrow ? mask.bytes : mask.words[w]), ...simd.BITSELECT);
      }
      emitter.write(OP.localSet, ...unsigned(number));
    });
  }

  /** Whether a set is of a local of words and follows from what the sets before it in a row set, and from what is the same for all strands or follows from the strand alone. */
  isComputed({ local, value }: SetCode, row: readonly SetCode[]): boolean {
    const { loop } = this;
    const kind = loop.of(localScalar(local));
    if (kind === 'point') return true;
    if (kind !== 'many' || this.isNarrow(localScalar(local)) || row.some(set => set.local === local)) return false;
    const isKnown = (scalar: Scalar): boolean => {
      if (loop.of(scalar) !== 'many') return true;
      if (scalar.kind === 'local') return row.some(set => set.local === scalar.local);
      if (scalar.kind !== 'apply') return false;
      if (simd.isShift(scalar)) return loop.of(scalar.args[1]) === 'same' && isKnown(scalar.args[0]);
      const hasVectors = simd.instructionOf(scalar) !== undefined || scalar.operation.name === 'mulHigh';
      return hasVectors && scalar.args.every(isKnown);
    };
    return isKnown(value);
  }

  /**
   * A row of sets, two vectors at a time: the rounds of a draw wait for each other, so that one would be too slow, and the values of four need more registers than there are. `read`
   * are the locals that others read.
   */
  setMany(row: readonly SetCode[], read: readonly Local[]): void {
    const { emitter, loop, first, loaded } = this;
    const sets = row.filter(({ local }) => loop.of(localScalar(local)) === 'many');
    for (const { value } of sets) this.prepare(value);
    this.loaded = new Map();
    const outputs = read
      .filter(local => loop.of(localScalar(local)) === 'many')
      .map(local => ({ local, memory: this.rowOutput() }));
    emitter.structure(OP.loop, 'pairs', 'continue', () => {
      for (const { local, value } of sets) {
        for (let w = 0; w < PAIR; w++) {
          this.words(value, w);
          emitter.write(OP.localSet, ...unsigned(this.vectorsOf(local)[w]));
        }
      }
      for (const { local, memory } of outputs) {
        for (let w = 0; w < PAIR; w++) {
          emitter.address(memory, this.inGroup(w));
          emitter.write(OP.localGet, ...unsigned(this.vectorsOf(local)[w]), ...simd.STORE);
        }
      }
      emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(PAIR * simd.LANES)));
      emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(GROUP - 1), OP.i32And, OP.brIf, 0);
    });
    emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(-GROUP)));
    emitter.set(first);
    this.loaded = loaded;
    for (const { local, memory } of outputs) {
      this.vectorsOf(local).forEach((number, w) => {
        emitter.address(memory, u32(simd.LANES * w));
        emitter.write(...simd.LOAD, OP.localSet, ...unsigned(number));
      });
    }
    this.endStatement();
  }

  /** The first strand of a vector, as a place in its group. */
  private inGroup(w: number): Scalar {
    return apply(op.AND, U32, behind(localScalar(this.first), w), u32(GROUP - 1));
  }

  private rowOutput(): Memory {
    const { rows } = this.memory;
    const number = this.rowsLeft++;
    rows[number] ??= { name: `row_${number}`, kind: 'local', size: GROUP };
    return rows[number];
  }

  /** A mask of the strands for which a condition holds. */
  maskOf(condition: Scalar): Mask {
    this.prepare(condition);
    if (this.isNarrow(condition)) {
      this.bytes(condition);
      const bytes = this.keep();
      return { bytes, words: this.widenedOf(bytes) };
    }
    return this.maskOfWords(this.allocate(w => this.words(condition, w)));
  }

  /** A mask in words, also as bytes. */
  maskOfWords(words: readonly number[]): Mask {
    this.narrow(w => this.emitter.write(OP.localGet, ...unsigned(words[w])));
    return { words, bytes: this.keep() };
  }

  /** Writes bytes with the values of words that fit into them. */
  private narrow(words: (w: number) => void): void {
    const { emitter } = this;
    words(0);
    words(1);
    emitter.write(...simd.NARROW_WORDS);
    words(2);
    words(3);
    emitter.write(...simd.NARROW_WORDS, ...simd.NARROW_HALVES);
  }

  private widenedOf(bytes: number): number[] {
    return this.allocate(w => this.emitter.write(OP.localGet, ...unsigned(bytes), ...simd.WIDEN[w]));
  }

  /** Puts the parts of a scalar that are the same for all strands into vectors, and those that are computed as bytes within words. */
  prepare(scalar: Scalar): void {
    const { loop } = this;
    const kind = loop.of(scalar);
    if (this.isNarrow(scalar)) this.prepareBytes(scalar);
    else if (kind === 'same') this.splat(scalar);
    else if (this.isLookup(scalar)) this.lookUp(scalar);
    else if (kind === 'many' && scalar.kind === 'apply') {
      const byVectors = simd.instructionOf(scalar) || scalar.operation.name === 'mulHigh';
      if (!byVectors && !simd.isShift(scalar)) return;
      for (const arg of simd.isShift(scalar) ? scalar.args.slice(0, 1) : scalar.args) this.prepareWords(arg);
    }
  }

  /** The same for a scalar whose words are wanted. */
  prepareWords(scalar: Scalar): void {
    this.prepare(scalar);
    if (this.isNarrow(scalar)) this.widen(scalar);
  }

  private isLookup(scalar: Scalar): scalar is Scalar & { kind: 'load' } {
    return scalar.kind === 'load' && this.memory.planes.has(scalar.memory) && this.loop.of(scalar.index) === 'many';
  }

  /** Looks words up in a table: their bytes one by one, for all strands at once. */
  private lookUp(scalar: Scalar & { kind: 'load' }): void {
    const { emitter } = this;
    const { memory, index } = scalar;
    const key = keyOf(scalar);
    if (this.widened.has(key)) return;
    const { planes } = this.memory;
    if (!planes.get(memory)) planes.set(memory, { name: `${memory.name}_planes`, kind: 'local', size: GROUP });
    this.prepare(index);
    if (this.isNarrow(index)) this.bytes(index);
    else this.narrow(w => this.words(index, w));
    const place = this.keep();
    // the first of the two rounds of emission finds the table out
    const numbers = this.planes.get(memory) ?? [place, place, place, place];
    const bytes = numbers.map(plane => {
      emitter.write(OP.localGet, ...unsigned(plane), OP.localGet, ...unsigned(place), ...simd.SWIZZLE);
      return this.keep();
    });
    const two = (a: number, b: number, interleave: readonly number[]): number => {
      emitter.write(OP.localGet, ...unsigned(a), OP.localGet, ...unsigned(b), ...interleave);
      return this.keep();
    };
    const [b0, b1, b2, b3] = bytes;
    const [low, lowUpper] = [two(b0, b1, simd.INTERLEAVE_LOW), two(b2, b3, simd.INTERLEAVE_LOW)];
    const [high, highUpper] = [two(b0, b1, simd.INTERLEAVE_HIGH), two(b2, b3, simd.INTERLEAVE_HIGH)];
    this.widened.set(key, [
      two(low, lowUpper, simd.INTERLEAVE_PAIRS_LOW),
      two(low, lowUpper, simd.INTERLEAVE_PAIRS_HIGH),
      two(high, highUpper, simd.INTERLEAVE_PAIRS_LOW),
      two(high, highUpper, simd.INTERLEAVE_PAIRS_HIGH),
    ]);
  }

  private widen(scalar: Scalar): void {
    const key = keyOf(scalar);
    if (this.widened.has(key)) return;
    this.bytes(scalar);
    this.widened.set(key, this.widenedOf(this.keep()));
  }

  private splat(scalar: Scalar): void {
    const { emitter } = this;
    const key = keyOf(scalar);
    if (this.splats.has(key)) return;
    emitter.scalar(scalar);
    if (scalar.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
    emitter.write(...simd.SPLAT);
    this.splats.set(key, this.keep());
  }

  private prepareBytes(scalar: Scalar): void {
    const { emitter } = this;
    if (this.loop.of(scalar) === 'same') {
      const key = keyOf(scalar);
      if (this.byteSplats.has(key)) return;
      emitter.scalar(scalar);
      if (scalar.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
      emitter.write(...simd.SPLAT_BYTES);
      this.byteSplats.set(key, this.keep());
    } else if (scalar.kind === 'apply' && !groupBits(scalar, this.loop)) {
      for (const arg of isDoubling(scalar) ? scalar.args.slice(1) : scalar.args) this.prepareBytes(arg);
    }
  }

  /** Writes the vector of bytes of a scalar that is computed as bytes, or is the same for all strands. */
  bytes(scalar: Scalar): void {
    const { emitter } = this;
    if (this.loop.of(scalar) === 'same') {
      emitter.write(OP.localGet, ...unsigned(this.byteSplats.get(keyOf(scalar))!));
    } else if (scalar.kind === 'local') {
      emitter.write(OP.localGet, ...unsigned(this.vectorsOf(scalar.local)[0]));
    } else if (scalar.kind === 'apply') this.applyToBytes(scalar);
  }

  private applyToBytes(scalar: Scalar & { kind: 'apply' }): void {
    const { emitter, loop } = this;
    const from = groupBits(scalar, loop);
    if (from) {
      this.hasBit(from);
      emitter.write(...simd.NEGATE_BYTES);
      return;
    }
    if (isDoubling(scalar)) {
      this.bytes(scalar.args[1]);
      this.bytes(scalar.args[1]);
      emitter.write(...simd.ADD_BYTES);
      return;
    }
    const { operation, args } = scalar;
    // a mask is −1, so that adding a truth is subtracting its mask
    const added = operation.name === '+' ? args[1] : undefined;
    const bit = added && groupBits(added, loop);
    if (added && (bit || isTruth(added))) {
      this.bytes(args[0]);
      if (bit) this.hasBit(bit);
      else this.bytes((added as Scalar & { kind: 'apply' }).args[0]);
      emitter.write(...simd.SUBTRACT_BYTES);
      return;
    }
    const operands = operation.name === 'select' ? [args[1], args[2], args[0]] : args;
    for (const arg of operands) this.bytes(arg);
    emitter.write(...simd.byteInstructionOf(scalar));
  }

  /** The mask, in bytes, of the strands whose bit in a word is one. */
  private hasBit(from: Scalar): void {
    const { emitter } = this;
    emitter.scalar(apply(op.SHR, U32, from, apply(op.AND, U32, localScalar(this.first), u32(31))));
    emitter.write(...simd.SPLAT, OP.localGet, ...unsigned(this.byteOfLane), ...simd.SWIZZLE);
    emitter.write(OP.localGet, ...unsigned(this.byteBits), ...simd.AND);
    emitter.write(OP.localGet, ...unsigned(this.byteBits), ...simd.EQUAL_BYTES);
  }

  /** Writes one vector of words of a scalar. */
  words(scalar: Scalar, w: number): void {
    const { emitter, loop } = this;
    const kind = loop.of(scalar);
    if (this.isNarrow(scalar) || this.isLookup(scalar)) {
      emitter.write(OP.localGet, ...unsigned(this.widened.get(keyOf(scalar))![w]));
    } else if (kind === 'same') {
      emitter.write(OP.localGet, ...unsigned(this.splats.get(keyOf(scalar))!));
    } else if (kind === 'point') {
      this.array(scalar, w);
    } else if (scalar.kind === 'local') {
      emitter.write(OP.localGet, ...unsigned(this.vectorsOf(scalar.local)[w]));
    } else if (scalar.kind === 'load') {
      const side = this.sideBySide(scalar.index);
      if (!side) this.byStrand(scalar, w);
      else {
        emitter.address(scalar.memory, behind(side, w));
        emitter.write(...simd.LOAD);
      }
    } else if (scalar.kind === 'apply') this.applyToWords(scalar, w);
  }

  private applyToWords(scalar: Scalar & { kind: 'apply' }, w: number): void {
    const { emitter, loop } = this;
    const instruction = simd.instructionOf(scalar);
    if (scalar.operation.name === 'mulHigh') simd.writeMulHigh(emitter, scalar.args, arg => this.words(arg, w));
    else if (instruction) {
      const args = scalar.operation.name === 'select' ? [scalar.args[1], scalar.args[2], scalar.args[0]] : scalar.args;
      for (const arg of args) this.words(arg, w);
      emitter.write(...instruction);
    } else if (simd.isShift(scalar) && loop.of(scalar.args[1]) === 'same') {
      this.words(scalar.args[0], w);
      emitter.scalar(scalar.args[1]);
      emitter.write(...simd.shiftOf(scalar));
    } else this.byStrand(scalar, w);
  }

  /** Writes, in the lowest bits of a word, the lowest bit of each strand's value. */
  lowestBits(value: Scalar): void {
    const { emitter } = this;
    const truth = isTruth(value);
    const scalar = truth ? value.args[0] : value;
    this.prepare(scalar);
    if (this.isNarrow(scalar)) {
      this.bytes(scalar);
      // the highest bit of a mask is its value; that of a number is its lowest, which stays within its byte
      if (!truth) emitter.write(...constant(7), ...simd.SHIFT_LEFT);
    } else {
      this.narrow(w => {
        this.words(scalar, w);
        if (!truth) emitter.write(...constant(31), ...simd.SHIFT_LEFT, ...constant(31), ...simd.SHIFT_RIGHT_SIGNED);
      });
    }
    emitter.write(...simd.BITMASK_BYTES);
  }

  /** A vector of values that are found one by one. */
  private byStrand(scalar: Scalar, w: number): void {
    const { emitter } = this;
    const number = emitter.newLocal(V128);
    for (let lane = 0; lane < simd.LANES; lane++) {
      this.take([scalar], w, lane);
      if (lane > 0) emitter.write(OP.localGet, ...unsigned(number));
      emitter.scalar(scalar);
      if (scalar.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
      emitter.write(...(lane > 0 ? [...simd.REPLACE, lane] : simd.SPLAT), OP.localSet, ...unsigned(number));
    }
    this.resetCounter();
    emitter.write(OP.localGet, ...unsigned(number));
  }

  /** Gives the locals of scalars the values of one strand. */
  take(scalars: readonly Scalar[], w: number, lane: number): void {
    const { emitter, loop } = this;
    emitter.scalar(apply(op.ADD, U32, localScalar(this.first), u32(simd.LANES * w + lane)));
    emitter.set(loop.counter);
    const done = new Set<Local>();
    for (const scalar of scalars) {
      this.setPoints(scalar, done);
      forEachLocal(scalar, local => {
        if (loop.of(localScalar(local)) !== 'many' || done.has(local)) return;
        done.add(local);
        const vectors = this.vectorsOf(local);
        if (vectors.length === 1) {
          emitter.write(OP.localGet, ...unsigned(vectors[0]), ...simd.EXTRACT_BYTE, simd.LANES * w + lane);
        } else emitter.write(OP.localGet, ...unsigned(vectors[w]), ...simd.EXTRACT, lane);
        if (local.type === BOOL) emitter.write(...constant(1), OP.i32And);
        emitter.set(local);
      });
    }
  }

  /** Sets the locals that a scalar needs and that follow from the strand, for the present counter. */
  setPoints(scalar: Scalar, done: Set<Local>): void {
    forEachLocal(scalar, local => {
      const set = this.loop.pointSet(local);
      if (!set || done.has(local)) return;
      done.add(local);
      this.setPoints(set.value, done);
      this.emitter.scalar(set.value);
      this.emitter.set(local);
    });
  }

  /** A vector of what follows from the strand alone. */
  private array(scalar: Scalar, w: number): void {
    const key = keyOf(scalar);
    const { arrays } = this.memory;
    const known = arrays.get(key);
    const size = GROUP * Math.ceil(this.loop.count / GROUP);
    const memory: Memory = known?.memory ?? { name: `points_${arrays.size}`, kind: 'local', size };
    if (!known) arrays.set(key, { memory, value: scalar });
    const loaded = this.loaded.get(key);
    if (loaded) this.emitter.write(OP.localGet, ...unsigned(loaded[w]));
    else this.load(memory, w);
  }

  private load(memory: Memory, w: number): void {
    this.loadAt(memory, behind(localScalar(this.first), w));
  }

  private loadAt(memory: Memory, index: Scalar): void {
    this.emitter.address(memory, index);
    this.emitter.write(...simd.LOAD);
  }

  /** The index of the first strand of a group, if those of the others follow one by one. */
  sideBySide(index: Scalar): Scalar | undefined {
    const { loop, first } = this;
    if (index.kind === 'local') {
      if (index.local === loop.counter) return localScalar(first);
      const set = loop.pointSet(index.local);
      return set && this.sideBySide(set.value);
    }
    if (index.kind !== 'apply' || index.operation.name !== '+') return undefined;
    const [left, right] = index.args;
    const [same, other] = loop.of(left) === 'same' ? [left, right] : [right, left];
    if (loop.of(same) !== 'same') return undefined;
    const rest = this.sideBySide(other);
    return rest && apply(op.ADD, U32, same, rest);
  }
}

/** A truth value as a number. */
const isTruth = (scalar: Scalar): scalar is Scalar & { kind: 'apply' } =>
  scalar.kind === 'apply' && scalar.operation.name === 'convert' && scalar.args[0].type === BOOL;

/** The index of the first strand of vector `w`. */
export const behind = (index: Scalar, w: number): Scalar => apply(op.ADD, U32, index, u32(simd.LANES * w));

function forEachLocal(scalar: Scalar, visit: (local: Local) => void): void {
  if (scalar.kind === 'local') visit(scalar.local);
  else if (scalar.kind === 'load') forEachLocal(scalar.index, visit);
  else if (scalar.kind === 'apply') for (const arg of scalar.args) forEachLocal(arg, visit);
}
