// From values per agent as written to sources: what holds between their keys, and a short label for each.
import { DISTRIBUTIONS, type DistributionName } from '../distributions.ts';
import { suggest } from '../errors.ts';
import type { Field, Param } from '../model/index.ts';
import type { Path } from './origin.ts';
import { checkShares, type Fail, hasShares, readShares } from './shares.ts';
import type { WrittenDistribution, WrittenDivision, WrittenFile } from './source-schema.ts';
import type { ElementSources, Source, TableSource } from './spec.ts';

/** Reading a spec: how to fail at a part of it, and the phrase for where a part is. */
export interface Reading {
  fail: Fail;
  place(path: Path, at?: 'key' | 'value'): string | undefined;
}

/** What values are for. */
export interface ValueTarget {
  min: number;
  max: number;
  labels?: readonly string[];
  /** Of a field that can start with shares. */
  shared?: Field;
}

export const paramTarget = ({ min, max }: Param): ValueTarget => ({ min, max });
export const fieldTarget = (field: Field): ValueTarget => ({
  min: field.min,
  max: field.max,
  labels: field.labels,
  ...(field.holder !== 'group' && hasShares(field) && { shared: field }),
});

/** Reads one form of values per agent; a bare number is the value of a parameter, or the share of a bit's 1. */
export function readSource(target: ValueTarget, written: unknown, path: Path, reading: Reading): Source {
  const where = reading.place(path);
  if (typeof written === 'number') {
    if (target.shared) return { kind: 'shares', shares: [1 - written, written], where, label: String(written) };
    return { kind: 'value', value: written, where, label: String(written) };
  }
  const form = written as Record<string, unknown>;
  if ('distribution' in form) return readDistribution(target, form as WrittenDistribution, path, reading);
  if ('file' in form) {
    const file = form as unknown as WrittenFile & { column: string | number };
    return { kind: 'file', ...file, where, label: `${file.file}:${file.column}` };
  }
  if ('run' in form) {
    const { run, point } = form as { run: string; point?: number };
    return { kind: 'run', folder: run, point, where, label: point === undefined ? run : `${run} point ${point}` };
  }
  if ('by' in form) return readDivision(target, form as unknown as WrittenDivision, path, reading);
  if (isValue(form)) {
    const value = numberOf(target, form.value, [...path, 'value'], reading.fail);
    return { kind: 'value', value, where, label: String(form.value) };
  }
  const shares = readShares(target.shared!, form as Record<string, number | 'rest'>, path, reading.fail);
  return { kind: 'shares', shares, where, label: sharesLabel(shares, target.labels) };
}

/** Tells lists of shares apart: `comply 0.4, exploit 0.6`. */
function sharesLabel(shares: readonly number[], labels?: readonly string[]): string {
  const named = shares.flatMap((share, value) => (share > 0 ? [`${labels?.[value] ?? value} ${tidy(share)}`] : []));
  return named.join(', ');
}

/** Without the last digits, in which a rest of 1 − 0.9 shows. */
const tidy = (share: number): number => Number(share.toPrecision(12));

/** Reads the values of an array field: one form for each element, or `{elements: [ … ]}`. */
export function readElements(target: ValueTarget, written: unknown, path: Path, reading: Reading): ElementSources {
  const where = reading.place(path);
  if (typeof written !== 'object' || !('elements' in written!)) {
    const source = readSource(target, written, path, reading);
    return { kind: 'elements', each: true, sources: [source], where, label: source.label };
  }
  const forms = written.elements as unknown[];
  const sources = forms.map((form, i) => readSource(target, form, [...path, 'elements', i], reading));
  return { kind: 'elements', each: false, sources, where, label: sources.map(({ label }) => label).join(', ') };
}

/** `{value: …}`; a label of that name would have a share. */
function isValue(written: object): written is { value: number | string } {
  return 'value' in written && Object.keys(written).length === 1;
}

function readDivision(target: ValueTarget, written: WrittenDivision, path: Path, reading: Reading): Source {
  const where = reading.place(path);
  if (written.by === 'degree') {
    const { power, scale } = written;
    const { min, max } = target;
    return { kind: 'degree', power, scale, min, max, where, label: `${short(scale)} by degree^${short(power)}` };
  }
  if (written.by === 'user') {
    const source = readSource(target, written.value, [...path, 'value'], reading);
    return { kind: 'user', source, where, label: `by user (${source.label})` };
  }
  const { by, values } = written;
  const parts = Object.entries(values).map(([name, form]) => {
    const at = [...path, 'values', name];
    return { name, where: reading.place(at, 'key'), source: readSource(target, form, at, reading) };
  });
  if (parts.length === 0) reading.fail([...path, 'values'], { what: `no ${by}s`, expected: `a value for each ${by}` });
  const label = `by ${by} (${parts.map(({ name, source }) => `${name} ${source.label}`).join(', ')})`;
  return { kind: 'parts', by, parts, where, label };
}

function readDistribution(target: ValueTarget, written: WrittenDistribution, path: Path, reading: Reading): Source {
  const { fail } = reading;
  const where = reading.place(path);
  const { distribution, min = target.min, max = target.max } = written;
  if (distribution === 'choice') return readChoice(target, written, path, reading);
  if (min > max)
    fail([...path, 'max'], { what: 'max is below min', expected: `a number of at least ${min}`, got: `${max}` });
  const names = Object.keys(DISTRIBUTIONS[distribution as DistributionName].keys);
  const of = Object.fromEntries(names.map(name => [name, written[name] as number]));
  const cut = distribution !== 'uniform' && (written.min !== undefined || written.max !== undefined);
  const label = `${distribution}(${names.map(name => short(of[name])).join(', ')})${cut ? ` in [${short(min)}, ${short(max)}]` : ''}`;
  return { kind: 'distribution', name: distribution, of, min, max, where, label };
}

function readChoice(
  target: ValueTarget,
  { values = [], shares }: WrittenDistribution,
  path: Path,
  { fail, place }: Reading,
): Source {
  const numbers = values.map((value, i) => numberOf(target, value, [...path, 'values', i], fail));
  const twice = numbers.findIndex((value, i) => numbers.indexOf(value) !== i);
  if (twice >= 0)
    fail([...path, 'values', twice], { what: `${values[twice]} comes twice`, expected: 'different values' });
  if (shares && shares.length !== values.length) {
    fail([...path, 'shares'], {
      what: 'a share for each value',
      expected: `${values.length} shares`,
      got: `${shares.length}`,
    });
  }
  if (shares) checkShares(shares, [...path, 'shares'], fail);
  const entries = values.map((value, i) => (shares ? `${value}: ${short(shares[i])}` : `${value}`));
  const label = `choice(${entries.join(', ')})`;
  return {
    kind: 'choice',
    values: numbers,
    shares: shares ?? values.map(() => 1 / values.length),
    where: place(path),
    label,
  };
}

/** A number or label as the number that it stands for. */
function numberOf({ labels = [] }: ValueTarget, value: number | string, path: Path, fail: Fail): number {
  if (typeof value === 'number') return value;
  const position = labels.indexOf(value);
  if (position >= 0) return position;
  return fail(path, { what: `unknown value "${value}"`, hint: suggest(value, labels) });
}

/** Short tables are their own label. */
const SHOWN = 4;

/** Reads the values of a table; `number` tells those of a list apart. */
export function readTable(written: object, path: Path, number: number, { place }: Reading): TableSource {
  const where = place(path);
  if ('values' in written) {
    const values = written.values as number[];
    const label = values.length <= SHOWN ? `[${values.map(short).join(', ')}]` : `table ${number}`;
    return { kind: 'values', values, where, label };
  }
  const file = written as WrittenFile & { column: string | number };
  return { kind: 'file', ...file, where, label: file.column === 1 ? file.file : `${file.file}:${file.column}` };
}

const short = (value: number): string => String(Number(value.toPrecision(6)));
