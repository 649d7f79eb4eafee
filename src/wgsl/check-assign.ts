// Checks assignments: plain, compound, `++`, `--` and the phony `_ = value`.
import type { AssignNode } from './ast.ts';
import { checkExpression, checkValue } from './check-expressions.ts';
import { checkBinary } from './check-operators.ts';
import { type Checker, noteFloats } from './checker.ts';
import { convertTo } from './convert.ts';
import { type Expression, type Place, type Statement, scalarConstant } from './ir.ts';
import * as types from './types.ts';

export function checkAssign(checker: Checker, node: AssignNode): Statement {
  const { source } = checker;
  if (!node.target) {
    return { kind: 'evaluate', value: checkValue(checker, node.value as NonNullable<typeof node.value>) };
  }
  const target = checkExpression(checker, node.target);
  if (target.kind !== 'place') {
    throw source.error(node.target, {
      what: `\`${source.excerpt(node.target)}\` cannot be assigned to`,
      hint: target.kind === 'pointer' ? 'put "*" before the pointer' : undefined,
    });
  }
  const { place } = target;
  checkWritable(checker, place, node);
  place.root.assigned = true;
  if (!node.operator) {
    const value = checkValue(checker, node.value as NonNullable<typeof node.value>);
    return { kind: 'assign', place, value: convertTo(source, value, place.type) };
  }
  const old: Expression = { kind: 'load', place, type: place.type, start: place.start, end: place.end };
  noteFloats(checker, old);
  const isInteger = place.type === types.I32 || place.type === types.U32;
  if (!node.value && !isInteger)
    throw source.error(node, { what: `"${node.operator}${node.operator}" needs an i32 or u32` });
  const right = node.value ? checkValue(checker, node.value) : scalarConstant(types.ABSTRACT_INT, 1n, node);
  const result = checkBinary(source, node.operator, old, right, node);
  convertTo(source, { ...result, start: node.start, end: node.end } as Expression, place.type);
  if (result.kind !== 'apply') throw source.error(node, { what: `"${node.operator}=" does not apply here` });
  return { kind: 'assign', place, operation: result.operation, value: result.args[1] };
}

function checkWritable(checker: Checker, place: Place, node: AssignNode): void {
  const { source } = checker;
  const { root, type, path } = place;
  if (!root.writable) {
    const isBinding = root.kind === 'binding';
    throw source.error(node, {
      what: `"${root.name}" is read-only in \`${source.excerpt(node)}\``,
      hint: isBinding ? 'declare it var<storage, read_write>' : 'declare it with "var" instead',
    });
  }
  if (type.kind === 'atomic')
    throw source.error(node, { what: 'an atomic is not assigned', hint: 'use atomicStore(&...) instead' });
  const last = path[path.length - 1];
  if (last?.kind === 'component' && last.indices.length > 1) {
    throw source.error(node, { what: 'several components cannot be assigned at once', hint: 'assign them one by one' });
  }
  if (type.kind === 'array' && type.count === undefined)
    throw source.error(node, { what: 'a runtime-sized array is not assigned' });
}
