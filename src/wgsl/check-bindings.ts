// Checks what a buffer may hold, and reads @group and @binding. 32-bit scalars and what is made of them; bool has no layout.
import type { DeclareNode, ExpressionNode } from './ast.ts';
import { checkConstant } from './check-expressions.ts';
import type { Checker } from './checker.ts';
import * as types from './types.ts';

export function checkBindingType(
  checker: Checker,
  type: types.Type,
  space: 'uniform' | 'storage',
  node: ExpressionNode,
): void {
  const refuse = (what: string, hint: string): Error => checker.source.error(node, { what, hint });
  const visit = (inner: types.Type, isLast: boolean): void => {
    if (inner === types.BOOL || (inner.kind === 'vector' && inner.element === types.BOOL)) {
      throw refuse('a buffer cannot hold bool', 'use u32 instead, 0u for false');
    }
    if (inner.kind === 'pointer') throw refuse('a buffer cannot hold pointers', 'use an index instead');
    if (inner.kind === 'atomic' && space === 'uniform')
      throw refuse('a uniform cannot hold atomics', 'use var<storage, read_write>');
    if (inner.kind === 'array') {
      if (inner.count === undefined && (space === 'uniform' || !isLast)) {
        throw refuse('a runtime-sized array stands in a storage buffer, last', 'give it a size');
      }
      if (space === 'uniform' && types.strideOf(inner) % 4 !== 0) {
        throw refuse('array elements in a uniform are 16 bytes apart', 'use vec4 elements or a storage buffer');
      }
      visit(inner.element, false);
    }
    if (inner.kind === 'struct') {
      inner.members.forEach((member, i) => {
        visit(member.type, isLast && i === inner.members.length - 1);
      });
    }
  };
  visit(type, true);
}

/** The number in an attribute such as @group(0). */
export function integerArgument(checker: Checker, node: DeclareNode, name: string): number {
  const attribute = node.attributes.find(candidate => candidate.name === name);
  const arg = attribute?.args[0];
  if (!arg) throw checker.source.error(node, { what: `"${node.name.name}" has no @${name}`, hint: `add @${name}(0)` });
  const value = checkConstant(checker, arg);
  return value.kind === 'constant' ? Number(value.values[0]) : 0;
}
