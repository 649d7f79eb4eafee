// Checks the atomic builtins. The CPU runs invocations one by one, so for it they are plain reads and writes.
import type { CallNode } from './ast.ts';
import type { Atomic } from './builtins.ts';
import { expectArguments } from './check-calls.ts';
import { checkExpression, checkValue } from './check-expressions.ts';
import type { Checker } from './checker.ts';
import { convertTo } from './convert.ts';
import type { Expression } from './ir.ts';
import * as types from './types.ts';

export function checkAtomic(checker: Checker, node: CallNode, atomic: Atomic): Expression {
  const { source } = checker;
  expectArguments(checker, node, atomic.takesValue ? 2 : 1);
  const target = checkExpression(checker, node.args[0]);
  if (target.kind !== 'pointer' || target.place.type.kind !== 'atomic') {
    throw source.error(node.args[0], {
      what: `wrong first argument of "${atomic.name}"`,
      expected: 'the address of an atomic',
      hint: `as in ${atomic.name}(&counters[i]${atomic.takesValue ? ', 1u' : ''})`,
    });
  }
  const { place } = target;
  if (!place.root.writable)
    throw source.error(node, { what: `"${place.root.name}" is read-only`, hint: 'declare it read_write' });
  const element = types.scalarOf(place.type) ?? types.U32;
  const value = atomic.takesValue ? convertTo(source, checkValue(checker, node.args[1]), element) : undefined;
  const type = atomic.returnsOld ? element : types.VOID;
  return { kind: 'atomic', atomic, place, value, type, start: node.start, end: node.end };
}
