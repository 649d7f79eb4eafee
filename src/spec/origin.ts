// Where a spec comes from: YAML or JSON text, or a plain object. It holds the value and says where each part of it stands; it
// does not know what a spec means.
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { GroundswellError } from '../errors.ts';

/** Keys and positions from the root of a spec. */
export type Path = readonly (string | number)[];

/** A spec before it is checked. */
export interface Origin {
  value: unknown;
  /** The offset in the text of a part or, `at` its key, of its name; the innermost enclosing part when it is not there. Absent for objects. */
  offset?(path: Path, at: 'key' | 'value'): number | undefined;
  /** The same as a phrase: `spec.yaml, line 5, column 6`; `undefined` when there is nothing to say. */
  place(path: Path, at: 'key' | 'value'): string | undefined;
}

/** What `parseSpec` reads. `file` and `where` appear in error messages only. */
export type SpecInput = { text: string; file?: string } | { value: unknown; where?: string };

/** Reads the text, if it is one. Throws a `GroundswellError` when it is not YAML. */
export function readOrigin(input: SpecInput): Origin {
  return 'text' in input ? textOrigin(input.text, input.file) : { value: input.value, place: () => input.where };
}

/** `params.noise[2]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

function textOrigin(text: string, file: string | undefined): Origin {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    logLevel: 'error',
    // As keys of an object, 1 and "1" are one key.
    uniqueKeys: (a, b) => a === b || (isScalar(a) && isScalar(b) && String(a.value) === String(b.value)),
  });
  const at = (offset: number | undefined): string | undefined => {
    if (offset === undefined) return file;
    const { line, col } = lineCounter.linePos(offset);
    return `${file ? `${file}, ` : ''}line ${line}, column ${col}`;
  };
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw notYaml(fault, text, at(fault.pos[0]));
  const offset = (path: Path, part: 'key' | 'value'): number | undefined => {
    let node: unknown = document.contents;
    let found: number | undefined;
    for (const key of path) {
      if (isAlias(node)) node = node.resolve(document);
      const pair = isMap(node) ? node.items.find(item => keyOf(item) === String(key)) : undefined;
      const child = pair ? (pair.value ?? pair.key) : isSeq(node) ? node.items[Number(key)] : undefined;
      const start = startOf(pair && part === 'key' ? pair.key : child);
      if (start === undefined) break;
      found = start;
      node = child;
    }
    return found;
  };
  return { value: toValue(document, at(undefined)), offset, place: (path, part) => at(offset(path, part)) };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}

/** The plain value of a document. */
export function toValue(document: ReturnType<typeof parseDocument>, where: string | undefined): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    // An alias without its anchor, or aliases that multiply without end.
    throw new GroundswellError({ what: `bad YAML: ${(cause as Error).message}`, where, cause });
  }
}

function notYaml(fault: YAMLError, text: string, where: string | undefined): GroundswellError {
  if (fault.code === 'DUPLICATE_KEY') {
    const key = /^["']?([^"':\s]+)/.exec(text.slice(fault.pos[0]))?.[1];
    return new GroundswellError({ what: `duplicate key "${key}"`, where, hint: 'write each key once' });
  }
  if (fault.code === 'MULTIPLE_DOCS') {
    return new GroundswellError({ what: 'more than one document', where, expected: 'one spec, without a line ---' });
  }
  return new GroundswellError({ what: `bad YAML: ${fault.message}`, where, cause: fault });
}
