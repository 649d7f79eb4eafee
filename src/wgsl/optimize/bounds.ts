// Drops comparisons whose outcome follows from the values that there can be, such as the clamping of a bit to a bit.
import { type Code, type Kernel, withLists, withScalars } from '../code.ts';
import { apply, constantScalar, type Scalar } from '../scalar.ts';
import { BOOL } from '../types.ts';
import { type Range, rangesOf } from './ranges.ts';

export function dropKnownComparisons(kernel: Kernel): Kernel {
  const range = rangesOf(kernel);
  const rewrite = (scalar: Scalar): Scalar => {
    if (scalar.kind === 'load') return { ...scalar, index: rewrite(scalar.index) };
    if (scalar.kind !== 'apply') return scalar;
    const args = scalar.args.map(rewrite);
    const known = isOfIntegers(scalar) ? outcome(scalar.operation.name, range(args[0]), range(args[1])) : undefined;
    return known === undefined ? apply(scalar.operation, scalar.type, ...args) : constantScalar(BOOL, known);
  };
  const visitList = (list: readonly Code[]): Code[] =>
    list.map(code => withLists(withScalars(code, rewrite), visitList));
  return { ...kernel, body: visitList(kernel.body) };
}

/** Whether a scalar compares integers, as far as its types tell. */
function isOfIntegers({ type, args }: Scalar & { kind: 'apply' }): boolean {
  const [{ type: operand }] = args;
  return type === BOOL && args.length === 2 && (operand.name === 'u32' || operand.name === 'i32');
}

/** What a comparison of values of two ranges always gives. */
function outcome(operation: string, a: Range, b: Range): boolean | undefined {
  const isBelow = a.high < b.low;
  const isAbove = a.low > b.high;
  switch (operation) {
    case '<':
      return isBelow ? true : a.low >= b.high ? false : undefined;
    case '<=':
      return a.high <= b.low ? true : isAbove ? false : undefined;
    case '>':
      return isAbove ? true : a.high <= b.low ? false : undefined;
    case '>=':
      return a.low >= b.high ? true : isBelow ? false : undefined;
    case '==':
      return isBelow || isAbove ? false : undefined;
    case '!=':
      return isBelow || isAbove ? true : undefined;
    default:
      return undefined;
  }
}
