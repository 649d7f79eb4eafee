// Checks statements and the flow of control: where `break` may stand, and that functions with a result return one.
import type { AssignNode, BlockNode, DeclareNode, ForNode, IfNode, StatementNode, SwitchNode } from './ast.ts';
import { checkCall, holdsArray } from './check-calls.ts';
import { checkConstant, checkExpression, checkValue } from './check-expressions.ts';
import { checkBinary } from './check-operators.ts';
import { resolveType } from './check-types.ts';
import { type Checker, noteFloats } from './checker.ts';
import { convertTo, unify } from './convert.ts';
import { type Expression, type Place, type Statement, type SwitchClause, scalarConstant, type Variable } from './ir.ts';
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
      if (value.kind !== 'call' && value.kind !== 'atomic') {
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

export function checkAssert(checker: Checker, node: StatementNode & { kind: 'assert' }): void {
  const value = checkConstant(checker, node.condition);
  if (value.type !== types.BOOL) throw checker.source.error(node, { what: '"const_assert" needs a bool' });
  if (value.kind === 'constant' && value.values[0] === false) {
    throw checker.source.error(node, { what: `assertion failed: \`${checker.source.excerpt(node)}\`` });
  }
}

/** The value of a declaration with the type that the declaration has, concrete unless `const`. */
export function initialValue(checker: Checker, node: DeclareNode): { type: types.Type; value?: Expression } {
  const { source } = checker;
  const type = node.type && resolveType(checker, node.type);
  if (!node.value) {
    if (!type) throw source.error(node, { what: `"${node.name.name}" has neither type nor value` });
    return { type };
  }
  const value = checkValue(checker, node.value);
  const target = type ?? (node.keyword === 'const' ? value.type : types.concrete(value.type));
  return { type: target, value: convertTo(source, value, target, ` of "${node.name.name}"`) };
}

export function makeVariable(node: DeclareNode, kind: Variable['kind'], type: types.Type): Variable {
  const space = kind === 'private' ? 'private' : 'function';
  const { start, end } = node.name;
  return {
    kind,
    name: node.name.name,
    type,
    space,
    writable: node.keyword === 'var',
    indexed: false,
    assigned: false,
    start,
    end,
  };
}

function checkDeclare(checker: Checker, node: DeclareNode): Statement[] {
  const { source, scope } = checker;
  if (node.keyword !== 'var' && !node.value) throw source.error(node, { what: `"${node.keyword}" needs a value` });
  if (node.qualifiers.some(qualifier => qualifier !== 'function')) {
    throw source.error(node, {
      what: `var<${node.qualifiers.join()}> stands in a function`,
      hint: 'move it to module scope',
    });
  }
  if (node.keyword === 'const') {
    const { value } = initialValue(checker, node);
    if (value?.kind !== 'constant')
      throw source.error(node, { what: `the value of "${node.name.name}" is not constant`, hint: 'use "let" instead' });
    scope.declare(node.name, { kind: 'constant', value });
    return [];
  }
  if (node.keyword === 'let' && node.value && !(node.type && /^u32|^i32|^f32|^bool/.test(source.excerpt(node.type)))) {
    const alias = checkAlias(checker, node);
    if (alias) return alias;
  }
  const { type, value } = initialValue(checker, node);
  if (types.leafCount(type) === 0 || type.kind === 'atomic') {
    throw source.error(node, { what: `"${node.name.name}" cannot hold ${types.typeText(type)}` });
  }
  const variable = makeVariable(node, node.keyword === 'let' ? 'let' : 'function', type);
  scope.declare(node.name, { kind: 'variable', variable });
  return [{ kind: 'declare', variable, value }];
}

/** `let p = &x;`: a name for a place. */
function checkAlias(checker: Checker, node: DeclareNode): Statement[] | undefined {
  const value = node.value;
  const inner = value?.kind === 'group' ? value.inner : value;
  const isPointer = inner?.kind === 'unary' && inner.operator === '&';
  const named = inner?.kind === 'name' ? checker.resolve(inner) : undefined;
  if (!inner || (!isPointer && named?.kind !== 'pointer')) return undefined;
  const checked = checkExpression(checker, inner);
  if (checked.kind !== 'pointer') return undefined;
  const { place } = checked;
  place.root.assigned = true;
  if (holdsArray(place.root.type)) place.root.indexed = true;
  const variable: Variable = {
    ...makeVariable(node, 'pointer', place.type),
    space: place.root.space,
    writable: place.root.writable,
  };
  checker.scope.declare(node.name, { kind: 'pointer', place: { ...place, root: variable, path: [] } });
  return [{ kind: 'alias', variable, place }];
}

function checkAssign(checker: Checker, node: AssignNode): Statement {
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
export function breaks(statements: readonly Statement[]): boolean {
  return statements.some(statement => {
    if (statement.kind === 'break') return true;
    if (statement.kind === 'block') return breaks(statement.body);
    return statement.kind === 'if' && (breaks(statement.accept) || breaks(statement.reject));
  });
}
