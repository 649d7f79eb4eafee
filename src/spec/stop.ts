// When a run ends before its last step: conditions on its measures, as written and checked. Whether one holds is found out in src/experiment/stop.ts.
import { z } from 'zod';
import { suggest } from '../errors.ts';
import type { Measure } from '../model/index.ts';
import { say } from './fault.ts';
import { either, integerFrom, listOf, mapping, oneOf, text } from './leaves.ts';
import type { Path } from './origin.ts';
import type { Fail } from './shares.ts';

const COMPARISONS = ['above', 'below', 'equals'] as const;
type Comparison = (typeof COMPARISONS)[number];

/** A condition under which a run ends. It is looked at where the run is measured, and nowhere else. */
export interface StopCondition {
  /** A column of the results with one value per world: a measure, or `measure.group`. */
  readonly when: string;
  /** Strictly above or below, or equal to the last bit. An undefined value (NaN) is none of them. */
  readonly is: Comparison;
  readonly value: number;
  /** Measured steps in a row at which a world meets the condition, step 0 among them. */
  readonly for: number;
  /** Whether every world must meet it at once, or one is enough. */
  readonly worlds: 'all' | 'any';
}

type WrittenCondition = { [C in Comparison]?: number } & { when: string; for: number; worlds: 'all' | 'any' };
/** `stop` as written. */
export type WrittenStop = WrittenCondition | WrittenCondition[];

/** The schema of `stop`. */
export function stopSchema(): z.ZodType<WrittenStop> {
  const value = (is: Comparison, more = '') =>
    z
      .number({ error: say({ expected: 'a number' }) })
      .optional()
      .describe(`The value that the measure is ${is === 'equals' ? 'equal to' : is}${more}.`);
  const condition = mapping('key', {
    when: text('the name of a measure').describe('A measure, or a column of one by group or role: measure.group.'),
    above: value('above', '. One of above, below and equals'),
    below: value('below'),
    equals: value('equals', ', exactly'),
    for: integerFrom(1).default(1).describe('How many measured steps in a row.'),
    worlds: oneOf('word', ['all', 'any']).default('all').describe('Whether all worlds at once, or any world.'),
  });
  return either('a condition such as {when: up, above: 0.9}, or a list of them', [
    condition,
    listOf(condition, 'a list of conditions'),
  ]) as unknown as z.ZodType<WrittenStop>;
}

/** What a condition may speak of. `groups` is undefined where the groups are those of a file that has not been read. */
export interface StopContext {
  measures: Readonly<Record<string, Measure>>;
  groups: readonly string[] | undefined;
  roles: readonly string[];
}

/** The conditions of a run, any of which ends it. */
export function readStop(written: WrittenStop | undefined, context: StopContext, fail: Fail): StopCondition[] {
  const many = Array.isArray(written);
  const list = many ? written : written ? [written] : [];
  return list.map((condition, i) => {
    const path: Path = many ? ['stop', i] : ['stop'];
    const [is, second] = COMPARISONS.filter(key => condition[key] !== undefined);
    const expected = `one of ${COMPARISONS.join(', ')}`;
    if (is === undefined) return fail(path, { what: 'nothing to compare with', expected });
    if (second) fail([...path, second], { at: 'key', what: 'a second comparison', expected });
    const fault = columnFault(condition.when, context);
    if (fault) fail([...path, 'when'], fault);
    return { when: condition.when, is, value: condition[is]!, for: condition.for, worlds: condition.worlds };
  });
}

/** Why a name is not that of a column with one value per world, if it is not. */
export function columnFault(
  name: string,
  { measures, groups, roles }: StopContext,
): { what: string; expected?: string; hint?: string } | undefined {
  const dot = name.indexOf('.');
  const whole = Object.hasOwn(measures, name) || dot < 0;
  const base = whole ? name : name.slice(0, dot);
  if (!Object.hasOwn(measures, base))
    return { what: `unknown measure "${name}"`, hint: suggest(name, namesOf(measures)) };
  const measure = measures[base];
  if (measure.kind === 'histogram') {
    return {
      what: `"${base}" is a histogram, not one value`,
      hint: 'use a measure of one value, such as a share or a mean',
    };
  }
  const { by } = measure;
  if (!by) {
    return whole
      ? undefined
      : { what: `"${base}" is not measured by group`, hint: `write "${base}", or measure it by group` };
  }
  const columns = (by === 'role' ? roles : groups)?.map(part => `${base}.${part}`);
  if (whole) {
    const expected = `one of ${columns?.join(', ') ?? `${base}.GROUP`}`;
    return { what: `"${base}" has a value for each ${by}`, expected };
  }
  if (!columns || columns.includes(name)) return undefined;
  return { what: `unknown ${by} in "${name}"`, hint: suggest(name, columns) };
}

/** Those that have one value. */
function namesOf(measures: StopContext['measures']): string[] {
  return Object.keys(measures).filter(name => measures[name].kind !== 'histogram');
}

/** A condition as a phrase. */
export function describeStop({ when, is, value, for: times, worlds }: StopCondition): string {
  const comparison = is === 'equals' ? 'equal to' : is;
  const often = times > 1 ? `, at ${times} measured steps in a row` : '';
  return `${when} ${comparison} ${value} in ${worlds === 'all' ? 'all worlds' : 'any world'}${often}`;
}
