// Splits WGSL text into tokens with spans. Knows spelling only: keywords are told apart by the parser.
import type { Source, Span } from './source.ts';

type TokenKind = 'identifier' | 'number' | 'symbol' | 'end';

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

const SYMBOL = /<<=|>>=|->|\+\+|--|[-+*/%&|^]=|<<|>>|[<>=!]=|&&|\|\||[-+*/%&|^~!<>=(){}[\];:,.@]/y;
const BLANK = /\s*/y;
const IDENTIFIER = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const NUMBER =
  /0[xX](?:[0-9a-fA-F]*\.[0-9a-fA-F]+|[0-9a-fA-F]+\.?)(?:[pP][+-]?[0-9]+[fh]?)?[iu]?|(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][+-]?[0-9]+)?[iufh]?/y;

/** All tokens of a text, the last of kind `end`. Throws a `GroundswellError` at a character that WGSL does not know. */
export function tokenize(source: Source): Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let at = skipBlanks(source, 0);
  while (at < text.length) {
    const token = tokenAt(source, at);
    tokens.push(token);
    at = skipBlanks(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length });
  return tokens;
}

function tokenAt(source: Source, start: number): Token {
  const { text } = source;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = start;
    return pattern.exec(text)?.[0];
  };
  const make = (kind: TokenKind, found: string): Token => ({ kind, text: found, start, end: start + found.length });
  const identifier = match(IDENTIFIER);
  if (identifier === '_') return make('symbol', '_');
  if (identifier) return make('identifier', identifier);
  const number = match(NUMBER);
  if (number) return make('number', number);
  const symbol = match(SYMBOL);
  if (symbol) return make('symbol', symbol);
  throw source.error({ start, end: start + 1 }, { what: `unexpected character "${text[start]}"` });
}

/** The offset of the next character that is neither blank nor in a comment; block comments nest. */
function skipBlanks(source: Source, from: number): number {
  const { text } = source;
  let at = from;
  for (;;) {
    BLANK.lastIndex = at;
    at += BLANK.exec(text)?.[0].length ?? 0;
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      at = skipBlockComment(source, at);
    } else return at;
  }
}

function skipBlockComment(source: Source, start: number): number {
  const { text } = source;
  let depth = 0;
  let at = start;
  do {
    if (at >= text.length)
      throw source.error({ start, end: start + 2 }, { what: 'comment without end', hint: 'close it with "*/"' });
    if (text.startsWith('/*', at)) {
      depth++;
      at += 2;
    } else if (text.startsWith('*/', at)) {
      depth--;
      at += 2;
    } else at++;
  } while (depth > 0);
  return at;
}
