// Lowers expressions to scalars. Operands are evaluated from left to right; what a later operand could change is frozen first.
import { applyEach } from '../convert.ts';
import type { Expression, Place } from '../ir.ts';
import * as op from '../operations.ts';
import { apply, constantScalar, localScalar, type Scalar } from '../scalar.ts';
import * as types from '../types.ts';
import type { Lowering } from './lowering.ts';
import { elementSpot, memberSpot, readSpot, type Spot, writeSpot } from './places.ts';
import { hasEffects } from './visit.ts';

/** The scalars of an expression's value. */
export function lowerExpression(lowering: Lowering, expression: Expression): Scalar[] {
  const { builder } = lowering;
  switch (expression.kind) {
    case 'constant': {
      const leaves = types.leavesOf(expression.type);
      return expression.values.map((value, i) => constantScalar(leaves[i], value));
    }
    case 'load':
      return readSpot(builder, lowerPlace(lowering, expression.place));
    case 'apply':
      return lowerApply(lowering, expression);
    case 'and':
    case 'or':
      return [lowerShortCircuit(lowering, expression)];
    case 'builtin':
      return expression.builtin.lower(lowerAll(lowering, expression.args), builder.share);
    case 'call':
      return lowering.call(expression);
    case 'compose': {
      const leaves = lowerAll(lowering, expression.args).flat();
      const count = types.leafCount(expression.type);
      if (leaves.length === count) return leaves;
      const shared = builder.share(leaves[0]);
      return Array.from({ length: count }, () => shared);
    }
    case 'swizzle': {
      const leaves = lowerExpression(lowering, expression.base).map(builder.share);
      return expression.indices.map(index => leaves[index]);
    }
    case 'member':
      return readSpot(builder, memberSpot(valueSpot(lowering, expression.base), expression.index));
    case 'index': {
      const found = indexableSpot(lowering, expression.base);
      const base = hasEffects(expression.index) ? frozenSpot(lowering, found) : found;
      const [index] = lowerExpression(lowering, expression.index);
      return readSpot(builder, elementSpot(builder, base, index));
    }
    case 'atomic':
      return lowerAtomic(lowering, expression);
    case 'length': {
      const { binding, array } = expression;
      const stride = types.strideOf(array);
      return [{ kind: 'length', type: types.U32, memory: lowering.bindingMemory(binding), stride }];
    }
  }
}

/** The values of several operands, evaluated in order. */
function lowerAll(lowering: Lowering, expressions: readonly Expression[]): Scalar[][] {
  return expressions.map((expression, i) => {
    const leaves = lowerExpression(lowering, expression);
    if (!expressions.slice(i + 1).some(hasEffects)) return leaves;
    return leaves.map(leaf => lowering.builder.freeze(leaf));
  });
}

function lowerApply(lowering: Lowering, { operation, type, args }: Expression & { kind: 'apply' }): Scalar[] {
  const count = types.leafCount(type);
  const operands = lowerAll(lowering, args).map(leaves =>
    // A scalar operand of a vector is used once for every component.
    leaves.length === 1 && count > 1 ? leaves.map(lowering.builder.share) : leaves,
  );
  return applyEach(operation, type, operands);
}

function lowerShortCircuit(lowering: Lowering, { kind, left, right }: Expression & { kind: 'and' | 'or' }): Scalar {
  const { builder } = lowering;
  const [first] = lowerExpression(lowering, left);
  let second: Scalar | undefined;
  const code = builder.collect(() => {
    [second] = lowerExpression(lowering, right);
  });
  if (!second) throw new Error('a condition has one scalar');
  if (code.length === 0) return apply(kind === 'and' ? op.AND : op.OR, types.BOOL, first, second);
  const result = builder.local(kind, types.BOOL);
  builder.set(result, first);
  code.push({ kind: 'set', local: result, value: second });
  const condition = localScalar(result);
  builder.emit({ kind: 'if', condition, accept: kind === 'and' ? code : [], reject: kind === 'and' ? [] : code });
  return localScalar(result);
}

function lowerAtomic(lowering: Lowering, { atomic, place, value }: Expression & { kind: 'atomic' }): Scalar[] {
  const { builder } = lowering;
  const spot = frozenSpot(lowering, lowerPlace(lowering, place));
  const argument = value && builder.share(lowerExpression(lowering, value)[0]);
  if (!atomic.takesValue) return [builder.freeze(readSpot(builder, spot)[0], 'old')];
  if (!atomic.returnsOld || spot.kind !== 'memory' || !argument) {
    writeSpot(builder, spot, [argument!]);
    return [];
  }
  const old = builder.temporary('old', argument.type);
  const stored = atomic.combine(localScalar(old), argument)!;
  builder.emit({
    kind: 'update',
    memory: spot.memory,
    index: spot.offset,
    atomic: atomic.name,
    value: argument,
    stored,
    old,
  });
  return [localScalar(old)];
}

/** Where a value lies that is no variable. */
function valueSpot(lowering: Lowering, expression: Expression): Spot {
  return { kind: 'values', type: expression.type, leaves: lowerExpression(lowering, expression) };
}

/** The same, where it can be indexed at run time. */
function indexableSpot(lowering: Lowering, expression: Expression): Spot {
  const { type } = expression;
  if (type.kind === 'vector') return valueSpot(lowering, expression);
  if (expression.kind === 'constant') {
    const memory = lowering.builder.table(expression.values, types.leavesOf(type));
    return { kind: 'memory', type, memory, offset: constantScalar(types.U32, 0) };
  }
  return lowering.store(type, lowerExpression(lowering, expression), 'array');
}

/** The spot with its index, or its value if it is one, computed here and now. */
export function frozenSpot({ builder }: Lowering, spot: Spot): Spot {
  if (spot.kind === 'memory') return { ...spot, offset: builder.freeze(spot.offset, 'at') };
  if (spot.kind === 'values') return { ...spot, leaves: spot.leaves.map(leaf => builder.freeze(leaf)) };
  return spot.kind === 'component' ? { ...spot, index: builder.freeze(spot.index, 'at') } : spot;
}

export function lowerPlace(lowering: Lowering, { root, path }: Place): Spot {
  const { builder } = lowering;
  let spot = lowering.spotOf(root);
  path.forEach((step, i) => {
    if (step.kind === 'member') spot = memberSpot(spot, step.index);
    else if (step.kind === 'index') {
      const [index] = lowerExpression(lowering, step.index);
      const changes = path.slice(i + 1).some(later => later.kind === 'index' && hasEffects(later.index));
      spot = elementSpot(builder, spot, changes ? builder.freeze(index) : index);
    } else if (step.indices.length === 1) spot = memberSpot(spot, step.indices[0]);
    else {
      const leaves = readSpot(builder, spot);
      spot = { kind: 'values', type: step.type, leaves: step.indices.map(index => leaves[index]) };
    }
  });
  return spot;
}
