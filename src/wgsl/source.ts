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

export class Source {
  readonly text: string;
  readonly locate: Locate;

  constructor(text: string, locate: Locate = locateIn(text)) {
    this.text = text;
    this.locate = locate;
  }

  /** `file:line:column` of the beginning of a span. */
  where(span: Span): string {
    const { file, line, column } = this.locate(span.start);
    return `${file}:${line}:${column}`;
  }

  /** The text of a span on one line, shortened to about 60 characters. */
  excerpt(span: Span): string {
    const text = this.text.slice(span.start, span.end).replace(/\s+/g, ' ').trim();
    return text.length > 60 ? `${text.slice(0, 57)}...` : text;
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

/** Line and column of an offset, both from 1. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

function locateIn(text: string): Locate {
  return offset => ({ file: 'kernel.wgsl', ...lineAndColumn(text, offset) });
}
