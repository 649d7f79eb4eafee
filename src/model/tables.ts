// Tables: parameters that are a list of values, shared by all agents of a world. How long they are and what stands in them by default; not
// where the spec gets them from.
import { GroundswellError } from '../errors.ts';
import { integer, number, type Param, probability } from './params.ts';

/**
 * A list of values of one kind that all agents of a world share, such as a policy by situation. Read in WGSL as `<name>_at(index)`,
 * where an index beyond the end reads the last value.
 */
export interface Table {
  readonly kind: 'table';
  /** Kind of every value. */
  readonly of: Exclude<Param['kind'], 'choice'>;
  /** Number of values, at least 1; a function of the other parameters of the point where it depends on them. */
  readonly length: number | ((params: Readonly<Record<string, number>>) => number);
  /** The value at each index, where a spec gives no table. */
  readonly default: number | ((index: number) => number);
  /** What the row of an index is called, where rows have names: a file may then tell them by a column of names, in any order. */
  readonly rowName?: (index: number) => string;
  readonly min: number;
  readonly max: number;
  readonly about: string;
}

/** Values of a table: a bound on memory alone. */
const MAX_LENGTH = 2 ** 24;

/** A table of probabilities (exact to 2⁻³²; the default), numbers (2⁻¹⁷) or integers. The range is that of the kind, if none is given. */
export function table({
  of = 'probability',
  about,
  ...rest
}: Omit<Table, 'kind' | 'of' | 'min' | 'max'> & Partial<Table>): Table {
  const { min, max } = { probability, number, integer }[of]({ default: 0, about });
  return { kind: 'table', of, min, max, about, ...rest };
}

/** The number of values of a table at a point. Throws when the model's answer is no such number. */
export function tableLength(name: string, table: Table, params: Readonly<Record<string, number>>): number {
  const length = typeof table.length === 'number' ? table.length : table.length(params);
  if (Number.isInteger(length) && length >= 1 && length <= MAX_LENGTH) return length;
  const varying = Object.keys(params).filter(param => Number.isNaN(params[param]));
  throw new GroundswellError({
    what: `table ${name} has no length`,
    where: `params.${name}`,
    expected: `an integer from 1 to ${MAX_LENGTH}`,
    got: String(length),
    hint: varying.length > 0 ? `it cannot depend on what varies by agent (${varying.join(', ')})` : undefined,
  });
}

/** The values of a table that the spec does not give. */
export function defaultTable({ default: value }: Table, length: number): number[] {
  return Array.from({ length }, (_, index) => (typeof value === 'number' ? value : value(index)));
}

/** The parameters of a model that are one value (for everybody, or for an agent), by name in the order of the declaration. */
export function scalarParams(params: Readonly<Record<string, Param | Table>>): [string, Param][] {
  return Object.entries(params).filter((entry): entry is [string, Param] => entry[1].kind !== 'table');
}

/** The parameters of a model that are tables. */
export function tableParams(params: Readonly<Record<string, Param | Table>>): [string, Table][] {
  return Object.entries(params).filter((entry): entry is [string, Table] => entry[1].kind === 'table');
}
