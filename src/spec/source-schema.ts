// The schemas of values per agent: distributions, columns of files, earlier runs, and divisions by group, role, user or degree. What holds between their keys is checked by
// sources.ts.
import { z } from 'zod';
import { DISTRIBUTIONS, type DistributionName } from '../distributions.ts';
import { suggest } from '../errors.ts';
import { say } from './fault.ts';
import { either, integerFrom, listOf, mapping, named, numberFrom, oneOf, shareOf, text } from './leaves.ts';

type Num = z.ZodType<number>;
type Value = z.ZodType<number | string>;

/** What the schema of a source needs of a parameter or field. */
export interface ValueSchemas {
  /** One value, as written: a number in the range, or a label. */
  value: () => Value;
  /** A number in the range. */
  bound: () => Num;
}

/** A distribution as written. */
export interface WrittenDistribution {
  distribution: DistributionName | 'choice';
  min?: number;
  max?: number;
  values?: (number | string)[];
  shares?: number[];
  [key: string]: unknown;
}
/** A column of a file as written. */
export interface WrittenFile {
  file: string;
  column?: string | number;
  id?: string | number;
  format: 'auto' | 'snap' | 'csv' | 'parquet';
  delimiter: 'auto' | ',' | ';' | '\t';
}
/** Values by group or role, user, or degree as written. */
export type WrittenDivision =
  | { by: 'group' | 'role'; values: Record<string, unknown> }
  | { by: 'user'; value: unknown }
  | { by: 'degree'; power: number; scale: number };

const column = () => either('a column name or number', [text('a column name'), integerFrom(1)]);

const fileKeys = {
  file: text('a file name').describe('Looked for beside the spec, then in the data folder.'),
  format: oneOf('format', ['auto', 'snap', 'csv', 'parquet'])
    .default('auto')
    .describe(
      'csv: with a header. snap: columns separated by spaces or tabs, no header. auto: by the name and the first line.',
    ),
  delimiter: oneOf('delimiter', ['auto', ',', ';', '\t']).default('auto').describe('Separator of a csv file.'),
};

/** A column of a file. Forms that stand in many places have an id, so that the JSON Schema tells them once. */
export const fileSchema: z.ZodType<object> = mapping('key of a file', {
  ...fileKeys,
  column: column().describe('The column with the values: a name in the header, or a number counted from 1.'),
  id: column()
    .optional()
    .describe('The column with the id of the agent, as in the file of the topology. Without it, row k is agent k.'),
}).meta({ id: 'file' });

/** The values of a table. */
export const tableForms = (bound: () => Num) =>
  [
    mapping('key', { values: listOf(bound(), 'a list of at least one value').describe('The values, by index.') }),
    mapping('key of a file', {
      ...fileKeys,
      column: column().default(1).describe('The column with the values; the first by default.'),
      id: column()
        .optional()
        .describe(
          'The column with the names of the rows, where the model names them: then they may stand in any order.',
        ),
    }),
  ] as const;

/** A distribution of values. */
export function distributionSchema({ value, bound }: ValueSchemas): z.ZodType<object> {
  const kind = (name: string, about: string) => z.literal(name).describe(about);
  const limits = {
    min: bound().optional().describe('Smaller values are drawn again.'),
    max: bound().optional().describe('Larger values are drawn again.'),
  };
  const forms = Object.entries(DISTRIBUTIONS).map(([name, { about, keys }]) => {
    const own = Object.entries(keys).map(([key, { about, min, max }]) => [key, numberFrom(min, max).describe(about)]);
    const shape = name === 'uniform' ? { min: bound(), max: bound() } : { ...Object.fromEntries(own), ...limits };
    return mapping(`${name} key`, { distribution: kind(name, about), ...shape });
  });
  const choice = mapping('choice key', {
    distribution: kind('choice', 'One of some values.'),
    values: listOf(value(), 'a list of at least one value').describe('The values.'),
    shares: listOf(shareOf(), 'a list of shares')
      .optional()
      .describe('Their shares, which sum to 1; equal by default.'),
  });
  const names = [...Object.keys(DISTRIBUTIONS), 'choice'];
  return z.discriminatedUnion('distribution', [choice, ...forms], {
    error: issue => {
      const { distribution } = (issue.input ?? {}) as { distribution?: unknown };
      if (typeof distribution !== 'string') return say({ expected: `one of ${names.join(', ')}` });
      return say({ what: `unknown distribution "${distribution}"`, hint: suggest(distribution, names) });
    },
  }) as unknown as z.ZodType<object>;
}

/** The last recorded state of an earlier run. */
export const runSchema: z.ZodType<object> = mapping('key of a run', {
  run: text('the folder of a run').describe('The folder of an earlier run that recorded the field.'),
  point: integerFrom(0).optional().describe('Which of its points; it may be left out if there is one.'),
}).meta({ id: 'run' });

/** Everybody the same. */
export const valueSchema = (value: () => Value): z.ZodType<object> =>
  mapping('key', { value: value().describe('The same for every agent.') });

/** A part of the agents that each have a form of their own. */
const parted = (by: 'group' | 'role', forms: readonly z.ZodType[], expected: string) =>
  mapping('key', {
    by: z.literal(by),
    values: named(either(expected, forms), by, /^/, `the name of a ${by}`).describe(`By the name of the ${by}.`),
  });

/**
 * Values by group, by role, by user, and (where they are `numbers`) by how many look at the agent. `forms` are what groups, roles and users may have; a group may
 * have values by role.
 */
export function divisionSchema(forms: readonly z.ZodType[], expected: string, numbers: boolean): z.ZodType<object> {
  const user = mapping('key', {
    by: z.literal('user'),
    value: either(expected, forms).describe('One for each user, which the agents that work for it share.'),
  });
  const degree = mapping('key', {
    by: z.literal('degree'),
    power: numberFrom(-MAX_POWER, MAX_POWER)
      .default(1)
      .describe('Exponent of the number who look at the agent, over the mean of it.'),
    scale: numberFrom(-SCALE, SCALE).default(1).describe('The value of an agent at whom as many look as on average.'),
  });
  const own = numbers ? [user, degree] : [user];
  const role = parted('role', [...forms, oneDivision(own)], expected);
  const group = parted('group', [...forms, oneDivision([role, ...own])], expected);
  return oneDivision([group, role, ...own]);
}

/** Values by group alone. */
export const byGroupSchema = (forms: readonly z.ZodType[], expected: string): z.ZodType<object> =>
  oneDivision([parted('group', forms, expected)]);

/** Exponents of degrees: beyond this everything is 0 or out of range. */
const MAX_POWER = 16;
const SCALE = 2 ** 31;

function oneDivision(forms: readonly z.ZodObject[]): z.ZodType<object> {
  const divisions = forms.map(form => (form.shape.by as z.ZodLiteral<string>).value);
  return z.discriminatedUnion('by', forms as [z.ZodObject], {
    error: issue => {
      const { by } = (issue.input ?? {}) as { by?: unknown };
      if (typeof by !== 'string') return say({ expected: `one of ${divisions.join(', ')}` });
      return say({ what: `unknown division "${by}"`, hint: suggest(by, divisions) });
    },
  });
}
