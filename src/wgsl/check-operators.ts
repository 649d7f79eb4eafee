// Checks unary and binary operators and computes them for constants. Operands have been checked.
import { applyOperation, constantLeaves, convertTo, unify } from './convert.ts';
import { constant, type Expression } from './ir.ts';
import * as op from './operations.ts';
import type { Source, Span } from './source.ts';
import * as types from './types.ts';

const wrongOperands = (source: Source, operator: string, operands: readonly Expression[], span: Span): Error =>
  source.error(span, {
    what: `"${operator}" does not apply in \`${source.excerpt(span)}\``,
    got: operands.map(operand => types.typeText(operand.type)).join(' and '),
    hint: operands.length === 2 ? 'convert one operand, as in u32(x), so that both have one type' : undefined,
  });

export function checkUnary(source: Source, operator: string, operand: Expression, span: Span): Expression {
  const name = types.scalarOf(operand.type)?.name;
  const isInteger = name === 'i32' || name === 'u32' || name === 'abstract-int';
  const operation = { '!': op.NOT, '~': op.COMPLEMENT, '-': op.NEGATE }[operator];
  const fits = { '!': name === 'bool', '~': isInteger, '-': name && name !== 'bool' && name !== 'u32' }[operator];
  if (!operation || !fits || operand.type.kind === 'atomic') throw wrongOperands(source, operator, [operand], span);
  return applyOperation(source, operation, operand.type, [operand], span);
}

export function checkBinary(
  source: Source,
  operator: string,
  left: Expression,
  right: Expression,
  span: Span,
): Expression {
  if (operator === '&&' || operator === '||') return checkLogical(source, operator, left, right, span);
  if (operator === '<<' || operator === '>>') return checkShift(source, operator, left, right, span);
  const wrong = (): Error => wrongOperands(source, operator, [left, right], span);
  const [a, b] = [types.scalarOf(left.type), types.scalarOf(right.type)];
  const scalar = a && b && unify(a, b);
  if (scalar?.kind !== 'scalar') throw wrong();
  const isVector = left.type.kind === 'vector' || right.type.kind === 'vector';
  const mixed = left.type.kind !== right.type.kind;
  if (isVector && mixed && !'+-*/%'.includes(operator)) throw wrong();
  if (left.type.kind === 'vector' && right.type.kind === 'vector' && left.type.size !== right.type.size) throw wrong();
  if (!accepts(operator, scalar.name)) throw wrong();
  const shape = left.type.kind === 'vector' ? left.type : right.type;
  const operands = [left, right].map(operand => convertTo(source, operand, types.withScalar(operand.type, scalar)));
  if (operator === '/' || operator === '%') refuseZero(source, operands, scalar, span);
  const result = types.withScalar(shape, isComparison(operator) ? types.BOOL : scalar);
  return applyOperation(source, op.BINARY[operator], result, operands, span);
}

const isComparison = (operator: string): boolean => ['==', '!=', '<', '<=', '>', '>='].includes(operator);

function accepts(operator: string, name: types.ScalarName): boolean {
  if (operator === '==' || operator === '!=') return true;
  if (operator === '&' || operator === '|') return name !== 'f32' && name !== 'abstract-float';
  if (operator === '^') return name === 'i32' || name === 'u32' || name === 'abstract-int';
  return name !== 'bool';
}

function refuseZero(source: Source, [left, right]: readonly Expression[], scalar: types.ScalarType, span: Span): void {
  if (right.kind !== 'constant' || scalar.name.endsWith('f32') || scalar.name.endsWith('float')) return;
  if (right.values.some(value => Number(value) === 0)) {
    throw source.error(span, {
      what: `division by zero in \`${source.excerpt(span)}\``,
      hint: 'WGSL refuses it for integers',
    });
  }
  if (left.kind !== 'constant' || scalar !== types.I32) return;
  const overflows = left.values.some(
    (value, i) => value === -2147483648 && right.values[i % right.values.length] === -1,
  );
  if (overflows) throw source.error(span, { what: `overflow of i32 in \`${source.excerpt(span)}\`` });
}

function checkLogical(source: Source, operator: string, left: Expression, right: Expression, span: Span): Expression {
  if (left.type !== types.BOOL || right.type !== types.BOOL) throw wrongOperands(source, operator, [left, right], span);
  if (left.kind === 'constant') {
    const decided = left.values[0] === (operator === '||');
    return decided ? constant(types.BOOL, left.values, span) : right;
  }
  const kind = operator === '&&' ? 'and' : 'or';
  return { kind, left, right, type: types.BOOL, start: span.start, end: span.end };
}

function checkShift(source: Source, operator: string, left: Expression, right: Expression, span: Span): Expression {
  const [a, b] = [types.scalarOf(left.type), types.scalarOf(right.type)];
  const isInteger = a && ['i32', 'u32', 'abstract-int'].includes(a.name);
  const fits = isInteger && b && (b === types.U32 || b === types.ABSTRACT_INT) && left.type.kind === right.type.kind;
  if (!fits) {
    throw source.error(span, {
      what: `"${operator}" does not apply in \`${source.excerpt(span)}\``,
      got: `${types.typeText(left.type)} and ${types.typeText(right.type)}`,
      hint: 'shift an integer by a u32, as in x << u32(n)',
    });
  }
  const amount = convertTo(source, right, types.withScalar(right.type, types.U32));
  const constantAmount = amount.kind === 'constant';
  const value = constantAmount ? left : convertTo(source, left, types.concrete(left.type));
  const limit = types.scalarOf(value.type) === types.ABSTRACT_INT ? 64 : 32;
  if (constantAmount && amount.values.some(shift => Number(shift) >= limit)) {
    throw source.error(span, { what: `shift by ${limit} or more bits in \`${source.excerpt(span)}\`` });
  }
  if (operator === '<<') refuseLostBits(source, value, amount, span);
  return applyOperation(source, op.BINARY[operator], value.type, [value, amount], span);
}

/** A constant shift to the left must keep the value: WGSL refuses to lose set bits or the sign. */
function refuseLostBits(source: Source, value: Expression, amount: Expression, span: Span): void {
  const [values, shifts] = [constantLeaves(value), constantLeaves(amount)];
  if (!values || !shifts || types.scalarOf(value.type) === types.ABSTRACT_INT) return;
  values.forEach((scalar, i) => {
    if (scalar.kind !== 'constant') return;
    const shift = shifts[i % shifts.length];
    const by = shift.kind === 'constant' ? BigInt(shift.value) : 0n;
    const shifted = BigInt(scalar.value) << by;
    const kept = scalar.type === types.U32 ? BigInt.asUintN(32, shifted) : BigInt.asIntN(32, shifted);
    if (kept !== shifted) throw source.error(span, { what: `the shift loses bits in \`${source.excerpt(span)}\`` });
  });
}
