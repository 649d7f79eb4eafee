// `scenario` of a spec: what risk it stands for, what must move, and what takes the risk away. It changes nothing in a run; src/experiment/suite.ts runs the variants.
import { z } from 'zod';
import { suggest } from '../errors.ts';
import type { Measure, Model } from '../model/index.ts';
import { say } from './fault.ts';
import { listOf, mapping, named, oneOf, text } from './leaves.ts';
import type { Path } from './origin.ts';
import { type Assignment, isMapping } from './set.ts';
import type { Reading } from './sources.ts';
import { columnFault } from './stop.ts';

/** A hypothesised risk, with what should undo it. */
export interface Scenario {
  /** Its name. */
  readonly risk: string;
  /** The mechanism, as a hypothesis. */
  readonly about: string;
  /** The column that must move: a measure, or `measure.group`. */
  readonly measure: string;
  /** What the risk does to it against the control. */
  readonly moves: 'down' | 'up';
  /** Whether and how numbers were tuned until the effect was there. */
  readonly tuned: string;
  /** What makes the run with the risk one without. */
  readonly control: readonly Assignment[];
  /** What should move the measure back. */
  readonly levers: readonly ScenarioVariant[];
  /** What is told beside the control. */
  readonly cases: readonly ScenarioVariant[];
}

/** The run with the risk, and some changes. */
export interface ScenarioVariant {
  readonly name: string;
  readonly about: string;
  /** Values by path; undefined: what is there is taken away. */
  readonly changes: readonly Assignment[];
  /** What is told besides the alignments: columns, or measures with all their columns. */
  readonly shows: readonly string[];
}

interface WrittenVariant {
  about: string;
  set: Record<string, unknown>;
  shows?: string[];
}

/** `scenario` as written. */
export interface WrittenScenario {
  risk: string;
  about: string;
  measure: string;
  moves: 'down' | 'up';
  tuned: string;
  control: Record<string, unknown>;
  levers: Record<string, WrittenVariant>;
  cases?: Record<string, WrittenVariant>;
}

/** What variants may change. Worlds are paired, so that draws, replicas and measured steps are those of all. */
const CHANGEABLE = ['params', 'init', 'interventions', 'groups', 'relations', 'topology', 'update'];

/** The schema of `scenario`. */
export function scenarioSchema(): z.ZodType<WrittenScenario> {
  const names = 'letters, digits, hyphens and underscores';
  const changes = () =>
    z.record(z.string(), z.unknown(), {
      error: say({ expected: 'a mapping of paths to values, such as {params.noise: 0.2}' }),
    });
  const variant = mapping('key', {
    about: text('a sentence').describe('What it is.'),
    set: changes().describe('What it changes in the run with the risk: values by path; null takes away.'),
    shows: listOf(text('the name of a measure'), 'a list of measures')
      .optional()
      .describe('Measures to be told besides the alignments.'),
  });
  const variants = () => named(variant, 'name', /^[A-Za-z][\w-]*$/, names);
  return mapping('key', {
    risk: text('the name of the risk').describe('The name of the risk.'),
    about: text('a sentence on the mechanism').describe('The mechanism, as a hypothesis.'),
    measure: text('the name of a measure').describe('The measure that must move, or measure.group.'),
    moves: oneOf('word', ['down', 'up']).describe('What the risk does to it, against the control.'),
    tuned: text('words, or none').describe('Whether and how numbers were tuned until the effect was there.'),
    control: changes().describe('What takes the risk away: values by path; null takes away.'),
    levers: variants().describe('What should move the measure back, by name.'),
    cases: variants().optional().describe('Other variants to be told beside the control, by name.'),
  }) as unknown as z.ZodType<WrittenScenario>;
}

/** What a scenario may speak of. `groups` is undefined where they are those of a file that has not been read. */
export interface ScenarioContext {
  model: Model;
  measures: Readonly<Record<string, Measure>>;
  groups: readonly string[] | undefined;
  roles: readonly string[];
  /** The spec as written. */
  source: unknown;
}

/** The scenario of a spec. That each variant is a spec is found out when it is made. */
export function readScenario(written: WrittenScenario, context: ScenarioContext, reading: Reading): Scenario {
  const { fail } = reading;
  const path: Path = ['scenario'];
  const { risk, about, measure, moves, tuned, control, levers, cases = {} } = written;
  const fault = elementFault(measure, context) ?? columnFault(withoutElement(measure, context), context);
  if (fault) fail([...path, 'measure'], fault);
  if (Object.keys(levers).length === 0) fail([...path, 'levers'], { what: 'no lever', expected: 'at least one' });
  const twice = Object.keys(cases).find(name => Object.hasOwn(levers, name));
  if (twice) fail([...path, 'cases', twice], { at: 'key', what: `"${twice}" is the name of a lever` });
  const variants = (kind: 'levers' | 'cases', of: Record<string, WrittenVariant>): ScenarioVariant[] =>
    Object.entries(of).map(([name, variant]) => {
      const at = [...path, kind, name];
      for (const [k, column] of (variant.shows ?? []).entries()) {
        const unknown = measureFault(column.split('.')[0], context);
        if (unknown) fail([...at, 'shows', k], unknown);
      }
      const changes = readChanges(variant.set, [...at, 'set'], context.source, reading);
      return { name, about: variant.about, changes, shows: variant.shows ?? [] };
    });
  return {
    ...{ risk, about, measure, moves, tuned },
    control: readChanges(control, [...path, 'control'], context.source, reading),
    levers: variants('levers', levers),
    cases: variants('cases', cases),
  };
}

/** Why a name is not that of a measure with columns of one value, if it is not. */
function measureFault(name: string, { measures }: ScenarioContext): ReturnType<typeof columnFault> {
  const known = Object.keys(measures).filter(other => measures[other].kind !== 'histogram');
  if (!Object.hasOwn(measures, name)) return { what: `unknown measure "${name}"`, hint: suggest(name, known) };
  return known.includes(name) ? undefined : { what: `"${name}" is a histogram, not one value` };
}

/** Measures of an array field have a column for each element: `polarisation.0`. */
function elementFault(column: string, context: ScenarioContext): ReturnType<typeof columnFault> {
  const [name, element] = column.split('.');
  if (!ofElements(name, context) || /^\d+$/.test(element ?? '')) return undefined;
  return { what: `"${name}" has a value for each element`, expected: `${name}.0, or another number` };
}

function withoutElement(column: string, context: ScenarioContext): string {
  const [name, , ...rest] = column.split('.');
  return ofElements(name, context) ? [name, ...rest].join('.') : column;
}

function ofElements(name: string, { measures, model }: ScenarioContext): boolean {
  const measure = Object.hasOwn(measures, name) ? measures[name] : undefined;
  return measure !== undefined && 'field' in measure && model.fields[measure.field]?.length !== undefined;
}

function readChanges(
  written: Record<string, unknown>,
  path: Path,
  source: unknown,
  { fail, place }: Reading,
): Assignment[] {
  const entries = Object.entries(written);
  if (entries.length === 0) fail(path, { what: 'nothing is changed', expected: 'at least one path with its value' });
  return entries.map(([text, value]) => {
    const keys = text.split('.');
    const at = [...path, text];
    if (keys.some(key => key.trim() === '')) {
      fail(at, { at: 'key', what: `bad path "${text}"`, expected: 'keys with dots between, such as params.noise' });
    }
    if (!CHANGEABLE.includes(keys[0])) {
      fail(at, { at: 'key', what: `"${text}" cannot be changed here`, expected: `a path under ${CHANGEABLE.join(', ')}` }); // biome-ignore format: one thought
    }
    if (value === null && !isThere(source, keys)) {
      fail(at, { at: 'key', what: `there is no "${text}" to take away`, expected: 'a path of the spec' });
    }
    return { path: keys, value: value === null ? undefined : value, from: place(at, 'key') };
  });
}

function isThere(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  return isMapping(value) && Object.hasOwn(value, key) && isThere(value[key], rest);
}
