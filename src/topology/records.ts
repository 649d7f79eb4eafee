// Records of a delimited text: CSV with a header (RFC 4180: quotes, doubled quotes, line breaks inside quotes) and SNAP's
// edge lists (columns separated by spaces or tabs, comments after # or %). Parquet tables give records of the same form (parquet.ts). Nothing
// here knows what a column means.
import { GroundswellError, suggest } from '../errors.ts';
import { linesOf, unpacked } from './lines.ts';
import { isParquet, openParquet } from './parquet.ts';
import type { Column } from './types.ts';

export interface TableOptions {
  format?: 'auto' | 'snap' | 'csv' | 'parquet';
  delimiter?: 'auto' | ',' | ';' | '\t';
}

/** A table to walk once. `line` is the number of a record's first line, counted from 1, or of its row in Parquet. */
export interface Table {
  file: string;
  /** The names of the columns, `undefined` in SNAP files. */
  header: readonly string[] | undefined;
  /** Positions of columns whose values are no fields: nested or binary ones of Parquet. */
  unusable?: ReadonlySet<number>;
  /** Where a line is, in words for an error. */
  place(line: number): string;
  records: Iterable<{ fields: readonly string[]; line: number }>;
}

/** Opens the table in a file's bytes. Fails on an empty file; malformed records fail when they are reached. */
export async function openTable(bytes: Uint8Array, file: string, options: TableOptions = {}): Promise<Table> {
  const plain = await unpacked(bytes, file);
  const { format: asked = 'auto' } = options;
  if (asked === 'parquet' || (asked === 'auto' && isParquet(plain, file))) return openParquet(plain, file);
  const lines = numbered(linesOf(plain, file));
  const first = firstLine(lines);
  if (!first)
    throw new GroundswellError({ what: 'the file is empty', where: file, expected: 'at least one line of data' });
  const place = (line: number): string => `${file}:${line}`;
  const format = asked === 'auto' ? guess(file, first.text) : asked;
  if (format === 'snap') return { file, header: undefined, place, records: snapRecords(first, lines) };
  const delimiter =
    options.delimiter === undefined || options.delimiter === 'auto' ? likeliest(first.text) : options.delimiter;
  const header = fieldsOf(first, lines, delimiter, file).map(name => name.trim());
  return { file, header, place, records: csvRecords(header, lines, delimiter, file) };
}

/** The position of a column, or an error that names the nearest. `role` says what it is for, e.g. `source`. */
export function columnIndex(table: Table, column: Column, role: string): number {
  const index = findColumn(table, column, role);
  if (!table.unusable?.has(index)) return index;
  throw new GroundswellError({
    what: `column "${table.header?.[index]}" cannot be the ${role}`,
    where: table.file,
    expected: 'words, numbers or dates',
    got: 'nested or binary values',
  });
}

function findColumn({ header, file }: Table, column: Column, role: string): number {
  if (typeof column === 'number' || (!header && /^[1-9]\d*$/.test(column))) {
    const index = Number(column) - 1;
    if (Number.isInteger(index) && index >= 0 && (!header || index < header.length)) return index;
    const expected = header ? `an integer from 1 to ${header.length}` : 'an integer from 1';
    throw new GroundswellError({ what: `no such ${role} column`, where: file, expected, got: `${column}` });
  }
  const index = header ? header.indexOf(column) : -1;
  if (index >= 0) return index;
  const hint = header
    ? suggest(column, header)
    : 'the file has no header: give the number of the column, counted from 1, or set "format: csv"';
  throw new GroundswellError({ what: `no column "${column}" for the ${role}`, where: file, hint });
}

/** A field, or an error at its line when the record is too short or the field is empty. */
export function fieldAt(table: Table, record: { fields: readonly string[]; line: number }, index: number): string {
  const field = record.fields[index]?.trim();
  if (field) return field;
  throw malformed(table.place(record.line), record.fields.join(' '), {
    what: field === '' ? `column ${index + 1} is empty` : 'the line has too few columns',
    expected: `a value in column ${index + 1}`,
  });
}

/** An error about a record: where it is, and the text that is wrong. */
export function malformed(where: string, text: string, details: { what: string; expected: string }): GroundswellError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new GroundswellError({ ...details, where, got: `"${shown}"` });
}

interface Line {
  text: string;
  number: number;
}

function* numbered(lines: Iterable<string>): Generator<Line> {
  let number = 0;
  for (const text of lines) yield { text, number: ++number };
}

const isSkipped = (text: string): boolean => text.trim() === '' || text.startsWith('#') || text.startsWith('%');

/** The first line that is neither blank nor a comment. */
function firstLine(lines: Generator<Line>): Line | undefined {
  for (let next = lines.next(); !next.done; next = lines.next()) if (!isSkipped(next.value.text)) return next.value;
  return undefined;
}

function guess(file: string, text: string): 'snap' | 'csv' {
  return /\.(csv|tsv)(\.gz)?$/i.test(file) || /[,;]/.test(text) ? 'csv' : 'snap';
}

/** The separator that occurs most often outside quotes; a comma when none does. */
function likeliest(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (count(other) > count(best) ? other : best));
}

function* snapRecords(first: Line, lines: Generator<Line>): Table['records'] & Generator {
  yield { fields: first.text.trim().split(/\s+/), line: first.number };
  for (const { text, number } of lines) if (!isSkipped(text)) yield { fields: text.trim().split(/\s+/), line: number };
}

function* csvRecords(
  header: readonly string[],
  lines: Generator<Line>,
  delimiter: string,
  file: string,
): Table['records'] & Generator {
  // A comment is only recognised above the header: further down, "#tag" may be somebody's name.
  for (let next = lines.next(); !next.done; next = lines.next()) {
    if (next.value.text.trim() === '') continue;
    const fields = fieldsOf(next.value, lines, delimiter, file);
    if (fields.length !== header.length) {
      throw malformed(`${file}:${next.value.number}`, next.value.text, {
        what: `the line has ${fields.length} column${fields.length === 1 ? '' : 's'}`,
        expected: `${header.length} columns (${header.join(delimiter)})`,
      });
    }
    yield { fields, line: next.value.number };
  }
}

/** The fields of the record that begins at a line; further lines are taken while a quote is open. */
function fieldsOf(first: Line, lines: Generator<Line>, delimiter: string, file: string): string[] {
  if (!first.text.includes('"')) return first.text.split(delimiter);
  const fields: string[] = [];
  let text = first.text;
  let at = 0;
  while (at <= text.length) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      fields.push(text.slice(at, end < 0 ? text.length : end));
      at = end < 0 ? text.length + 1 : end + 1;
      continue;
    }
    let close = closingQuote(text, at + 1);
    while (close < 0) {
      const next = lines.next();
      if (next.done) {
        throw malformed(`${file}:${first.number}`, first.text, {
          what: 'a quote is never closed',
          expected: 'a closing "',
        });
      }
      text += `\n${next.value.text}`;
      close = closingQuote(text, at + 1);
    }
    fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
    if (close + 1 < text.length && text[close + 1] !== delimiter) {
      throw malformed(`${file}:${first.number}`, first.text, {
        what: 'text follows a closing quote',
        expected: `"${delimiter}" or the end of the line`,
      });
    }
    at = close + 2;
  }
  return fields;
}

/** Where the quoted field that begins at `from` ends: a quote that is not doubled. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return -1;
}
