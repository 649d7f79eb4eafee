// From zod's issues to the one error of the project. zod carries one string per issue; ours is a `Fault` written as JSON, so that
// what, expected and hint stay apart. Nothing here knows the keys of a spec.
import type { z } from 'zod';
import { suggest } from '../errors.ts';
import type { Path } from './origin.ts';

/** The parts of a message that a schema knows; the rest follows from the issue. */
export interface Fault {
  what?: string;
  expected?: string;
  hint?: string;
  /** Of a mapping: what its keys are called, and which there are. */
  noun?: string;
  known?: readonly string[];
}

/** One thing that is wrong, and where. */
export interface Problem {
  path: Path;
  /** Whether it is the key that is wrong, rather than its value. */
  at: 'key' | 'value';
  what: string;
  expected?: string;
  got?: string;
  hint?: string;
  /** Whether something is not there at all. */
  missing?: boolean;
}

/** A fault as the message of a zod issue. */
export const say = (fault: Fault): string => JSON.stringify(fault);

type Issue = z.core.$ZodIssue;

/** Everything that zod found in a value. */
export function problemsOf(issues: readonly Issue[], value: unknown, base: Path = []): Problem[] {
  return issues.flatMap(issue => {
    const path = [...base, ...issue.path] as Path;
    const found = valueAt(value, path);
    if (issue.code === 'invalid_union' && found !== undefined) {
      const open = issue.errors.filter(branch => entered(branch, found));
      const branches = open.map(branch => ({
        strangers: strangers(branch, found, open.length > 1),
        problems: problemsOf(branch, value, path),
      }));
      // The form that was meant is the one that knows most of the keys, and of these the one with the least to mend.
      branches.sort((a, b) => a.strangers - b.strangers || a.problems.length - b.problems.length);
      const keys = typeof found === 'object' && found !== null ? Object.keys(found).length : 0;
      if (branches.length > 0 && (keys === 0 || branches[0].strangers < keys)) return branches[0].problems;
    }
    if (issue.code === 'invalid_key') {
      const { what = 'bad key', expected } = faultOf(issue.issues[0]);
      return [{ path, at: 'key', what, expected, got: show(path.at(-1)) }];
    }
    const fault = faultOf(issue);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(key => ({
        path: [...path, key],
        at: 'key' as const,
        what: `unknown ${fault.noun ?? 'key'} "${key}"`,
        hint: suggest(key, fault.known ?? []),
      }));
    }
    if (found === undefined) {
      return [{ path, at: 'value', what: 'missing', expected: fault.expected, hint: fault.hint, missing: true }];
    }
    const got = fault.what && !fault.expected ? undefined : show(found);
    const what = fault.what ?? diagnosis(issue);
    return [{ path, at: 'value', what, expected: fault.expected, got, hint: fault.hint ?? hintOf(found) }];
  });
}

/** Whether a branch of a union is for values of this type, so that what it says is worth reporting. */
function entered(issues: readonly Issue[], found: unknown): boolean {
  return !issues.some(issue => {
    if (issue.path.length > 0) return false;
    if (issue.code === 'invalid_union') return !issue.errors.some(branch => entered(branch, found));
    // A list of words that says more than that it expects one of them.
    if (issue.code === 'invalid_value') return faultOf(issue).what === undefined || typeof found !== 'string';
    return issue.code === 'invalid_type' && !(issue.expected === 'int' && typeof found === 'number');
  });
}

/** How many keys of a mapping a branch of a union does not know; all of them, where it lacks the key that tells the forms of the branch apart. */
function strangers(issues: readonly Issue[], found: unknown, several: boolean): number {
  return issues.reduce((sum, issue) => {
    const undecided = issue.code === 'invalid_union' && issue.errors.length === 0 && issue.path.length === 1;
    if (undecided && several && typeof found === 'object' && found !== null && !(issue.path[0] in found)) {
      return sum + Object.keys(found).length;
    }
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) return sum + issue.keys.length;
    return issue.code === 'invalid_key' && issue.path.length <= 1 ? sum + 1 : sum;
  }, 0);
}

function faultOf(issue: Issue): Fault {
  return issue.message.startsWith('{') ? (JSON.parse(issue.message) as Fault) : { what: issue.message };
}

function diagnosis(issue: Issue): string {
  if (issue.code === 'too_small' || issue.code === 'too_big') return 'out of range';
  if (issue.code !== 'invalid_type') return 'unexpected value';
  const names: Record<string, string> = { int: 'an integer', number: 'a number', array: 'a list', string: 'a string' };
  return `not ${names[issue.expected] ?? 'a mapping'}`;
}

function hintOf(found: unknown): string | undefined {
  if (found === null) return 'leave the key out, or write its value';
  const digits = typeof found === 'string' && /^\d+(_\d+)+$/.test(found);
  return digits ? `write ${found.replaceAll('_', '')}, without underscores` : undefined;
}

/** The value at a path, or `undefined`. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, key) => {
    return typeof part === 'object' && part !== null && Object.hasOwn(part, key)
      ? (part as Record<string | number, unknown>)[key]
      : undefined;
  }, value);
}

/** A value in a message: numbers and words in full, the rest by its kind. */
export function show(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  if (typeof value === 'string') return `"${value}"`;
  return typeof value === 'function' ? 'a function' : String(value);
}
