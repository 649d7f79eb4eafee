// What is wrong with a measure of a model's fields: what the types of a declaration and the schema of a spec cannot say.
import { binsOf } from './bins.ts';
import { type Field, isPlain } from './fields.ts';
import type { Measure, MeasureOptions } from './measures.ts';

/** The key of the measure at fault, and why. */
export interface MeasureFault {
  key: string;
  what: string;
  expected: string;
  got?: string;
}

type Fields = Readonly<Record<string, Field>>;

/** Numbers that a measure may have, with their ranges. */
const RANGES = { q: [0, 1], share: [0, 1], alpha: [0, 1.6], least: [0, 1] } as const;

/** The first fault of a measure, if it has one. Its fields exist. */
export function measureFault(measure: Measure, fields: Fields): MeasureFault | undefined {
  for (const [key, [low, high]] of Object.entries(RANGES)) {
    const value = (measure as unknown as Record<string, unknown>)[key];
    if (value === undefined || (typeof value === 'number' && value >= low && value <= high)) continue;
    return { key, what: 'out of range', expected: `a number from ${low} to ${high}`, got: String(value) };
  }
  switch (measure.kind) {
    case 'gini':
    case 'top-share':
    case 'herfindahl':
      return negative('field', measure.field, fields);
    case 'gap':
      return gapFault(measure, fields);
    case 'assortativity':
      return linksFault(measure, measure.field, fields);
    case 'misalignment':
      return misalignmentFault(measure, fields);
    default:
      return undefined;
  }
}

function negative(key: string, name: string, fields: Fields): MeasureFault | undefined {
  if (fields[name].low >= 0) return undefined;
  const { min, max } = fields[name];
  return {
    key,
    what: `"${name}" may be negative`,
    expected: 'a field that is never negative',
    got: `${min} to ${max}`,
  };
}

function gapFault({ field, less }: Measure & { kind: 'gap' }, fields: Fields): MeasureFault | undefined {
  const [one, other] = [fields[field], fields[less]];
  const alike = one.length === other.length && (one.holder ?? 'agent') === (other.holder ?? 'agent');
  if (alike) return undefined;
  const what = `"${less}" is not of the same shape as "${field}"`;
  return { key: 'less', what, expected: 'a field of the same holders, with as many elements' };
}

function linksFault({ among, by }: MeasureOptions, field: string, fields: Fields): MeasureFault | undefined {
  if (among || by) {
    const expected = 'neither `among` nor `by`, since a link belongs to two agents';
    return { key: among ? 'among' : 'by', what: 'assortativity of some agents', expected };
  }
  return ofAgents('field', field, fields);
}

function ofAgents(key: string, name: string, fields: Fields): MeasureFault | undefined {
  if ((fields[name].holder ?? 'agent') === 'agent') return undefined;
  return { key, what: `"${name}" is not a field of agents`, expected: 'a field of agents' };
}

function misalignmentFault(
  { field, bins, weight, conflict }: Measure & { kind: 'misalignment' },
  fields: Fields,
): MeasureFault | undefined {
  const fault = ofAgents('field', field, fields);
  if (fault) return fault;
  if (weight !== undefined) {
    if (!isPlain(fields[weight])) {
      const expected = 'a field with a single value for each agent';
      return { key: 'weight', what: `"${weight}" does not weigh agents`, expected };
    }
    const below = negative('weight', weight, fields);
    if (below) return below;
  }
  if (!conflict) return undefined;
  const { count } = binsOf(fields[field], bins ?? conflict.length);
  const square = conflict.length === count && conflict.every(row => row.length === count);
  if (!square) {
    const expected = `${count} rows of ${count} numbers, one for each goal`;
    return { key: 'conflict', what: 'not a matrix of the goals', expected };
  }
  const fits = conflict.every((row, a) => row.every((c, b) => c >= 0 && c <= 1 && c === conflict[b][a]));
  if (fits) return undefined;
  const expected = 'numbers from 0 to 1, the same for two goals in either order';
  return { key: 'conflict', what: 'not a conflict of goals', expected };
}
