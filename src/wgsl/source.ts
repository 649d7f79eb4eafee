// WGSL text together with the way back to the author's files: the one place that words compile errors. No syntax here.
import { type ErrorDetails, GroundswellError } from '../errors.ts';

/** A half-open range of UTF-16 offsets in the linked text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in an author's file; line and column count from 1. */
interface Location {
  file: string;
  line: number;
  column: number;
}

/** Maps an offset in the linked text to the author's file. */
export type Locate = (offset: number) => Location;

/** The text that an author wrote for a span of a text that was edited since. */
export type Quote = (span: Span) => string;

export class Source {
  readonly text: string;
  readonly locate: Locate;
  private readonly quote: Quote;

  constructor(text: string, locate: Locate = locateIn(text), quote: Quote = span => text.slice(span.start, span.end)) {
    this.text = text;
    this.locate = locate;
    this.quote = quote;
  }

  /** `file:line:column` of the beginning of a span. */
  where(span: Span): string {
    const { file, line, column } = this.locate(span.start);
    return `${file}:${line}:${column}`;
  }

  /** The text of a span on one line, shortened to about 60 characters. */
  excerpt(span: Span): string {
    return shorten(this.quote(span));
  }

  /** An error at a span; it shows the offending text unless `what` already does. */
  error(span: Span, details: Omit<ErrorDetails, 'where'>): GroundswellError {
    const excerpt = this.excerpt(span);
    const shown = details.got !== undefined || excerpt === '' || details.what.includes(excerpt);
    return new GroundswellError({
      ...details,
      what: shown ? details.what : `${details.what} in \`${excerpt}\``,
      where: this.where(span),
    });
  }
}

/** Text on one line, shortened to about 60 characters. */
export function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function locateIn(text: string): Locate {
  return offset => ({ file: 'kernel.wgsl', ...lineAndColumn(text, offset) });
}
