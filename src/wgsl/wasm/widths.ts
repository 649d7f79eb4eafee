// Which values of the strands are small enough for bytes: then one vector holds those of a whole group instead of four.
import { type Code, type Kernel, visitCode } from '../code.ts';
import { type Range, rangesOf } from '../optimize/ranges.ts';
import { type Local, localScalar, type Scalar } from '../scalar.ts';
import { groupBits, type PointLoop } from './points.ts';
import { hasBytes } from './simd.ts';

export interface Widths {
  /** Whether the values of a scalar that differs between strands are computed as bytes. */
  isNarrow(scalar: Scalar): boolean;
}

export function widthsOf(kernel: Kernel, loop: PointLoop): Widths {
  const range = rangesOf(kernel);
  const narrow = new Set<Local>();
  const sets = new Map<Local, Scalar[]>();
  visitCode(loop.body, (code: Code) => {
    if (code.kind === 'set') sets.set(code.local, [...(sets.get(code.local) ?? []), code.value]);
  });
  const fits = (scalar: Scalar): boolean => scalar.type.name !== 'f32' && isByte(range(scalar));
  const isSame = (scalar: Scalar): boolean => loop.of(scalar) === 'same' && fits(scalar);
  const isNarrow = (scalar: Scalar): boolean => {
    if (loop.of(scalar) !== 'many' || !fits(scalar)) return false;
    if (scalar.kind === 'local') return narrow.has(scalar.local);
    if (scalar.kind !== 'apply') return false;
    if (groupBits(scalar, loop)) return true;
    const { operation, args } = scalar;
    if (isDoubling(scalar)) return isNarrow(args[1]);
    return hasBytes(operation) && args.every(arg => isSame(arg) || isNarrow(arg));
  };
  // those that are small, less those that are set to what is computed as words, until none of them is
  for (const local of sets.keys()) {
    const scalar = localScalar(local);
    if (loop.of(scalar) === 'many' && fits(scalar)) narrow.add(local);
  }
  for (let size = -1; size !== narrow.size; ) {
    size = narrow.size;
    for (const local of narrow) {
      if (!sets.get(local)!.every(value => isSame(value) || isNarrow(value))) narrow.delete(local);
    }
  }
  return { isNarrow };
}

const isByte = ({ low, high }: Range): boolean => low >= -128 && high <= 127;

/** 2 · x: bytes have no product. */
export function isDoubling(scalar: Scalar & { kind: 'apply' }): boolean {
  const [left] = scalar.args;
  return scalar.operation.name === '*' && left.kind === 'constant' && left.value === 2;
}
