// How values change type: abstract numbers become concrete ones, and operations on constants become constants.

import type { Expression } from './ir.ts';
import { constant } from './ir.ts';
import { CONVERT, ConstantError } from './operations.ts';
import { apply, constantScalar, type Operation, type Scalar } from './scalar.ts';
import type { Source, Span } from './source.ts';
import * as types from './types.ts';

/** `operation` on each component; a lone scalar goes with every component. */
export function applyEach(operation: Operation, result: types.Type, args: readonly (readonly Scalar[])[]): Scalar[] {
  const leaves = types.leavesOf(result);
  return leaves.map((type, i) => apply(operation, type, ...args.map(arg => arg[arg.length === 1 ? 0 : i])));
}

/** The scalars of an expression if it is constant. */
export function constantLeaves(expression: Expression): Scalar[] | undefined {
  if (expression.kind !== 'constant') return undefined;
  const leaves = types.leavesOf(expression.type);
  return expression.values.map((value, i) => constantScalar(leaves[i], value));
}

/** What `compute` makes of constant arguments, as a constant; undefined unless all arguments are constant. */
export function foldConstants(
  source: Source,
  span: Span,
  type: types.Type,
  args: readonly Expression[],
  compute: (leaves: readonly Scalar[][]) => Scalar[],
): Expression | undefined {
  const leaves: Scalar[][] = [];
  for (const arg of args) {
    const scalars = constantLeaves(arg);
    if (!scalars) return undefined;
    leaves.push(scalars);
  }
  try {
    const values = compute(leaves).map(scalar => (scalar.kind === 'constant' ? scalar.value : Number.NaN));
    if (values.some(value => typeof value === 'number' && !Number.isFinite(value))) {
      throw new ConstantError('the constant expression has no finite value');
    }
    return constant(type, values, span);
  } catch (error) {
    if (error instanceof ConstantError) throw source.error(span, { what: error.message });
    throw error;
  }
}

export function applyOperation(
  source: Source,
  operation: Operation,
  type: types.Type,
  args: readonly Expression[],
  span: Span,
): Expression {
  const folded = foldConstants(source, span, type, args, leaves => applyEach(operation, type, leaves));
  return folded ?? { kind: 'apply', operation, type, args, start: span.start, end: span.end };
}

/** Whether WGSL converts `from` to `to` without being asked. */
function isFeasible(from: types.Type, to: types.Type): boolean {
  if (types.sameType(from, to)) return true;
  if (from.kind === 'array' && to.kind === 'array') {
    return from.count === to.count && isFeasible(from.element, to.element);
  }
  if (from.kind === 'vector' && to.kind === 'vector') {
    return from.size === to.size && isFeasible(from.element, to.element);
  }
  if (from === types.ABSTRACT_INT) {
    return [types.I32, types.U32, types.F32, types.ABSTRACT_FLOAT].some(candidate => candidate === to);
  }
  return from === types.ABSTRACT_FLOAT && to === types.F32;
}

/** The expression as a value of `to`. Throws when WGSL has no automatic conversion or the number does not fit. */
export function convertTo(source: Source, expression: Expression, to: types.Type, purpose = ''): Expression {
  if (types.sameType(expression.type, to)) return expression;
  if (!isFeasible(expression.type, to)) {
    const scalar = types.scalarOf(to);
    const convertible = scalar && types.scalarOf(expression.type) && expression.type.kind === to.kind;
    throw source.error(expression, {
      what: `wrong type${purpose} in \`${source.excerpt(expression)}\``,
      expected: types.typeText(to),
      got: types.typeText(expression.type),
      hint: convertible ? `convert it: ${types.typeText(to)}(${source.excerpt(expression)})` : undefined,
    });
  }
  if (expression.kind !== 'constant') return { ...expression, type: to } as Expression;
  const target = types.leavesOf(to)[0];
  for (const value of expression.values) {
    if (fits(value, target.name)) continue;
    throw source.error(expression, {
      what: `${value} does not fit into ${target.name}`,
      hint: target === types.U32 ? 'a u32 holds 0 to 4294967295' : 'an i32 holds -2147483648 to 2147483647',
    });
  }
  const leaves = types.leavesOf(to);
  return foldConstants(source, expression, to, [expression], ([values]) =>
    values.map((value, i) => apply(CONVERT, leaves[i], value)),
  ) as Expression;
}

function fits(value: number | bigint | boolean, name: types.ScalarName): boolean {
  if (typeof value !== 'bigint') return true;
  if (name === 'i32') return value === BigInt.asIntN(32, value);
  return name !== 'u32' || value === BigInt.asUintN(32, value);
}

/** The type that both types convert to, if there is one. */
export function unify(a: types.Type, b: types.Type): types.Type | undefined {
  if (isFeasible(a, b)) return b;
  return isFeasible(b, a) ? a : undefined;
}
