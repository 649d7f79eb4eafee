// Writes the values of scalars for sixteen strands at once: four vectors of words, or one of bytes for what is small. What is the same for all strands is computed once.
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import { constant, OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { PointTables, type TablePlanes } from './point-tables.ts';
import { GROUP, groupBits, type PointLoop } from './points.ts';
import * as simd from './simd.ts';
import { isDoubling, type Widths } from './widths.ts';

export const VECTORS = GROUP / simd.LANES;

/** Memory that the strands need. */
export interface PointMemory {
  /** Values of each strand that are found before all agents, by text. */
  readonly arrays: Map<string, { memory: Memory; value: Scalar }>;
  /** What rows of sets leave, of one group. */
  readonly rows: Memory[];
  readonly planes: TablePlanes;
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
  private readonly tables: PointTables;
  /** Vectors of each local that differs between strands: four of words, or one of bytes. */
  private readonly vectors = new Map<Local, number[]>();
  /** Vectors that hold for the present statement: of scalars that are the same for all strands, and of bytes as words. */
  private readonly splats = new Map<string, number>();
  private readonly byteSplats = new Map<string, number>();
  private readonly widened = new Map<string, number[]>();
  /** Vectors of the arrays that are known, of the present group. */
  private loaded = new Map<string, number[]>();
  private readonly byteBits: number;
  private readonly byteOfLane: number;

  constructor(emitter: FunctionEmitter, loop: PointLoop, widths: Widths, memory: PointMemory) {
    this.emitter = emitter;
    this.loop = loop;
    this.widths = widths;
    this.memory = memory;
    this.tables = new PointTables(emitter, memory.planes);
    this.byteBits = emitter.newLocal(V128);
    this.byteOfLane = emitter.newLocal(V128);
  }

  /** Before the groups of an agent. */
  beginAgent(): void {
    this.emitter.write(...simd.BYTE_BITS, OP.localSet, ...unsigned(this.byteBits));
    this.emitter.write(...simd.BYTE_OF_LANE, OP.localSet, ...unsigned(this.byteOfLane));
    this.tables.begin();
  }

  /** Before all agents. */
  fillTables(): void {
    this.tables.fill();
  }

  /** At the start of a group. */
  beginGroup(): void {
    this.resetCounter();
    this.loaded = new Map(
      [...this.memory.arrays].map(([key, { memory }]) => [key, this.allocate(w => this.load(memory, w))]),
    );
  }

  /** Writes code that reads arrays where the first strand is now, not at the start of the group. */
  unloaded(code: () => void): void {
    const { loaded } = this;
    this.loaded = new Map();
    code();
    this.loaded = loaded;
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
    return this.emitter.keep(V128);
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
      if (!simd.hasVectors(scalar.operation)) return;
      for (const arg of simd.isShift(scalar) ? scalar.args.slice(0, 1) : scalar.args) this.prepareWords(arg);
    }
  }

  /** The same for a scalar whose words are wanted. */
  prepareWords(scalar: Scalar): void {
    this.prepare(scalar);
    if (this.isNarrow(scalar)) this.widen(scalar);
  }

  private isLookup(scalar: Scalar): scalar is Scalar & { kind: 'load' } {
    return scalar.kind === 'load' && this.tables.has(scalar.memory) && this.loop.of(scalar.index) === 'many';
  }

  private lookUp(scalar: Scalar & { kind: 'load' }): void {
    const { memory, index } = scalar;
    const key = keyOf(scalar);
    if (this.widened.has(key)) return;
    this.prepare(index);
    if (this.isNarrow(index)) this.bytes(index);
    else this.narrow(w => this.words(index, w));
    this.widened.set(key, this.tables.lookUp(memory, this.keep()));
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
    emitter.masked(scalar);
    emitter.write(...simd.SPLAT);
    this.splats.set(key, this.keep());
  }

  private prepareBytes(scalar: Scalar): void {
    const { emitter } = this;
    if (this.loop.of(scalar) === 'same') {
      const key = keyOf(scalar);
      if (this.byteSplats.has(key)) return;
      emitter.masked(scalar);
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
    if (bit || (added && isTruth(added))) {
      this.bytes(args[0]);
      if (bit) this.hasBit(bit);
      else if (added && isTruth(added)) this.bytes(added.args[0]);
      emitter.write(...simd.SUBTRACT_BYTES);
      return;
    }
    for (const arg of simd.operandsOf(scalar)) this.bytes(arg);
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
      for (const arg of simd.operandsOf(scalar)) this.words(arg, w);
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
      emitter.masked(scalar);
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
    this.emitter.address(memory, behind(localScalar(this.first), w));
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
