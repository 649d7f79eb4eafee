// Lists the calls of a syntax tree with what surrounds them, for analyses outside the compiler. Resolves no names.
import { type CallNode, type ExpressionNode, type FunctionNode, functionsOf, type SyntaxTree, walk } from './ast.ts';

export interface Call {
  readonly callee: string;
  readonly node: CallNode;
  /** The function in whose body the call stands. */
  readonly caller: FunctionNode;
  /** The loops around the call, outermost first, each with its condition (absent in `loop` and `for (;;)`). */
  readonly loops: readonly { readonly condition?: ExpressionNode }[];
}

/** All calls in functions, of builtins and constructors too, in the order of the text. */
export function callsOf(tree: SyntaxTree): Call[] {
  const calls: Call[] = [];
  for (const caller of functionsOf(tree)) {
    walk(caller, (node, ancestors) => {
      if (node.kind !== 'call') return;
      const loops = ancestors.flatMap(ancestor => {
        if (ancestor.kind === 'loop') return [{}];
        return ancestor.kind === 'for' || ancestor.kind === 'while' ? [{ condition: ancestor.condition }] : [];
      });
      calls.push({ callee: node.callee.name, node, caller, loops });
    });
  }
  return calls;
}
