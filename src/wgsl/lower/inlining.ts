// Decides which functions are inlined: all, unless the kernel would grow too large to be optimised as one function.
import type { Expression, FunctionIr, PointerArgument, Statement } from '../ir.ts';

/** V8 does not optimise functions beyond 60 kB of bytecode; a node of the IR makes about 8 bytes. */
const MAX_NODES = 4000;
/** Functions this small are inlined whatever the kernel's size: a call would not be smaller. */
const SMALL = 40;

/** Functions to be called instead of inlined. `functions` are all that the entry reaches, callees first, the entry last. */
export function functionsToCall(functions: readonly FunctionIr[], maxNodes = MAX_NODES): ReadonlySet<FunctionIr> {
  const profiles = new Map(functions.map(made => [made, profile(made)]));
  const called = new Set<FunctionIr>();
  for (;;) {
    const expanded = new Map<FunctionIr, number>();
    for (const made of functions) {
      const { nodes, calls } = profiles.get(made) as Profile;
      let total = nodes;
      for (const callee of calls) total += called.has(callee) ? 1 : (expanded.get(callee) ?? 0);
      expanded.set(made, total);
    }
    if ((expanded.get(functions[functions.length - 1]) ?? 0) <= maxNodes) return called;
    let best: FunctionIr | undefined;
    let most = 0;
    for (const made of functions.slice(0, -1)) {
      const size = expanded.get(made) ?? 0;
      // A function with a pointer parameter is inlined always: scalars in locals have no address.
      if (called.has(made) || size <= SMALL || made.params.some(param => param.kind === 'pointer')) continue;
      const sites = functions.reduce((sum, { calls }) => sum + (calls.has(made) ? 1 : 0), 0);
      if (size * sites > most) [best, most] = [made, size * sites];
    }
    if (!best) return called;
    called.add(best);
  }
}

interface Profile {
  nodes: number;
  /** One entry for each call. */
  calls: FunctionIr[];
}

function profile(made: FunctionIr): Profile {
  const result: Profile = { nodes: 0, calls: [] };
  const visitStatements = (list: readonly Statement[]): void => {
    for (const statement of list) {
      result.nodes++;
      for (const expression of expressionsOf(statement)) visit(expression);
      for (const inner of bodiesOf(statement)) visitStatements(inner);
    }
  };
  const visit = (expression: Expression | PointerArgument): void => {
    result.nodes += expression.kind !== 'pointer' && expression.type.kind === 'vector' ? expression.type.size : 1;
    if (expression.kind === 'call') result.calls.push(expression.callee);
    for (const operand of operandsOf(expression)) visit(operand);
  };
  visitStatements(made.body);
  return result;
}

function bodiesOf(statement: Statement): (readonly Statement[])[] {
  switch (statement.kind) {
    case 'block':
      return [statement.body];
    case 'if':
      return [statement.accept, statement.reject];
    case 'switch':
      return statement.clauses.map(({ body }) => body);
    case 'loop':
      return [statement.body, statement.continuing];
    default:
      return [];
  }
}

function expressionsOf(statement: Statement): Expression[] {
  const found: (Expression | undefined)[] = [];
  if ('place' in statement) for (const step of statement.place.path) if (step.kind === 'index') found.push(step.index);
  if ('value' in statement) found.push(statement.value);
  if ('condition' in statement) found.push(statement.condition);
  if ('breakIf' in statement) found.push(statement.breakIf);
  if ('selector' in statement) found.push(statement.selector);
  return found.filter(expression => expression !== undefined);
}

/** The expressions that an expression evaluates first. */
function operandsOf(expression: Expression | PointerArgument): readonly (Expression | PointerArgument)[] {
  const indices =
    'place' in expression ? expression.place.path.flatMap(step => (step.kind === 'index' ? [step.index] : [])) : [];
  switch (expression.kind) {
    case 'apply':
    case 'builtin':
    case 'compose':
    case 'call':
      return expression.args;
    case 'and':
    case 'or':
      return [expression.left, expression.right];
    case 'swizzle':
    case 'member':
      return [expression.base];
    case 'index':
      return [expression.base, expression.index];
    case 'atomic':
      return expression.value ? [...indices, expression.value] : indices;
    default:
      return indices;
  }
}

/** Whether evaluating the expression may change something. */
export const hasEffects = (expression: Expression | PointerArgument): boolean =>
  expression.kind === 'call' || expression.kind === 'atomic' || operandsOf(expression).some(hasEffects);
