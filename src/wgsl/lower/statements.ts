// Lowers statements to structured code over scalars. Jumps become labelled breaks.

import { applyEach } from '../convert.ts';
import type { Statement } from '../ir.ts';
import * as op from '../operations.ts';
import { apply, type Scalar } from '../scalar.ts';
import { BOOL, leavesOf } from '../types.ts';
import { frozenSpot, lowerExpression, lowerPlace } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { readSpot, writeSpot, zeroScalar } from './places.ts';
import { hasEffects } from './visit.ts';

/** Where jumps lead. */
export interface Targets {
  readonly break?: string;
  /** A loop to go on with, or a block before its continuing part to leave. */
  readonly continue?: { readonly kind: 'continue' | 'break'; readonly label: string };
  /** Takes the result of `return`, then jumps unless the statement is the function's last. */
  readonly return: (values: Scalar[], isLast: boolean) => void;
}

/** Lowers a list; `isLast`: nothing of the function follows it. What stands behind a jump is dropped. */
export function lowerStatements(
  lowering: Lowering,
  list: readonly Statement[],
  targets: Targets,
  isLast: boolean,
): void {
  for (const [i, statement] of list.entries()) {
    lowerStatement(lowering, statement, targets, isLast && i === list.length - 1);
    if (statement.kind === 'return' || statement.kind === 'break' || statement.kind === 'continue') return;
  }
}

function lowerStatement(lowering: Lowering, statement: Statement, targets: Targets, isLast: boolean): void {
  const { builder } = lowering;
  switch (statement.kind) {
    case 'declare': {
      const { variable, value } = statement;
      const leaves = value ? lowerExpression(lowering, value) : leavesOf(variable.type).map(zeroScalar);
      lowering.declare(variable, leaves);
      return;
    }
    case 'alias':
      lowering.alias(statement.variable, frozenSpot(lowering, lowerPlace(lowering, statement.place)));
      return;
    case 'assign':
      lowerAssign(lowering, statement);
      return;
    case 'evaluate':
      lowerExpression(lowering, statement.value);
      return;
    case 'block':
      lowerStatements(lowering, statement.body, targets, isLast);
      return;
    case 'if': {
      const [condition] = lowerExpression(lowering, statement.condition);
      if (condition.kind === 'constant') {
        const taken = condition.value ? statement.accept : statement.reject;
        lowerStatements(lowering, taken, targets, isLast);
        return;
      }
      const accept = builder.collect(() => lowerStatements(lowering, statement.accept, targets, isLast));
      const reject = builder.collect(() => lowerStatements(lowering, statement.reject, targets, isLast));
      builder.emit({ kind: 'if', condition, accept, reject });
      return;
    }
    case 'switch': {
      const [selector] = lowerExpression(lowering, statement.selector);
      const label = builder.label('choice');
      const cases = statement.clauses.map(({ selectors, isDefault, body }) => ({
        selectors,
        isDefault,
        body: builder.collect(() => lowerStatements(lowering, body, { ...targets, break: label }, false)),
      }));
      builder.emit({ kind: 'switch', label, selector, cases });
      return;
    }
    case 'loop':
      lowerLoop(lowering, statement, targets);
      return;
    case 'break':
      builder.emit({ kind: 'break', label: targets.break ?? '' });
      return;
    case 'continue':
      if (targets.continue) builder.emit(targets.continue);
      return;
    case 'return':
      targets.return(statement.value ? lowerExpression(lowering, statement.value) : [], isLast);
  }
}

function lowerAssign(lowering: Lowering, { place, operation, value }: Statement & { kind: 'assign' }): void {
  const { builder } = lowering;
  const effects = hasEffects(value);
  const found = lowerPlace(lowering, place);
  const spot = effects || operation ? frozenSpot(lowering, found) : found;
  if (!operation) {
    writeSpot(builder, spot, lowerExpression(lowering, value));
    return;
  }
  const old = readSpot(builder, spot);
  const left = effects ? old.map(leaf => builder.freeze(leaf)) : old;
  const right = lowerExpression(lowering, value);
  const operands = right.length < left.length ? right.map(builder.share) : right;
  writeSpot(builder, spot, applyEach(operation, place.type, [left, operands]));
}

function lowerLoop(lowering: Lowering, statement: Statement & { kind: 'loop' }, targets: Targets): void {
  const { builder } = lowering;
  const label = builder.label('loop');
  const inner = builder.label('body');
  const hasTail = statement.continuing.length > 0 || statement.breakIf !== undefined;
  const next = hasTail ? ({ kind: 'break', label: inner } as const) : ({ kind: 'continue', label } as const);
  const leaveIf = (condition: Scalar): void =>
    builder.emit({ kind: 'if', condition, accept: [{ kind: 'break', label }], reject: [] });
  const body = builder.collect(() => {
    if (statement.condition) {
      const [condition] = lowerExpression(lowering, statement.condition);
      leaveIf(apply(op.NOT, BOOL, condition));
    }
    const run = builder.collect(() =>
      lowerStatements(lowering, statement.body, { ...targets, break: label, continue: next }, false),
    );
    builder.emit({ kind: 'block', label: inner, body: run });
    lowerStatements(lowering, statement.continuing, { ...targets, break: label }, false);
    if (statement.breakIf) leaveIf(lowerExpression(lowering, statement.breakIf)[0]);
  });
  builder.emit({ kind: 'loop', label, body });
}
