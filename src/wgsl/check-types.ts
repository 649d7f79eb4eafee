// Resolves what WGSL writes as a type: predeclared names, templates, structs and aliases.
import type { ExpressionNode, NameNode, TemplatedNode } from './ast.ts';
import { checkConstant } from './check-expressions.ts';
import type { Checker } from './checker.ts';
import { convertTo } from './convert.ts';
import { unknownName } from './scope.ts';
import * as types from './types.ts';

const SUFFIXES: Readonly<Record<string, types.ScalarType>> = { i: types.I32, u: types.U32, f: types.F32 };

const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/^f16$|^vec[234]h$/, 'use f32 instead'],
  [/^mat[234]x[234]/, 'use an array of vectors instead'],
  [/^(?:texture|sampler)/, 'use a storage buffer instead'],
];

/** A type such as `u32`, `vec3f` or `array<Cell, 4>`. */
export function resolveType(checker: Checker, node: ExpressionNode): types.Type {
  const { source } = checker;
  if (node.kind !== 'name' && node.kind !== 'templated') throw source.error(node, { what: 'expected a type' });
  const type = findType(checker, node);
  if (type) return type;
  const instead = INSTEAD.find(([pattern]) => pattern.test(node.name))?.[1];
  if (instead) throw source.error(node, { what: `"${node.name}" is not supported`, hint: instead });
  if (/^(?:array|vec[234]|ptr|atomic)$/.test(node.name)) {
    throw source.error(node, { what: `"${node.name}" needs template arguments`, hint: `write ${node.name}<...>` });
  }
  throw unknownName(source, node, [...Object.keys(types.SCALARS), ...checker.scope.known()]);
}

/** The type that a name or template stands for; undefined when it is no type or an incomplete one such as `vec2`. */
export function findType(checker: Checker, node: NameNode | TemplatedNode): types.Type | undefined {
  if (node.kind === 'templated') return resolveTemplate(checker, node);
  const meaning = checker.resolve(node);
  if (meaning) return meaning.kind === 'type' ? meaning.type : undefined;
  const short = /^vec([234])([iuf])$/.exec(node.name);
  if (short) return types.vector(Number(short[1]), SUFFIXES[short[2]]);
  return types.SCALARS[node.name];
}

function resolveTemplate(checker: Checker, node: TemplatedNode): types.Type | undefined {
  const { source } = checker;
  const { name, args } = node;
  if (/^vec[234]$/.test(name)) {
    expectCount(checker, node, 1, 1);
    return types.vector(Number(name[3]), scalarArgument(checker, args[0]));
  }
  if (name === 'array') {
    expectCount(checker, node, 1, 2);
    const element = resolveType(checker, args[0]);
    return args.length === 1
      ? { kind: 'array', element }
      : { kind: 'array', element, count: countOf(checker, args[1]) };
  }
  if (name === 'atomic') {
    expectCount(checker, node, 1, 1);
    const element = scalarArgument(checker, args[0]);
    if (element === types.I32 || element === types.U32) return { kind: 'atomic', element };
    throw source.error(args[0], { what: 'an atomic holds i32 or u32', got: element.name });
  }
  if (name === 'ptr') {
    expectCount(checker, node, 2, 3);
    const space = source.excerpt(args[0]);
    if (space === 'function' || space === 'private') {
      return { kind: 'pointer', space, target: resolveType(checker, args[1]) };
    }
    throw source.error(args[0], {
      what: `pointers to "${space}" are not supported`,
      hint: 'use the variable itself instead, or ptr<function, T>',
    });
  }
  return undefined;
}

function expectCount(checker: Checker, node: TemplatedNode, least: number, most: number): void {
  if (node.args.length >= least && node.args.length <= most) return;
  const expected = least === most ? `${least}` : `${least} to ${most}`;
  const got = `${node.args.length}`;
  throw checker.source.error(node, { what: `wrong number of template arguments of "${node.name}"`, expected, got });
}

function scalarArgument(checker: Checker, node: ExpressionNode): types.ScalarType {
  const type = resolveType(checker, node);
  if (type.kind === 'scalar') return type;
  throw checker.source.error(node, { what: 'expected a scalar type', got: types.typeText(type) });
}

function countOf(checker: Checker, node: ExpressionNode): number {
  const value = checkConstant(checker, node);
  const integer = value.type === types.U32 ? value : convertTo(checker.source, value, types.I32);
  const count = Number(integer.kind === 'constant' ? integer.values[0] : 0);
  if (count > 0) return count;
  throw checker.source.error(node, { what: 'an array has at least one element', got: `${count}` });
}
