// Checks expressions: literals, names, operators, members and indices. Calls are checked in check-calls.ts.
import type { BinaryNode, ExpressionNode, IndexNode, MemberNode, NameNode, TemplatedNode, UnaryNode } from './ast.ts';
import { checkCall } from './check-calls.ts';
import { checkBinary, checkUnary } from './check-operators.ts';
import { type Checked, type Checker, noteAtomic, noteFloats, pointee } from './checker.ts';
import { convertTo } from './convert.ts';
import { constant, type Expression, type Place, type Step, scalarConstant } from './ir.ts';
import { unknownName } from './scope.ts';
import type { Source, Span } from './source.ts';
import * as types from './types.ts';

/** A value: places are read. */
export function checkValue(checker: Checker, node: ExpressionNode): Expression {
  const checked = checkExpression(checker, node);
  if (checked.kind === 'pointer') {
    throw checker.source.error(node, { what: 'a pointer is no value here', hint: 'put "*" before it to read it' });
  }
  const value = checked.kind === 'place' ? load(checker, checked.place) : checked;
  if (value.type.kind === 'void') {
    throw checker.source.error(node, { what: 'this function returns nothing', hint: 'call it as a statement' });
  }
  noteFloats(checker, value);
  noteAtomic(checker, value);
  return value;
}

/** A value known at compile time. */
export function checkConstant(checker: Checker, node: ExpressionNode): Expression {
  const value = checkValue(checker, node);
  if (value.kind === 'constant') return value;
  throw checker.source.error(node, {
    what: 'expected a constant expression',
    hint: 'use literals, "const" declarations and builtins of them',
  });
}

function load(checker: Checker, place: Place): Expression {
  if (place.type.kind === 'atomic') {
    throw checker.source.error(place, { what: 'an atomic is not read directly', hint: 'use atomicLoad(&...) instead' });
  }
  if (place.type.kind === 'array' && place.type.count === undefined) {
    throw checker.source.error(place, { what: 'a runtime-sized array is no value', hint: 'index it instead' });
  }
  return { kind: 'load', place, type: place.type, start: place.start, end: place.end };
}

export function checkExpression(checker: Checker, node: ExpressionNode): Checked {
  const checked = checkKind(checker, node);
  checker.seen?.(node, checked);
  return checked;
}

function checkKind(checker: Checker, node: ExpressionNode): Checked {
  switch (node.kind) {
    case 'group':
      return checkExpression(checker, node.inner);
    case 'literal':
      return checkLiteral(checker.source, node.text, node);
    case 'name':
    case 'templated':
      return checkName(checker, node);
    case 'call':
      return checkCall(checker, node);
    case 'member':
      return checkMember(checker, node);
    case 'index':
      return checkIndex(checker, node);
    case 'unary':
      return node.operator === '&' || node.operator === '*' ? checkPointer(checker, node) : unary(checker, node);
    case 'binary':
      return binary(checker, node);
  }
}

const unary = (checker: Checker, node: UnaryNode): Expression =>
  checkUnary(checker.source, node.operator, checkValue(checker, node.operand), node);

const binary = (checker: Checker, node: BinaryNode): Expression =>
  checkBinary(checker.source, node.operator, checkValue(checker, node.left), checkValue(checker, node.right), node);

function checkLiteral(source: Source, text: string, span: Span): Expression {
  if (text === 'true' || text === 'false') return scalarConstant(types.BOOL, text === 'true', span);
  const isHex = /^0x/i.test(text);
  const suffix = (isHex ? /(?:[iu]|(?<=p[+-]?\d+)[fh])$/i : /[iufh]$/).exec(text)?.[0];
  const digits = suffix ? text.slice(0, -1) : text;
  if (suffix === 'h') throw source.error(span, { what: '"h" literals are not supported', hint: 'use "f" instead' });
  if (suffix === 'f' || (isHex ? /[.p]/i.test(digits) : /[.e]/i.test(digits))) {
    const value = isHex ? hexFloat(digits) : Number(digits);
    if (!suffix) return scalarConstant(types.ABSTRACT_FLOAT, value, span);
    if (Number.isFinite(Math.fround(value))) return scalarConstant(types.F32, Math.fround(value), span);
    throw source.error(span, { what: `${text} does not fit into f32` });
  }
  if (!isHex && /^0\d/.test(digits)) throw source.error(span, { what: `${text} has a leading zero` });
  const integer = scalarConstant(types.ABSTRACT_INT, BigInt(digits), span);
  if (BigInt.asIntN(64, BigInt(digits)) !== BigInt(digits)) {
    throw source.error(span, { what: `${text} does not fit into 64 bits` });
  }
  return suffix ? convertTo(source, integer, suffix === 'u' ? types.U32 : types.I32) : integer;
}

function hexFloat(text: string): number {
  const [mantissa, exponent = '0'] = text.toLowerCase().slice(2).split('p');
  const [whole, fraction = ''] = mantissa.split('.');
  return Number.parseInt(`0${whole}${fraction}`, 16) * 2 ** (Number(exponent) - 4 * fraction.length);
}

function checkName(checker: Checker, node: NameNode | TemplatedNode): Checked {
  const meaning = checker.resolve(node);
  switch (meaning?.kind) {
    case 'constant':
      return { ...meaning.value, start: node.start, end: node.end };
    case 'variable':
      return { kind: 'place', place: pointee(meaning.variable, node) };
    case 'pointer':
      return { kind: 'pointer', place: { ...meaning.place, start: node.start, end: node.end } };
    case undefined:
      if (!types.SCALARS[node.name] && node.kind === 'name')
        throw unknownName(checker.source, node, checker.scope.known());
  }
  throw checker.source.error(node, {
    what: `"${node.name}" is a ${meaning?.kind ?? 'type'}, not a value`,
    hint: 'put arguments in parentheses behind it',
  });
}

function checkPointer(checker: Checker, node: UnaryNode): Checked {
  const inner = checkExpression(checker, node.operand);
  const wanted = node.operator === '&' ? 'place' : 'pointer';
  if (inner.kind === wanted) {
    return {
      kind: wanted === 'place' ? 'pointer' : 'place',
      place: { ...inner.place, start: node.start, end: node.end },
    };
  }
  throw checker.source.error(node, {
    what: `"${node.operator}" needs ${wanted === 'place' ? 'a variable' : 'a pointer'} in \`${checker.source.excerpt(node)}\``,
    hint: wanted === 'place' ? 'store the value in a "var" first' : 'leave the "*" out',
  });
}

const extend = (place: Place, step: Step, span: Span): Checked => ({
  kind: 'place',
  place: { root: place.root, path: [...place.path, step], type: step.type, start: span.start, end: span.end },
});

function checkMember(checker: Checker, node: MemberNode): Checked {
  const { source } = checker;
  const base = checkExpression(checker, node.base);
  const type =
    'place' in base && base.kind !== 'load' && base.kind !== 'atomic' ? base.place.type : (base as Expression).type;
  if (type.kind === 'struct') {
    const index = type.members.findIndex(member => member.name === node.member.name);
    if (index < 0)
      throw unknownName(
        source,
        node.member,
        type.members.map(member => member.name),
      );
    const member = type.members[index].type;
    if (base.kind === 'place' || base.kind === 'pointer') {
      return extend(base.place, { kind: 'member', index, type: member }, node);
    }
    return pick(base, index, member, node);
  }
  if (type.kind !== 'vector') {
    throw source.error(node, { what: `${types.typeText(type)} has no members in \`${source.excerpt(node)}\`` });
  }
  const indices = swizzle(source, node, type);
  const result = indices.length === 1 ? type.element : types.vector(indices.length, type.element);
  if (base.kind === 'place' || base.kind === 'pointer') {
    return extend(base.place, { kind: 'component', indices, type: result }, node);
  }
  if (base.kind === 'constant')
    return constant(
      result,
      indices.map(index => base.values[index]),
      node,
    );
  return { kind: 'swizzle', base, indices, type: result, start: node.start, end: node.end };
}

function swizzle(source: Source, node: MemberNode, { size }: types.VectorType): number[] {
  const { name } = node.member;
  const letters = /^[rgba]+$/.test(name) ? 'rgba' : 'xyzw';
  const indices = [...name].map(letter => letters.indexOf(letter));
  if (name.length <= 4 && indices.every(index => index >= 0 && index < size)) return indices;
  throw source.error(node.member, {
    what: `a vector of ${size} has no "${name}"`,
    expected: `1 to 4 of the letters ${'xyzw'.slice(0, size)} or ${'rgba'.slice(0, size)}`,
  });
}

/** Member `index` of a struct or array value. */
function pick(base: Expression, index: number, type: types.Type, span: Span): Expression {
  if (base.kind !== 'constant') return { kind: 'member', base, index, type, start: span.start, end: span.end };
  const before =
    base.type.kind === 'struct'
      ? base.type.members.slice(0, index).reduce((sum, member) => sum + types.leafCount(member.type), 0)
      : index * types.leafCount(type);
  return constant(type, base.values.slice(before, before + types.leafCount(type)), span);
}

function checkIndex(checker: Checker, node: IndexNode): Checked {
  const { source } = checker;
  const checked = checkExpression(checker, node.base);
  const isPlace = checked.kind === 'place' || checked.kind === 'pointer';
  const type = isPlace ? checked.place.type : checked.type;
  if (type.kind !== 'array' && type.kind !== 'vector') {
    throw source.error(node, { what: `${types.typeText(type)} cannot be indexed in \`${source.excerpt(node)}\`` });
  }
  const index = checkSubscript(checker, node.index, type.kind === 'vector' ? type.size : type.count);
  if (isPlace) {
    if (type.kind === 'array' && index.kind !== 'constant') checked.place.root.indexed = true;
    return extend(checked.place, { kind: 'index', index, type: type.element }, node);
  }
  if (index.kind === 'constant') return pick(checked, Number(index.values[0]), type.element, node);
  return { kind: 'index', base: checked, index, type: type.element, start: node.start, end: node.end };
}

function checkSubscript(checker: Checker, node: ExpressionNode, count: number | undefined): Expression {
  const { source } = checker;
  let index = checkValue(checker, node);
  if (index.type === types.ABSTRACT_INT) index = convertTo(source, index, types.I32);
  if (index.type !== types.I32 && index.type !== types.U32) {
    throw source.error(node, { what: 'wrong type of index', expected: 'i32 or u32', got: types.typeText(index.type) });
  }
  if (index.kind === 'constant') {
    const value = Number(index.values[0]);
    if (value < 0 || (count !== undefined && value >= count)) {
      const expected = count === undefined ? 'at least 0' : `0 to ${count - 1}`;
      throw source.error(node, { what: 'the index is out of bounds', expected, got: `${value}` });
    }
  }
  return index;
}
