// Places in lowered code: scalars in locals, words in memory, or mere values. Reads and writes them leaf by leaf.
import { reads } from '../code.ts';
import * as op from '../operations.ts';
import { apply, constantScalar, type Local, localScalar, type Memory, type Scalar, u32 } from '../scalar.ts';
import * as types from '../types.ts';
import type { Builder } from './builder.ts';

/** Where a variable or a part of it lives. */
export type Spot =
  | { readonly kind: 'values'; readonly type: types.Type; readonly leaves: readonly Scalar[] }
  | { readonly kind: 'locals'; readonly type: types.Type; readonly locals: readonly Local[] }
  /** One component of a vector in locals, known at run time only. */
  | { readonly kind: 'component'; readonly type: types.Type; readonly locals: readonly Local[]; readonly index: Scalar }
  | {
      readonly kind: 'memory';
      readonly type: types.Type;
      readonly memory: Memory;
      /** In words. */
      readonly offset: Scalar;
    };

const add = (a: Scalar, b: Scalar): Scalar => apply(op.ADD, types.U32, a, b);
const isHost = (memory: Memory): boolean => memory.kind === 'read' || memory.kind === 'read_write';
const equals = (a: Scalar, b: number): Scalar => apply(op.EQ, types.BOOL, a, u32(b));

/** Offsets of the scalars of a type, in words: as in a buffer, or without gaps. */
function leafOffsets(type: types.Type, host: boolean): number[] {
  if (!host) return Array.from({ length: types.leafCount(type) }, (_, i) => i);
  switch (type.kind) {
    case 'vector':
      return Array.from({ length: type.size }, (_, i) => i);
    case 'struct':
      return type.members.flatMap((member, i) =>
        leafOffsets(member.type, host).map(offset => offset + types.memberOffset(type, i)),
      );
    case 'array': {
      const element = leafOffsets(type.element, host);
      const stride = types.strideOf(type);
      return Array.from({ length: type.count ?? 0 }, (_, i) => element.map(offset => offset + i * stride)).flat();
    }
    default:
      return [0];
  }
}

export function readSpot(builder: Builder, spot: Spot): Scalar[] {
  switch (spot.kind) {
    case 'values':
      return [...spot.leaves];
    case 'locals':
      return spot.locals.map(localScalar);
    case 'component':
      return [choose(spot.locals.map(localScalar), builder.share(spot.index))];
    case 'memory': {
      const { memory, type } = spot;
      const leaves = types.leavesOf(type);
      // A load of f32 mentions its index twice, to read zero out of bounds.
      const offset = leaves.length > 1 || leaves[0] === types.F32 ? builder.share(spot.offset) : spot.offset;
      return leafOffsets(type, isHost(memory)).map((distance, i) => {
        const index = add(offset, u32(distance));
        return { kind: 'load', type: leaves[i], memory, index: leaves[i] === types.F32 ? builder.share(index) : index };
      });
    }
  }
}

export function writeSpot(builder: Builder, spot: Spot, values: readonly Scalar[]): void {
  switch (spot.kind) {
    case 'values':
      throw new Error('a value is not written');
    case 'locals': {
      // `v = v.yx` reads components that it has just written, unless they are read first.
      const overlaps = values.some((value, i) => spot.locals.slice(0, i).some(local => reads(value, local)));
      const settled = overlaps ? values.map(value => builder.freeze(value)) : values;
      settled.forEach((value, i) => {
        builder.set(spot.locals[i], value);
      });
      return;
    }
    case 'component': {
      const [index, value] = [builder.share(spot.index), builder.freeze(values[0])];
      spot.locals.forEach((local, i) => {
        builder.set(local, apply(op.SELECT, local.type, equals(index, i), value, localScalar(local)));
      });
      return;
    }
    case 'memory': {
      const { memory, type } = spot;
      const settled = values.length > 1 ? values.map(value => builder.freeze(value)) : values;
      const offset = values.length > 1 ? builder.share(spot.offset) : spot.offset;
      leafOffsets(type, isHost(memory)).forEach((distance, i) => {
        builder.emit({ kind: 'store', memory, index: add(offset, u32(distance)), value: settled[i] });
      });
    }
  }
}

/** The part of a vector, array or struct at a position known at compile time. */
export function memberSpot(spot: Spot, position: number): Spot {
  const { type } = spot;
  const member = memberType(type, position);
  if (spot.kind === 'component') throw new Error('a scalar has no members');
  if (spot.kind === 'memory') {
    const distance = isHost(spot.memory) ? hostDistance(type, position) : packedDistance(type, position);
    return { ...spot, type: member, offset: add(spot.offset, u32(distance)) };
  }
  const start = packedDistance(type, position);
  const end = start + types.leafCount(member);
  if (spot.kind === 'values') return { kind: 'values', type: member, leaves: spot.leaves.slice(start, end) };
  return { kind: 'locals', type: member, locals: spot.locals.slice(start, end) };
}

function memberType(type: types.Type, position: number): types.Type {
  if (type.kind === 'struct') return type.members[position].type;
  if (type.kind === 'vector' || type.kind === 'array') return type.element;
  throw new Error('a scalar has no members');
}

function packedDistance(type: types.Type, position: number): number {
  if (type.kind !== 'struct') return position * types.leafCount(memberType(type, position));
  return type.members.slice(0, position).reduce((sum, member) => sum + types.leafCount(member.type), 0);
}

function hostDistance(type: types.Type, position: number): number {
  if (type.kind === 'struct') return types.memberOffset(type, position);
  return type.kind === 'array' ? position * types.strideOf(type) : position;
}

/** The element of a vector or array at a position known at run time. Out of bounds, the last one (of fixed-size types). */
export function elementSpot(builder: Builder, spot: Spot, position: Scalar): Spot {
  const { type } = spot;
  const count = type.kind === 'vector' ? type.size : type.kind === 'array' ? type.count : undefined;
  const unsigned = apply(op.CONVERT, types.U32, position);
  const index = count === undefined ? unsigned : clampIndex(builder, unsigned, count);
  if (index.kind === 'constant') return memberSpot(spot, Number(index.value));
  const element = memberType(type, 0);
  switch (spot.kind) {
    case 'locals':
      return { kind: 'component', type: element, locals: spot.locals, index };
    case 'values':
      return { kind: 'values', type: element, leaves: [choose(spot.leaves, builder.share(index))] };
    case 'memory': {
      const stride = isHost(spot.memory) ? hostDistance(type, 1) : packedDistance(type, 1);
      const distance = apply(op.MUL, types.U32, index, u32(stride));
      return { ...spot, type: element, offset: add(spot.offset, distance) };
    }
    case 'component':
      throw new Error('a scalar has no elements');
  }
}

function clampIndex(builder: Builder, index: Scalar, count: number): Scalar {
  if (largest(index) < count) return index;
  const shared = builder.share(index);
  const inside = apply(op.LT, types.BOOL, shared, u32(count));
  return apply(op.SELECT, types.U32, inside, shared, u32(count - 1));
}

/** An upper bound of a u32 that can be read off it, such as 7 of `x & 7u`. */
function largest(scalar: Scalar): number {
  if (scalar.kind === 'constant') return Number(scalar.value) >>> 0;
  if (scalar.kind !== 'apply') return 0xffffffff;
  const [left, right] = scalar.args;
  const isUnsigned = left.type === types.U32;
  switch (scalar.operation.name) {
    case 'convert':
      return left.type === types.I32 ? largest(left) : 0xffffffff;
    case '&':
      return Math.min(largest(left), largest(right));
    case '%':
      return isUnsigned && right.kind === 'constant' && right.value !== 0 ? Number(right.value) - 1 : 0xffffffff;
    case '>>':
      return isUnsigned && right.kind === 'constant' ? 0xffffffff >>> Number(right.value) : 0xffffffff;
    default:
      return 0xffffffff;
  }
}

/** The leaf at a position that is within bounds. */
function choose(leaves: readonly Scalar[], index: Scalar): Scalar {
  let chosen = leaves[leaves.length - 1];
  for (let i = leaves.length - 2; i >= 0; i--) {
    chosen = apply(op.SELECT, chosen.type, equals(index, i), leaves[i], chosen);
  }
  return chosen;
}

export const zeroScalar = (type: types.ScalarType): Scalar => constantScalar(type, type === types.BOOL ? false : 0);
