// Measures of what is counted in equal bins of a field. The formulas are in binned-formulas.ts.
import { decodeFixed } from '../fixed.ts';
import { type Bins, binsOf, type Field, type Measure } from '../model/index.ts';
import {
  type Counted,
  clustersOf,
  effectiveNumberOf,
  entropyOf,
  estebanRayOf,
  giniOf,
  quantileOf,
  type Summed,
  topShareOf,
} from './binned-formulas.ts';
import { offsetValue } from './expressions.ts';
import type { CellReader, MeasureColumn } from './measures.ts';
import { columnOf, fieldOf, type Measuring, type OfBins } from './measuring.ts';

/** Bins of measures whose error is the width of a bin. */
const FINE_BINS = 256;
const DEFAULT_ALPHA = 1.6;
const DEFAULT_TOP = 0.01;
const DEFAULT_LEAST = 0.05;

/** The number of the bin that a value is in, in WGSL. */
export function binNumber(value: string, field: Field, { count, width }: Bins): string {
  const offset = offsetValue(value, field);
  return width === 1 ? offset : count === 1 ? '0u' : `(${offset} / ${width}u)`;
}

/** Agents in each bin of a part. */
function countIn(
  { addBinned, subject }: Measuring<OfBins>,
  field: Field,
  bins: Bins,
): (cells: CellReader, part: number) => number[] {
  const term = addBinned(binNumber(subject.read, field, bins), bins.count, '1u');
  return (cells, part) => cells.numbers(term, part * bins.count, bins.count);
}

export function histogramColumns(measuring: Measuring<OfBins>): MeasureColumn[] {
  const { name, measure, parts } = measuring;
  const field = fieldOf(measuring);
  const bins = binsOf(field, measure.bins);
  const counts = countIn(measuring, field, bins);
  return parts.flatMap((part, number) => {
    const column = columnOf(name, measure, part);
    // all bins of a row ask for the same shares
    let asked: CellReader | undefined;
    let shares: readonly number[] = [];
    const sharesIn = (cells: CellReader): readonly number[] => {
      if (cells !== asked) shares = sharesOf(counts(cells, number));
      asked = cells;
      return shares;
    };
    return Array.from({ length: bins.count }, (_, b) => ({
      ...column,
      name: `${column.name}.${field.labels?.[b] ?? b}`,
      bin: binRange(field, bins, b),
      finish: (cells: CellReader) => sharesIn(cells)[b],
    }));
  });
}

function sharesOf(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map(count => count / all);
}

function binRange(field: Field, { width }: Bins, b: number): NonNullable<MeasureColumn['bin']> {
  const from = decodeFixed(field.low + b * width, field.fractionBits);
  const to = decodeFixed(Math.min(field.low + (b + 1) * width, field.high + 1), field.fractionBits);
  const single = width === 1 && field.kind !== 'fixed';
  const label = field.labels?.[b] ?? (single ? String(from) : `${round(from)} to ${round(to)}`);
  return { from, to, label };
}

function round(x: number): number {
  return Number(x.toPrecision(4));
}

/** What formulas know of the bins besides the counts. */
const rangeOf = ({ low, high }: Field, { width }: Bins): Omit<Counted, 'counts'> => ({ low, high, width });

export function quantileColumns(measuring: Measuring<Measure & { kind: 'quantile' }>): MeasureColumn[] {
  const { measure, subject, add } = measuring;
  const field = fieldOf(measuring);
  const bins = binsOf(field, measure.bins, FINE_BINS);
  const counts = countIn(measuring, field, bins);
  const least = add('min', offsetValue(subject.read, field));
  const most = add('max', offsetValue(subject.read, field));
  return measuring.columns((cells, part) => {
    const [lowest, highest] = [least, most].map(term => field.low + cells.number(term, part));
    const counted = { counts: counts(cells, part), ...rangeOf(field, bins) };
    return decodeFixed(quantileOf(counted, measure.q, lowest, highest), field.fractionBits);
  });
}

/** A measure of counts and sums in bins. */
function summedColumns(measuring: Measuring<OfBins>, formula: (bins: Summed) => number): MeasureColumn[] {
  const { measure, subject, addBinned } = measuring;
  const field = fieldOf(measuring);
  const bins = binsOf(field, measure.bins, FINE_BINS);
  const counts = countIn(measuring, field, bins);
  const own = binNumber(subject.read, field, bins);
  const sums = addBinned(own, bins.count, offsetValue(subject.read, field));
  return measuring.columns((cells, part) => {
    const counted = counts(cells, part);
    const excesses = counted.map((count, b) => {
      if (count === 0) return 0;
      const sum = cells.exact(sums, part * bins.count + b);
      return Number(sum - BigInt(count) * BigInt(b * bins.width));
    });
    return formula({ counts: counted, excesses, ...rangeOf(field, bins) });
  });
}

export function giniColumns(measuring: Measuring<OfBins>): MeasureColumn[] {
  return summedColumns(measuring, giniOf);
}

export function topShareColumns(measuring: Measuring<Measure & { kind: 'top-share' }>): MeasureColumn[] {
  const { share = DEFAULT_TOP } = measuring.measure;
  return summedColumns(measuring, bins => topShareOf(bins, share));
}

/** A measure of the counts alone. */
function countColumns(measuring: Measuring<OfBins>, formula: (counts: readonly number[]) => number): MeasureColumn[] {
  const field = fieldOf(measuring);
  const counts = countIn(measuring, field, binsOf(field, measuring.measure.bins));
  return measuring.columns((cells, part) => formula(counts(cells, part)));
}

export function entropyColumns(measuring: Measuring<OfBins>): MeasureColumn[] {
  return countColumns(measuring, entropyOf);
}

export function effectiveNumberColumns(measuring: Measuring<OfBins>): MeasureColumn[] {
  return countColumns(measuring, effectiveNumberOf);
}

export function estebanRayColumns(measuring: Measuring<Measure & { kind: 'esteban-ray' }>): MeasureColumn[] {
  const { alpha = DEFAULT_ALPHA } = measuring.measure;
  return countColumns(measuring, counts => estebanRayOf(counts, alpha));
}

export function clustersColumns(measuring: Measuring<Measure & { kind: 'clusters' }>): MeasureColumn[] {
  const { least = DEFAULT_LEAST } = measuring.measure;
  const adjacent = fieldOf(measuring).kind !== 'category';
  return countColumns(measuring, counts => clustersOf(counts, least, adjacent));
}
