// Writes the loop over the strands of a bundle for sixteen strands at once: what is the same for all of them is done once, branches that only some take become masks.
import type { Code } from '../code.ts';
import * as op from '../operations.ts';
import { keyOf } from '../optimize/hoist.ts';
import { apply, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import { BOOL, U32 } from '../types.ts';
import { constant, OP, unsigned } from './binary.ts';
import type { FunctionEmitter } from './emit.ts';
import { PointRows } from './point-rows.ts';
import { behind, type Mask, type PointMemory, PointValues, VECTORS } from './point-values.ts';
import { GROUP, type PointLoop } from './points.ts';
import * as simd from './simd.ts';
import type { Widths } from './widths.ts';

/** What masks the code that is written now: the strands that took a branch, or those that have not left a label. */
interface Masked {
  readonly label: string;
  readonly mask: Mask;
}

export class PointEmitter {
  private readonly emitter: FunctionEmitter;
  private readonly loop: PointLoop;
  private readonly memory: PointMemory;
  private readonly values: PointValues;
  private readonly rows: PointRows;
  private readonly masks: Masked[] = [];
  /** The strands of the group that there are; the others compute what the last does, and must not be seen. */
  private present: Mask | undefined;

  constructor(emitter: FunctionEmitter, loop: PointLoop, widths: Widths, memory: PointMemory) {
    this.emitter = emitter;
    this.loop = loop;
    this.memory = memory;
    this.values = new PointValues(emitter, loop, widths, memory);
    this.rows = new PointRows(emitter, loop, this.values, memory.rows);
  }

  /** All strands of an agent. */
  agent(): void {
    const { emitter, loop, values } = this;
    const { first } = values;
    emitter.list(loop.before);
    emitter.list(loop.shared);
    values.beginAgent();
    emitter.scalar(u32(0));
    emitter.set(first);
    emitter.structure(OP.loop, 'points', 'continue', () => {
      values.beginGroup();
      if (loop.count % GROUP !== 0) this.present = this.presentMask();
      this.outermost(loop.body);
      emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(GROUP)));
      emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(loop.count), OP.i32LtU, OP.brIf, 0);
    });
  }

  /** Before all agents: fills the arrays of values that follow from the strand alone. Strands beyond the last have its values. */
  fill(): void {
    const { emitter, loop, values } = this;
    const { first } = values;
    const { arrays } = this.memory;
    values.fillTables();
    if (arrays.size === 0) return;
    emitter.scalar(u32(0));
    emitter.set(first);
    emitter.structure(OP.loop, 'each point', 'continue', () => {
      const last = u32(loop.count - 1);
      const isInside = apply(op.LT, BOOL, localScalar(first), last);
      emitter.scalar(apply(op.SELECT, U32, isInside, localScalar(first), last));
      emitter.set(loop.counter);
      const done = new Set<Local>();
      for (const { memory, value } of arrays.values()) {
        values.setPoints(value, done);
        emitter.address(memory, localScalar(first));
        emitter.masked(value);
        emitter.write(OP.i32Store, 2, 0);
      }
      emitter.scalar(apply(op.ADD, U32, localScalar(first), u32(1)));
      const end = GROUP * Math.ceil(loop.count / GROUP);
      emitter.write(OP.localTee, ...unsigned(emitter.number(first)), ...constant(end), OP.i32LtU, OP.brIf, 0);
    });
  }

  private presentMask(): Mask {
    const { emitter, loop, values } = this;
    const words = values.allocate(w => {
      emitter.get(values.first);
      emitter.write(...constant(simd.LANES * w), OP.i32Add, ...simd.SPLAT, ...simd.NUMBERS, ...simd.ADD);
      emitter.write(...constant(loop.count), ...simd.SPLAT, ...simd.LESS_UNSIGNED);
    });
    return values.maskOfWords(words);
  }

  /** The strands for which the code that is written now runs; undefined for all. */
  private mask(): Mask | undefined {
    const last = this.masks[this.masks.length - 1];
    if (!last) return undefined;
    const staying = this.masks.findLast(({ label }) => label !== '');
    return staying && staying !== last ? this.both(last.mask, staying.mask) : last.mask;
  }

  private both(a: Mask, b: Mask): Mask {
    const { values } = this;
    const and = (one: number, other: number): void => {
      this.emitter.write(OP.localGet, ...unsigned(one), OP.localGet, ...unsigned(other), ...simd.AND);
    };
    const words = values.allocate(w => and(a.words[w], b.words[w]));
    and(a.bytes, b.bytes);
    return { words, bytes: values.keep() };
  }

  /** The strands that are there and for which the code runs; undefined for all. */
  private seen(): Mask | undefined {
    const mask = this.mask();
    return mask && this.present ? this.both(mask, this.present) : (mask ?? this.present);
  }

  private under(label: string, mask: Mask, body: () => void): void {
    this.masks.push({ label, mask });
    body();
    this.masks.pop();
  }

  /** A list that runs for all strands. */
  private outermost(list: readonly Code[]): void {
    for (const part of this.rows.partsOf(list)) {
      if (part.kind === 'row') this.rows.write(part.sets);
      else this.list(part.codes);
    }
  }

  private list(list: readonly Code[]): void {
    for (const code of list) {
      this.one(code);
      this.values.endStatement();
    }
  }

  private one(code: Code): void {
    const { emitter, loop, values } = this;
    switch (code.kind) {
      case 'set': {
        const kind = loop.of(localScalar(code.local));
        if (kind === 'point') return;
        if (kind === 'same') {
          emitter.scalar(code.value);
          emitter.set(code.local);
        } else values.set(code.local, code.value, this.mask());
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
        this.eachStrand([code.index, code.value, code.stored], () => emitter.list([code]));
        return;
      default:
        throw new Error(`no vectors of ${code.kind}`);
    }
  }

  private branch({ condition, accept, reject }: Code & { kind: 'if' }): void {
    const { emitter, values } = this;
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
    const around = this.mask();
    const holds = values.maskOf(condition);
    values.endStatement();
    const side = (list: readonly Code[], mask: Mask): void => {
      if (list.length === 0) return;
      const inner = around ? this.both(mask, around) : mask;
      this.any(inner);
      emitter.structure(OP.if, '', 'break', () => this.under('', inner, () => this.list(list)));
    };
    // what the first side sets must not change who takes the second
    const others = reject.length > 0 ? this.not(holds) : holds;
    side(accept, holds);
    side(reject, others);
  }

  private not({ words, bytes }: Mask): Mask {
    const { emitter, values } = this;
    const negated = (number: number): void => emitter.write(OP.localGet, ...unsigned(number), ...simd.NOT);
    const others = values.allocate(w => negated(words[w]));
    negated(bytes);
    return { words: others, bytes: values.keep() };
  }

  /** Writes whether a mask has any strand. */
  private any({ bytes }: Mask): void {
    this.emitter.write(OP.localGet, ...unsigned(bytes), ...simd.ANY);
  }

  /** A part that some strands leave before others. */
  private leavable(label: string, body: (staying: Mask) => void): void {
    const { emitter, values } = this;
    const around = this.seen();
    const copy = (number?: number): void => {
      if (number === undefined) emitter.write(...simd.ALL_ONES);
      else emitter.write(OP.localGet, ...unsigned(number));
    };
    const words = values.allocate(w => copy(around?.words[w]));
    copy(around?.bytes);
    const staying = { words, bytes: values.keep() };
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

  /** The strands for which the code runs leave all that is around up to the label. */
  private leave(label: string): void {
    const { emitter, masks, values } = this;
    const at = masks.findLastIndex(masked => masked.label === label);
    const mask = this.mask();
    const going = (number?: number): number => {
      if (number === undefined) emitter.write(...simd.ALL_ONES);
      else emitter.write(OP.localGet, ...unsigned(number));
      return values.keep();
    };
    const words = Array.from({ length: VECTORS }, (_, w) => going(mask?.words[w]));
    const bytes = going(mask?.bytes);
    const remove = (from: number, gone: number): void => {
      emitter.write(OP.localGet, ...unsigned(from), OP.localGet, ...unsigned(gone), ...simd.AND_NOT);
      emitter.write(OP.localSet, ...unsigned(from));
    };
    for (const { label: around, mask: staying } of masks.slice(at)) {
      if (around === '') continue;
      staying.words.forEach((number, w) => {
        remove(number, words[w]);
      });
      remove(staying.bytes, bytes);
    }
  }

  private store(code: Code & { kind: 'store' }): void {
    const { emitter, loop, values } = this;
    const { memory, index, value } = code;
    const bits = bitOf(code);
    if (bits && loop.of(index) === 'same' && loop.isPlace(bits.shift)) {
      this.storeBits(memory, index, bits.value);
      return;
    }
    const side = values.sideBySide(index);
    if (!side) {
      this.eachStrand([index, value], () => emitter.list([code]));
      return;
    }
    const vectors = (): void => {
      const mask = this.mask();
      values.prepareWords(value);
      for (let w = 0; w < VECTORS; w++) {
        emitter.address(memory, behind(side, w));
        values.words(value, w);
        if (mask) {
          emitter.address(memory, behind(side, w));
          emitter.write(...simd.LOAD, OP.localGet, ...unsigned(mask.words[w]), ...simd.BITSELECT);
        }
        emitter.write(...simd.STORE);
      }
    };
    if (!this.present) {
      vectors();
      return;
    }
    // behind the last strand are words of the next agent, which another thread may write
    emitter.scalar(apply(op.GT, BOOL, u32(loop.count - GROUP + 1), localScalar(values.first)));
    emitter.structure(OP.if, '', 'break', () => {
      vectors();
      values.endStatement();
      emitter.write(OP.else);
      this.eachStrand([index, value], () => emitter.list([code]));
    });
  }

  /** One bit of each strand, to the word that they share. The agent has all bits of the word: those behind the last strand are nobody's. */
  private storeBits(memory: Memory, index: Scalar, value: Scalar): void {
    const { emitter, values } = this;
    const mask = this.mask();
    values.lowestBits(value);
    const set: Local = { name: 'bits', type: U32 };
    emitter.set(set);
    const written: Local = { name: 'written', type: U32 };
    if (mask) emitter.write(OP.localGet, ...unsigned(mask.bytes), ...simd.BITMASK_BYTES);
    else emitter.write(...constant(2 ** GROUP - 1));
    emitter.set(written);
    const place = apply(op.AND, U32, localScalar(values.first), u32(31));
    const moved = (scalar: Scalar): Scalar => apply(op.SHL, U32, scalar, place);
    const before: Scalar = { kind: 'load', type: U32, memory, index };
    const kept = apply(op.AND, U32, before, apply(op.COMPLEMENT, U32, moved(localScalar(written))));
    const added = mask ? apply(op.AND, U32, localScalar(set), localScalar(written)) : localScalar(set);
    emitter.list([{ kind: 'store', memory, index, value: apply(op.OR, U32, kept, moved(added)) }]);
  }

  /** Writes code for one strand after the other, for those that are seen. */
  private eachStrand(scalars: readonly Scalar[], code: () => void): void {
    const { emitter, values } = this;
    const mask = this.seen();
    for (let w = 0; w < VECTORS; w++) {
      for (let lane = 0; lane < simd.LANES; lane++) {
        const one = (): void => {
          values.take(scalars, w, lane);
          code();
        };
        if (!mask) one();
        else {
          emitter.write(OP.localGet, ...unsigned(mask.words[w]), ...simd.EXTRACT, lane);
          emitter.structure(OP.if, '', 'break', one);
        }
      }
    }
    values.resetCounter();
  }
}

const isOne = (scalar: Scalar): boolean => scalar.kind === 'constant' && scalar.value === 1;
const isApply = (scalar: Scalar, name: string): scalar is Scalar & { kind: 'apply' } =>
  scalar.kind === 'apply' && scalar.operation.name === name;

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
