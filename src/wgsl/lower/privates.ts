// Which `var<private>` variables a function uses, and which it may set, itself or through what it calls.
import type { FunctionIr, Place, Variable } from '../ir.ts';
import { visitBody } from './visit.ts';

/** The variables that a function reads or sets, and those of them that it may set. */
export interface PrivateUse {
  readonly used: ReadonlySet<Variable>;
  readonly set: ReadonlySet<Variable>;
}

/** By function. `functions`: callees first. */
export function privateUses(functions: readonly FunctionIr[]): ReadonlyMap<FunctionIr, PrivateUse> {
  const uses = new Map<FunctionIr, PrivateUse>();
  for (const made of functions) {
    const callees = [...made.calls].map(callee => uses.get(callee)!);
    const used = new Set(callees.flatMap(callee => [...callee.used]));
    const set = new Set(callees.flatMap(callee => [...callee.set]));
    const note = ({ root }: Place, mayBeSet: boolean): void => {
      if (root.kind !== 'private') return;
      used.add(root);
      if (mayBeSet) set.add(root);
    };
    visitBody(made.body, {
      statement: statement => {
        // a pointer to it may be what it is set through
        if ('place' in statement) note(statement.place, true);
      },
      expression: expression => {
        if ('place' in expression) note(expression.place, expression.kind !== 'load');
      },
    });
    uses.set(made, { used, set });
  }
  return uses;
}
