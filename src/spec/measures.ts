// What a spec asks of a population: its own measures, by the kinds that src/model/measures.ts declares, and when (schedule.ts).
import { z } from 'zod';
import { GroundswellError, suggest } from '../errors.ts';
import { encodeValue, type Measure, type Model, measureFault } from '../model/index.ts';
import { say, show } from './fault.ts';
import { either, integerFrom, listOf, mapping, named, numberFrom, oneOf, shareOf } from './leaves.ts';
import { measuredEvery, readSchedule, scheduleShape, type WrittenSchedule } from './measured-steps.ts';
import type { Path } from './origin.ts';
import type { Schedule } from './schedule.ts';
import type { Fail } from './shares.ts';

const MAX_BINS = 256;

/** `measure` as written. */
export type WrittenMeasure = number | (WrittenSchedule & { add: Record<string, Measure> });

/** The schema of `measure`. */
export function measureSchema(model: Model): z.ZodType<WrittenMeasure> {
  return either('a number of steps or a mapping such as {every, add}', [
    measuredEvery(),
    mapping('key', {
      ...scheduleShape(),
      add: named(kindSchema(model), 'measure name', /^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and underscores')
        .default({})
        .describe('Measures besides those of the model, by name.'),
    }),
  ]);
}

function kindSchema(model: Model): z.ZodType<Measure> {
  const field = oneOf('field', Object.keys(model.fields)).describe('A field of the model.');
  const value = either('a number or a label', [z.number(), z.string()]).describe('A value of the field, or its label.');
  const common = {
    among: mapping('key', { field, is: value }).optional().describe('Only the agents whose field has the value.'),
    by: oneOf('division', ['group', 'role']).optional().describe('One column per group, or per role.'),
  };
  const bins = integerFrom(1, MAX_BINS).optional();
  const conflict = listOf(listOf(shareOf(), 'a list of numbers'), 'a matrix of numbers from 0 to 1');
  const of = <const K extends Measure['kind'], S extends z.core.$ZodLooseShape>(kind: K, shape: S) =>
    mapping(`${kind} option`, { kind: z.literal(kind), ...shape, ...common });
  const forms = [
    of('count', { field, value }),
    of('share', { field, value }),
    of('sum', { field }),
    of('mean', { field }),
    of('variance', { field }),
    of('deviation', { field }),
    of('minimum', { field }),
    of('maximum', { field }),
    of('gap', { field, less: field }),
    of('quantile', { field, q: shareOf().describe('The share of agents below it.'), bins }),
    of('histogram', { field, bins }),
    of('entropy', { field, bins }),
    of('effective-number', { field, bins }),
    of('bimodality', { field }),
    of('esteban-ray', { field, alpha: numberFrom(0, 1.6).optional(), bins }),
    of('clusters', { field, least: shareOf().optional(), bins }),
    of('gini', { field, bins }),
    of('top-share', { field, share: shareOf().optional(), bins }),
    of('herfindahl', { field }),
    of('misalignment', { field, weight: field.optional(), conflict: conflict.optional(), bins }),
    of('active-links', { field }),
    of('assortativity', { field }),
    of('isolated', {}),
  ] as const;
  const kinds = forms.map(form => form.shape.kind.value);
  return z.discriminatedUnion('kind', forms, {
    error: issue => {
      const { kind } = (issue.input ?? {}) as { kind?: unknown };
      if (typeof kind !== 'string') return say({ expected: `one of ${kinds.join(', ')}` });
      return say({ what: `unknown kind of measure "${kind}"`, hint: suggest(kind, kinds) });
    },
  }) as unknown as z.ZodType<Measure>;
}

/** The measures of a run, the model's first: those by group or role only where there are any. */
export function readMeasure(
  model: Model,
  written: WrittenMeasure | undefined,
  run: { steps: number } & Divided,
  fail: Fail,
): { schedule: Schedule; measures: Record<string, Measure> } {
  const { add, ...when } = typeof written === 'number' ? { every: written, add: {} } : (written ?? { add: {} });
  for (const [name, measure] of Object.entries(add)) {
    const path: Path = ['measure', 'add', name];
    if (Object.hasOwn(model.measures, name)) {
      fail(path, { at: 'key', what: `the model has a measure "${name}" already`, hint: 'choose another name' });
    }
    if ('value' in measure) checkValue(model, measure.field, measure.value, [...path, 'value'], fail);
    if (measure.among) checkValue(model, measure.among.field, measure.among.is, [...path, 'among', 'is'], fail);
    const fault = measureFault(measure, model.fields);
    if (fault) {
      const { key, what, expected, got } = fault;
      fail([...path, key], { what, expected, got });
    }
    if (isDivided(measure, run)) continue;
    const hint = measure.by === 'role' ? 'give the groups of the spec roles' : 'add groups to the spec';
    fail([...path, 'by'], { what: `there are no ${measure.by}s`, hint });
  }
  const schedule = { steps: readSchedule(when, run.steps, fail), last: run.steps };
  const own = Object.entries(model.measures).filter(([, measure]) => isDivided(measure, run));
  return { schedule, measures: { ...Object.fromEntries(own), ...add } };
}

/** Whether a run has groups (or may have, of a file), and roles. */
interface Divided {
  grouped: boolean;
  roles: readonly string[];
}

/** Whether the run has what a measure is divided by. */
function isDivided({ by }: Measure, { grouped, roles }: Divided): boolean {
  return by === undefined || (by === 'role' ? roles.length > 0 : grouped);
}

function checkValue(model: Model, name: string, value: number | string, path: Path, fail: Fail): void {
  const field = model.fields[name];
  try {
    encodeValue(field, value, '');
  } catch (error) {
    if (!(error instanceof GroundswellError)) throw error;
    if (typeof value === 'string' && field.labels) {
      fail(path, { what: `unknown value "${value}"`, hint: suggest(value, field.labels) });
    }
    fail(path, { what: error.what, expected: error.expected, got: show(value) });
  }
}
