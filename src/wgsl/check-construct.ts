// Checks constructors and conversions: `u32(x)`, `vec3f(v, 1.0)`, `Cell(1u, 2u)`, `array(1, 2, 3)` and zero values.
import type { CallNode } from './ast.ts';
import { checkValue } from './check-expressions.ts';
import type { Checker } from './checker.ts';
import { applyOperation, convertTo, unify } from './convert.ts';
import { constant, type Expression } from './ir.ts';
import { CONVERT } from './operations.ts';
import type { Value } from './scalar.ts';
import type { Span } from './source.ts';
import * as types from './types.ts';

export function checkConstruct(checker: Checker, type: types.Type, node: CallNode): Expression {
  const { source } = checker;
  const args = node.args.map(arg => checkValue(checker, arg));
  if (args.length === 0) return zero(checker, type, node);
  if (type.kind === 'scalar') {
    if (args.length === 1 && args[0].type.kind === 'scalar') return convert(checker, args[0], type, node);
  } else if (type.kind === 'vector') {
    const made = vector(checker, type.size, type.element, args, node);
    if (made) return made;
  } else if (type.kind === 'array' || type.kind === 'struct') {
    const members =
      type.kind === 'struct'
        ? type.members.map(member => member.type)
        : Array.from({ length: type.count ?? 0 }, () => type.element);
    if (members.length === args.length) {
      return compose(
        type,
        args.map((arg, i) => convertTo(source, arg, members[i])),
        node,
      );
    }
    throw source.error(node, {
      what: `wrong number of values for ${types.typeText(type)}`,
      expected: `${members.length}`,
      got: `${args.length}`,
    });
  }
  throw wrongValues(checker, types.typeText(type), args, node);
}

const wrongValues = ({ source }: Checker, what: string, args: readonly Expression[], node: CallNode): Error =>
  source.error(node, {
    what: `${what} cannot be made in \`${source.excerpt(node)}\``,
    got: args.map(arg => types.typeText(arg.type)).join(', '),
  });

/** `vec2(...)` and `array(...)`, whose element type follows from the arguments. */
export function checkInferred(checker: Checker, node: CallNode): Expression {
  const { source } = checker;
  const { name } = node.callee;
  const args = node.args.map(arg => checkValue(checker, arg));
  const elements = args.map(arg => (name === 'array' ? arg.type : (types.scalarOf(arg.type) ?? arg.type)));
  let element: types.Type | undefined = elements[0];
  for (const type of elements) element = element && unify(element, type);
  if (element && args.some(arg => arg.kind !== 'constant')) element = types.concrete(element);
  if (!element) throw wrongValues(checker, name, args, node);
  if (name === 'array') {
    const type: types.ArrayType = { kind: 'array', element, count: args.length };
    return compose(
      type,
      args.map(arg => convertTo(source, arg, element)),
      node,
    );
  }
  const size = Number(name[3]);
  if (args.length === 1 && args[0].type.kind === 'vector' && args[0].type.size === size) return args[0];
  const made = element.kind === 'scalar' ? vector(checker, size, element, args, node) : undefined;
  if (made) return made;
  throw wrongValues(checker, name, args, node);
}

function vector(
  checker: Checker,
  size: number,
  element: types.ScalarType,
  args: readonly Expression[],
  node: CallNode,
): Expression | undefined {
  const { source } = checker;
  const type = types.vector(size, element);
  const [first] = args;
  if (args.length === 1 && first.type.kind === 'vector') {
    return first.type.size === size ? convert(checker, first, type, node) : undefined;
  }
  const total = args.reduce((sum, arg) => sum + types.leafCount(arg.type), 0);
  const isSplat = args.length === 1 && first.type.kind === 'scalar';
  if (total !== size && !isSplat) return undefined;
  if (args.some(arg => arg.type.kind !== 'scalar' && arg.type.kind !== 'vector')) return undefined;
  return compose(
    type,
    args.map(arg => convertTo(source, arg, types.withScalar(arg.type, element))),
    node,
  );
}

function convert({ source }: Checker, arg: Expression, to: types.Type, span: Span): Expression {
  if (types.sameType(arg.type, to)) return arg;
  const scalar = types.scalarOf(to);
  // An abstract integer must fit; only u32(-1) and the like would not, and WGSL refuses them too.
  if (arg.kind === 'constant' && types.scalarOf(arg.type) === types.ABSTRACT_INT && scalar !== types.BOOL) {
    return convertTo(source, arg, to);
  }
  return applyOperation(source, CONVERT, to, [arg], span);
}

function compose(type: types.Type, args: readonly Expression[], span: Span): Expression {
  const values: Value[] = [];
  for (const arg of args) {
    if (arg.kind !== 'constant') return { kind: 'compose', args, type, start: span.start, end: span.end };
    values.push(...arg.values);
  }
  const count = types.leafCount(type);
  return constant(type, values.length < count ? Array.from({ length: count }, () => values[0]) : values, span);
}

function zero({ source }: Checker, type: types.Type, span: Span): Expression {
  if (type.kind === 'pointer' || type.kind === 'atomic' || (type.kind === 'array' && type.count === undefined)) {
    throw source.error(span, { what: `${types.typeText(type)} has no zero value` });
  }
  return constant(type, zeroValues(type), span);
}

const zeroValues = (type: types.Type): Value[] =>
  types.leavesOf(type).map(leaf => (leaf === types.BOOL ? false : leaf === types.ABSTRACT_INT ? 0n : 0));
