// What each measure of spread must be, by its definition on the agents' values: to rounding where it is exact, else within the bound that
// src/model/society-measures.ts states.
import { isqrt } from '../../src/fixed.ts';
import {
  arrayOf,
  bimodality,
  binsOf,
  bit,
  category,
  clusters,
  deviation,
  effectiveNumber,
  entropy,
  estebanRay,
  type Field,
  fixed,
  gap,
  gini,
  herfindahl,
  integerField,
  type Measure,
  type MeasureOptions,
  misalignment,
  quantile,
  topShare,
} from '../../src/model/index.ts';
import { conflictOfPairs, exactGini, exactQuantile, exactTopShare, sarle } from '../reference/spread.ts';
import { word } from './toys.ts';

export const fields: Record<string, Field> = {
  wealth: fixed({ min: 0, max: 8192 }),
  stance: fixed({ min: -1, max: 1 }),
  views: arrayOf(fixed({ min: -1, max: 1 }), 2),
  proxies: arrayOf(fixed({ min: -1, max: 1 }), 2),
  skill: integerField({ min: 3, max: 90 }),
  votes: word,
  phase: category(['calm', 'angry', 'gone', 'new']),
  up: bit(),
};

/** Two values as encoded, and what to expect of a measure of them; `error` is the largest difference allowed. */
export interface Expected {
  value: number;
  error: number;
}

export interface Case {
  measure: Measure;
  /** What it must be for these agents, of whom `words` are the values of a field (at an element). */
  expected(words: (field: string, element?: number) => number[]): Expected;
}

const decoded = (words: readonly number[], field: string): number[] =>
  words.map(word => word / 2 ** fields[field].fractionBits);
const near = (value: number): Expected => ({ value, error: 1e-12 * Math.max(1, Math.abs(value)) });
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Bin numbers of encoded values, and how many values each bin has. */
function binned(words: readonly number[], field: string, bins?: number) {
  const { count, width } = binsOf(fields[field], bins);
  const numbers = words.map(word => Math.floor((word - fields[field].low) / width));
  const shares = Array.from({ length: count }, (_, b) => numbers.filter(n => n === b).length / words.length);
  return { numbers, shares, width: width / 2 ** fields[field].fractionBits, count };
}

const widthOf = (field: string, bins = 256): number => binned([], field, bins).width;

export function giniCase(field: string, bins: number | undefined, options: MeasureOptions): Case {
  return {
    measure: gini(field, { bins, ...options }),
    expected(words) {
      const values = decoded(words(field), field);
      const { shares, width } = binned(words(field), field, bins ?? 256);
      const single = width * 2 ** fields[field].fractionBits === 1;
      const bound = (width * shares.reduce((sum, s) => sum + s * s, 0)) / (6 * mean(values));
      return { value: exactGini(values), error: (single ? 0 : bound) + 1e-12 };
    },
  };
}

export function topCase(field: string, share: number, options: MeasureOptions): Case {
  return {
    measure: topShare(field, { share, ...options }),
    expected(words) {
      const values = decoded(words(field), field);
      const { shares, width } = binned(words(field), field, 256);
      const single = width * 2 ** fields[field].fractionBits === 1;
      const bound = (width * Math.max(...shares)) / (4 * mean(values));
      return { value: exactTopShare(values, share), error: (single ? 0 : bound) + 1e-12 };
    },
  };
}

export function quantileCase(field: string, q: number, bins: number | undefined, options: MeasureOptions): Case {
  return {
    measure: quantile(field, q, { bins, ...options }),
    expected(words) {
      const single = binsOf(fields[field], bins, 256).width === 1;
      const ends = q === 0 || q === 1;
      const error = single || ends ? 0 : widthOf(field, bins);
      return { value: exactQuantile(decoded(words(field), field), q), error };
    },
  };
}

export function deviationCase(field: string, options: MeasureOptions): Case {
  return {
    measure: deviation(field, options),
    expected(words) {
      const values = decoded(words(field), field);
      return near(Math.sqrt(mean(values.map(x => (x - mean(values)) ** 2))));
    },
  };
}

export function herfindahlCase(field: string, options: MeasureOptions): Case {
  return {
    measure: herfindahl(field, options),
    expected(words) {
      const total = words(field).reduce((sum, x) => sum + x, 0);
      return near(words(field).reduce((sum, x) => sum + (x / total) ** 2, 0));
    },
  };
}

export function gapCase(field: string, less: string, options: MeasureOptions): Case {
  return {
    measure: gap(field, less, options),
    expected: words => near(mean(decoded(words(field), field)) - mean(decoded(words(less), less))),
  };
}

/** The values as the measure sees them: of wider ranges than 16 bits without the lowest bits. */
export function coarse(words: readonly number[], field: string): number[] {
  const { low, high } = fields[field];
  const unit = 2 ** Math.max(0, (high - low).toString(2).length - 16);
  return words.map(word => Math.floor((word - low) / unit));
}

export function bimodalityCase(field: string, options: MeasureOptions): Case {
  return {
    measure: bimodality(field, options),
    expected: words => ({ value: sarle(coarse(words(field), field)), error: 1e-9 }),
  };
}

export function entropyCases(field: string, bins: number | undefined, options: MeasureOptions): Case[] {
  const shannon = (words: readonly number[]): number =>
    binned(words, field, bins).shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  return [
    { measure: entropy(field, { bins, ...options }), expected: words => near(shannon(words(field))) },
    { measure: effectiveNumber(field, { bins, ...options }), expected: words => near(Math.exp(shannon(words(field)))) },
  ];
}

export function estebanRayCase(field: string, alpha: number | undefined, bins: number, options: MeasureOptions): Case {
  return {
    measure: estebanRay(field, { bins, ...(alpha !== undefined && { alpha }), ...options }),
    expected(words) {
      const { shares } = binned(words(field), field, bins);
      const power = 1 + (alpha ?? 1.6);
      const terms = shares.flatMap((p, i) =>
        shares.map((q, j) => p ** power * q * (Math.abs(i - j) / (shares.length - 1))),
      );
      return near(2 ** power * terms.reduce((sum, x) => sum + x, 0));
    },
  };
}

export function clustersCase(field: string, bins: number | undefined, least: number, options: MeasureOptions): Case {
  return {
    measure: clusters(field, { bins, least, ...options }),
    expected(words) {
      const { shares, count } = binned(words(field), field, bins);
      const letters = shares.map(p => (p > 0 && p * count >= least - 1e-12 ? 'o' : ' ')).join('');
      const runs = [...letters.matchAll(fields[field].labels ? /o/g : /o+/g)];
      const massOf = (run: RegExpMatchArray): number =>
        shares.slice(run.index, run.index! + run[0].length).reduce((sum, p) => sum + p, 0);
      return { value: runs.filter(run => massOf(run) >= least - 1e-12).length, error: 0 };
    },
  };
}

/** Over pairs, in integers; the weight `w` counts as `⌊√(w 4^k)⌋`, where `shift` is 2k. */
export function misalignmentCase(
  field: string,
  {
    weight,
    shift = 0,
    conflict,
    bins = conflict?.length,
  }: { weight?: string; shift?: number; conflict?: number[][]; bins?: number },
  options: MeasureOptions,
): Case {
  const { count } = binsOf(fields[field], bins);
  const one = conflict ? 2 ** 31 : count - 1;
  const entry = (g: number, h: number): bigint =>
    BigInt(conflict ? Math.round(conflict[g][h] * 2 ** 31) : Math.abs(g - h));
  return {
    measure: misalignment(field, { weight, conflict, bins, ...options }),
    expected(words) {
      const { numbers } = binned(words(field), field, bins);
      const roots = weight ? words(weight).map(w => BigInt(isqrt(w * 2 ** shift))) : numbers.map(() => 1n);
      const scale = weight ? 2 ** (fields[weight].fractionBits + shift) : 1;
      const pairs = (numbers.length * (numbers.length - 1)) / 2;
      return { value: Number(conflictOfPairs(numbers, roots, entry)) / (one * scale) / pairs, error: 0 };
    },
  };
}
