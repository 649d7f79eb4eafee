// Where control can go in typed statements: what WGSL calls behaviour analysis, as far as missing returns need it.
import type { Statement } from './ir.ts';

/** Whether control cannot pass the end of the statements. */
export function neverPasses(statements: readonly Statement[]): boolean {
  return statements.some(statement => {
    switch (statement.kind) {
      case 'return':
      case 'break':
      case 'continue':
        return true;
      case 'block':
        return neverPasses(statement.body);
      case 'if':
        return neverPasses(statement.accept) && neverPasses(statement.reject);
      case 'switch':
        return statement.clauses.every(clause => neverPasses(clause.body) && !breaks(clause.body));
      case 'loop':
        return !statement.condition && !statement.breakIf && !breaks(statement.body);
      default:
        return false;
    }
  });
}

/** Whether a `break` in the statements leaves the loop or switch around them. */
function breaks(statements: readonly Statement[]): boolean {
  return statements.some(statement => {
    if (statement.kind === 'break') return true;
    if (statement.kind === 'block') return breaks(statement.body);
    return statement.kind === 'if' && (breaks(statement.accept) || breaks(statement.reject));
  });
}
