// Checks statements and the flow of control: where `break`, `continue` and `return` may stand. Declarations and assignments
// are checked in files of their own.
import type { BlockNode, ForNode, IfNode, StatementNode, SwitchNode } from './ast.ts';
import { checkAssign } from './check-assign.ts';
import { checkCall } from './check-calls.ts';
import { checkAssert, checkDeclare } from './check-declare.ts';
import { checkConstant, checkValue } from './check-expressions.ts';
import type { Checker } from './checker.ts';
import { convertTo, unify } from './convert.ts';
import type { Expression, Statement, SwitchClause } from './ir.ts';
import { Scope } from './scope.ts';
import * as types from './types.ts';

/** What surrounds a statement. */
interface Surroundings {
  readonly inLoop: boolean;
  readonly inSwitch: boolean;
  readonly inContinuing: boolean;
}
export const TOP: Surroundings = { inLoop: false, inSwitch: false, inContinuing: false };

export function checkBlock(checker: Checker, block: BlockNode, around: Surroundings): Statement[] {
  return scoped(checker, () => block.body.flatMap(node => checkStatement(checker, node, around)));
}

function scoped<T>(checker: Checker, action: () => T): T {
  const outer = checker.scope;
  checker.scope = new Scope(checker.source, outer);
  const result = action();
  checker.scope = outer;
  return result;
}

function checkStatement(checker: Checker, node: StatementNode, around: Surroundings): Statement[] {
  const { source } = checker;
  switch (node.kind) {
    case 'block':
      return [{ kind: 'block', body: checkBlock(checker, node, around) }];
    case 'declare':
      return checkDeclare(checker, node);
    case 'assign':
      return [checkAssign(checker, node)];
    case 'evaluate': {
      const value = checkCall(checker, node.call);
      if (value.type.kind !== 'void' && value.kind !== 'call' && value.kind !== 'atomic') {
        throw source.error(node, { what: 'the value of this call is not used', hint: 'assign it, or use "_ = ..."' });
      }
      return [{ kind: 'evaluate', value }];
    }
    case 'if':
      return [checkIf(checker, node, around)];
    case 'switch':
      return [checkSwitch(checker, node, around)];
    case 'loop':
      return [checkLoop(checker, node)];
    case 'while': {
      const condition = checkCondition(checker, node.condition);
      const body = checkBlock(checker, node.body, { inLoop: true, inSwitch: false, inContinuing: false });
      return [{ kind: 'loop', condition, body, continuing: [] }];
    }
    case 'for':
      return [checkFor(checker, node)];
    case 'return':
      return [checkReturn(checker, node, around)];
    case 'assert':
      checkAssert(checker, node);
      return [];
    case 'discard':
      throw source.error(node, { what: '"discard" is for fragment shaders', hint: 'use "return" instead' });
    default:
      if (around.inContinuing || !(around.inLoop || (node.kind === 'break' && around.inSwitch))) {
        const place = node.kind === 'break' ? 'a loop or switch' : 'a loop';
        throw source.error(node, {
          what: `"${node.kind}" stands outside of ${place}`,
          hint: around.inContinuing ? 'use "break if" instead' : undefined,
        });
      }
      return [{ kind: node.kind }];
  }
}

function checkCondition(checker: Checker, written: IfNode['condition']): Expression {
  const node = written.kind === 'group' ? written.inner : written;
  const value = checkValue(checker, node);
  if (value.type === types.BOOL) return value;
  throw checker.source.error(node, {
    what: `the condition \`${checker.source.excerpt(node)}\` is no bool`,
    got: types.typeText(value.type),
    hint: 'compare it, as in x != 0',
  });
}

function checkIf(checker: Checker, node: IfNode, around: Surroundings): Statement {
  const condition = checkCondition(checker, node.condition);
  const accept = checkBlock(checker, node.accept, around);
  let reject: Statement[] = [];
  if (node.reject?.kind === 'if') reject = [checkIf(checker, node.reject, around)];
  else if (node.reject) reject = checkBlock(checker, node.reject, around);
  return { kind: 'if', condition, accept, reject };
}

function checkSwitch(checker: Checker, node: SwitchNode, around: Surroundings): Statement {
  const { source } = checker;
  const selector = checkValue(checker, node.selector);
  const constants = node.cases.map(clause => clause.selectors.map(item => checkConstant(checker, item)));
  let type: types.Type | undefined = selector.type;
  for (const item of constants.flat()) type = type && unify(type, item.type);
  const common = type && types.concrete(type);
  if (common !== types.I32 && common !== types.U32) {
    throw source.error(node.selector, {
      what: 'the selector and all cases of "switch" are of one type',
      expected: 'i32 or u32',
    });
  }
  const seen = new Set<number>();
  const clauses = node.cases.map((clause, i): SwitchClause => {
    const selectors = constants[i].map(item => {
      const converted = convertTo(source, item, common);
      const value = converted.kind === 'constant' ? Number(converted.values[0]) : 0;
      if (seen.has(value)) throw source.error(item, { what: `the case ${value} stands twice` });
      seen.add(value);
      return value;
    });
    return {
      selectors,
      isDefault: clause.isDefault,
      body: checkBlock(checker, clause.body, { ...around, inSwitch: true, inContinuing: false }),
    };
  });
  if (clauses.filter(clause => clause.isDefault).length !== 1) {
    throw source.error(
      { start: node.start, end: node.selector.end },
      { what: '"switch" needs exactly one default', hint: 'add "default: {}"' },
    );
  }
  return { kind: 'switch', selector: convertTo(source, selector, common), clauses };
}

function checkLoop(checker: Checker, node: StatementNode & { kind: 'loop' }): Statement {
  // The continuing block sees what the body declares, so both share a scope.
  return scoped(checker, () => {
    const around: Surroundings = { inLoop: true, inSwitch: false, inContinuing: false };
    const body = node.body.body.flatMap(child => checkStatement(checker, child, around));
    return scoped(checker, () => {
      const inContinuing = { ...around, inContinuing: true };
      const continuing = node.continuing?.body.flatMap(child => checkStatement(checker, child, inContinuing)) ?? [];
      const breakIf = node.breakIf && checkCondition(checker, node.breakIf);
      return { kind: 'loop', body, continuing, breakIf };
    });
  });
}

function checkFor(checker: Checker, node: ForNode): Statement {
  return scoped(checker, () => {
    const init = node.init ? checkStatement(checker, node.init, TOP) : [];
    const condition = node.condition && checkCondition(checker, node.condition);
    const continuing = node.update ? checkStatement(checker, node.update, TOP) : [];
    const body = checkBlock(checker, node.body, { inLoop: true, inSwitch: false, inContinuing: false });
    return { kind: 'block', body: [...init, { kind: 'loop', condition, body, continuing }] };
  });
}

function checkReturn(checker: Checker, node: StatementNode & { kind: 'return' }, around: Surroundings): Statement {
  const { source } = checker;
  const result = checker.current?.result ?? types.VOID;
  if (around.inContinuing) throw source.error(node, { what: '"return" stands in a continuing block' });
  if (!node.value) {
    if (result.kind === 'void') return { kind: 'return' };
    throw source.error(node, { what: '"return" without a value', expected: types.typeText(result) });
  }
  const value = checkValue(checker, node.value);
  if (result.kind === 'void')
    throw source.error(node.value, { what: 'this function returns nothing', hint: 'add "-> type" to its head' });
  return { kind: 'return', value: convertTo(source, value, result, ' of the result') };
}
