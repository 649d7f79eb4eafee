// Checks declarations inside functions, names for places among them, and what declarations at module scope share with them.
import type { AssertNode, DeclareNode } from './ast.ts';
import { holdsArray } from './check-calls.ts';
import { checkConstant, checkExpression, checkValue } from './check-expressions.ts';
import { resolveType } from './check-types.ts';
import type { Checker } from './checker.ts';
import { convertTo } from './convert.ts';
import type { Expression, Statement, Variable } from './ir.ts';
import * as types from './types.ts';

export function checkAssert(checker: Checker, node: AssertNode): void {
  const value = checkConstant(checker, node.condition);
  if (value.type !== types.BOOL) throw checker.source.error(node, { what: '"const_assert" needs a bool' });
  if (value.kind === 'constant' && value.values[0] === false) {
    throw checker.source.error(node, { what: `assertion failed: \`${checker.source.excerpt(node)}\`` });
  }
}

/** The value of a declaration with the type that the declaration has, concrete unless `const`. */
export function initialValue(checker: Checker, node: DeclareNode): { type: types.Type; value?: Expression } {
  const { source } = checker;
  const type = node.type && resolveType(checker, node.type);
  if (!node.value) {
    if (!type) throw source.error(node, { what: `"${node.name.name}" has neither type nor value` });
    return { type };
  }
  const value = checkValue(checker, node.value);
  const target = type ?? (node.keyword === 'const' ? value.type : types.concrete(value.type));
  return { type: target, value: convertTo(source, value, target, ` of "${node.name.name}"`) };
}

export function makeVariable(node: DeclareNode, kind: Variable['kind'], type: types.Type): Variable {
  const space = kind === 'private' ? 'private' : 'function';
  const { start, end } = node.name;
  return {
    kind,
    name: node.name.name,
    type,
    space,
    writable: node.keyword === 'var',
    indexed: false,
    assigned: false,
    start,
    end,
  };
}

export function checkDeclare(checker: Checker, node: DeclareNode): Statement[] {
  const { source, scope } = checker;
  if (node.keyword !== 'var' && !node.value) throw source.error(node, { what: `"${node.keyword}" needs a value` });
  if (node.qualifiers.some(qualifier => qualifier !== 'function')) {
    throw source.error(node, {
      what: `var<${node.qualifiers.join()}> stands in a function`,
      hint: 'move it to module scope',
    });
  }
  if (node.keyword === 'const') {
    const { value } = initialValue(checker, node);
    if (value?.kind !== 'constant')
      throw source.error(node, { what: `the value of "${node.name.name}" is not constant`, hint: 'use "let" instead' });
    scope.declare(node.name, { kind: 'constant', value });
    return [];
  }
  if (node.keyword === 'let' && node.value && !(node.type && /^u32|^i32|^f32|^bool/.test(source.excerpt(node.type)))) {
    const alias = checkAlias(checker, node);
    if (alias) return alias;
  }
  const { type, value } = initialValue(checker, node);
  if (types.leafCount(type) === 0 || type.kind === 'atomic') {
    throw source.error(node, { what: `"${node.name.name}" cannot hold ${types.typeText(type)}` });
  }
  const variable = makeVariable(node, node.keyword === 'let' ? 'let' : 'function', type);
  scope.declare(node.name, { kind: 'variable', variable });
  return [{ kind: 'declare', variable, value }];
}

/** `let p = &x;`: a name for a place. */
function checkAlias(checker: Checker, node: DeclareNode): Statement[] | undefined {
  const value = node.value;
  const inner = value?.kind === 'group' ? value.inner : value;
  const isPointer = inner?.kind === 'unary' && inner.operator === '&';
  const named = inner?.kind === 'name' ? checker.resolve(inner) : undefined;
  if (!inner || (!isPointer && named?.kind !== 'pointer')) return undefined;
  const checked = checkExpression(checker, inner);
  if (checked.kind !== 'pointer') return undefined;
  const { place } = checked;
  place.root.assigned = true;
  if (holdsArray(place.root.type)) place.root.indexed = true;
  const variable: Variable = {
    ...makeVariable(node, 'pointer', place.type),
    space: place.root.space,
    writable: place.root.writable,
  };
  checker.scope.declare(node.name, { kind: 'pointer', place: { ...place, root: variable, path: [] } });
  return [{ kind: 'alias', variable, place }];
}
