// A cursor over tokens: what the three parsers (expressions, statements, declarations) share. No grammar here.
import type { GroundswellError } from '../errors.ts';
import type { Name } from './ast.ts';
import type { Source, Span } from './source.ts';
import { type Token, tokenize } from './tokens.ts';

const KEYWORDS = new Set(
  (
    'alias break case const const_assert continue continuing default diagnostic discard else enable false fn for if let ' +
    'loop override requires return struct switch true var while'
  ).split(' '),
);

export class Cursor {
  readonly source: Source;
  private readonly tokens: Token[];
  private at = 0;

  constructor(source: Source) {
    this.source = source;
    this.tokens = tokenize(source);
  }

  get token(): Token {
    return this.tokens[this.at];
  }

  /** The offset just behind the last token taken. */
  get previousEnd(): number {
    return this.at === 0 ? 0 : this.tokens[this.at - 1].end;
  }

  /** Whether the next token, or the one `ahead` of it, is spelled so. */
  is(text: string, ahead = 0): boolean {
    const token = this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)];
    return token.text === text && token.kind !== 'end';
  }

  take(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  accept(text: string): Token | undefined {
    return this.is(text) ? this.take() : undefined;
  }

  expect(text: string, purpose: string): Token {
    const token = this.accept(text);
    if (token) return token;
    throw this.unexpected(`"${text}" ${purpose}`);
  }

  /** A name that is not a keyword. */
  name(purpose: string): Name {
    const { kind, text, start, end } = this.token;
    if (kind !== 'identifier' || KEYWORDS.has(text)) throw this.unexpected(purpose);
    this.take();
    return { name: text, start, end };
  }

  get isName(): boolean {
    return this.token.kind === 'identifier' && !KEYWORDS.has(this.token.text);
  }

  /** Takes the `>` that closes a template list, be it the head of `>>`, `>=` or `>>=`. */
  closeTemplate(): void {
    const { text, start, end } = this.token;
    if (!text.startsWith('>')) throw this.unexpected('">" after the template arguments');
    if (text.length > 1) {
      const head: Token = { kind: 'symbol', text: '>', start, end: start + 1 };
      this.tokens.splice(this.at, 1, head, { kind: 'symbol', text: text.slice(1), start: start + 1, end });
    }
    this.take();
  }

  /** The span from an offset to the last token taken. */
  since(start: number): Span {
    return { start, end: this.previousEnd };
  }

  unexpected(expected: string): GroundswellError {
    const { kind, text } = this.token;
    return this.source.error(this.token, {
      what: 'syntax error',
      expected,
      got: kind === 'end' ? 'the end of the text' : `"${text}"`,
    });
  }
}
