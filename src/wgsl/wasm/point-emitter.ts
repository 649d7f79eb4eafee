// Writes the loop over the points of a sweep for sixteen points at once, in four vectors: what is the same for all of them is computed once, branches that only some take
// become masks.
import type { Code } from '../code.ts';
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import { constant, OP, unsigned, V128 } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { GROUP, type PointLoop } from './points.ts';
import * as simd from './simd.ts';

const VECTORS = GROUP / simd.LANES;

/** What masks the code that is written now: the points that took a branch, or those that have not left a label. */
interface Mask {
  readonly label: string;
  readonly numbers: readonly number[];
}

/** Values of each point that are found before all agents, by text. */
export type PointArrays = Map<string, { memory: Memory; value: Scalar }>;

export class PointEmitter {
  private readonly emitter: FunctionEmitter;
  private readonly loop: PointLoop;
  private readonly arrays: PointArrays;
  /** Four vectors for each local that differs between points. */
  private readonly vectors = new Map<Local, number[]>();
  /** Vectors of scalars that are the same for all points, while a statement is written. */
  private readonly splats = new Map<string, number>();
  /** Vectors of the arrays that are known, of the present group. */
  private loaded = new Map<string, number[]>();
  private readonly freeVectors: number[] = [];
  private readonly masks: Mask[] = [];
  /** The first point of the group. */
  private readonly first: Local = { name: 'firstPoint', type: U32 };

  constructor(emitter: FunctionEmitter, loop: PointLoop, arrays: PointArrays) {
    this.emitter = emitter;
    this.loop = loop;
    this.arrays = arrays;
  }

  /** All points of an agent. */
  agent(): void {
    const { emitter, loop, first } = this;
    emitter.list(loop.before);
    emitter.scalar(u32(0));
    emitter.set(first);
    emitter.structure(OP.loop, 'points', 'continue', () => {
      this.resetCounter();
      this.loaded = new Map(
        [...this.arrays].map(([key, { memory }]) => [key, this.allocate(w => this.load(memory, w))]),
      );
      if (loop.count % GROUP === 0) this.list(loop.body);
      else this.under('', this.present(), () => this.list(loop.body));
      emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(GROUP)));
      emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(loop.count), OP.i32LtU, OP.brIf, 0);
    });
  }

  /** Before all agents: fills the arrays of values that follow from the point alone. Points beyond the last have its values. */
  fill(): void {
    const { emitter, loop, first } = this;
    if (this.arrays.size === 0) return;
    emitter.scalar(u32(0));
    emitter.set(first);
    emitter.structure(OP.loop, 'each point', 'continue', () => {
      const last = u32(loop.count - 1);
      const isInside = apply(op.LT, BOOL, localScalar(first), last);
      emitter.scalar(apply(op.SELECT, U32, isInside, localScalar(first), last));
      emitter.set(loop.counter);
      const done = new Set<Local>();
      for (const { memory, value } of this.arrays.values()) {
        this.setPoints(value, done);
        emitter.address(memory, localScalar(first));
        emitter.scalar(value);
        if (value.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
        emitter.write(OP.i32Store, 2, 0);
      }
      emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(1)));
      const end = GROUP * Math.ceil(loop.count / GROUP);
      emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(end), OP.i32LtU, OP.brIf, 0);
    });
  }

  private resetCounter(): void {
    for (const local of [this.loop.counter, ...this.loop.aliases]) {
      this.emitter.get(this.first);
      this.emitter.set(local);
    }
  }

  /** Masks of the points of the group that there are. */
  private present(): number[] {
    const { emitter, loop } = this;
    return this.allocate(w => {
      emitter.get(this.first);
      emitter.write(...constant(simd.LANES * w), OP.i32Add, ...simd.SPLAT, ...simd.NUMBERS, ...simd.ADD);
      emitter.write(...constant(loop.count), ...simd.SPLAT, ...simd.LESS_UNSIGNED);
    });
  }

  /** New vectors with these values. */
  private allocate(value: (w: number) => void): number[] {
    return Array.from({ length: VECTORS }, (_, w) => {
      value(w);
      const number = this.emitter.newLocal(V128);
      this.emitter.write(OP.localSet, ...unsigned(number));
      return number;
    });
  }

  private under(label: string, numbers: readonly number[], body: () => void): void {
    this.masks.push({ label, numbers });
    body();
    this.masks.pop();
  }

  /** Writes the mask of the points for which the code runs; false where it runs for all. */
  private mask(w: number): boolean {
    const { masks, emitter } = this;
    const last = masks[masks.length - 1];
    if (!last) return false;
    emitter.write(OP.localGet, ...unsigned(last.numbers[w]));
    const staying = masks.findLast(({ label }) => label !== '');
    if (staying && staying !== last) emitter.write(OP.localGet, ...unsigned(staying.numbers[w]), ...simd.AND);
    return true;
  }

  private list(list: readonly Code[]): void {
    for (const code of list) {
      this.one(code);
      this.splats.clear();
    }
  }

  private one(code: Code): void {
    const { emitter, loop } = this;
    switch (code.kind) {
      case 'set': {
        const kind = loop.of(localScalar(code.local));
        if (kind === 'point') return;
        if (kind === 'same') {
          emitter.scalar(code.value);
          emitter.set(code.local);
          return;
        }
        this.prepare(code.value);
        this.setVectors(code.local, w => this.vector(code.value, w));
        return;
      }
      case 'if':
        this.branch(code);
        return;
      case 'block':
        if (loop.left.has(code.label)) this.leavable(code.label, () => this.list(code.body));
        else emitter.structure(OP.block, code.label, 'break', () => this.list(code.body));
        return;
      case 'loop':
        this.repeat(code);
        return;
      case 'break':
        if (loop.left.has(code.label)) this.leave(code.label);
        else emitter.jump(code.label, 'break');
        return;
      case 'store':
        this.store(code);
        return;
      case 'update':
        this.eachPoint([code.index, code.value, code.stored], () => emitter.list([code]));
        return;
      default:
        throw new Error(`no vectors of ${code.kind}`);
    }
  }

  private setVectors(local: Local, value: (w: number) => void): void {
    const { emitter } = this;
    const numbers = this.vectorsOf(local);
    const values = numbers.map((number, w) => {
      value(w);
      if (this.masks.length > 0) {
        emitter.write(OP.localGet, ...unsigned(number));
        this.mask(w);
        emitter.write(...simd.BITSELECT);
      }
      const temporary = this.temporary();
      emitter.write(OP.localSet, ...unsigned(temporary));
      return temporary;
    });
    values.forEach((temporary, w) => {
      emitter.write(OP.localGet, ...unsigned(temporary), OP.localSet, ...unsigned(numbers[w]));
    });
    this.freeVectors.push(...values);
  }

  private temporary(): number {
    return this.freeVectors.pop() ?? this.emitter.newLocal(V128);
  }

  private vectorsOf(local: Local): number[] {
    const known = this.vectors.get(local);
    if (known) return known;
    const made = Array.from({ length: VECTORS }, () => this.emitter.newLocal(V128));
    this.vectors.set(local, made);
    return made;
  }

  private branch({ condition, accept, reject }: Code & { kind: 'if' }): void {
    const { emitter } = this;
    if (this.loop.of(condition) === 'same') {
      emitter.scalar(condition);
      emitter.structure(OP.if, '', 'break', () => {
        this.list(accept);
        if (reject.length === 0) return;
        emitter.write(OP.else);
        this.list(reject);
      });
      return;
    }
    this.prepare(condition);
    const holds = this.allocate(w => this.vector(condition, w));
    this.splats.clear();
    const side = (list: readonly Code[], negated: boolean): void => {
      if (list.length === 0) return;
      const numbers = this.allocate(w => {
        emitter.write(OP.localGet, ...unsigned(holds[w]), ...(negated ? simd.NOT : []));
        if (this.mask(w)) emitter.write(...simd.AND);
      });
      this.any(numbers);
      emitter.structure(OP.if, '', 'break', () => this.under('', numbers, () => this.list(list)));
    };
    side(accept, false);
    side(reject, true);
  }

  /** Writes whether a mask has any point. */
  private any(numbers: readonly number[]): void {
    numbers.forEach((number, w) => {
      this.emitter.write(OP.localGet, ...unsigned(number), ...(w > 0 ? simd.OR : []));
    });
    this.emitter.write(...simd.ANY);
  }

  /** A part that some points leave before others. */
  private leavable(label: string, body: (staying: readonly number[]) => void): void {
    const staying = this.allocate(w => {
      if (!this.mask(w)) this.emitter.write(...simd.ALL_ONES);
    });
    this.under(label, staying, () => body(staying));
  }

  private repeat({ label, body }: { label: string; body: readonly Code[] }): void {
    const { emitter } = this;
    const again = (whether?: () => void): void =>
      emitter.structure(OP.block, label, 'break', () =>
        emitter.structure(OP.loop, label, 'continue', () => {
          this.list(body);
          if (whether) {
            whether();
            emitter.write(OP.brIf, 0);
          } else emitter.jump(label, 'continue');
        }),
      );
    if (this.loop.left.has(label)) this.leavable(label, staying => again(() => this.any(staying)));
    else again();
  }

  /** The points for which the code runs leave all that is around up to the label. */
  private leave(label: string): void {
    const { emitter, masks } = this;
    const at = masks.findLastIndex(mask => mask.label === label);
    const going = this.allocate(w => {
      if (!this.mask(w)) emitter.write(...simd.ALL_ONES);
    });
    for (const { label: around, numbers } of masks.slice(at)) {
      if (around === '') continue;
      numbers.forEach((number, w) => {
        emitter.write(OP.localGet, ...unsigned(number), OP.localGet, ...unsigned(going[w]), ...simd.AND_NOT);
        emitter.write(OP.localSet, ...unsigned(number));
      });
    }
  }

  private store(code: Code & { kind: 'store' }): void {
    const { memory, index, value } = code;
    const bits = bitOf(code);
    if (bits && this.loop.of(index) === 'same' && this.loop.of(bits.shift) === 'point') {
      this.storeBits(memory, index, bits);
      return;
    }
    const side = this.sideBySide(index);
    if (!side) {
      this.eachPoint([index, value], () => this.emitter.list([code]));
      return;
    }
    const vectors = (): void => {
      this.prepare(value);
      for (let w = 0; w < VECTORS; w++) {
        this.emitter.address(memory, this.behind(side, w));
        this.vector(value, w);
        if (this.masks.length > 0) {
          this.emitter.address(memory, this.behind(side, w));
          this.emitter.write(...simd.LOAD);
          this.mask(w);
          this.emitter.write(...simd.BITSELECT);
        }
        this.emitter.write(...simd.STORE);
      }
    };
    if (this.loop.count % GROUP === 0) {
      vectors();
      return;
    }
    // behind the last point are words of the next agent, which another thread may write
    this.emitter.scalar(apply(op.GT, BOOL, u32(this.loop.count - GROUP + 1), localScalar(this.first)));
    this.emitter.structure(OP.if, '', 'break', () => {
      vectors();
      this.splats.clear();
      this.emitter.write(OP.else);
      this.eachPoint([index, value], () => this.emitter.list([code]));
    });
  }

  /** One bit of each point, to the word that they share. */
  private storeBits(memory: Memory, index: Scalar, { value, shift }: { value: Scalar; shift: Scalar }): void {
    const { emitter } = this;
    this.prepare(value);
    const gather = (vector: (w: number) => void): void => {
      for (let w = 0; w < VECTORS; w++) {
        vector(w);
        emitter.write(...simd.BITMASK);
        if (w > 0) emitter.write(...constant(simd.LANES * w), OP.i32Shl, OP.i32Or);
      }
    };
    const set: Local = { name: 'bits', type: U32 };
    gather(w => {
      this.vector(value, w);
      emitter.write(...constant(31), ...simd.SHIFT_LEFT);
      if (this.mask(w)) emitter.write(...simd.AND);
    });
    emitter.set(set);
    const written: Local = { name: 'written', type: U32 };
    if (this.masks.length > 0) gather(w => void this.mask(w));
    else emitter.write(...constant(2 ** GROUP - 1));
    emitter.set(written);
    // the place of the first point of the group
    this.setPoints(shift, new Set());
    const place: Local = { name: 'place', type: U32 };
    emitter.scalar(shift);
    emitter.set(place);
    const moved = (local: Local): Scalar => apply(op.SHL, U32, localScalar(local), localScalar(place));
    const before: Scalar = { kind: 'load', type: U32, memory, index };
    const kept = apply(op.AND, U32, before, apply(op.COMPLEMENT, U32, moved(written)));
    emitter.list([{ kind: 'store', memory, index, value: apply(op.OR, U32, kept, moved(set)) }]);
  }

  /** Writes code for one point after the other, for those for which it runs. */
  private eachPoint(scalars: readonly Scalar[], code: () => void): void {
    const { emitter } = this;
    for (let w = 0; w < VECTORS; w++) {
      for (let lane = 0; lane < simd.LANES; lane++) {
        const one = (): void => {
          this.take(scalars, w, lane);
          code();
        };
        if (!this.mask(w)) one();
        else {
          emitter.write(...simd.EXTRACT, lane);
          emitter.structure(OP.if, '', 'break', one);
        }
      }
    }
    this.resetCounter();
  }

  /** Gives the locals of scalars the values of one point. */
  private take(scalars: readonly Scalar[], w: number, lane: number): void {
    const { emitter, loop } = this;
    emitter.scalar(apply(op.ADD, U32, localScalar(this.first), u32(simd.LANES * w + lane)));
    emitter.set(loop.counter);
    const done = new Set<Local>();
    for (const scalar of scalars) {
      this.setPoints(scalar, done);
      forEachLocal(scalar, local => {
        if (loop.of(localScalar(local)) !== 'many' || done.has(local)) return;
        done.add(local);
        emitter.write(OP.localGet, ...unsigned(this.vectorsOf(local)[w]), ...simd.EXTRACT, lane);
        if (local.type === BOOL) emitter.write(...constant(1), OP.i32And);
        emitter.set(local);
      });
    }
  }

  /** Sets the locals that a scalar needs and that follow from the point, for the present counter. */
  private setPoints(scalar: Scalar, done: Set<Local>): void {
    forEachLocal(scalar, local => {
      const set = this.loop.pointSet(local);
      if (!set || done.has(local)) return;
      done.add(local);
      this.setPoints(set.value, done);
      this.emitter.scalar(set.value);
      this.emitter.set(local);
    });
  }

  /** Puts the parts of a scalar that are the same for all points into vectors. */
  private prepare(scalar: Scalar): void {
    const { emitter, loop } = this;
    const kind = loop.of(scalar);
    if (kind === 'same') {
      const key = keyOf(scalar);
      if (this.splats.has(key)) return;
      const number = emitter.newLocal(V128);
      emitter.scalar(scalar);
      if (scalar.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
      emitter.write(...simd.SPLAT, OP.localSet, ...unsigned(number));
      this.splats.set(key, number);
      return;
    }
    if (kind === 'point' || scalar.kind !== 'apply') return;
    const bits = this.bits(scalar);
    if (bits) this.prepare(bits.from);
    else if (simd.instructionOf(scalar) || simd.isShift(scalar) || scalar.operation.name === 'mulHigh') {
      for (const arg of scalar.args) this.prepare(arg);
    }
  }

  /** A bit of each point, from a word that the points share. */
  private bits(scalar: Scalar): { from: Scalar; shift: Scalar } | undefined {
    const bits = loadedBits(scalar);
    return bits && this.loop.of(bits.from) === 'same' && this.loop.of(bits.shift) === 'point' ? bits : undefined;
  }

  /** Writes one vector of a scalar. */
  private vector(scalar: Scalar, w: number): void {
    const { emitter, loop } = this;
    const kind = loop.of(scalar);
    if (kind === 'same') {
      emitter.write(OP.localGet, ...unsigned(this.splats.get(keyOf(scalar))!));
    } else if (kind === 'point') {
      this.array(scalar, w);
    } else if (scalar.kind === 'local') {
      emitter.write(OP.localGet, ...unsigned(this.vectorsOf(scalar.local)[w]));
    } else if (scalar.kind === 'load') {
      const side = this.sideBySide(scalar.index);
      if (!side) this.byPoint(scalar, w);
      else {
        emitter.address(scalar.memory, this.behind(side, w));
        emitter.write(...simd.LOAD);
      }
    } else if (scalar.kind === 'apply') this.apply(scalar, w);
  }

  private apply(scalar: Scalar & { kind: 'apply' }, w: number): void {
    const { emitter, loop } = this;
    const bits = this.bits(scalar);
    if (bits) {
      this.hasBit(bits, w);
      emitter.write(...constant(31), ...simd.SHIFT_RIGHT_UNSIGNED);
      return;
    }
    // a mask is −1, so that adding a bit is subtracting its mask
    const added = scalar.operation.name === '+' ? this.bits(scalar.args[1]) : undefined;
    if (added) {
      this.vector(scalar.args[0], w);
      this.hasBit(added, w);
      emitter.write(...simd.SUBTRACT);
      return;
    }
    const instruction = simd.instructionOf(scalar);
    if (scalar.operation.name === 'mulHigh') simd.writeMulHigh(emitter, scalar.args, arg => this.vector(arg, w));
    else if (instruction) {
      const args = scalar.operation.name === 'select' ? [scalar.args[1], scalar.args[2], scalar.args[0]] : scalar.args;
      for (const arg of args) this.vector(arg, w);
      emitter.write(...instruction);
    } else if (simd.isShift(scalar) && loop.of(scalar.args[1]) === 'same') {
      this.vector(scalar.args[0], w);
      emitter.scalar(scalar.args[1]);
      emitter.write(...simd.shiftOf(scalar));
    } else this.byPoint(scalar, w);
  }

  /** The mask of the points that have the bit. */
  private hasBit({ from, shift }: { from: Scalar; shift: Scalar }, w: number): void {
    const place = apply(op.SHL, U32, u32(1), shift);
    this.vector(from, w);
    this.array(place, w);
    this.emitter.write(...simd.AND);
    this.array(place, w);
    this.emitter.write(...simd.EQUAL);
  }

  /** A vector of values that are found one by one. */
  private byPoint(scalar: Scalar, w: number): void {
    const { emitter } = this;
    const number = this.temporary();
    for (let lane = 0; lane < simd.LANES; lane++) {
      this.take([scalar], w, lane);
      if (lane > 0) emitter.write(OP.localGet, ...unsigned(number));
      emitter.scalar(scalar);
      if (scalar.type === BOOL) emitter.write(...constant(-1), OP.i32Mul);
      emitter.write(...(lane > 0 ? [...simd.REPLACE, lane] : simd.SPLAT), OP.localSet, ...unsigned(number));
    }
    this.resetCounter();
    emitter.write(OP.localGet, ...unsigned(number));
    this.freeVectors.push(number);
  }

  /** A vector of what follows from the point alone. */
  private array(scalar: Scalar, w: number): void {
    const key = keyOf(scalar);
    const known = this.arrays.get(key);
    const size = GROUP * Math.ceil(this.loop.count / GROUP);
    const memory: Memory = known?.memory ?? { name: `points_${this.arrays.size}`, kind: 'local', size };
    if (!known) this.arrays.set(key, { memory, value: scalar });
    const loaded = this.loaded.get(key);
    if (loaded) this.emitter.write(OP.localGet, ...unsigned(loaded[w]));
    else this.load(memory, w);
  }

  private load(memory: Memory, w: number): void {
    this.emitter.address(memory, apply(op.ADD, U32, localScalar(this.first), u32(simd.LANES * w)));
    this.emitter.write(...simd.LOAD);
  }

  /** The index of the first point of a group, if those of the others follow one by one. */
  private sideBySide(index: Scalar): Scalar | undefined {
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

  private behind(index: Scalar, w: number): Scalar {
    return apply(op.ADD, U32, index, u32(simd.LANES * w));
  }
}

function forEachLocal(scalar: Scalar, visit: (local: Local) => void): void {
  if (scalar.kind === 'local') visit(scalar.local);
  else if (scalar.kind === 'load') forEachLocal(scalar.index, visit);
  else if (scalar.kind === 'apply') for (const arg of scalar.args) forEachLocal(arg, visit);
}

const isOne = (scalar: Scalar): boolean => scalar.kind === 'constant' && scalar.value === 1;
const isApply = (scalar: Scalar, name: string): scalar is Scalar & { kind: 'apply' } =>
  scalar.kind === 'apply' && scalar.operation.name === name;

/** (from >> shift) & 1. */
function loadedBits(scalar: Scalar): { from: Scalar; shift: Scalar } | undefined {
  if (!isApply(scalar, '&') || !isOne(scalar.args[1])) return undefined;
  const [shifted] = scalar.args;
  return isApply(shifted, '>>') && shifted.type === U32 ? { from: shifted.args[0], shift: shifted.args[1] } : undefined;
}

/** memory[index] = (memory[index] & ~(1 << shift)) | (value << shift). */
function bitOf({ memory, index, value }: Code & { kind: 'store' }): { value: Scalar; shift: Scalar } | undefined {
  if (!isApply(value, '|')) return undefined;
  const [kept, added] = value.args;
  if (!isApply(kept, '&') || !isApply(added, '<<')) return undefined;
  const [before, hole] = kept.args;
  if (before.kind !== 'load' || before.memory !== memory || keyOf(before.index) !== keyOf(index)) return undefined;
  if (!isApply(hole, '~') || !isApply(hole.args[0], '<<') || !isOne(hole.args[0].args[0])) return undefined;
  const [, shift] = added.args;
  return keyOf(hole.args[0].args[1]) === keyOf(shift) ? { value: added.args[0], shift } : undefined;
}
