// Walks through the statements and expressions of a function.
import type { Expression, PointerArgument, Statement } from '../ir.ts';

interface Visitor {
  statement?(statement: Statement): void;
  expression?(expression: Expression | PointerArgument): void;
}

/** Visits all statements and all expressions, outer ones first. */
export function visitBody(list: readonly Statement[], visitor: Visitor): void {
  const visit = (expression: Expression | PointerArgument): void => {
    visitor.expression?.(expression);
    for (const operand of operandsOf(expression)) visit(operand);
  };
  for (const statement of list) {
    visitor.statement?.(statement);
    for (const expression of expressionsOf(statement)) visit(expression);
    for (const inner of bodiesOf(statement)) visitBody(inner, visitor);
  }
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
