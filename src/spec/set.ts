// `--set path=value`: changes to a spec before it is checked. The value is YAML, so that numbers, words and lists can be written.
import { parseDocument } from 'yaml';
import { GroundswellError } from '../errors.ts';
import { type Path, toValue } from './origin.ts';

/** What the short form of a key stands for: `topology: ring` is `topology: { kind: ring }`. */
const SHORT_FORMS: Readonly<Record<string, string>> = { topology: 'kind', measure: 'every', record: 'fields' };

/** One change. */
export interface Assignment {
  path: Path;
  /** Undefined: what is there is taken away. */
  value: unknown;
  /** The option or the place that it comes from, where that is not `--set`. */
  from?: string;
}

/** Reads `params.noise=0.2`. */
export function readAssignment(assignment: string): Assignment {
  const equals = assignment.indexOf('=');
  const path = assignment.slice(0, Math.max(equals, 0)).trim().split('.');
  if (equals < 0 || path.some(key => key === '')) {
    const expected = 'path=value, such as params.noise=0.2';
    throw new GroundswellError({ what: 'not an assignment', where: '--set', expected, got: `"${assignment}"` });
  }
  const document = parseDocument(assignment.slice(equals + 1), { prettyErrors: false, logLevel: 'error' });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) {
    throw new GroundswellError({ what: `bad YAML: ${fault.message}`, where: `--set ${path.join('.')}`, cause: fault });
  }
  return { path, value: toValue(document, `--set ${path.join('.')}`) };
}

/** The spec with one part changed or added; the original stays as it is. */
export function assign(spec: unknown, { path, value }: Assignment): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  const parent = isMapping(spec) ? spec : {};
  const child = Object.hasOwn(parent, key) ? parent[key] : undefined;
  const short = Object.hasOwn(SHORT_FORMS, key) && !isMapping(child) && child !== undefined && rest.length > 0;
  const changed = assign(short ? { [SHORT_FORMS[key]]: child } : child, { path: rest, value });
  const entries = Object.entries(parent);
  const position = entries.findIndex(([name]) => name === key);
  // Where the key stands already, its place is kept: the order of `params` is the order of points.
  const kept: [string, unknown][] = changed === undefined ? [] : [[String(key), changed]];
  entries.splice(position < 0 ? entries.length : position, 1, ...kept);
  return Object.fromEntries(entries);
}

/** Whether a value has keys. */
export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
