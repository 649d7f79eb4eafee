// Parses WGSL expressions (and types, which WGSL writes as expressions) by precedence climbing. Resolves no names.
import type { CallNode, ExpressionNode, NameNode, TemplatedNode } from './ast.ts';
import type { Cursor } from './cursor.ts';

const PRECEDENCE: Record<string, number> = {
  ...{ '||': 1, '&&': 2, '|': 3, '^': 4, '&': 5, '==': 6, '!=': 6, '<': 7, '>': 7, '<=': 7, '>=': 7 },
  ...{ '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '%': 10 },
};

// WGSL asks for parentheses where these meet another binary operator, so that no reader has to know their precedence.
const NEEDS_PARENTHESES: Record<string, (operator: string) => boolean> = {
  '||': operator => operator === '&&' || isBitwise(operator),
  '&&': operator => operator === '||' || isBitwise(operator),
  '|': operator => operator !== '|',
  '^': operator => operator !== '^',
  '&': operator => operator !== '&',
  '<<': () => true,
  '>>': () => true,
};
const isBitwise = (operator: string): boolean => operator === '|' || operator === '^' || operator === '&';
const isComparison = (operator: string): boolean => PRECEDENCE[operator] === 6 || PRECEDENCE[operator] === 7;

// Only these predeclared names take a template list, and none of them is a value, so `<` behind them is never "less than".
const TEMPLATED = /^(?:array|atomic|bitcast|ptr|vec[234]|mat[234]x[234]|texture_\w+)$/;

export function parseExpression(cursor: Cursor): ExpressionNode {
  return parseBinary(cursor, 1, false);
}

/** A type such as `u32` or `array<vec2<f32>, 4>`. */
export function parseType(cursor: Cursor): NameNode | TemplatedNode {
  const { name, start } = cursor.name('a type');
  if (!TEMPLATED.test(name) || !cursor.is('<')) return { kind: 'name', name, ...cursor.since(start) };
  cursor.take();
  const args: ExpressionNode[] = [];
  while (!cursor.token.text.startsWith('>')) {
    args.push(parseBinary(cursor, 1, true));
    if (!cursor.accept(',')) break;
  }
  cursor.closeTemplate();
  return { kind: 'templated', name, args, ...cursor.since(start) };
}

function parseBinary(cursor: Cursor, minimum: number, inTemplate: boolean): ExpressionNode {
  let left = parseUnary(cursor);
  for (;;) {
    const operator = cursor.token.text;
    const precedence = PRECEDENCE[operator];
    if (precedence === undefined || precedence < minimum || (inTemplate && operator.startsWith('>'))) return left;
    cursor.take();
    const right = parseBinary(cursor, precedence + 1, inTemplate);
    left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    for (const operand of [left.left, right]) {
      if (operand.kind !== 'binary') continue;
      const mixed = NEEDS_PARENTHESES[operator]?.(operand.operator) ?? isMixed(operator, operand.operator);
      if (mixed) {
        throw cursor.source.error(left, {
          what: `"${operand.operator}" and "${operator}" are mixed without parentheses`,
          hint: `put parentheses around \`${cursor.source.excerpt(operand)}\``,
        });
      }
    }
  }
}

/** Comparisons do not chain, and bitwise operators and shifts are no operands of anything without parentheses. */
function isMixed(operator: string, inner: string): boolean {
  if (isComparison(operator)) return isComparison(inner) || isBitwise(inner);
  return inner === '<<' || inner === '>>' || isBitwise(inner);
}

function parseUnary(cursor: Cursor): ExpressionNode {
  const { text: operator, start } = cursor.token;
  if (operator === '--') {
    throw cursor.source.error(cursor.token, { what: '"--" is a statement, not an expression', hint: 'write "-(-x)"' });
  }
  if (['-', '!', '~', '&', '*'].includes(operator)) {
    cursor.take();
    const operand = parseUnary(cursor);
    return { kind: 'unary', operator, operand, start, end: operand.end };
  }
  return parsePostfix(cursor, parsePrimary(cursor));
}

function parsePostfix(cursor: Cursor, primary: ExpressionNode): ExpressionNode {
  let base = primary;
  for (;;) {
    if (cursor.accept('[')) {
      const index = parseExpression(cursor);
      cursor.expect(']', 'after the index');
      base = { kind: 'index', base, index, ...cursor.since(primary.start) };
    } else if (cursor.accept('.')) {
      const member = cursor.name('a member or a swizzle');
      base = { kind: 'member', base, member, ...cursor.since(primary.start) };
    } else return base;
  }
}

function parsePrimary(cursor: Cursor): ExpressionNode {
  const { kind, text, start, end } = cursor.token;
  if (kind === 'number' || text === 'true' || text === 'false') {
    cursor.take();
    return { kind: 'literal', text, start, end };
  }
  if (cursor.accept('(')) {
    const inner = parseExpression(cursor);
    cursor.expect(')', 'after the expression');
    return { kind: 'group', inner, ...cursor.since(start) };
  }
  if (!cursor.isName) throw cursor.unexpected('an expression');
  const callee = parseType(cursor);
  return cursor.is('(') ? parseCall(cursor, callee) : callee;
}

function parseCall(cursor: Cursor, callee: NameNode | TemplatedNode): CallNode {
  const argsStart = cursor.take().end;
  const args: ExpressionNode[] = [];
  while (!cursor.is(')')) {
    args.push(parseExpression(cursor));
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')', 'after the arguments');
  return { kind: 'call', callee, args, argsStart, ...cursor.since(callee.start) };
}
