// Parses a WGSL module into a syntax tree with spans: directives, structs, aliases, constants, variables and functions.
import type {
  Attribute,
  DeclarationNode,
  ExpressionNode,
  FieldNode,
  FunctionNode,
  StructNode,
  SyntaxTree,
} from './ast.ts';
import { Cursor } from './cursor.ts';
import { parseExpression, parseType } from './parse-expressions.ts';
import { parseAssert, parseBlock, parseDeclare } from './parse-statements.ts';
import { type Locate, type Quote, Source } from './source.ts';

export interface ParseOptions {
  /** Maps an offset of the text to the author's file. Default: `kernel.wgsl`, the text itself. */
  locate?: Locate;
  /** What the author wrote for a span, where the text was edited since. Default: the text itself. */
  quote?: Quote;
}

/** Parses plain WGSL. Throws a `GroundswellError` that names file, line and column. */
export function parse(text: string, { locate, quote }: ParseOptions = {}): SyntaxTree {
  const source = new Source(text, locate, quote);
  const cursor = new Cursor(source);
  const declarations: DeclarationNode[] = [];
  while (cursor.token.kind !== 'end') {
    if (!cursor.accept(';')) declarations.push(parseDeclaration(cursor));
  }
  return { source, declarations };
}

function parseDeclaration(cursor: Cursor): DeclarationNode {
  const attributes = parseAttributes(cursor);
  switch (cursor.token.text) {
    case 'fn':
      return parseFunction(cursor, attributes);
    case 'struct':
      return parseStruct(cursor);
    case 'const_assert':
      return parseAssert(cursor);
    case 'alias': {
      const { start } = cursor.take();
      const name = cursor.name('a name for the type');
      cursor.expect('=', 'after the name');
      const type = parseType(cursor);
      cursor.expect(';', 'after the type');
      return { kind: 'alias', name, type, ...cursor.since(start) };
    }
    case 'enable':
    case 'requires':
    case 'diagnostic': {
      const { start, text } = cursor.take();
      while (!cursor.is(';') && cursor.token.kind !== 'end') cursor.take();
      cursor.expect(';', `after "${text}"`);
      return { kind: 'directive', keyword: text, ...cursor.since(start) };
    }
    case 'const':
    case 'override':
    case 'var': {
      const declaration = parseDeclare(cursor, attributes);
      cursor.expect(';', 'after the declaration');
      return declaration;
    }
    default:
      throw cursor.unexpected('a declaration: "fn", "struct", "alias", "const" or "var"');
  }
}

function parseAttributes(cursor: Cursor): Attribute[] {
  const attributes: Attribute[] = [];
  while (cursor.is('@')) {
    const { start } = cursor.take();
    const { text } = cursor.take();
    const args: ExpressionNode[] = [];
    if (cursor.accept('(')) {
      while (!cursor.is(')')) {
        args.push(parseExpression(cursor));
        if (!cursor.accept(',')) break;
      }
      cursor.expect(')', 'after the attribute');
    }
    attributes.push({ kind: 'attribute', name: text, args, ...cursor.since(start) });
  }
  return attributes;
}

/** One parameter of a function or one member of a struct. */
function parseField(cursor: Cursor): FieldNode {
  const { start } = cursor.token;
  const attributes = parseAttributes(cursor);
  const name = cursor.name('a name');
  cursor.expect(':', 'and a type');
  const type = parseType(cursor);
  return { kind: 'field', attributes, name, type, ...cursor.since(start) };
}

function parseStruct(cursor: Cursor): StructNode {
  const { start } = cursor.take();
  const name = cursor.name('a name for the struct');
  cursor.expect('{', 'before the members');
  const members: FieldNode[] = [];
  while (!cursor.is('}')) {
    members.push(parseField(cursor));
    if (!cursor.accept(',')) break;
  }
  cursor.expect('}', 'after the members');
  return { kind: 'struct', name, members, ...cursor.since(start) };
}

function parseFunction(cursor: Cursor, attributes: Attribute[]): FunctionNode {
  const { start } = cursor.take();
  const name = cursor.name('a name for the function');
  const paramsStart = cursor.expect('(', 'before the parameters').end;
  const params: FieldNode[] = [];
  while (!cursor.is(')')) {
    params.push(parseField(cursor));
    if (!cursor.accept(',')) break;
  }
  cursor.expect(')', 'after the parameters');
  let returns: ExpressionNode | undefined;
  if (cursor.accept('->')) {
    parseAttributes(cursor);
    returns = parseType(cursor);
  }
  const body = parseBlock(cursor);
  return { kind: 'function', attributes, name, params, paramsStart, returns, body, ...cursor.since(start) };
}
