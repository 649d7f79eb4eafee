// Parses WGSL statements. Says nothing about types or about where `break` and `continue` may stand: the checker does.
import type {
  AssignNode,
  BlockNode,
  CallNode,
  DeclareNode,
  ExpressionNode,
  IfNode,
  StatementNode,
  SwitchCase,
} from './ast.ts';
import type { Cursor } from './cursor.ts';
import { parseExpression, parseType } from './parse-expressions.ts';

export function parseBlock(cursor: Cursor): BlockNode {
  const { start } = cursor.expect('{', 'before the statements');
  const body: StatementNode[] = [];
  while (!cursor.is('}')) {
    if (cursor.accept(';')) continue;
    body.push(parseStatement(cursor));
  }
  cursor.take();
  return { kind: 'block', body, ...cursor.since(start) };
}

function parseStatement(cursor: Cursor): StatementNode {
  const { start, text } = cursor.token;
  switch (text) {
    case '{':
      return parseBlock(cursor);
    case 'if':
      return parseIf(cursor);
    case 'switch':
      return parseSwitch(cursor);
    case 'loop':
      return parseLoop(cursor);
    case 'while': {
      cursor.take();
      const condition = parseExpression(cursor);
      const body = parseBlock(cursor);
      return { kind: 'while', condition, body, ...cursor.since(start) };
    }
    case 'for':
      return parseFor(cursor);
    case 'break':
    case 'continue':
    case 'discard':
      cursor.take();
      cursor.expect(';', `after "${text}"`);
      return { kind: text, ...cursor.since(start) };
    case 'return': {
      cursor.take();
      const value = cursor.is(';') ? undefined : parseExpression(cursor);
      cursor.expect(';', 'after "return"');
      return { kind: 'return', value, ...cursor.since(start) };
    }
    case 'const_assert':
      return parseAssert(cursor);
    default: {
      const statement = parseSimple(cursor);
      cursor.expect(';', 'after the statement');
      return statement;
    }
  }
}

export function parseAssert(cursor: Cursor): StatementNode & { kind: 'assert' } {
  const { start } = cursor.take();
  const condition = parseExpression(cursor);
  cursor.expect(';', 'after "const_assert"');
  return { kind: 'assert', condition, ...cursor.since(start) };
}

/** A declaration of a value, without its semicolon: `let x = 1u`, `var<private> y: u32`. */
export function parseDeclare(cursor: Cursor, attributes: DeclareNode['attributes'] = []): DeclareNode {
  const { start, text } = cursor.take();
  const qualifiers: string[] = [];
  if (text === 'var' && cursor.accept('<')) {
    while (cursor.isName) {
      qualifiers.push(cursor.name('an address space').name);
      if (!cursor.accept(',')) break;
    }
    cursor.closeTemplate();
  }
  const name = cursor.name('a name');
  const type = cursor.accept(':') ? parseType(cursor) : undefined;
  const value = cursor.accept('=') ? parseExpression(cursor) : undefined;
  const keyword = text as DeclareNode['keyword'];
  return { kind: 'declare', keyword, attributes, qualifiers, name, type, value, ...cursor.since(start) };
}

/** A statement that may also stand in the head of `for`: a declaration, an assignment or a call. */
function parseSimple(cursor: Cursor): StatementNode {
  const { start, text } = cursor.token;
  if (text === 'let' || text === 'const' || text === 'var') return parseDeclare(cursor);
  if (cursor.accept('_')) {
    cursor.expect('=', 'after "_"');
    const value = parseExpression(cursor);
    return { kind: 'assign', value, ...cursor.since(start) };
  }
  const target = parseExpression(cursor);
  if (target.kind === 'call' && !isAssignment(cursor)) return evaluate(target);
  return parseAssignment(cursor, target);
}

const evaluate = (call: CallNode): StatementNode => ({ kind: 'evaluate', call, start: call.start, end: call.end });

const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>=', '++', '--'];
const isAssignment = (cursor: Cursor): boolean => ASSIGNMENTS.includes(cursor.token.text);

function parseAssignment(cursor: Cursor, target: ExpressionNode): AssignNode {
  if (!isAssignment(cursor)) throw cursor.unexpected('an assignment or a call');
  const { text } = cursor.take();
  if (text === '++' || text === '--') {
    return { kind: 'assign', target, operator: text[0], ...cursor.since(target.start) };
  }
  const value = parseExpression(cursor);
  return { kind: 'assign', target, operator: text.slice(0, -1) || undefined, value, ...cursor.since(target.start) };
}

function parseIf(cursor: Cursor): IfNode {
  const { start } = cursor.take();
  const condition = parseExpression(cursor);
  const accept = parseBlock(cursor);
  let reject: IfNode['reject'];
  if (cursor.accept('else')) reject = cursor.is('if') ? parseIf(cursor) : parseBlock(cursor);
  return { kind: 'if', condition, accept, reject, ...cursor.since(start) };
}

function parseSwitch(cursor: Cursor): StatementNode {
  const { start } = cursor.take();
  const selector = parseExpression(cursor);
  cursor.expect('{', 'before the cases');
  const cases: SwitchCase[] = [];
  while (!cursor.accept('}')) cases.push(parseCase(cursor));
  return { kind: 'switch', selector, cases, ...cursor.since(start) };
}

function parseCase(cursor: Cursor): SwitchCase {
  const { start } = cursor.token;
  const selectors: ExpressionNode[] = [];
  let isDefault = false;
  if (cursor.accept('default')) isDefault = true;
  else {
    cursor.expect('case', 'or "default"');
    while (!cursor.is(':') && !cursor.is('{')) {
      if (cursor.accept('default')) isDefault = true;
      else selectors.push(parseExpression(cursor));
      if (!cursor.accept(',')) break;
    }
  }
  cursor.accept(':');
  const body = parseBlock(cursor);
  return { kind: 'case', selectors, isDefault, body, ...cursor.since(start) };
}

function parseLoop(cursor: Cursor): StatementNode {
  const { start } = cursor.take();
  const bodyStart = cursor.expect('{', 'after "loop"').start;
  const body: StatementNode[] = [];
  let bodyEnd: number | undefined;
  let continuing: BlockNode | undefined;
  let breakIf: ExpressionNode | undefined;
  while (!cursor.is('}')) {
    if (cursor.accept(';')) continue;
    if (continuing) throw cursor.unexpected('"}" after the continuing block');
    if (cursor.is('continuing')) {
      bodyEnd = cursor.previousEnd;
      ({ continuing, breakIf } = parseContinuing(cursor));
    } else body.push(parseStatement(cursor));
  }
  cursor.take();
  const end = bodyEnd ?? cursor.previousEnd;
  return {
    kind: 'loop',
    body: { kind: 'block', body, start: bodyStart, end },
    continuing,
    breakIf,
    ...cursor.since(start),
  };
}

function parseContinuing(cursor: Cursor): { continuing: BlockNode; breakIf?: ExpressionNode } {
  cursor.take();
  const { start } = cursor.expect('{', 'after "continuing"');
  const body: StatementNode[] = [];
  let breakIf: ExpressionNode | undefined;
  while (!cursor.is('}')) {
    if (cursor.accept(';')) continue;
    if (breakIf) throw cursor.unexpected('"}" after "break if"');
    if (cursor.is('break') && cursor.is('if', 1)) {
      cursor.take();
      cursor.take();
      breakIf = parseExpression(cursor);
      cursor.expect(';', 'after "break if"');
    } else body.push(parseStatement(cursor));
  }
  cursor.take();
  return { continuing: { kind: 'block', body, ...cursor.since(start) }, breakIf };
}

function parseFor(cursor: Cursor): StatementNode {
  const { start } = cursor.take();
  cursor.expect('(', 'after "for"');
  const init = cursor.is(';') ? undefined : parseSimple(cursor);
  cursor.expect(';', 'after the initializer');
  const condition = cursor.is(';') ? undefined : parseExpression(cursor);
  cursor.expect(';', 'after the condition');
  const update = cursor.is(')') ? undefined : parseSimple(cursor);
  cursor.expect(')', 'after the update');
  const body = parseBlock(cursor);
  return { kind: 'for', init, condition, update, body, ...cursor.since(start) };
}
