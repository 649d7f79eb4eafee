// The schemas of values per agent: distributions, columns of files, earlier runs and groups. What holds between their keys is checked by
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
/** Values by group as written. */
export interface WrittenGroups {
  by: 'group';
  values: Record<string, unknown>;
}

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

/** A form for each group. */
export const groupsSchema = (forms: readonly z.ZodType[], expected: string): z.ZodType<object> =>
  mapping('key', {
    by: oneOf('division', ['group']),
    values: named(either(expected, forms), 'group', /^/, 'the name of a group').describe('By the name of the group.'),
  });
